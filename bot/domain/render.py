"""Report to Markdown, in the canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, repeat

from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

_LEVEL = 4
BULLETS = frozenset("-*+")
FENCES = ("```", "~~~")


def render(report: Report) -> str:
    """The Markdown of the report: blocks one blank line apart, one newline at the end."""
    parts = [f"# {report.title}"] if report.title else []
    parts += map(render_block, report.opening)
    for section in report.sections:
        parts += _section(section)
    if report.summary is not None:
        parts += _section(report.summary)
    return "\n\n".join(parts) + "\n"


def render_block(block: Block) -> str:
    """The Markdown of one block, without a newline at its end."""
    match block:
        case ItemList(items, start, marker):
            return "\n".join(_items(items, _marks(start, marker), ""))
        case Paragraph(text):
            return text
        case Picture(alt, path):
            return f"![{alt}]({path})"


def _section(section: Section) -> list[str]:
    return [f"## {section.heading}", *map(render_block, section.blocks)]


def _marks(start: int, marker: str) -> Iterator[str]:
    """What stands before the items of a list, one after the other."""
    if marker in BULLETS:
        return repeat(marker)
    return (f"{number}{marker}" for number in count(start))


def _items(items: Iterable[Item], marks: Iterator[str], indent: str) -> Iterator[str]:
    for item, mark in zip(items, marks, strict=False):
        marker = f"{mark} "
        # From 100 on the marker is wider than a level, and what is below must clear it.
        below = indent + " " * max(_LEVEL, len(marker))
        first, *rest = item.text.split("\n")
        yield f"{indent}{marker}{first}" if first else f"{indent}{mark}"
        # Code that begins an item stands where its marker ends; any blank more would be code.
        own = indent + " " * len(marker) if first.startswith(FENCES) else below
        for line in rest:
            yield f"{own}{line}" if line else ""
        if _needs_a_blank_line(item):
            yield ""
        yield from _items(item.children, _marks(item.start, item.marker), below)


def _needs_a_blank_line(item: Item) -> bool:
    """Whether the list below would be read as the text's next line if it followed at once.

    Source: CommonMark 0.31, 5.2: a list interrupts a paragraph only where it begins with 1 and
    its first item is not empty.
    """
    if not item.text or not item.children:
        return False
    return item.start != 1 or not item.children[0].text.split("\n")[0]
