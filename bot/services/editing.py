"""Lines of a week moved, rewritten, deleted and put back, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.entry import EntryId, Node, NodeId, Part
from bot.domain.journal import Journal
from bot.domain.outlining.fingerprints import Difference, difference, text_print
from bot.domain.outlining.moving import (
    Change,
    HinderedError,
    Hindrance,
    put_beside,
    put_under,
    step,
)
from bot.domain.outlining.operations import (
    Beside,
    Delete,
    Operation,
    Rewrite,
    Step,
    ToPart,
    ToSection,
    ToWeek,
    Under,
)
from bot.domain.outlining.outline import OutlineLine, Stretch
from bot.domain.week import IsoWeek
from bot.services.filing import album_of, filed_at, roots_of, settle, waiting_roots_of
from bot.services.outlining import WeekOutline, outline_of, titled_for
from bot.services.ports import Clock
from bot.services.rewriting import rewrite
from bot.storage import entries, nodes, single_lines
from bot.storage.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of an operation, and the week as it is now.

    `line` is the one that was meant, None where it is gone. Where it was not as it had been shown,
    `difference` says in what, and nothing was done; `hindrance` says why it cannot be done.
    """

    week: WeekOutline
    line: OutlineLine | None
    touched: frozenset[EntryId] = frozenset()
    difference: Difference | None = None
    hindrance: Hindrance | None = None

    @property
    def is_done(self) -> bool:
        """Whether the line is as was wished."""
        return self.difference is None and self.hindrance is None


class Editing:
    """Does what people wish to do to single lines; each wish is one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def apply(
        self, journal: Journal, node_id: NodeId, operation: Operation, *, shown: str | None = None
    ) -> Edited | None:
        """What came of it; None where the journal never had such a line.

        Nothing is done where `shown`, the fingerprint of what the person saw, is no longer so; of
        a text that is to be replaced, `shown` may be what tells the text alone.
        """
        async with self._database.atomic() as connection:
            week = await single_lines.week_of(connection, journal.id, node_id)
            if week is None:
                return None
            before = await outline_of(connection, journal, week)
            line = before.outline.find(node_id)
            other = _difference(shown, line)
            if line is None:
                return Edited(before, line, difference=Difference.GONE)
            if other is not None:
                before = await titled_for(connection, before, [line])
                return Edited(before, line, difference=other)
            try:
                touched = await self._do(connection, before, line, operation)
            except HinderedError as error:
                return Edited(before, line, hindrance=error.hindrance)
            await settle(connection, touched)
            now_in = await single_lines.week_of(connection, journal.id, node_id) or week
            after = await outline_of(connection, journal, now_in)
            return Edited(after, after.outline.find(node_id), frozenset(touched))

    async def restore(self, journal: Journal, node_id: NodeId) -> Edited | None:
        """The deleted line is back; nothing is touched where it was not deleted by itself."""
        async with self._database.atomic() as connection:
            week = await single_lines.week_of(connection, journal.id, node_id)
            if week is None:
                return None
            touched = await single_lines.restore_line(connection, node_id)
            await settle(connection, touched)
            now = await outline_of(connection, journal, week)
            return Edited(now, now.outline.find(node_id), frozenset(touched))

    async def _do(
        self, connection: Connection, week: WeekOutline, line: OutlineLine, operation: Operation
    ) -> set[EntryId]:
        match operation:
            case Step(way):
                return await _carry_out(connection, step(line, way), line)
            case Under(target):
                return await _carry_out(connection, put_under(line, _other(week, target)), line)
            case Beside(target, after):
                changes = put_beside(line, _other(week, target), after=after)
                return await _carry_out(connection, changes, line)
            case ToSection(section):
                return await _file(connection, week.journal, line, section=section)
            case ToPart(part):
                return await _file(connection, week.journal, line, part=part)
            case ToWeek(to):
                return await _file(connection, week.journal, line, week=to)
            case Rewrite(text):
                return await rewrite(connection, week, line, text, self._clock.now())
            case Delete():
                return {line.node.entry_id} | await single_lines.remove_line(connection, line.id)


async def _carry_out(
    connection: Connection, changes: Sequence[Change], line: OutlineLine
) -> set[EntryId]:
    touched = {line.node.entry_id}
    for change in changes:
        if change.at is not None:
            touched |= await nodes.place(connection, change.node_id, change.at)
        if change.position is not None:
            await nodes.set_position(connection, change.node_id, change.position)
    return touched


async def _file(
    connection: Connection,
    journal: Journal,
    line: OutlineLine,
    *,
    section: str | None = None,
    part: Part | None = None,
    week: IsoWeek | None = None,
) -> set[EntryId]:
    """The line goes there, in its order of arrival, with what has to go along.

    Raises HinderedError.
    """
    if section is not None and section not in {spec.key for spec in journal.sections}:
        raise HinderedError(Hindrance.OTHER_KIND)
    with_it = await _with_it(connection, line)
    if part is not None and not await _is_all(connection, line):
        # As paragraphs, an entry is read as a whole.
        raise HinderedError(Hindrance.OTHER_KIND)
    touched = {line.node.entry_id}
    is_moved = False
    for node in with_it:
        at = filed_at(node, section, part, week)
        if at != node.at:
            is_moved = True
            touched |= await nodes.place(connection, node.id, at)
    if not is_moved:
        raise HinderedError(Hindrance.THERE_ALREADY)
    return touched


async def _is_all(connection: Connection, line: OutlineLine) -> bool:
    """Whether the line is the only one of its entry that hangs below none of it."""
    return [root.id for root in await roots_of(connection, line.node.entry_id)] == [line.id]


async def _with_it(connection: Connection, line: OutlineLine) -> Sequence[Node]:
    """The line; of an album all pictures, and of what waits to be filed all that waits."""
    entry = await entries.get(connection, line.node.entry_id)
    if entry is None:
        return [line.node]
    waits = line.group.stretch is Stretch.UNTAGGED and line.parent is None
    if not waits and not (line.is_picture and entry.media_group is not None):
        return [line.node]
    found = [
        root
        for part in await album_of(connection, entry)
        for root in await waiting_roots_of(connection, part)
        if (root.at.parent is None if waits else root.at.part is line.node.at.part)
    ]
    return found if line.id in {node.id for node in found} else [line.node]


def _other(week: WeekOutline, target: NodeId) -> OutlineLine:
    """Raises HinderedError where the other line is gone or in another week."""
    found = week.outline.find(target)
    if found is None:
        raise HinderedError(Hindrance.OTHER_KIND)
    return found


def _difference(shown: str | None, line: OutlineLine | None) -> Difference | None:
    if shown is None:
        return None
    if line is not None and len(shown) == len(text_print("")):
        return None if text_print(line.text) == shown else Difference.TEXT
    return difference(shown, line)
