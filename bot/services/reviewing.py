"""What a change was, for a person to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.changes import ChangeId, ChangeKind
from bot.domain.entry import NO_CHAT, EntryId, NodeId, Part
from bot.domain.markdown import plain_text
from bot.domain.week import IsoWeek
from bot.storage import entries, lineage
from bot.storage.changes import RowChange
from bot.storage.database import Connection

_MOVING = frozenset({"parent_id", "week", "section", "part", "position"})
_SAYING = frozenset({"source", "text", "address", "picture_id", "line"})
_THERE = 0
# With its message, or by itself.
_DELETED = frozenset({2, 3})


@dataclass(frozen=True, slots=True)
class Review:
    """A change that was taken back or made again.

    `words` are what the first of its `lines` says, which stands in `section` of `week` now.
    `settings` are those of the journal that were set, by their columns, and `columns` those of
    lines that were changed. Not `done` where
    somebody has changed the same things since.
    """

    kind: ChangeKind
    words: str = ""
    lines: int = 0
    week: IsoWeek | None = None
    section: str | None = None
    part: Part = Part.ITEM
    settings: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    done: bool = True
    touched: frozenset[EntryId] = field(default_factory=frozenset)
    change_id: ChangeId = field(default=ChangeId(0))


async def review(connection: Connection, rows: Sequence[RowChange]) -> Review:
    """What those rows have in common, as things stand now."""
    kind = kind_of(rows)
    if kind is ChangeKind.CAPTURED and await _came_as_file(connection, rows):
        kind = ChangeKind.REPLACED
    ids = [NodeId(int(row.row)) for row in rows if row.table == "nodes"]
    traces = await lineage.traces(connection, ids)
    first = [trace for trace in traces if trace.parent not in ids]
    weeks = [str(row.row) for row in rows if row.table in ("originals", "weeks")]
    weeks += [trace.week for trace in first]
    shown = next((trace for trace in first if trace.text), first[0] if first else None)
    return Review(
        kind,
        words=plain_text(shown.text) or shown.label if shown else "",
        lines=len(first),
        week=IsoWeek.parse(weeks[0]) if weeks else None,
        section=shown.section if shown else None,
        part=shown.part if shown else Part.ITEM,
        settings=tuple(name for row in rows if row.table == "journals" for name in row.new),
        columns=frozenset(name for row in rows if row.table == "nodes" for name in row.new),
    )


async def _came_as_file(connection: Connection, rows: Sequence[RowChange]) -> bool:
    """Whether what came is no message but a file of the week."""
    for row in rows:
        if row.table == "entries" and row.is_new:
            entry = await entries.get(connection, EntryId(int(row.row)))
            if entry is not None and entry.key.chat_id == NO_CHAT:
                return True
    return False


def kind_of(rows: Sequence[RowChange]) -> ChangeKind:
    """What the change was, by what it has left in the database."""
    if any(row.table == "originals" for row in rows):
        return ChangeKind.REPLACED
    if any(row.table == "entries" and row.is_new for row in rows):
        return ChangeKind.CAPTURED
    kinds = {kind for row in rows if (kind := _kind_of_row(row)) is not None}
    if ChangeKind.EDITED in kinds and kinds <= {ChangeKind.EDITED, ChangeKind.MOVED}:
        # An edit may bring lines, and move others.
        return ChangeKind.EDITED
    return kinds.pop() if len(kinds) == 1 else ChangeKind.MIXED


def _kind_of_row(row: RowChange) -> ChangeKind | None:
    if row.table == "journals":
        return ChangeKind.CONFIGURED
    if row.table == "weeks":
        is_done = row.new.get("done_at") is not None
        return ChangeKind.FINISHED if is_done else ChangeKind.REOPENED
    if row.table == "entries":
        said = "text" in row.new or "spans" in row.new
        return ChangeKind.EDITED if said else None
    if row.is_new:
        return ChangeKind.EDITED
    gone = row.old.get("removed"), row.new.get("removed")
    if gone[1] in _DELETED:
        return ChangeKind.DELETED
    if gone[0] in _DELETED and gone[1] == _THERE:
        return ChangeKind.RESTORED
    if _SAYING & row.new.keys() or "removed" in row.new:
        return ChangeKind.EDITED
    return ChangeKind.MOVED if _MOVING & row.new.keys() else None
