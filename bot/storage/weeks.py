"""Weeks that are done, and the files that were sent of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import ChatId, JournalId, MessageId, MessageKey
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.instants import to_seconds


@dataclass(frozen=True, slots=True)
class Final:
    """The last file that was sent of a done week, up to which entry, and what was asked since.

    `number` is the change up to which the week was looked at, `now` the last one there was.
    """

    journal_id: JournalId
    week: IsoWeek
    fingerprint: str
    last_entry: int
    number: int
    now: int
    question: MessageKey | None


_SELECT = """
    SELECT finals.*, coalesce(week_changes.number, 0) AS now
    FROM finals LEFT JOIN week_changes USING (journal_id, week)
"""


async def is_done(connection: Connection, journal_id: JournalId, week: IsoWeek) -> bool:
    """Whether the week is done."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM weeks WHERE journal_id = ? AND week = ? AND done_at IS NOT NULL",
        (journal_id, str(week)),
    )
    return any(rows)


async def done(
    connection: Connection, journal_id: JournalId, among: Sequence[IsoWeek]
) -> frozenset[IsoWeek]:
    """Those of the given weeks that are done."""
    rows = await connection.execute_fetchall(
        "SELECT week FROM weeks WHERE journal_id = ?1 AND done_at IS NOT NULL"
        " AND week IN (SELECT value FROM json_each(?2))",
        (journal_id, _keys(among)),
    )
    return frozenset(IsoWeek.parse(row["week"]) for row in rows)


async def set_done(
    connection: Connection, journal_id: JournalId, week: IsoWeek, at: datetime | None
) -> None:
    """The week is done since that instant; open where None."""
    await connection.execute(
        """
        INSERT INTO weeks (journal_id, week, done_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (journal_id, week) DO UPDATE SET done_at = ?3
        """,
        (journal_id, str(week), None if at is None else to_seconds(at)),
    )


async def set_final(
    connection: Connection,
    journal_id: JournalId,
    week: IsoWeek,
    fingerprint: str,
    last_entry: int,
    number: int,
) -> None:
    """A file of that fingerprint is the last one that was sent, up to that entry and change."""
    await connection.execute(
        """
        INSERT INTO finals (journal_id, week, fingerprint, last_entry, number)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (journal_id, week) DO UPDATE SET
            fingerprint = ?3, last_entry = ?4, number = ?5
        """,
        (journal_id, str(week), fingerprint, last_entry, number),
    )


async def final_of(connection: Connection, journal_id: JournalId, week: IsoWeek) -> Final | None:
    """The last file that was sent of a week that is or was done."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} WHERE journal_id = ? AND week = ?", (journal_id, str(week))
    )
    return next(map(_final, rows), None)


async def changed(connection: Connection) -> list[Final]:
    """The files of done weeks that have changed since they were looked at."""
    rows = await connection.execute_fetchall(
        f"""
        {_SELECT} JOIN weeks USING (journal_id, week)
        WHERE done_at IS NOT NULL AND finals.number <> coalesce(week_changes.number, 0)
        ORDER BY journal_id, week
        """
    )
    return [_final(row) for row in rows]


async def set_looked_at(
    connection: Connection, final: Final, number: int, question: MessageKey | None
) -> None:
    """The week was looked at up to that change, and that is what is asked now."""
    await connection.execute(
        "UPDATE finals SET number = ?, asked_in = ?, asked_by = ?"
        " WHERE journal_id = ? AND week = ?",
        (
            number,
            None if question is None else question.chat_id,
            None if question is None else question.message_id,
            final.journal_id,
            str(final.week),
        ),
    )


async def messages(
    connection: Connection, journal_id: JournalId, among: Sequence[IsoWeek]
) -> dict[IsoWeek, int]:
    """How many messages each of the weeks holds, an album or a comment with its forward as one."""
    rows = await connection.execute_fetchall(
        """
        SELECT week, count(DISTINCT CASE WHEN comment_id IS NULL AND media_group IS NOT NULL
            THEN chat_id || ' ' || media_group ELSE coalesce(comment_id, id) END) AS many
        FROM entries
        WHERE journal_id = ?1 AND week IN (SELECT value FROM json_each(?2))
            AND state <> 'removed' AND NOT imported
        GROUP BY week
        """,
        (journal_id, _keys(among)),
    )
    return _counted(rows)


async def items(
    connection: Connection, journal_id: JournalId, among: Sequence[IsoWeek]
) -> dict[IsoWeek, int]:
    """How many items the report of each week has; one of pictures or paragraphs alone has none."""
    rows = await connection.execute_fetchall(
        "SELECT week, sum(part = 'item' AND section IS NOT NULL) AS many FROM nodes"
        " WHERE journal_id = ?1 AND week IN (SELECT value FROM json_each(?2)) AND NOT removed"
        " GROUP BY week",
        (journal_id, _keys(among)),
    )
    return _counted(rows)


async def drafted(
    connection: Connection, journal_id: JournalId, among: Sequence[IsoWeek]
) -> frozenset[IsoWeek]:
    """Those of the weeks of which a draft was sent by itself, with something in it."""
    rows = await connection.execute_fetchall(
        "SELECT week FROM deliveries"
        " WHERE journal_id = ?1 AND step = 'preview' AND completed_at IS NOT NULL"
        " AND week IN (SELECT value FROM json_each(?2))",
        (journal_id, _keys(among)),
    )
    return frozenset(IsoWeek.parse(row["week"]) for row in rows)


def _keys(among: Sequence[IsoWeek]) -> str:
    return json.dumps([str(week) for week in among])


def _counted(rows: Iterable[Row]) -> dict[IsoWeek, int]:
    return {IsoWeek.parse(row["week"]): int(row["many"]) for row in rows}


def _final(row: Row) -> Final:
    question = None
    if row["asked_in"] is not None and row["asked_by"] is not None:
        question = MessageKey(ChatId(row["asked_in"]), MessageId(row["asked_by"]))
    return Final(
        journal_id=JournalId(row["journal_id"]),
        week=IsoWeek.parse(row["week"]),
        fingerprint=row["fingerprint"],
        last_entry=row["last_entry"],
        number=row["number"],
        now=row["now"],
        question=question,
    )
