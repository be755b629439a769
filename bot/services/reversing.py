"""A recorded change applied backwards, or once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.entry import EntryId, NodeId, Part, State
from bot.domain.journal import Journal
from bot.services.configuring import keep_written_to, reschedule
from bot.services.filing import settle
from bot.storage import changes, entries, lineage, nodes
from bot.storage.changes import RowChange, Value
from bot.storage.database import Connection

# These follow from where an entry's lines are.
_FOLLOWING = frozenset({"state", "week"})
_PLACING = frozenset({"parent_id", "week", "section", "removed"})
_SCHEDULE = frozenset({"zone", "draft_at"})


class OvertakenError(Exception):
    """Somebody has changed the same things since."""


async def is_gone(connection: Connection, rows: Sequence[RowChange]) -> bool:
    """Whether nobody would see it taken back: all that it was about has been deleted since."""
    old_rows = [row for row in rows if not row.is_new]
    if any(row.table not in {"entries", "nodes"} or "removed" in row.new for row in old_rows):
        return False
    if any(row.table == "entries" and row.is_new for row in rows):
        return not old_rows and not await is_there(connection, rows)
    lines = [NodeId(int(row.row)) for row in rows if row.table == "nodes"]
    return bool(lines) and not any([await nodes.get(connection, line) for line in lines])


async def is_there(connection: Connection, rows: Sequence[RowChange]) -> bool:
    """Whether any of the messages that were taken in then has not been deleted."""
    new = [row for row in rows if row.is_new and row.table == "entries"]
    found = [await entries.get(connection, EntryId(int(row.row))) for row in new]
    return any(entry is not None and entry.state is not State.REMOVED for entry in found)


def is_seen(rows: Sequence[RowChange]) -> bool:
    """Whether the report or a setting was changed, and not only what a message says."""
    return any(row.table != "entries" or row.is_new for row in rows)


async def turn(
    connection: Connection, journal: Journal, rows: Sequence[RowChange], *, back: bool
) -> frozenset[EntryId]:
    """The entries that were touched: all is as before the change, or as after it (not `back`).

    Raises OvertakenError where that is not how things were left by it.
    """
    old_rows = [row for row in rows if not row.is_new]
    for row in old_rows:
        await _check(connection, journal, row, row.new if back else row.old)
    touched = {EntryId(int(row.row)) for row in rows if row.table == "entries"}
    new_entries = {EntryId(int(row.row)) for row in rows if row.table == "entries" and row.is_new}
    new_nodes = [NodeId(int(row.row)) for row in rows if row.table == "nodes" and row.is_new]
    if not back:
        for entry_id in new_entries:
            touched |= await nodes.restore(connection, entry_id)
        await lineage.pick_up(connection, new_nodes)
    for row in old_rows:
        values = _values(row, row.old if back else row.new)
        if values:
            await changes.write(connection, journal.id, row, values)
    if back:
        for entry_id in new_entries:
            touched |= await _lift(connection, entry_id)
            lines = await nodes.every_of_entry(connection, entry_id)
            touched |= await nodes.remove(connection, lines, entry_id)
        touched |= await _drop(connection, new_nodes)
    touched |= await _rehang(connection, [row for row in rows if row.table == "nodes"])
    await settle(connection, touched)
    if any(row.table == "journals" and _SCHEDULE & row.new.keys() for row in old_rows):
        await reschedule(connection, journal.id)
    if any(row.table == "journals" and "sections" in row.new for row in old_rows):
        await keep_written_to(connection, journal.id, journal.all_sections)
    return frozenset(touched)


async def _check(
    connection: Connection, journal: Journal, row: RowChange, left: Mapping[str, Value]
) -> None:
    expected = _values(row, left)
    if not expected:
        return
    now = await changes.current(connection, journal.id, row, expected)
    if now is None:
        # A week's row of which nothing is left is gone.
        now = dict.fromkeys(expected)
    if dict(now) != dict(expected):
        raise OvertakenError


def _values(row: RowChange, values: Mapping[str, Value]) -> dict[str, Value]:
    left_out = _FOLLOWING if row.table == "entries" else frozenset()
    return {name: value for name, value in values.items() if name not in left_out}


async def _lift(connection: Connection, entry_id: EntryId) -> set[EntryId]:
    """What other people have hung below a message stays, where the message stood."""
    touched: set[EntryId] = set()
    lines = {line.id: line for line in await nodes.of_entry(connection, entry_id)}
    for line in lines.values():
        top = line
        while top.at.parent in lines:
            top = lines[top.at.parent]
        for child in await nodes.children(connection, line.id):
            if child.author_id != line.author_id:
                part = Part.ITEM if child.at.part is Part.CAPTION else child.at.part
                there = replace(top.at, part=part)
                touched |= await nodes.place(connection, child.id, there)
    return touched


async def _drop(connection: Connection, ids: Sequence[NodeId]) -> set[EntryId]:
    """Lines that an edit has brought are gone; what others have hung below them is lifted."""
    touched: set[EntryId] = set()
    for node_id in ids:
        node = await nodes.get(connection, node_id)
        if node is None:
            continue
        touched.add(node.entry_id)
        for child in await nodes.children(connection, node_id):
            if child.id not in ids:
                there = replace(node.at, part=child.at.part)
                touched |= await nodes.place(connection, child.id, there)
        await nodes.drop(connection, node_id)
    return touched


async def _rehang(connection: Connection, rows: Sequence[RowChange]) -> set[EntryId]:
    """Each line hangs below what is there, and all that hangs below it has gone along.

    Raises OvertakenError where a line would hang below itself.
    """
    touched: set[EntryId] = set()
    ids = {row.row for row in rows}
    for row in rows:
        node_id = NodeId(int(row.row))
        node = await nodes.get(connection, node_id)
        if node is None:
            owner = await lineage.entry_of(connection, node_id)
            touched |= set() if owner is None else {owner}
            continue
        touched.add(node.entry_id)
        if not row.is_new and not _PLACING & row.new.keys():
            continue
        at = node.at
        if at.parent is not None:
            above = await lineage.above(connection, node_id)
            if above is None:
                raise OvertakenError
            parent = await nodes.get(connection, at.parent)
            if parent is None or not above:
                at = replace(at, parent=None)
            elif parent.id not in ids:
                at = replace(at, week=parent.at.week, section=parent.at.section)
        if at.parent is None or at.parent not in ids:
            touched |= await nodes.place(connection, node_id, at)
    return touched
