"""Who may use the bot, and whose journal a chat is. Nobody is let in by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId, SectionSpec
from bot.domain.journal import Journal, Language
from bot.domain.schedule import WeeklyTime, next_instant
from bot.i18n import Phrases, phrases_for
from bot.services.guessing import Guessing
from bot.services.inviting import hashed
from bot.services.owner_link import OwnerLink
from bot.services.owners import Owners
from bot.services.ports import Clock
from bot.services.strangers import Strangers
from bot.storage import departures, intake, invitations, journals, people
from bot.storage.database import Connection, Database

Writer = tuple[ChatId, int, str, str]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sent an update from where; `code` is what followed `/start`, where it was that.

    A group is called by its `title`. Nobody knows who is behind a `nameless` one: an anonymous
    administrator, or a channel. Who `writes` in a group is in it.
    """

    user_id: int
    name: str
    chat_id: ChatId
    in_group: bool = False
    starts: bool = False
    code: str = ""
    title: str = ""
    nameless: bool = False
    writes: bool = False
    update_id: int | None = None

    @property
    def writer(self) -> Writer | None:
        """What it depends on how they are met, where they do nothing but write."""
        if not self.writes or self.starts or self.nameless:
            return None
        return self.chat_id, self.user_id, self.name, self.title


class Standing(StrEnum):
    """How a visitor is met."""

    MEMBER = "member"
    NEW_OWNER = "new owner"
    STRANGER = "stranger"
    KNOWN_STRANGER = "known stranger"


@dataclass(frozen=True, slots=True)
class Admission:
    """How a visitor is met, and the journal of the chat where they may use it."""

    standing: Standing
    journal: Journal | None = None


@dataclass(frozen=True, slots=True)
class JournalDefaults:
    """The first values of a new journal's settings."""

    language: Language
    zone: ZoneInfo
    draft_at: WeeklyTime


def default_sections(phrases: Phrases) -> tuple[SectionSpec, ...]:
    """The sections of a new journal: life, then tech, with tags in both languages."""
    return (
        SectionSpec("life", phrases.life_heading, ("life", "生活")),
        SectionSpec("tech", phrases.tech_heading, ("tech", "技术")),
    )


class Access:
    """The gate in front of everything."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        owners: Owners,
        defaults: JournalDefaults,
    ) -> None:
        self._database = database
        self._clock = clock
        self._owners = owners
        self._defaults = defaults
        self._link = OwnerLink(clock)
        self._strangers = Strangers()
        self._guessing = Guessing(clock)
        self._members: dict[Writer, Admission] = {}

    async def offer_ownership(self) -> str | None:
        """The code of a new one-time link to own the bot; None where one works or it is owned."""
        if self._link.works:
            return None
        async with self._database.snapshot() as connection:
            if await self._owners.every(connection):
                return None
        return self._link.renew()

    def look_again(self) -> None:
        """What `admit` has found out of members may have changed since.

        It has to be said at the begin of each transaction, and wherever something was done in it
        that could change who may write where, or how a journal is set up.
        """
        self._members.clear()

    async def admit(self, visitor: Visitor) -> Admission:
        """How the visitor is met; the journal of a newcomer's chat is made on the way."""
        writer = visitor.writer
        if writer is not None and writer in self._members:
            return self._members[writer]
        async with self._database.joining() as connection:
            owners = await self._owners.every(connection)
            if not owners and not visitor.in_group and self._opens(visitor):
                await people.add_owner(connection, visitor.user_id, visitor.name, self._clock.now())
                journal = await self._journal(
                    connection, visitor.chat_id, in_group=visitor.in_group
                )
                journal = await self._opened(connection, visitor, journal)
                return Admission(Standing.NEW_OWNER, journal)
            known = await journals.of_chat(connection, visitor.chat_id)
            owns = visitor.user_id in owners and not visitor.nameless
            if await self._is_let_in(connection, visitor, known, owns=owns):
                journal = known or await self._journal(
                    connection, visitor.chat_id, in_group=visitor.in_group
                )
                journal = await self._opened(connection, visitor, journal)
                admission = Admission(Standing.MEMBER, journal)
                if journal is not known:
                    # It is new, open again, or called otherwise than those found before say.
                    self.look_again()
                elif writer is not None:
                    self._members[writer] = admission
                return admission
            if visitor.update_id is not None:
                # Nothing is kept of strangers, not even that they were there.
                await intake.unmark(connection, visitor.update_id)
        return Admission(self._meet_stranger(visitor))

    async def _is_let_in(
        self, connection: Connection, visitor: Visitor, known: Journal | None, *, owns: bool
    ) -> bool:
        """A group by its owner's `/start` or a link, a person as an owner or by a link; and ever
        since, until an owner removes them.
        """
        is_open = known is not None and not known.is_shut
        if visitor.in_group:
            if is_open:
                return await self._is_there(connection, visitor)
            return (owns and visitor.starts) or await self._redeems(connection, visitor)
        if owns or await people.is_known(connection, visitor.user_id):
            return True
        if not await self._redeems(connection, visitor):
            return False
        now = self._clock.now()
        await people.add_member(connection, visitor.user_id, visitor.name, now)
        return True

    async def _is_there(self, connection: Connection, visitor: Visitor) -> bool:
        """Who has left a group does not belong to it, though they may still see its buttons."""
        if visitor.writes:
            await departures.remove(connection, visitor.chat_id, visitor.user_id)
            return True
        return not await departures.has_left(connection, visitor.chat_id, visitor.user_id)

    async def _redeems(self, connection: Connection, visitor: Visitor) -> bool:
        """Whether the visitor comes by a link that was open until now."""
        if not visitor.code or not self._guessing.may_try(visitor.user_id):
            return False
        if await invitations.redeem(connection, hashed(visitor.code), self._clock.now()):
            return True
        self._guessing.was_wrong(visitor.user_id)
        return False

    async def _opened(self, connection: Connection, visitor: Visitor, journal: Journal) -> Journal:
        """The journal, open to its people, under the name that they have now."""
        await journals.set_open(connection, journal.id, self._clock.now())
        name = visitor.title if visitor.in_group else visitor.name
        if journal.name != name or journal.is_shut:
            await journals.set_name(connection, journal.id, name)
            await journals.set_shut(connection, journal.id, None)
            return await journals.get(connection, journal.id)
        return journal

    async def follow(self, old: ChatId, new: ChatId) -> None:
        """A group that became a supergroup keeps its journal."""
        async with self._database.atomic() as connection:
            journal = await journals.of_chat(connection, old)
            if journal is not None:
                await journals.add_chat(connection, new, journal.id, self._clock.now())

    async def note_left(self, chat_id: ChatId, user_id: int) -> None:
        """The person has left the group."""
        async with self._database.atomic() as connection:
            await departures.add(connection, chat_id, user_id)

    async def note_joined(self, chat_id: ChatId, user_ids: Iterable[int]) -> None:
        """The people are in the group."""
        async with self._database.atomic() as connection:
            for user_id in user_ids:
                await departures.remove(connection, chat_id, user_id)

    async def knows(self, chat_id: ChatId | None, user_id: int | None) -> bool:
        """Whether what the user sent in the chat may be kept: the one or the other was let in."""
        async with self._database.snapshot() as connection:
            journal = None if chat_id is None else await journals.of_chat(connection, chat_id)
            if journal is not None and not journal.is_shut:
                return True
            if user_id is None:
                return False
            owners = await self._owners.every(connection)
            return user_id in owners or await people.is_known(connection, user_id)

    async def journals(self) -> list[Journal]:
        """All journals, oldest first."""
        async with self._database.snapshot() as connection:
            return await journals.every(connection)

    async def open_private(self, chat_id: ChatId) -> Journal:
        """The journal of a person's private chat, made where there is none."""
        async with self._database.atomic() as connection:
            return await self._journal(connection, chat_id, in_group=False)

    async def open_group(self, chat_id: ChatId) -> Journal:
        """The journal of a group, made where there is none."""
        async with self._database.atomic() as connection:
            return await self._journal(connection, chat_id, in_group=True)

    def _opens(self, visitor: Visitor) -> bool:
        """Whether the visitor comes by the link to own the bot."""
        may = bool(visitor.code) and self._guessing.may_try(visitor.user_id)
        return may and self._link.opens(visitor.code)

    def _meet_stranger(self, visitor: Visitor) -> Standing:
        """Each is told once per run of the program, in a group not at all unless they knock."""
        if visitor.in_group and not visitor.starts:
            return Standing.KNOWN_STRANGER
        is_new = self._strangers.meet(visitor.chat_id, visitor.user_id)
        return Standing.STRANGER if is_new else Standing.KNOWN_STRANGER

    async def _journal(self, connection: Connection, chat_id: ChatId, *, in_group: bool) -> Journal:
        known = await journals.of_chat(connection, chat_id)
        if known is not None:
            return known
        defaults = self._defaults
        phrases = phrases_for(defaults.language)
        now = self._clock.now()
        new = journals.NewJournal(
            personal=not in_group,
            language=defaults.language,
            zone=defaults.zone,
            draft_at=defaults.draft_at,
            title_template=phrases.title_template,
            summary_heading=phrases.summary_heading,
            sections=default_sections(phrases),
            pictures_prefix="images/",
            next_due_at=next_instant(defaults.draft_at, defaults.zone, now, ()),
        )
        return await journals.create(connection, chat_id, new, now)
