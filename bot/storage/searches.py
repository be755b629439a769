"""What was searched for: the buttons under results carry no words, but the number of a search."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NewType

from bot.domain.entry import JournalId
from bot.storage.database import Connection
from bot.storage.instants import to_seconds

SearchId = NewType("SearchId", int)

_REMEMBERED: Final = timedelta(days=30)


async def keep(
    connection: Connection, journal_id: JournalId, words: str, now: datetime
) -> SearchId:
    """The number of the search; the same for the same words."""
    rows = await connection.execute_fetchall(
        """
        INSERT INTO searches (journal_id, words, asked_at) VALUES (?, ?, ?)
        ON CONFLICT (journal_id, words) DO UPDATE SET asked_at = excluded.asked_at RETURNING id
        """,
        (journal_id, words, to_seconds(now)),
    )
    [(number,)] = rows
    return SearchId(number)


async def words_of(
    connection: Connection, journal_id: JournalId, search_id: SearchId
) -> str | None:
    """What was searched for; None where it is forgotten, or another journal's."""
    rows = await connection.execute_fetchall(
        "SELECT words FROM searches WHERE id = ? AND journal_id = ?", (search_id, journal_id)
    )
    return next((row["words"] for row in rows), None)


async def forget_old(connection: Connection, now: datetime) -> None:
    """Searches of a month ago are forgotten."""
    await connection.execute(
        "DELETE FROM searches WHERE asked_at < ?", (to_seconds(now - _REMEMBERED),)
    )
