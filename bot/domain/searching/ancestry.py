"""Which lines are found when words may be spread over a line and those above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.entry import NodeId


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, and which of the words it holds: `held` has a bit for each."""

    id: NodeId
    parent: NodeId | None
    held: int


def found(
    candidates: Iterable[Candidate], above: Mapping[NodeId, Candidate], words: int
) -> Iterator[Candidate]:
    """The lines that are found, in the order of the candidates.

    Each word is in the line or in one above it, and the line adds one that is not above it, or
    has them all. `above` has every line above those that have not.
    """
    everything = (1 << words) - 1
    known: dict[NodeId, int] = {}
    for one in candidates:
        if one.held == everything:
            yield one
            continue
        inherited = _held_from(one.parent, above, known)
        if one.held | inherited == everything and inherited != everything:
            yield one


def nearest(one: Candidate, above: Mapping[NodeId, Candidate]) -> NodeId | None:
    """The nearest line above it that has a word which it lacks itself."""
    line = None if one.parent is None else above.get(one.parent)
    while line is not None and not line.held & ~one.held:
        line = None if line.parent is None else above.get(line.parent)
    return None if line is None else line.id


def _held_from(
    at: NodeId | None, above: Mapping[NodeId, Candidate], known: dict[NodeId, int]
) -> int:
    """The words of that line and of all above it; each line is looked at once, however deep."""
    path: list[Candidate] = []
    while at is not None and at not in known and at in above:
        path.append(above[at])
        at = above[at].parent
    held = 0 if at is None else known.get(at, 0)
    for line in reversed(path):
        held |= line.held
        known[line.id] = held
    return held
