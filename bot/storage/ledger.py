"""The ledger of Sunday: which step of which delivery was begun, and which is done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.instants import to_seconds


class Step(StrEnum):
    """The two things that are sent, in this order."""

    PREVIEW = "preview"
    FILE = "file"


class Claim(StrEnum):
    """What a claim found."""

    NEW = "new"
    IN_DOUBT = "in doubt"
    DONE = "done"


async def claim(
    connection: Connection, journal_id: JournalId, week: IsoWeek, step: Step, now: datetime
) -> Claim:
    """NEW where nobody has begun this step; IN_DOUBT where it was begun and never completed."""
    rows = await connection.execute_fetchall(
        "SELECT completed_at FROM deliveries WHERE journal_id = ? AND week = ? AND step = ?",
        (journal_id, str(week), step),
    )
    for row in rows:
        return Claim.IN_DOUBT if row["completed_at"] is None else Claim.DONE
    await connection.execute(
        "INSERT INTO deliveries VALUES (?, ?, ?, ?, NULL)",
        (journal_id, str(week), step, to_seconds(now)),
    )
    return Claim.NEW


async def complete(
    connection: Connection, journal_id: JournalId, week: IsoWeek, step: Step, now: datetime
) -> None:
    """The step has reached the chat."""
    await connection.execute(
        "UPDATE deliveries SET completed_at = ? WHERE journal_id = ? AND week = ? AND step = ?",
        (to_seconds(now), journal_id, str(week), step),
    )


async def release(connection: Connection, journal_id: JournalId, week: IsoWeek, step: Step) -> None:
    """The step has certainly not reached the chat and can be begun anew."""
    await connection.execute(
        "DELETE FROM deliveries WHERE journal_id = ? AND week = ? AND step = ?",
        (journal_id, str(week), step),
    )


async def delivered(connection: Connection, journal_id: JournalId) -> frozenset[IsoWeek]:
    """The weeks whose last step is done."""
    rows = await connection.execute_fetchall(
        "SELECT week FROM deliveries"
        " WHERE journal_id = ? AND step = ? AND completed_at IS NOT NULL",
        (journal_id, Step.FILE),
    )
    return frozenset(IsoWeek.parse(row["week"]) for row in rows)
