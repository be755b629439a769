"""What makes one outline of another: the lines that go, change, move and come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.archive.matching import match
from bot.domain.archive.unfolding import Leaf
from bot.domain.ordering import in_order


class How(StrEnum):
    """What has changed about the place of a line; the first that is true counts."""

    SECTION = "section"
    BELOW = "below"
    ORDER = "order"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: `at` is its index among its siblings.

    `parent` is the index of the old line that it stands below, or `~` that of an added one.
    """

    parent: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Move:
    """The old line stands there now; `leaf` is as what it does."""

    old: int
    how: How
    place: Place
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Addition:
    """A line that was not there."""

    place: Place
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Script:
    """All that is different; what it does not name stays as it is.

    `pairs` has for each new line the old one that it is, and is no difference.
    """

    removed: tuple[int, ...] = ()
    changed: Mapping[int, str] = field(default_factory=dict)
    moved: tuple[Move, ...] = ()
    added: tuple[Addition, ...] = ()
    pairs: tuple[int | None, ...] = ()

    @property
    def size(self) -> int:
        """How many lines are different."""
        return len(self.removed) + len(self.changed) + len(self.moved) + len(self.added)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return self.size == 0


def compare(old: Sequence[Leaf], new: Sequence[Leaf]) -> Script:
    """The script that makes `new` of `old`."""
    pairs = match(old, new)
    places = _places(new, pairs)
    hows = _hows(old, new, pairs)
    kept = {was for was in pairs if was is not None}
    return Script(
        removed=tuple(index for index in range(len(old)) if index not in kept),
        changed={
            was: leaf.source
            for was, leaf in zip(pairs, new, strict=True)
            if was is not None and leaf.source != old[was].source
        },
        moved=tuple(
            Move(was, hows[index], places[index], new[index])
            for index, was in enumerate(pairs)
            if was is not None and index in hows
        ),
        added=tuple(
            Addition(places[index], new[index]) for index, was in enumerate(pairs) if was is None
        ),
        pairs=tuple(pairs),
    )


def carried_out(script: Script, old: Sequence[Leaf]) -> list[Leaf]:
    """The outline that the script makes of the old one."""
    gone = set(script.removed)
    moving = {move.old for move in script.moved}
    below: dict[int | None, list[int]] = defaultdict(list)
    leaves: dict[int, Leaf] = {}
    for index, leaf in enumerate(old):
        leaves[index] = replace(leaf, source=script.changed.get(index, leaf.source))
        if index not in gone and index not in moving:
            below[leaf.parent].append(index)
    coming: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    for move in script.moved:
        leaves[move.old] = replace(leaves[move.old], section=move.leaf.section, part=move.leaf.part)
        coming[move.place.parent].append((move.place.at, move.old))
    for number, addition in enumerate(script.added):
        leaves[~number] = addition.leaf
        coming[addition.place.parent].append((addition.place.at, ~number))
    for parent, arrivals in coming.items():
        for at, name in sorted(arrivals):
            below[parent].insert(at, name)
    made: list[Leaf] = []

    def add(names: Iterable[int], parent: int | None) -> None:
        for name in names:
            index = len(made)
            # What is below goes along into another section.
            section = leaves[name].section if parent is None else made[parent].section
            made.append(replace(leaves[name], parent=parent, section=section))
            add(below.get(name, ()), index)

    add(below[None], None)
    return made


def _places(new: Sequence[Leaf], pairs: Sequence[int | None]) -> list[Place]:
    names: list[int] = []
    added = 0
    for was in pairs:
        names.append(~added if was is None else was)
        added += was is None
    siblings: dict[int | None, int] = defaultdict(int)
    places: list[Place] = []
    for leaf in new:
        parent = None if leaf.parent is None else names[leaf.parent]
        places.append(Place(parent, siblings[parent]))
        siblings[parent] += 1
    return places


def _hows(old: Sequence[Leaf], new: Sequence[Leaf], pairs: Sequence[int | None]) -> dict[int, How]:
    """What has changed about the place of each new line that was there and has another one."""
    found: dict[int, How] = {}
    staying: dict[int | None, list[int]] = defaultdict(list)
    for index, (leaf, was) in enumerate(zip(new, pairs, strict=True)):
        if was is None:
            continue
        above = None if leaf.parent is None else pairs[leaf.parent]
        is_below_new = leaf.parent is not None and above is None
        if is_below_new or above != old[was].parent:
            is_elsewhere = leaf.section != old[was].section
            found[index] = How.SECTION if is_elsewhere else How.BELOW
        elif leaf.parent is None and leaf.section != old[was].section:
            found[index] = How.SECTION
        else:
            staying[leaf.parent].append(index)
            if leaf.part is not old[was].part:
                found[index] = How.PART
    for siblings in staying.values():
        order = [(float(pairs[index] or 0), 0, 0, 0) for index in siblings]
        right = {siblings[at] for at in in_order(order)}
        found |= {index: How.ORDER for index in siblings if index not in right}
    return found
