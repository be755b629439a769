"""Report to Markdown, in the canonical form."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

_LEVEL = 4
_FENCES = ("```", "~~~")


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
        case ItemList(items):
            return "\n".join(_items(items, ""))
        case Paragraph(text):
            return text
        case Picture(alt, path):
            return f"![{alt}]({path})"


def _section(section: Section) -> list[str]:
    return [f"## {section.heading}", *map(render_block, section.blocks)]


def _items(items: Iterable[Item], indent: str) -> Iterable[str]:
    for number, item in enumerate(items, 1):
        marker = f"{number}. "
        # From 100 on the marker is wider than a level, and what is below must clear it.
        below = indent + " " * max(_LEVEL, len(marker))
        first, *rest = item.text.split("\n")
        yield f"{indent}{marker}{first}" if first else f"{indent}{marker}".rstrip()
        # Code that begins an item stands where its marker ends; any blank more would be code.
        own = indent + " " * len(marker) if first.startswith(_FENCES) else below
        for line in rest:
            yield f"{own}{line}" if line else ""
        yield from _items(item.children, below)
