"""What has to change for a line to stand elsewhere in its week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.entry import NodeId, Part, Placement
from bot.domain.ordering import repositioned
from bot.domain.outlining.outline import OutlineLine, Stretch


class Way(StrEnum):
    """A step by which a line can move."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


class Hindrance(StrEnum):
    """Why something cannot be done to a line."""

    FIRST = "it is the first"
    LAST = "it is the last"
    NOTHING_ABOVE = "there is no item above"
    TOP = "it stands below nothing"
    OTHER_KIND = "such a line cannot stand there"
    ITSELF = "it cannot stand below itself"
    THERE_ALREADY = "it is there already"
    NOTHING_SAID = "there are no words for it"


class HinderedError(Exception):
    """The line stays as it is."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


@dataclass(frozen=True, slots=True)
class Change:
    """A node's new place, its new position, or both."""

    node_id: NodeId
    at: Placement | None = None
    position: float | None = None


# What is an item, and can have items below it. A caption that hangs below no picture is one too.
_ITEMS = frozenset({Part.ITEM, Part.CAPTION})
_LISTED = _ITEMS | {Part.TEXT}


def step(line: OutlineLine, way: Way) -> list[Change]:
    """The changes by which the line goes one step. Raises HinderedError."""
    siblings = line.siblings
    index = siblings.index(line)
    match way:
        case Way.UP:
            if index == 0:
                raise HinderedError(Hindrance.FIRST)
            return _arranged(siblings, line, index - 1)
        case Way.DOWN:
            if index == len(siblings) - 1:
                raise HinderedError(Hindrance.LAST)
            return _arranged(siblings, line, index + 1)
        case Way.IN:
            if line.node.at.part not in _ITEMS:
                raise HinderedError(Hindrance.OTHER_KIND)
            if index == 0 or siblings[index - 1].node.at.part not in _ITEMS:
                raise HinderedError(Hindrance.NOTHING_ABOVE)
            return put_under(line, siblings[index - 1])
        case Way.OUT:
            return _out(line)


def ways_of(line: OutlineLine) -> frozenset[Way]:
    """The steps that the line can go."""
    found = set()
    for way in Way:
        try:
            step(line, way)
        except HinderedError:
            continue
        found.add(way)
    return frozenset(found)


def put_under(line: OutlineLine, above: OutlineLine) -> list[Change]:
    """The changes by which the line is the last one below the other. Raises HinderedError."""
    if above is line or line.id in above.hangs_below:
        raise HinderedError(Hindrance.ITSELF)
    if line.node.at.part not in _ITEMS or above.node.at.part not in _ITEMS:
        raise HinderedError(Hindrance.OTHER_KIND)
    if line.parent is above and above.children[-1] is line:
        raise HinderedError(Hindrance.THERE_ALREADY)
    there = replace(above.node.at, part=Part.ITEM, parent=above.id)
    return _arranged(above.children, line, None, there)


def put_beside(line: OutlineLine, other: OutlineLine, *, after: bool = False) -> list[Change]:
    """The changes by which the line stands right before, or after, the other.

    Pictures stand among pictures, paragraphs where they are paragraphs, items among items.
    Raises HinderedError.
    """
    if other is line or line.id in other.hangs_below:
        raise HinderedError(Hindrance.ITSELF)
    rest = [sibling for sibling in other.siblings if sibling is not line]
    index = rest.index(other) + after
    if line.siblings is other.siblings:
        if line.siblings.index(line) == index:
            raise HinderedError(Hindrance.THERE_ALREADY)
        return _arranged(other.siblings, line, index)
    return _arranged(other.siblings, line, index, _beside(line, other))


def _beside(line: OutlineLine, other: OutlineLine) -> Placement:
    """Where the line stands as a neighbour of one that is no neighbour yet."""
    here, there = line.node.at, other.node.at
    if other.parent is not None and there.part in _ITEMS and here.part in _ITEMS:
        return replace(there, part=Part.ITEM)
    in_list = there.part in _LISTED and here.part in _LISTED
    if other.parent is None and (in_list or there.part is here.part):
        part = Part.ITEM if here.part is Part.CAPTION else here.part
        # Only pictures are numbered elsewhere than where they hang. One that goes to those of a
        # section leaves what it hung below; outside of sections they are their paragraph's.
        hangs = there.part is Part.PICTURE and there.section is None
        return Placement(there.week, there.section, part, there.parent if hangs else None)
    raise HinderedError(Hindrance.OTHER_KIND)


def _out(line: OutlineLine) -> list[Change]:
    above = line.parent
    if above is None:
        raise HinderedError(Hindrance.TOP)
    at = above.node.at
    if at.part in _LISTED:
        there = replace(at, part=Part.ITEM)
        return _arranged(above.siblings, line, above.siblings.index(above) + 1, there)
    if at.part is Part.PICTURE and above.group.stretch is Stretch.SECTION:
        # It leaves the picture for the list of the section, in its order of arrival.
        return [Change(line.id, Placement(at.week, at.section, Part.ITEM))]
    raise HinderedError(Hindrance.OTHER_KIND)


def _arranged(
    siblings: Sequence[OutlineLine],
    line: OutlineLine,
    index: int | None,
    at: Placement | None = None,
) -> list[Change]:
    """The changes by which the line has that index among the siblings; None: it is the last."""
    rest = [sibling for sibling in siblings if sibling is not line]
    place = len(rest) if index is None else index
    orders = [sibling.node.order for sibling in rest]
    wanted = [*orders[:place], None if rest else line.node.order, *orders[place:]]
    lines = [*rest[:place], line, *rest[place:]]
    positions = {lines[at_].id: to for at_, to in repositioned(wanted).items()}
    own = positions.pop(line.id, None)
    moved = [Change(line.id, at, own)] if at is not None or own is not None else []
    return moved + [Change(node_id, position=to) for node_id, to in positions.items()]
