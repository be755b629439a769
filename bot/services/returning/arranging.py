"""Where each line of a file that came back is to stand among the nodes of its week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.archive.unfolding import Leaf, is_foreign
from bot.domain.entry import Node, NodeId, Part
from bot.domain.ordering import repositioned

_LISTED = frozenset({Part.ITEM, Part.TEXT, Part.CAPTION})


@dataclass(frozen=True, slots=True)
class Seat:
    """A line with the node it is; `is_moved` where that is to go elsewhere.

    Without a node it is new, unless it `is_nobodys`, like a title that nobody has set.
    """

    leaf: Leaf
    node: Node | None
    is_moved: bool = False
    is_nobodys: bool = False

    @property
    def part(self) -> Part:
        """As what it is to stand there: a picture stays one, whatever stands behind it."""
        is_picture = self.node is not None and self.node.at.part is Part.PICTURE
        return Part.PICTURE if is_picture else self.leaf.part


def positions(seats: Sequence[Seat]) -> Mapping[int, float]:
    """The positions of the lines that are new or get another one, by index."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, seat in enumerate(seats):
        if not seat.is_nobodys:
            groups[_group(seats, seat)].append(index)
    found: dict[int, float] = {}
    for group in groups.values():
        if any(seats[index].is_moved or seats[index].node is None for index in group):
            nodes = [seats[index].node for index in group]
            wanted = [None if node is None else node.order for node in nodes]
            found |= {group[at]: to for at, to in repositioned(wanted).items()}
    return found


def _group(seats: Sequence[Seat], seat: Seat) -> Hashable:
    """What the line is sorted among: the pictures of a section wherever they hang."""
    kind = "listed" if seat.part in _LISTED else seat.part
    leaf, node = seat.leaf, seat.node
    if leaf.parent is None and is_foreign(leaf.section):
        # Sections that the journal does not have stand in the order of what is in them.
        return "foreign"
    if seat.part is Part.PICTURE:
        return kind, leaf.section
    if node is not None and not seat.is_moved:
        return kind, node.at.parent, None if node.at.parent else node.at.section
    if leaf.parent is None:
        return kind, None, leaf.section
    above = seats[leaf.parent].node
    return (kind, ~leaf.parent, None) if above is None else (kind, above.id, None)


def heirs(nodes: Mapping[NodeId, Node], gone: frozenset[NodeId]) -> Mapping[NodeId, NodeId | None]:
    """What each node that stays hangs below now, of those whose place is about to go."""
    found: dict[NodeId, NodeId | None] = {}
    for node in nodes.values():
        parent = node.at.parent
        if node.id in gone or parent is None or parent not in gone:
            continue
        while parent is not None and parent in gone:
            above = nodes.get(parent)
            parent = None if above is None else above.at.parent
        found[node.id] = parent
    return found
