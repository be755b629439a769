"""The ledger of Sunday: which step of which delivery was begun, and which is done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.instants import to_seconds

_MOST_TRIES = 6


class Step(StrEnum):
    """What is sent of a week by itself: the two things of a draft, in this order; a reminder."""

    PREVIEW = "preview"
    FILE = "file"
    REMINDER = "reminder"


DRAFT: Final = (Step.PREVIEW, Step.FILE)


class Claim(StrEnum):
    """What a claim found."""

    NEW = "new"
    IN_DOUBT = "in doubt"
    DONE = "done"


async def claim(
    connection: Connection, journal_id: JournalId, week: IsoWeek, step: Step, now: datetime
) -> Claim:
    """NEW where nobody has begun this step; IN_DOUBT where it was begun and never completed.

    A preview that stays in doubt try after try counts as done: it has most likely arrived each
    time, and only the answer has not. A file never does: what is repeated there is an offer.
    """
    rows = await connection.execute_fetchall(
        """
        UPDATE deliveries SET tries = tries + 1 WHERE journal_id = ? AND week = ? AND step = ?
        RETURNING tries, completed_at
        """,
        (journal_id, str(week), step),
    )
    for row in rows:
        given_up = step is Step.PREVIEW and row["tries"] > _MOST_TRIES
        done = row["completed_at"] is not None or given_up
        return Claim.DONE if done else Claim.IN_DOUBT
    await connection.execute(
        "INSERT INTO deliveries (journal_id, week, step, claimed_at) VALUES (?, ?, ?, ?)",
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
    """This try has certainly not reached the chat; an earlier one in doubt stays in doubt."""
    key = (journal_id, str(week), step)
    await connection.execute(
        "DELETE FROM deliveries WHERE journal_id = ? AND week = ? AND step = ? AND tries = 1", key
    )
    await connection.execute(
        "UPDATE deliveries SET tries = tries - 1 WHERE journal_id = ? AND week = ? AND step = ?",
        key,
    )


async def delivered(connection: Connection, journal_id: JournalId) -> frozenset[IsoWeek]:
    """The weeks whose last step is done."""
    rows = await connection.execute_fetchall(
        "SELECT week FROM deliveries"
        " WHERE journal_id = ? AND step = ? AND completed_at IS NOT NULL",
        (journal_id, Step.FILE),
    )
    return frozenset(IsoWeek.parse(row["week"]) for row in rows)
