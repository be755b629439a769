"""The report: a title, an opening, sections of ordered blocks, a summary.

All text in it is CommonMark source that has been proven to stay inside its block
(`domain.markdown`); the renderer only places it.

Each `node` is the line of the outline that a piece was compiled from, None where it was read from
a file. It says where a piece comes from, not what it is, so it does not count in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.entry import NodeId


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list with the items below it.

    `text` is its Markdown at no indentation. Lines after the first belong to the same
    paragraph, or are a fenced code block or a quote. The list of the children has `start` and
    `marker` as an ItemList has; without children both keep their defaults.
    """

    text: str
    children: tuple[Item, ...] = ()
    start: int = 1
    marker: str = "."
    node: NodeId | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, numbered from `start` (0 to 999,999,999) where `marker` is `.` or `)`.

    It has bullets where `marker` is `-`, `*` or `+`, and `start` is 1 there.
    """

    items: tuple[Item, ...]
    start: int = 1
    marker: str = "."


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Markdown at no indentation: a paragraph, a quote or a fenced code block."""

    text: str
    node: NodeId | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture alone in its paragraph; `alt` is Markdown, `path` an address or a file's path."""

    alt: str
    path: str
    node: NodeId | None = field(default=None, compare=False, repr=False)


Block = ItemList | Paragraph | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A level-two heading and its blocks. `heading` is Markdown."""

    heading: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One week's report. `title` is Markdown, empty where the report has none."""

    title: str = ""
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    summary: Section | None = None
    title_node: NodeId | None = field(default=None, compare=False, repr=False)
