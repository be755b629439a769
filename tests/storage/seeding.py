"""A database of the present schema with one journal in it, and what can befall its file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.schema import MIGRATIONS
from tests.clock import START

_PAGE = 4096


async def seed(path: Path, entries: int = 200) -> None:
    """The database is there, closed, with so many entries; it has more pages than can be lost."""
    async with await Database.open(path) as database:
        await migrate(database, START)
    fill(path, entries)


def fill(path: Path, entries: int, first: int = 1) -> None:
    """So many entries are there, from that message on; the journal is made where it is not."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            """
            INSERT OR IGNORE INTO journals (id, personal, language, zone, draft_at, day_ends_at,
                title_template, summary_heading, sections, pictures_prefix, created_at)
            VALUES (1, 1, 'zh', 'Asia/Shanghai', 'sun 20:00', '00:00', '{year} {week}', '总结',
                '[["life", "生活", ["life"]]]', 'images/', 0)
            """
        )
        connection.executemany(
            """
            INSERT INTO entries (journal_id, chat_id, message_id, author_id, author,
                sent_at, text, spans, week, state, reaction, reaction_shown)
            VALUES (1, 1001, ?, 1001, '小周', 0, ?, '[]', '2023-W40', 'placed', '✍', '✍')
            """,
            (
                (number, f"#life 第 {number} 件 {'事' * 60}")
                for number in range(first, first + entries)
            ),
        )


def add_picture(path: Path, sha256: str) -> None:
    """The database names a file on the shelf."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO pictures (journal_id, name, file_id, is_photo, sha256)"
            " VALUES (1, ?1, 'F', 1, ?1)",
            (sha256,),
        )


def as_of_version(path: Path, steps: int) -> None:
    """A database as the version made it that knew so many steps."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE migrations"
            " (number INTEGER PRIMARY KEY, description TEXT NOT NULL, applied_at INTEGER NOT NULL)"
        )
        for number, (description, statements) in enumerate(MIGRATIONS[:steps], 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, ?, 0)", (number, description))


def scribble(path: Path, page: int = 0) -> None:
    """A page of the file, counted from 1, holds nonsense; without a number the last one."""
    with path.open("rb+") as file:
        file.seek(((page or path.stat().st_size // _PAGE) - 1) * _PAGE)
        file.write(b"\xa5" * _PAGE)


def truncate(path: Path, pages: int = 4) -> None:
    """The file ends after so many pages."""
    with path.open("rb+") as file:
        file.truncate(pages * _PAGE)


def count(path: Path, table: str = "entries") -> int:
    """How many rows the table has."""
    with closing(sqlite3.connect(path)) as connection:
        [many] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 -- a test's own
    return int(many)
