"""What each message, edit or press has changed, cell by cell (`recording` writes it down)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from sqlite3 import Row
from typing import Final

from bot.domain.changes import ChangeId
from bot.domain.entry import JournalId
from bot.storage.database import Connection
from bot.storage.instants import to_seconds
from bot.storage.recording import WEEKS

REMEMBERED: Final = timedelta(days=31)
"""For so long a change can be taken back."""

Value = str | int | float | bytes | None


class State(StrEnum):
    """What has become of a change; one that could not be taken back was passed over."""

    MADE = "made"
    UNDONE = "undone"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a person did to a journal."""

    id: ChangeId
    journal_id: JournalId
    author_id: int
    state: State


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row before and after, in the cells that differ; `is_new` where there was none before.

    `row` is its id in the table, or its week.
    """

    table: str
    row: int | str
    is_new: bool
    old: Mapping[str, Value]
    new: Mapping[str, Value]


async def get(connection: Connection, change_id: ChangeId) -> Change | None:
    """The change with that id."""
    rows = await connection.execute_fetchall("SELECT * FROM changes WHERE id = ?", (change_id,))
    return next(map(_change, rows), None)


async def last(
    connection: Connection, journal_id: JournalId, author_id: int | None = None
) -> Change | None:
    """The journal's last change that stands, of anybody or of one person."""
    rows = await connection.execute_fetchall(
        """
        SELECT * FROM changes WHERE journal_id = ?1 AND state = 'made'
            AND (?2 IS NULL OR author_id = ?2)
        ORDER BY turn DESC LIMIT 1
        """,
        (journal_id, author_id),
    )
    return next(map(_change, rows), None)


async def rows_of(connection: Connection, change_id: ChangeId) -> list[RowChange]:
    """The rows of a change, each once, in the order in which they were first touched."""
    cells = await connection.execute_fetchall(
        "SELECT * FROM change_cells WHERE change_id = ? ORDER BY id", (change_id,)
    )
    new: set[tuple[str, int | str]] = set()
    before: dict[tuple[str, int | str], dict[str, Value]] = {}
    after: dict[tuple[str, int | str], dict[str, Value]] = {}
    for cell in cells:
        place = (cell["made_in"], cell["row"])
        before.setdefault(place, {})
        after.setdefault(place, {})
        if not cell["name"]:
            new.add(place)
        else:
            before[place].setdefault(cell["name"], cell["old"])
            after[place][cell["name"]] = cell["new"]
    return [RowChange(*place, place in new, before[place], after[place]) for place in before]


async def set_state(connection: Connection, change_id: ChangeId, state: State) -> None:
    """What has become of the change; one that is made again is the last one from then on."""
    await connection.execute(
        """
        UPDATE changes SET state = ?2, turn = iif(?2 = 'made', 1 + (
            SELECT max(turn) FROM changes AS other WHERE other.journal_id = changes.journal_id
        ), turn) WHERE id = ?1
        """,
        (change_id, state),
    )


async def join(connection: Connection, change_id: int) -> None:
    """A part of an album, or a forward after its comment, belongs to the change that began it.

    Unless the same person has changed something else in between.
    """
    await connection.execute(
        f"UPDATE change_cells SET change_id = coalesce(({_BEGUN_BY}), change_id)"  # noqa: S608 -- fixed
        " WHERE change_id = ?1",
        (change_id,),
    )
    await connection.execute(
        "DELETE FROM changes WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM change_cells WHERE change_id = ?1)",
        (change_id,),
    )


_BEGUN_BY = """
    SELECT earlier.id FROM changes AS later JOIN changes AS earlier
        ON earlier.journal_id = later.journal_id AND earlier.author_id = later.author_id
        AND earlier.turn < later.turn
    WHERE later.id = ?1 AND earlier.state = 'made' AND NOT EXISTS (
        SELECT 1 FROM changes AS between_them
        WHERE between_them.journal_id = later.journal_id
            AND between_them.author_id = later.author_id
            AND between_them.turn > earlier.turn AND between_them.turn < later.turn
    ) AND EXISTS (
        SELECT 1 FROM change_cells AS of_part
        JOIN entries AS part ON part.id = of_part.row
        JOIN change_cells AS of_first ON of_first.change_id = earlier.id
            AND of_first.made_in = 'entries' AND of_first.name = ''
        JOIN entries AS first ON first.id = of_first.row AND first.chat_id = part.chat_id
        WHERE of_part.change_id = ?1 AND of_part.made_in = 'entries' AND of_part.name = ''
            AND (part.media_group = first.media_group OR part.comment_id = first.id
                OR part.tagged_by = first.tagged_by OR part.comment_id = first.comment_id)
    )
    ORDER BY earlier.turn DESC LIMIT 1
"""


async def is_overtaken(connection: Connection, change_id: ChangeId) -> bool:
    """Whether somebody else has changed since what the lines say that came with the change."""
    rows = await connection.execute_fetchall(
        """
        SELECT 1 FROM changes AS this
        JOIN change_cells AS new ON new.change_id = this.id
            AND new.made_in = 'nodes' AND new.name = ''
        JOIN change_cells AS said ON said.made_in = 'nodes' AND said.row = new.row
            AND said.name = 'text'
        JOIN changes AS later ON later.id = said.change_id
            AND later.turn > this.turn AND later.author_id <> this.author_id
            AND later.state = 'made'
        WHERE this.id = ? LIMIT 1
        """,
        (change_id,),
    )
    return any(rows)


async def current(
    connection: Connection, journal_id: JournalId, change: RowChange, names: Iterable[str]
) -> Mapping[str, Value] | None:
    """Those cells of the row as they are now; None where there is no such row."""
    where, key = _row(journal_id, change)
    rows = await connection.execute_fetchall(
        f"SELECT {', '.join(names)} FROM {change.table} WHERE {where}",  # noqa: S608 -- recorded names
        key,
    )
    for row in rows:
        return dict(row)
    return None


async def write(
    connection: Connection,
    journal_id: JournalId,
    change: RowChange,
    values: Mapping[str, Value],
) -> None:
    """The row has those values; a week's row of which nothing is left is gone."""
    where, key = _row(journal_id, change)
    if change.table in WEEKS and None in values.values():
        delete = f"DELETE FROM {change.table} WHERE {where}"  # noqa: S608 -- recorded names
        await connection.execute(delete, key)
        return
    assignment = ", ".join(f"{name} = ?" for name in values)
    cursor = await connection.execute(
        f"UPDATE {change.table} SET {assignment} WHERE {where}",  # noqa: S608 -- recorded names
        (*values.values(), *key),
    )
    if change.table in WEEKS and not cursor.rowcount:
        await connection.execute(
            f"INSERT INTO {change.table} (journal_id, week, {', '.join(values)})"  # noqa: S608 -- recorded names
            f" VALUES (?, ?, {', '.join('?' * len(values))})",
            (*key, *values.values()),
        )


async def forget_old(connection: Connection, now: datetime) -> None:
    """What was changed long ago stays as it is."""
    long_ago = to_seconds(now - REMEMBERED)
    await connection.execute("DELETE FROM changes WHERE made_at < ?", (long_ago,))


def _row(journal_id: JournalId, change: RowChange) -> tuple[str, Sequence[int | str]]:
    if change.table in WEEKS:
        return "journal_id = ? AND week = ?", (journal_id, change.row)
    return "id = ?", (change.row,)


def _change(row: Row) -> Change:
    return Change(
        ChangeId(row["id"]),
        JournalId(row["journal_id"]),
        row["author_id"],
        State(row["state"]),
    )
