"""A section that sticks: for ten minutes a person's messages need no tag."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.entry import EntryId
from bot.domain.journal import Journal
from bot.services.incoming import Incoming
from bot.services.ports import Clock
from bot.storage import entries, sticky
from bot.storage.database import Connection, Database
from bot.storage.sticky import Sticky

STICKS_FOR = timedelta(minutes=10)

# Telegram's clock, which dates the messages, and the machine's may differ by so much.
_SLACK = timedelta(minutes=1)


class Sticking:
    """What buttons do about it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def stick(
        self, journal: Journal, author_id: int, entry_id: EntryId, section: str
    ) -> Sticky | None:
        """What sticks from now on; None where the entry is none of the person's in the journal."""
        async with self._database.atomic() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is None or entry.journal_id != journal.id or entry.author_id != author_id:
                return None
            if not _has(journal, section):
                return None
            since = self._clock.now() - _SLACK
            return await stick(connection, journal, author_id, section, since, STICKS_FOR + _SLACK)

    async def release(self, journal: Journal, author_id: int, about: EntryId | None = None) -> bool:
        """The person's next messages go where they say.

        False, and nothing is done, where the entry that it is about is none of the journal's.
        """
        async with self._database.atomic() as connection:
            if about is not None:
                entry = await entries.get(connection, about)
                if entry is None or entry.journal_id != journal.id:
                    return False
            await sticky.release(connection, journal.id, author_id)
        return True


async def stick(
    connection: Connection,
    journal: Journal,
    author_id: int,
    section: str,
    since: datetime,
    lasts: timedelta = STICKS_FOR,
) -> Sticky:
    """What sticks for the person's messages from that instant on."""
    sticks = Sticky(section, since, since + lasts)
    await sticky.stick(connection, journal.id, author_id, sticks)
    return sticks


async def what_sticks(connection: Connection, journal: Journal, incoming: Incoming) -> str | None:
    """The section that sticks for the message, if one does and there still is one such."""
    found = await sticky.at(connection, journal.id, incoming.author_id, incoming.sent_at)
    return found.section if found is not None and _has(journal, found.section) else None


def _has(journal: Journal, section: str) -> bool:
    return section in {spec.key for spec in journal.sections}
