"""When Telegram was heard last, and what may have been missed while it was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.entry import JournalId
from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds

# Who has written nothing for so long would not have in that time either.
_ACTIVE = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Absence:
    """Messages of a journal that were sent between the two instants may not have arrived."""

    journal_id: JournalId
    since: datetime
    until: datetime


async def heard_at(connection: Connection) -> datetime | None:
    """When Telegram was heard last; None where it never was."""
    rows = await connection.execute_fetchall("SELECT heard_at FROM presence")
    return next((from_seconds(row["heard_at"]) for row in rows), None)


async def set_heard(connection: Connection, now: datetime) -> None:
    """Telegram was heard at that instant."""
    await connection.execute("INSERT OR REPLACE INTO presence VALUES (1, ?)", (to_seconds(now),))


async def note_absence(connection: Connection, since: datetime, until: datetime) -> None:
    """Every journal in which something was written not long before is to hear of it."""
    await connection.execute(
        """
        INSERT OR IGNORE INTO absences (journal_id, since, until)
        SELECT id, ?1, ?2 FROM journals WHERE created_at BETWEEN ?3 AND ?1 OR EXISTS (
            SELECT 1 FROM entries WHERE journal_id = journals.id AND sent_at BETWEEN ?3 AND ?1
        )
        """,
        (to_seconds(since), to_seconds(until), to_seconds(since - _ACTIVE)),
    )


async def untold(connection: Connection) -> list[Absence]:
    """The absences of which nobody has heard yet, oldest first."""
    rows = await connection.execute_fetchall(
        """
        SELECT absences.* FROM absences JOIN journals ON journals.id = journal_id
        WHERE NOT told AND shut_at IS NULL ORDER BY since, journal_id
        """
    )
    return [
        Absence(
            JournalId(row["journal_id"]), from_seconds(row["since"]), from_seconds(row["until"])
        )
        for row in rows
    ]


async def set_told(connection: Connection, absence: Absence) -> None:
    """The journal has heard of the absence."""
    await connection.execute(
        "UPDATE absences SET told = 1 WHERE journal_id = ? AND since = ?",
        (absence.journal_id, to_seconds(absence.since)),
    )
