"""Letting people and groups in, and showing them out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.entry import ChatId, JournalId
from bot.domain.journal import Journal
from bot.services.owners import Owners
from bot.services.ports import Clock
from bot.storage import invitations, journals, people
from bot.storage.database import Database
from bot.storage.invitations import Invitation, InvitationId
from bot.storage.people import Person

__all__ = ["Company", "Invitation", "InvitationId", "Invited", "Inviting", "Person", "hashed"]

_LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation; its code is told this once, and kept nowhere."""

    id: InvitationId
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Company:
    """Who may use the bot: people, the owners that the settings name, groups, and open links."""

    people: tuple[Person, ...]
    fixed_owners: tuple[int, ...]
    groups: tuple[Journal, ...]
    invitations: tuple[Invitation, ...]


class Inviting:
    """Keeps the list of those who may use the bot; only owners may ask it for anything."""

    def __init__(self, database: Database, clock: Clock, owners: Owners) -> None:
        self._database = database
        self._clock = clock
        self._owners = owners

    async def is_owner(self, user_id: int) -> bool:
        """Whether the person owns the bot."""
        return await self._owners.include(user_id)

    async def invite(self, made_by: int) -> Invited:
        """A link's code of 128 bits, which works once, and for 24 hours."""
        code = secrets.token_urlsafe(16)
        expires_at = self._clock.now() + _LASTS
        async with self._database.atomic() as connection:
            number = await invitations.add(connection, hashed(code), made_by, expires_at)
        return Invited(number, code, expires_at)

    async def company(self) -> Company:
        """Everybody."""
        async with self._database.atomic() as connection:
            found = await people.every(connection)
            groups = [
                journal
                for journal in await journals.every(connection)
                if not journal.personal and not journal.is_shut
            ]
            links = await invitations.still_open(connection, self._clock.now())
        return Company(tuple(found), tuple(sorted(self._owners.fixed)), tuple(groups), tuple(links))

    async def revoke(self, invitation_id: InvitationId) -> bool:
        """Whether the link worked until now."""
        async with self._database.atomic() as connection:
            return await invitations.revoke(connection, invitation_id)

    async def remove_person(self, user_id: int) -> bool:
        """Whether the person could use the bot until now; what they wrote is kept.

        Who owns it by the settings is removed there.
        """
        if user_id in self._owners.fixed:
            return False
        async with self._database.atomic() as connection:
            if not await people.remove(connection, user_id):
                return False
            journal = await journals.of_chat(connection, ChatId(user_id))
            if journal is not None:
                await journals.set_shut(connection, journal.id, self._clock.now())
            return True

    async def shut_group(self, journal_id: JournalId) -> bool:
        """Whether the group could use the bot until now; what it wrote is kept."""
        async with self._database.atomic() as connection:
            journal = await journals.find(connection, journal_id)
            if journal is None or journal.personal or journal.is_shut:
                return False
            await journals.set_shut(connection, journal_id, self._clock.now())
            return True


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
