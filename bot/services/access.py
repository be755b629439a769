"""Who may use the bot, and whose journal a chat is. Nobody is let in by default."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId, SectionSpec
from bot.domain.journal import Journal, Language
from bot.domain.schedule import WeeklyTime, next_instant
from bot.i18n import Phrases, phrases_for
from bot.services.inviting import hashed
from bot.services.ports import Clock
from bot.storage import invitations, journals, people
from bot.storage.database import Connection, Database

_LINK_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sent an update from where; `code` is what followed `/start`, where it was that.

    A group is called by its `title`.
    """

    user_id: int
    name: str
    chat_id: ChatId
    in_group: bool = False
    starts: bool = False
    code: str = ""
    title: str = ""


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
        allowed_users: frozenset[int],
        defaults: JournalDefaults,
    ) -> None:
        self._database = database
        self._clock = clock
        self._allowed = allowed_users
        self._defaults = defaults
        self._link: tuple[str, datetime] | None = None
        self._met: set[tuple[int, int]] = set()

    async def offer_ownership(self) -> str | None:
        """The code of a new one-time link to own the bot; None where it has an owner.

        The code holds 128 bits, works once and for 15 minutes.
        """
        async with self._database.snapshot() as connection:
            if self._allowed or await people.owners(connection):
                return None
        code = secrets.token_urlsafe(16)
        self._link = (code, self._clock.now() + _LINK_LASTS)
        return code

    async def admit(self, visitor: Visitor) -> Admission:
        """How the visitor is met; the journal of a newcomer's chat is made on the way."""
        async with self._database.atomic() as connection:
            owners = self._allowed | await people.owners(connection)
            if visitor.starts and not owners and self._opens(visitor.code):
                await people.add_owner(connection, visitor.user_id, visitor.name, self._clock.now())
                journal = await self._journal(
                    connection, visitor.chat_id, in_group=visitor.in_group
                )
                return Admission(Standing.NEW_OWNER, journal)
            known = await journals.of_chat(connection, visitor.chat_id)
            if await self._is_let_in(connection, visitor, known, owns=visitor.user_id in owners):
                journal = known or await self._journal(
                    connection, visitor.chat_id, in_group=visitor.in_group
                )
                return Admission(Standing.MEMBER, await self._opened(connection, visitor, journal))
        return Admission(self._meet_stranger(visitor))

    async def _is_let_in(
        self, connection: Connection, visitor: Visitor, known: Journal | None, *, owns: bool
    ) -> bool:
        """A group by its owner's `/start` or a link, a person as an owner or by a link; and ever
        since, until an owner removes them.
        """
        is_open = known is not None and not known.is_shut
        if visitor.in_group:
            if is_open or (owns and visitor.starts):
                return True
            return await self._redeems(connection, visitor)
        if owns or await people.is_known(connection, visitor.user_id):
            return True
        if not await self._redeems(connection, visitor):
            return False
        now = self._clock.now()
        await people.add_member(connection, visitor.user_id, visitor.name, now)
        return True

    async def _redeems(self, connection: Connection, visitor: Visitor) -> bool:
        """Whether the visitor comes by a link that was open until now."""
        if not visitor.starts or not visitor.code:
            return False
        return await invitations.redeem(connection, hashed(visitor.code), self._clock.now())

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

    async def journals(self) -> list[Journal]:
        """All journals, oldest first."""
        async with self._database.snapshot() as connection:
            return await journals.every(connection)

    async def open_private(self, chat_id: ChatId) -> Journal:
        """The journal of a person's private chat, made where there is none."""
        async with self._database.atomic() as connection:
            return await self._journal(connection, chat_id, in_group=False)

    def _opens(self, code: str) -> bool:
        if self._link is None:
            return False
        offered, expires_at = self._link
        same = hmac.compare_digest(offered.encode(), code.encode())
        return same and self._clock.now() < expires_at

    def _meet_stranger(self, visitor: Visitor) -> Standing:
        """Each is told once per run of the program, in a group not at all unless they knock."""
        who = (visitor.chat_id, visitor.user_id)
        if who in self._met or (visitor.in_group and not visitor.starts):
            return Standing.KNOWN_STRANGER
        self._met.add(who)
        return Standing.STRANGER

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
