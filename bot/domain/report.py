"""The report: a title, an opening, sections of ordered blocks, a summary.

All text in it is CommonMark source that has been proven to stay inside its block
(`domain.markdown`); the renderer only places it.
"""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture alone in its paragraph; `alt` is Markdown, `path` an address or a file's path."""

    alt: str
    path: str


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
