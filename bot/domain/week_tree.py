"""The nodes of a week as a tree: what the report is made of, and what its lines are numbered by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.domain.entry import Node, NodeId, Part, SectionSpec

LISTED: Final = frozenset({Part.ITEM, Part.TEXT, Part.CAPTION})
"""What stands among a section's entries, in their order."""


class WeekTree:
    """The nodes by what they stand below, siblings in their order."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._below: dict[NodeId | None, list[Node]] = defaultdict(list)
        for node in sorted(nodes, key=lambda n: n.order):
            self._below[node.at.parent].append(node)

    @property
    def roots(self) -> Sequence[Node]:
        """The nodes that stand below nothing."""
        return self._below[None]

    def below(self, node: Node) -> Sequence[Node]:
        """The nodes directly below."""
        return self._below.get(node.id, ())

    def pictures(self, node: Node) -> Iterator[Node]:
        """The pictures in the tree that begins here, the node itself included."""
        if node.at.part is Part.PICTURE:
            yield node
        for child in self.below(node):
            yield from self.pictures(child)

    def lines_below(self, node: Node) -> Iterator[Node]:
        """Those directly below that are shown there, as lines.

        Pictures stand elsewhere, and so does what was said about the picture above.
        """
        elsewhere = {Part.PICTURE}
        if node.at.part is Part.PICTURE:
            elsewhere.add(Part.CAPTION)
        return (child for child in self.below(node) if child.at.part not in elsewhere)

    def headings(self, sections: Iterable[SectionSpec]) -> dict[str, str]:
        """The headings by their keys, in their order, with those that only the week has.

        A section the journal does not have any more keeps its key as heading.
        """
        found = {spec.key: spec.heading for spec in sections}
        for node in self.roots:
            if node.at.section:
                found.setdefault(node.at.section, node.at.section.removeprefix("## "))
        return found
