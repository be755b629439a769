"""A line gets another text, by other means than its message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.entry import EntryId, Line, NodeId, Part, Placement
from bot.domain.ordering import repositioned
from bot.domain.outlining.moving import HinderedError, Hindrance
from bot.domain.outlining.outline import OutlineLine
from bot.domain.text import RichText
from bot.services.lines import ADDED
from bot.services.outlining import WeekOutline, titled_for
from bot.services.rewording import reworded
from bot.services.storing import want_titles
from bot.storage import nodes, single_lines
from bot.storage.database import Connection


async def rewrite(
    connection: Connection, week: WeekOutline, line: OutlineLine, text: RichText, now: datetime
) -> set[EntryId]:
    """The entries that were touched: the line says this now, further lines follow it.

    What its message gives for the line stays known, so that a later edit there changes only what
    it changes. Raises HinderedError where the text says nothing.
    """
    week = await titled_for(connection, week, [line])
    lines = reworded(week.journal, line.node.at.part, week.text(line), text)
    if not lines:
        raise HinderedError(Hindrance.NOTHING_SAID)
    if len(lines) == 1 and lines[0].source == week.text(line):
        return {line.node.entry_id}
    await _set_text(connection, line, lines[0].source)
    if len(lines) > 1:
        await _Adding(connection, week, line).add(lines)
    await want_titles(connection, week.journal, lines, now)
    return {line.node.entry_id}


async def _set_text(connection: Connection, line: OutlineLine, text: str) -> None:
    """What is said of a picture may have come as a reply, which goes on saying it."""
    if not line.captions:
        await nodes.set_text(connection, line.id, text)
        return
    speaker = line.node if line.node.text else line.captions[0]
    for node in (line.node, *line.captions):
        await nodes.set_text(connection, node.id, text if node is speaker else "")


class _Adding:
    """Puts further lines where the first one is."""

    def __init__(self, connection: Connection, week: WeekOutline, line: OutlineLine) -> None:
        self._connection = connection
        self._week = week
        self._line = line

    async def add(self, lines: Sequence[Line]) -> None:
        """Those below the first one are below the line, behind what is there."""
        first = self._line.node
        number = max(ADDED, await single_lines.last_line(self._connection, first.entry_id) + 1)
        below = [index for index, line in enumerate(lines) if line.parent == 0]
        beside = [index for index, line in enumerate(lines) if index and line.parent is None]
        positions = await self._make_room(self._line.children, len(self._line.children), below)
        place = self._line.siblings.index(self._line) + 1
        positions |= await self._make_room(self._line.siblings, place, beside)
        ids: dict[int, NodeId] = {0: first.id}
        for index, line in enumerate(lines[1:], 1):
            parent = first.at.parent if line.parent is None else ids[line.parent]
            new = nodes.NewNode(
                entry_id=first.entry_id,
                journal_id=self._week.journal.id,
                at=self._at(line, parent),
                position=positions.get(index, first.position),
                line=number + index,
                source=line.source,
            )
            ids[index] = await nodes.add(self._connection, new)

    def _at(self, line: Line, parent: NodeId | None) -> Placement:
        at = self._line.node.at
        part = at.part if line.parent is None and at.part is not Part.CAPTION else Part.ITEM
        return replace(at, part=part, parent=parent)

    async def _make_room(
        self, there: Sequence[OutlineLine], place: int, new: Sequence[int]
    ) -> dict[int, float]:
        """The position of each new line by its index; those that are there may have to move."""
        orders = [line.node.order for line in there]
        wanted = [*orders[:place], *(None for _ in new), *orders[place:]]
        changed = repositioned(wanted)
        if not there:
            return dict.fromkeys(new, self._line.node.position)
        found: dict[int, float] = {}
        for index, position in changed.items():
            if place <= index < place + len(new):
                found[new[index - place]] = position
            else:
                moved = there[index if index < place else index - len(new)]
                await nodes.set_position(self._connection, moved.id, position)
        return found
