"""A message becomes an entry."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.entry import EntryId, Part
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.weekmarks import BadWeek
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED
from bot.services.circumstances import Circumstances, circumstances_of
from bot.services.filing import Filing
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.lines import Manner, lines_of
from bot.services.placing import claims, marked_week, place_of_album, placement
from bot.services.reading import Reader
from bot.services.retagging import Retagging
from bot.services.revising import Revising
from bot.services.sticking import stick
from bot.services.storing import join_album, store
from bot.services.straying import keep_stray, take_strays
from bot.services.targets import find_target, target_in
from bot.storage import bare_tags, entries
from bot.storage.bare_tags import BareTag
from bot.storage.database import Connection, Database


class Capture:
    """Takes messages in. What a receipt says has been stored once its transaction is committed."""

    def __init__(
        self, database: Database, filing: Filing, *, bot_username: str, largest_file: int
    ) -> None:
        self._database = database
        self._filing = filing
        self._reader = Reader(bot_username)
        self._revising = Revising(database, self._reader)
        self._retagging = Retagging(filing, self._reader)
        self._largest = largest_file

    async def receive(self, journal: Journal, incoming: Incoming) -> Receipt | None:
        """What came of the message; None where it is not meant for the bot (talk in a group).

        The same message again changes nothing.
        """
        async with self._database.joining() as connection:
            known = await entries.of_message(connection, incoming.key)
            if known is not None and known.sent_at != incoming.sent_at:
                # A person's chat counts its messages anew for another bot, and a message never
                # changes its date: this one is not the one that was stored.
                await entries.let_go(connection, known)
                known = None
            if known is not None and incoming.edited:
                return await self._revising.revise(journal, known, incoming)
            if known is not None:
                return Receipt(frozenset({known.id}))
            forwards = await entries.tagged_by(connection, incoming.key)
            if forwards and incoming.file is None and self._reader.read_new(journal, incoming).bare:
                return await self._retagging.file(connection, journal, incoming, forwards)
            around = await circumstances_of(connection, journal, incoming)
            receipt = await self._receive_new(
                connection, journal, incoming, around, meant=bool(forwards)
            )
            if receipt is not None and incoming.edited and not receipt.waits:
                await bare_tags.set_answered(connection, incoming.key)
            if receipt is not None and forwards:
                receipt = receipt.with_(await self._retagging.hang(connection, incoming, forwards))
            return receipt

    async def delete(self, journal: Journal, incoming: Incoming) -> Receipt:
        """What came of `/delete`: the message it replies to is gone from the report."""
        async with self._database.atomic() as connection:
            target = await find_target(connection, journal, incoming)
            if target.entry is None:
                gone = Remark.ALREADY_GONE if target.is_gone else Remark.NOTHING_TO_DELETE
                return Receipt.refused(gone)
            touched: frozenset[EntryId] = frozenset()
            for entry_id in target.entry_ids:
                touched |= await self._filing.remove(journal, entry_id)
            return Receipt(touched, changed=True, reaction=CHANGED)

    async def _receive_new(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        around: Circumstances,
        *,
        meant: bool = False,
    ) -> Receipt | None:
        parsed = self._reader.read_new(journal, incoming, around.comment)
        if not meant and not around.concern(incoming, parsed):
            await keep_stray(connection, incoming)
            return None
        if parsed.bare and incoming.file is None and not incoming.is_forward:
            return await self._act(connection, journal, parsed, around, incoming)
        return await self._store_album(connection, journal, incoming, parsed, around)

    async def _act(
        self,
        connection: Connection,
        journal: Journal,
        parsed: ParsedMessage,
        around: Circumstances,
        incoming: Incoming,
    ) -> Receipt:
        """A bare tag or week mark: as a reply it files that message, alone it says nothing yet."""
        target, answered = around.target, incoming.answered
        if target.is_gone:
            return Receipt.refused(Remark.ALREADY_GONE)
        ids = target.entry_ids
        if not ids and answered is not None and target.week is None:
            # Somebody's message that was none of the bot's business until now.
            said = self._reader.read_new(journal, answered)
            if said.bare and answered.file is None:
                return Receipt.refused(Remark.EMPTY_TAG)
            taken = await self._store_album(connection, journal, answered, said, Circumstances())
            entry = await entries.of_message(connection, answered.key)
            if entry is None:
                return taken
            ids = (entry.id,)
        if not ids:
            return await self._bare(connection, journal, parsed, incoming)
        week = marked_week(journal, incoming.sent_at, parsed.week)
        if parsed.week is not None and week is None:
            return Receipt.refused(Remark.NO_SUCH_WEEK, incoming.text.text)
        part = parsed.part if parsed.part is not Part.ITEM else None
        touched: frozenset[EntryId] = frozenset()
        for entry_id in ids:
            touched |= await self._filing.file(
                journal, entry_id, parsed.section, part=part, week=week
            )
        return Receipt(touched, changed=True, reaction=CHANGED)

    async def _bare(
        self,
        connection: Connection,
        journal: Journal,
        parsed: ParsedMessage,
        incoming: Incoming,
    ) -> Receipt:
        is_command = incoming.text.text.lstrip().startswith("/")
        names_a_section = parsed.part is Part.ITEM and parsed.week is None
        if is_command and parsed.section is not None and names_a_section:
            sticky = await stick(
                connection, journal, incoming.author_id, parsed.section, incoming.sent_at
            )
            return Receipt(reaction=CHANGED, sticks=sticky)
        if is_command:
            return Receipt.refused(Remark.EMPTY_COMMAND)
        tag = BareTag(incoming.key, incoming.author_id, incoming.sent_at, incoming.text.text)
        await bare_tags.keep(connection, tag)
        return Receipt(waits=True)

    async def _store_album(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        parsed: ParsedMessage,
        around: Circumstances,
    ) -> Receipt:
        """The message is stored, and those with it that were not meant for the bot before.

        Those are the other parts of its album, and the forwards that it is the comment on.
        """
        earlier, later = await take_strays(connection, incoming)
        receipt = Receipt()
        for stray in earlier:
            receipt = receipt.with_(await self._store_stray(connection, journal, stray))
        if earlier:
            here = await circumstances_of(connection, journal, incoming)
            around = replace(around, album=here.album)
        receipt = (await self._store(connection, journal, incoming, parsed, around)).with_(receipt)
        for stray in later:
            receipt = receipt.with_(await self._store_stray(connection, journal, stray))
        return receipt

    async def _store_stray(
        self, connection: Connection, journal: Journal, stray: Incoming
    ) -> Receipt:
        around = await circumstances_of(connection, journal, stray)
        parsed = self._reader.read_new(journal, stray, around.comment)
        return await self._store(connection, journal, stray, parsed, around)

    async def _store(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        parsed: ParsedMessage,
        around: Circumstances,
    ) -> Receipt:
        touched: frozenset[EntryId] = frozenset()
        target, album, comment = around.target, around.album, around.comment
        if claims(target, parsed) and target.entry is not None:
            # The picture that it is about was waiting for just this.
            touched = await self._filing.file(journal, target.entry.id, parsed.section)
            target = await target_in(connection, target.entry)
        at = placement(journal, incoming, parsed, target, around.sticky)
        # The first part of an album that says where it goes says so for all.
        speaks = _says_where(parsed) and not any(
            part.tagged_by is not None
            or _says_where(self._reader.read(journal, part.text, caption=True))
            for part in album
        )
        if album and not speaks:
            at = await place_of_album(connection, album, at.part) or at
        lines = lines_of(parsed, at.part, Manner.of_incoming(incoming))
        if not lines:
            if isinstance(comment, BareTag):
                # The refusal of what it came with says it all.
                await bare_tags.set_answered(connection, comment.key)
            if incoming.unkept:
                return Receipt.refused(Remark.KIND_NOT_KEPT, incoming.unkept)
            return Receipt.refused(Remark.EMPTY_MESSAGE)
        hangs_below_comment = around.comment_entry is not None and at.parent is not None
        asked_already = bool(album) or hangs_below_comment or at.part is Part.CAPTION
        entry_id, receipt = await store(
            connection,
            journal,
            incoming,
            lines,
            at,
            largest_file=self._largest,
            comment=comment,
            asks=not asked_already and not around.album_is_gone,
        )
        if isinstance(comment, BareTag) and isinstance(parsed.week, BadWeek):
            said = (Remark.NO_SUCH_WEEK, parsed.week.words)
            receipt = replace(receipt, remarks=(*receipt.remarks, said))
        if album and speaks:
            touched |= await join_album(connection, album, at)
        if around.album_is_gone:
            touched |= await self._filing.remove(journal, entry_id)
        return receipt.with_(Receipt(touched, changed=bool(touched)))


def _says_where(parsed: ParsedMessage) -> bool:
    return parsed.tagged or parsed.week is not None
