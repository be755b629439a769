"""The numbered lines of a week, in the order of its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.entry import Node, NodeId, Part
from bot.domain.week import IsoWeek


class Stretch(StrEnum):
    """What a group of lines is to the report."""

    OPENING = "opening"
    SECTION = "section"
    CLOSING = "closing"
    SUMMARY = "summary"
    TITLE = "title"
    UNTAGGED = "untagged"


@dataclass(frozen=True, slots=True)
class Group:
    """The lines that stand together under a heading; only a section has a key and its heading."""

    stretch: Stretch
    section: str | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OutlineLine:
    """A line with its number, `3.1`; `siblings` are those among which it can be put elsewhere.

    `captions` are the nodes that say something about a picture. `hangs_below` are the nodes above
    it, the nearest first: a picture is not numbered where it hangs, so these may be more than the
    lines above it.
    """

    number: str
    node: Node
    group: Group
    parent: OutlineLine | None
    siblings: list[OutlineLine] = field(repr=False)
    children: list[OutlineLine] = field(default_factory=list, repr=False)
    captions: tuple[Node, ...] = ()
    hangs_below: tuple[NodeId, ...] = ()

    @property
    def id(self) -> NodeId:
        """The node's id."""
        return self.node.id

    @property
    def is_picture(self) -> bool:
        """Whether it stands with the pictures."""
        return self.node.at.part is Part.PICTURE

    @property
    def depth(self) -> int:
        """How many lines it stands below."""
        return self.number.count(".")

    @property
    def text(self) -> str:
        """Its Markdown: what is said of a picture, else what the line says."""
        if not self.captions:
            return self.node.text
        return " ".join(text for text in (self.node.text, *(c.text for c in self.captions)) if text)


@dataclass(frozen=True, slots=True)
class Outline:
    """A week's lines, in the order of the report; those of the title and the untagged come last."""

    week: IsoWeek
    lines: tuple[OutlineLine, ...]
    by_id: dict[NodeId, OutlineLine]
    by_number: dict[str, OutlineLine]

    def find(self, node_id: NodeId) -> OutlineLine | None:
        """The line of that node."""
        return self.by_id.get(node_id)

    def at(self, number: str) -> OutlineLine | None:
        """The line with that number."""
        return self.by_number.get(number)
