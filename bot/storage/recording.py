"""Every change of a journal is written down as it is made, so that it can be taken back.

Triggers do it, cell by cell, so no way of changing something can be forgotten. They stand in
SQLite's temporary schema, on the connection that writes: they follow the program, and need no
migration when a column is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.domain.entry import JournalId
from bot.storage.database import Connection, Database
from bot.storage.instants import to_seconds

ROWS: Final = {
    "entries": ("text", "spans", "week", "state", "comment_id", "tagged_by"),
    "nodes": (
        "parent_id",
        "week",
        "section",
        "part",
        "position",
        "line",
        "source",
        "text",
        "picture_id",
        "removed",
        "removed_with",
        "address",
    ),
    "journals": (
        "language",
        "zone",
        "draft_at",
        "day_ends_at",
        "title_template",
        "document_template",
        "summary_heading",
        "sections",
        "pictures_prefix",
        "link_titles",
        "shows_authors",
        "keeps_location",
        "answers_in_words",
        "remind_at",
        "shows_earlier",
    ),
}
"""The columns that are recorded, of tables whose rows have an id."""

WEEKS: Final = {"originals": ("content", "baseline"), "weeks": ("done_at",)}
"""The same of tables that have a row for a week of a journal."""

_STATE = """
    CREATE TEMP TABLE recording (
        journal_id INTEGER,                 -- NULL: nothing is recorded
        author_id INTEGER,
        made_at INTEGER,
        change_id INTEGER,                  -- NULL until something has changed
        may_join INTEGER                    -- what came may belong to what came before
    )
"""

# Written as soon as there is something to go with it: most updates change nothing.
_OPEN_CHANGE = """
    INSERT INTO changes (journal_id, author_id, made_at, turn)
    SELECT journal_id, author_id, made_at,
        1 + (SELECT coalesce(max(turn), 0) FROM changes WHERE journal_id = recording.journal_id)
    FROM recording WHERE change_id IS NULL;
    UPDATE recording SET change_id = last_insert_rowid() WHERE change_id IS NULL;
"""

# A part of an album, or a forward that came with something.
_JOINS = {
    "entries": """
        UPDATE recording SET may_join = 1
        WHERE coalesce(new.media_group, new.comment_id, new.tagged_by) IS NOT NULL;
    """
}

_IS_ON = "(SELECT journal_id FROM recording) IS NOT NULL"


async def install(database: Database) -> None:
    """What is written from now on can be recorded; so far nothing is."""
    async with database.atomic() as connection:
        await connection.execute(_STATE)
        await connection.execute("INSERT INTO recording DEFAULT VALUES")
        for trigger in _triggers():
            await connection.execute(trigger)


async def begin(
    connection: Connection, journal_id: JournalId, author_id: int, now: datetime
) -> None:
    """What is written from here on is one change, made by that person."""
    await connection.execute(
        "UPDATE recording SET journal_id = ?, author_id = ?, made_at = ?, change_id = NULL,"
        " may_join = 0",
        (journal_id, author_id, to_seconds(now)),
    )


async def end(connection: Connection) -> int | None:
    """The id of the change, where it may belong to an earlier one; nothing is recorded any more."""
    rows = await connection.execute_fetchall(
        "UPDATE recording SET journal_id = NULL WHERE journal_id IS NOT NULL"
        " RETURNING change_id, may_join"
    )
    for change_id, may_join in rows:
        return int(change_id) if may_join and change_id is not None else None
    return None


def _triggers() -> Iterator[str]:
    for table, columns in ROWS.items():
        yield _on_update(table, columns, "old.id")
    for table in ("entries", "nodes"):
        yield _on_insert(table, _cell(table, "new.id", "''", "NULL", "NULL"), _JOINS.get(table, ""))
    for table, columns in WEEKS.items():
        yield _on_update(table, columns, "old.week")
        cells = (_cell(table, "new.week", f"'{name}'", "NULL", f"new.{name}") for name in columns)
        yield _on_insert(table, *cells)
        cells = (_cell(table, "old.week", f"'{name}'", f"old.{name}", "NULL") for name in columns)
        yield _on_delete(table, *cells)


def _on_insert(table: str, *statements: str) -> str:
    return f"""
        CREATE TEMP TRIGGER recorded_{table}_insert AFTER INSERT ON main.{table} WHEN {_IS_ON}
        BEGIN {_OPEN_CHANGE} {" ".join(statements)} END
    """


def _on_delete(table: str, *statements: str) -> str:
    return f"""
        CREATE TEMP TRIGGER recorded_{table}_delete AFTER DELETE ON main.{table} WHEN {_IS_ON}
        BEGIN {_OPEN_CHANGE} {" ".join(statements)} END
    """


def _on_update(table: str, columns: Sequence[str], row: str) -> str:
    differs = " OR ".join(map(_differs, columns))
    cells = (
        _cell(table, row, f"'{name}'", f"old.{name}", f"new.{name}", _differs(name))
        for name in columns
    )
    return f"""
        CREATE TEMP TRIGGER recorded_{table}_update
        AFTER UPDATE OF {", ".join(columns)} ON main.{table} WHEN {_IS_ON} AND ({differs})
        BEGIN {_OPEN_CHANGE} {" ".join(cells)} END
    """


def _differs(name: str) -> str:
    return f"old.{name} IS NOT new.{name}"


def _cell(table: str, row: str, name: str, old: str, new: str, where: str = "TRUE") -> str:
    return f"""
        INSERT INTO change_cells (change_id, made_in, row, name, old, new)
        SELECT change_id, '{table}', {row}, {name}, {old}, {new} FROM recording WHERE {where};
    """  # noqa: S608 -- the names are those above
