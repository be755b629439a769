"""Which lines are found when words may be spread over a line and those above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.entry import NodeId


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that holds some of the words: `held` has a bit for each."""

    id: NodeId
    parent: NodeId | None
    held: int


def found(
    candidates: Sequence[Candidate], parents: Mapping[NodeId, NodeId | None], words: int
) -> Iterator[Candidate]:
    """The lines that are found, in the order of the candidates.

    Each word is in the line or in one above it, and the line adds one that is not above it, or
    has them all. `parents` has what stands above the candidates, as far as it is no candidate.
    """
    everything = (1 << words) - 1
    held = {one.id: one.held for one in candidates}
    above = dict(parents) | {one.id: one.parent for one in candidates}
    for one in candidates:
        inherited = 0
        at = one.parent
        while at is not None:
            inherited |= held.get(at, 0)
            at = above.get(at)
        if one.held | inherited == everything and (
            one.held == everything or inherited != everything
        ):
            yield one
