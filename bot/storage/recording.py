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
from bot.storage.database import Connection, Database, new_id
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

# One row: the change that is under way, if one is. A part of an album, or a forward that came with
# something, may belong to the change before.
_STATE = "CREATE TEMP TABLE recording (is_on INTEGER, change_id INTEGER, may_join INTEGER)"
_IS_ON = "(SELECT is_on FROM recording)"
_JOINS = f"""
    CREATE TEMP TRIGGER recorded_entries_join AFTER INSERT ON main.entries
    WHEN coalesce(new.media_group, new.comment_id, new.tagged_by) IS NOT NULL AND {_IS_ON}
    BEGIN UPDATE recording SET may_join = TRUE; END
"""  # noqa: S608 -- fixed


async def install(database: Database) -> None:
    """What is written from now on can be recorded; so far nothing is."""
    async with database.atomic() as connection:
        await connection.execute(_STATE)
        await connection.execute("INSERT INTO recording VALUES (FALSE, NULL, FALSE)")
        for trigger in _triggers():
            await connection.execute(trigger)


async def begin(
    connection: Connection, journal_id: JournalId, author_id: int, now: datetime
) -> None:
    """What is written from here on is one change, made by that person."""
    # Before there is anything in it: most updates are messages, and those are stored.
    change = await connection.execute(
        """
        INSERT INTO changes (journal_id, author_id, made_at, turn) VALUES (
            ?1, ?2, ?3, 1 + (SELECT coalesce(max(turn), 0) FROM changes WHERE journal_id = ?1)
        )
        """,
        (journal_id, author_id, to_seconds(now)),
    )
    await connection.execute(
        "UPDATE recording SET is_on = TRUE, change_id = ?, may_join = FALSE", (new_id(change),)
    )


async def end(connection: Connection) -> int | None:
    """The id of the change, where it may belong to an earlier one; nothing is recorded any more."""
    rows = await connection.execute_fetchall(
        "UPDATE recording SET is_on = FALSE WHERE is_on RETURNING change_id, may_join,"
        " EXISTS (SELECT 1 FROM change_cells WHERE change_cells.change_id = recording.change_id)"
    )
    for change_id, may_join, is_one in rows:
        if not is_one:
            await connection.execute("DELETE FROM changes WHERE id = ?", (change_id,))
        elif may_join:
            return int(change_id)
    return None


def _triggers() -> Iterator[str]:
    yield _JOINS
    for table, columns in ROWS.items():
        yield _on_update(table, columns, "old.id")
    for table in ("entries", "nodes"):
        yield _on_insert(table, _cell(table, "new.id", "''", "NULL", "NULL"))
    for table, columns in WEEKS.items():
        yield _on_update(table, columns, "old.week")
        cells = (_cell(table, "new.week", f"'{name}'", "NULL", f"new.{name}") for name in columns)
        yield _on_insert(table, *cells)
        cells = (_cell(table, "old.week", f"'{name}'", f"old.{name}", "NULL") for name in columns)
        yield _on_delete(table, *cells)


def _on_insert(table: str, *statements: str) -> str:
    return f"""
        CREATE TEMP TRIGGER recorded_{table}_insert AFTER INSERT ON main.{table}
        BEGIN {" ".join(statements)} END
    """


def _on_delete(table: str, *statements: str) -> str:
    return f"""
        CREATE TEMP TRIGGER recorded_{table}_delete AFTER DELETE ON main.{table}
        BEGIN {" ".join(statements)} END
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
        BEGIN {" ".join(cells)} END
    """


def _differs(name: str) -> str:
    return f"old.{name} IS NOT new.{name}"


def _cell(table: str, row: str, name: str, old: str, new: str, where: str = "TRUE") -> str:
    return f"""
        INSERT INTO change_cells (change_id, made_in, row, name, old, new)
        SELECT change_id, '{table}', {row}, {name}, {old}, {new}
        FROM recording WHERE is_on AND {where};
    """  # noqa: S608 -- the names are those above
