"""How much there is of what an operator watches, over all journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.instants import to_seconds


@dataclass(frozen=True, slots=True)
class Stock:
    """Numbers of rows, and nothing of what is in them."""

    entries: int
    untagged: int
    journals: int
    unanswered: int
    owed: int
    dead_letters: int
    awaited_files: int
    missing_files: int
    drafts_sent: int
    drafts_due: int


_QUERY = """
    SELECT
        (SELECT count(*) FROM entries WHERE state = 'placed') AS entries,
        (SELECT count(*) FROM entries WHERE state = 'untagged') AS untagged,
        (SELECT count(*) FROM journals) AS journals,
        (SELECT count(*) FROM entries
            WHERE reaction_shown IS NOT reaction OR question = 'wanted') AS unanswered,
        (SELECT count(*) FROM outbox) AS owed,
        (SELECT count(*) FROM dead_letters) AS dead_letters,
        (SELECT count(*) FROM pictures WHERE retry_at IS NOT NULL) AS awaited_files,
        (SELECT count(*) FROM pictures WHERE retry_at IS NULL AND sha256 IS NULL) AS missing_files,
        (SELECT count(*) FROM deliveries
            WHERE step = 'file' AND completed_at IS NOT NULL) AS drafts_sent,
        (SELECT count(*) FROM journals WHERE next_due_at <= ?) AS drafts_due
"""


async def stock(connection: Connection, now: datetime) -> Stock:
    """All of it, as it is stored at that moment."""
    [row] = await connection.execute_fetchall(_QUERY, (to_seconds(now),))
    return Stock(**dict(row))
