"""Files of reports that came back: looked at after the commit, applied when somebody says so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from bot.domain.entry import EntryId, MessageKey
from bot.domain.journal import Journal
from bot.services.bodies import from_body
from bot.services.capture import Capture
from bot.services.chores import Chores
from bot.services.incoming import Incoming, Receipt
from bot.services.ports import Clock, FetchError, FileSource, PictureShelf
from bot.services.reading import Reader
from bot.services.returning.accepting import accept
from bot.services.returning.applying import apply
from bot.services.returning.differing import Proposal, propose
from bot.services.returning.unpacking import Fault, Parcel, Refusal, RefusedError, unpack
from bot.services.undoing import Undoing
from bot.storage import journals, offers, shown
from bot.storage.database import Database
from bot.storage.offers import Offer, OfferId, OfferState
from bot.storage.shown import Shown

__all__ = ["Answer", "Offer", "OfferAnswers", "OfferId", "OfferState", "Outcome", "Returning"]

_LOG = logging.getLogger(__name__)
_AT_ONCE = 2


class Answer(StrEnum):
    """What came of a pressed button."""

    OLD = "old"
    """There is nothing to decide any more; the offer may know what was told of it."""
    APPLIED = "applied"
    CHANGED = "changed"
    """Something has changed since it was shown, so the person is to be asked again."""
    LEFT = "left"
    REFUSED = "refused"
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a pressed button, what was or would be changed, and whose entries were."""

    answer: Answer
    offer: Offer | None = None
    proposal: Proposal = field(default_factory=Proposal)
    touched: frozenset[EntryId] = frozenset()


class OfferAnswers(Protocol):
    """Says in the chat what there is to say about a file.

    The first two give the message that says it, or None where the chat takes none; all of them
    raise where it was not sent and can be another time.
    """

    async def propose(
        self, journal: Journal, offer: Offer, proposal: Proposal
    ) -> MessageKey | None:
        """What would change, with the buttons to decide."""

    async def tell_unfetched(
        self, journal: Journal, offer: Offer, incident: str
    ) -> MessageKey | None:
        """The file could not be fetched, as the log says of that incident; a button tries again."""

    async def tell_kept(
        self, journal: Journal, offer: Offer, receipt: Receipt, refusal: Refusal | None
    ) -> None:
        """The file was stored like any other, and why it was not taken for a report."""


class Returning:
    """Takes in reports that come back as files."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        capture: Capture,
        undoing: Undoing,
        source: FileSource,
        shelf: PictureShelf,
        answers: OfferAnswers,
        new_incident: Callable[[], str],
        bot_username: str,
        largest_file: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._capture = capture
        self._undoing = undoing
        self._source = source
        self._shelf = shelf
        self._answers = answers
        self._new_incident = new_incident
        self._reader = Reader(bot_username)
        self._largest = largest_file
        self._chores = Chores("files that came back", self._waiting, self._look, _AT_ONCE)

    def wake(self) -> None:
        """There may be files to look at."""
        self._chores.wake()

    async def run(self) -> None:
        """Looks at files whenever it is woken, until cancelled."""
        await self._chores.run()

    async def receive(self, journal: Journal, incoming: Incoming) -> bool:
        """Whether the message is taken for a report that came back; it will be answered."""
        async with self._database.atomic() as connection:
            return await accept(
                connection, self._reader, journal, incoming, largest_file=self._largest
            )

    async def apply(self, journal: Journal, offer_id: OfferId) -> Outcome:
        """The weeks are what the file says, unless they are not as they were when it was shown."""
        async with self._database.atomic() as connection:
            offer = await self._own(journal, offer_id)
            if offer is None or not _is_open(offer):
                return Outcome(Answer.OLD, offer)
            proposal = await self._propose(journal, offer, await _unpacked(offer))
            if proposal.seen != offer.seen:
                return Outcome(Answer.CHANGED, offer, proposal)
            touched: frozenset[EntryId] = frozenset()
            try:
                async with self._database.atomic():
                    for difference in proposal.differences:
                        if not difference.is_none:
                            now = self._clock.now()
                            touched |= await apply(connection, self._shelf, difference, now)
            except RefusedError as error:
                await offers.set_state(connection, offer.id, OfferState.REFUSED)
                return Outcome(Answer.REFUSED, offer, Proposal(refused=(error.refusal,)))
            await offers.set_state(connection, offer.id, OfferState.APPLIED)
            return Outcome(Answer.APPLIED, offer, proposal, touched)

    async def leave(self, journal: Journal, offer_id: OfferId) -> Outcome:
        """The weeks stay as they are."""
        async with self._database.atomic() as connection:
            offer = await self._own(journal, offer_id)
            if offer is None or not _is_open(offer):
                return Outcome(Answer.OLD, offer)
            await offers.set_state(connection, offer.id, OfferState.LEFT)
            return Outcome(Answer.LEFT, offer)

    async def fetch_again(self, journal: Journal, offer_id: OfferId) -> Outcome:
        """A file that could not be fetched is to be fetched."""
        async with self._database.atomic() as connection:
            offer = await self._own(journal, offer_id)
            if offer is None or offer.state is not OfferState.UNFETCHED:
                return Outcome(Answer.OLD)
            await offers.set_state(connection, offer_id, OfferState.WAITING)
            return Outcome(Answer.FETCHING, offer)

    async def set_told(self, offer: Offer, told: str) -> None:
        """The person is told that of the decision, and again at another press."""
        async with self._database.atomic() as connection:
            await offers.set_told(connection, offer.id, told)

    async def set_seen(self, offer: Offer, proposal: Proposal) -> None:
        """The person sees now what would change, or that nothing would."""
        async with self._database.atomic() as connection:
            await offers.set_seen(connection, offer.id, proposal.seen)
            if not proposal.has_something:
                await offers.set_state(connection, offer.id, OfferState.REFUSED)

    async def _own(self, journal: Journal, offer_id: OfferId) -> Offer | None:
        async with self._database.snapshot() as connection:
            offer = await offers.get(connection, offer_id)
        return None if offer is None or offer.journal_id != journal.id else offer

    async def _propose(self, journal: Journal, offer: Offer, parcel: Parcel) -> Proposal:
        incoming = from_body(offer.body, offer.key, offer.sent_at)
        since = incoming.answered_at
        what = await propose(self._database, journal, parcel, offer.week, since)
        what = replace(what, leaves_out=parcel.is_export and what.has_something)
        if self._reader.read(journal, incoming.text, caption=True).week is None:
            return what
        # Nobody has replied to the week that is meant: the message names it.
        said = [
            replace(one, fault=Fault.OTHER_WEEK_SAID) if one.fault is Fault.OTHER_WEEK else one
            for one in what.refused
        ]
        return replace(what, refused=tuple(said))

    async def _waiting(self, limit: int) -> list[OfferId]:
        async with self._database.snapshot() as connection:
            return await offers.waiting(connection, limit)

    async def _look(self, offer_id: OfferId) -> None:
        """The file is answered, or waits for the next knock."""
        async with self._database.snapshot() as connection:
            offer = await offers.get(connection, offer_id)
            if offer is None or offer.state is not OfferState.WAITING:
                return
            journal = await journals.get(connection, offer.journal_id)
        try:
            fetched = await self._with_content(offer)
        except FetchError as error:
            incident = self._new_incident()
            _LOG.warning("%s: the file of offer %d was not fetched: %s", incident, offer.id, error)
            await self._answers.tell_unfetched(journal, offer, incident)
            await self._set_answered(offer, OfferState.UNFETCHED)
            return
        if fetched is None:
            return
        offer = fetched
        parcel = await _unpacked(offer)
        proposal = await self._propose(journal, offer, parcel)
        faults = [refusal.fault for refusal in proposal.refused]
        if parcel.is_empty or (faults == [Fault.NO_WEEK] and not proposal.differences):
            await self._keep(journal, offer, next(iter(proposal.refused), None))
            return
        async with self._database.atomic() as connection:
            if await offers.get(connection, offer.id) is None:
                return
            await offers.set_seen(connection, offer.id, proposal.seen)
        said = await self._answers.propose(journal, offer, proposal)
        state = OfferState.ASKED if proposal.has_something else OfferState.REFUSED
        await self._set_answered(offer, state)
        if said is not None and len(proposal.differences) == 1:
            about = Shown(week=proposal.differences[0].week)
            async with self._database.atomic() as connection:
                await shown.remember(connection, said, about)
                await shown.remember(connection, offer.key, about)

    async def _set_answered(self, offer: Offer, state: OfferState) -> None:
        async with self._database.atomic() as connection:
            await offers.set_answered(connection, offer.id, state)

    async def _with_content(self, offer: Offer) -> Offer | None:
        """The offer with its file; None where that was exchanged meanwhile. Raises FetchError."""
        file = from_body(offer.body, offer.key, offer.sent_at).file
        if offer.content is not None or file is None:
            return offer
        content = await self._source.fetch(file.file_id)
        async with self._database.atomic() as connection:
            await offers.set_content(connection, offer.id, content)
            return await offers.get(connection, offer.id)

    async def _keep(self, journal: Journal, offer: Offer, refusal: Refusal | None) -> None:
        """The file becomes an entry: nothing that was sent gets lost."""
        incoming = from_body(offer.body, offer.key, offer.sent_at)
        async with self._database.atomic() as connection:
            if await offers.get(connection, offer.id) is None:
                # The message has another file by now.
                return
            await self._undoing.begin(journal, incoming.author_id)
            receipt = await self._capture.receive(journal, incoming)
            await self._undoing.end()
            await offers.set_state(connection, offer.id, OfferState.KEPT)
        await self._answers.tell_kept(journal, offer, receipt or Receipt(), refusal)


def _is_open(offer: Offer) -> bool:
    """Whether there is something to decide."""
    # A button can be quicker than the record that it was sent.
    return bool(offer.seen) and offer.state in {OfferState.ASKED, OfferState.WAITING}


async def _unpacked(offer: Offer) -> Parcel:
    file = from_body(offer.body, offer.key, offer.sent_at).file
    name = "" if file is None else file.name or f"file{file.suffix}"
    return await asyncio.to_thread(unpack, name, offer.content or b"")
