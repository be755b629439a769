"""A database of many journals, each a copy of one, written straight into it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId
from bot.domain.schedule import WeeklyTime
from bot.domain.week import IsoWeek
from bot.services.access import Access, JournalDefaults
from bot.services.owners import Owners
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.clock import FakeClock
from tests.decade import fill

ZONE: Final = ZoneInfo("Asia/Shanghai")
FIRST_CHAT: Final = 1001
_ITEMS_A_WEEK: Final = 30_000 / 520


def this_week() -> IsoWeek:
    """The week of now."""
    return IsoWeek.of(datetime.now(UTC), ZONE, time.min)


async def gather(
    path: Path, *, journals: int, weeks: int = 0, due_in: timedelta | None = None
) -> None:
    """The database holds so many journals, of the chats from the first on, each of so many weeks.

    With `due_in` all of them have some lines in this week and the last, and a draft is due then.
    """
    now = datetime.now(UTC)
    path.parent.mkdir(exist_ok=True)
    due = (now + (due_in or timedelta(days=6))).astimezone(ZONE)
    at = WeeklyTime(due.weekday(), time(due.hour, due.minute))
    async with await Database.open(path) as database:
        await migrate(database, now)
        # Six days old, so that no other week is due.
        clock = FakeClock(now - timedelta(days=6) if due_in else now)
        access = Access(
            database, clock, Owners(database, {FIRST_CHAT}), JournalDefaults("zh", ZONE, at)
        )
        journal = await access.open_private(ChatId(FIRST_CHAT))
    last = this_week()
    if weeks:
        fill(path, journal.id, weeks=weeks, items=round(_ITEMS_A_WEEK * weeks), last=last)
    elif due_in:
        fill(path, journal.id, weeks=2, items=10, last=last)
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("journals", "chats", "entries", "nodes"):
            _copy(connection, table, journals - 1)
        if due_in:
            connection.execute("UPDATE journals SET next_due_at = ?", (int(due.timestamp()),))


def _copy(connection: sqlite3.Connection, table: str, times: int) -> None:
    """So many copies of all rows, each of another journal in another chat."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    [(most,)] = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 -- a name of above
    by_copy = {
        "journals": {"id": "id + copy"},
        "chats": {"id": "id + copy", "journal_id": "journal_id + copy"},
        "entries": {
            "id": f"id + copy * {most}",
            "journal_id": "journal_id + copy",
            "chat_id": "chat_id + copy",
        },
        "nodes": {
            "id": f"id + copy * {most}",
            "journal_id": "journal_id + copy",
            "entry_id": "entry_id + copy * (SELECT max(id) FROM entries WHERE journal_id = 1)",
            "parent_id": f"parent_id + copy * {most}",
        },
    }[table]
    values = ", ".join(by_copy.get(column, column) for column in columns)
    connection.execute(
        f"""
        WITH RECURSIVE copies (copy) AS (
            SELECT 1 WHERE ? > 0 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?
        )
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {values} FROM copies CROSS JOIN (SELECT * FROM {table})
        """,  # noqa: S608 -- names of the schema
        (times, times),
    )
