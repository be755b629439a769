"""A report to the lines of an outline: what `compiling` puts together, taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.entry import NodeId, Part, SectionSpec
from bot.domain.render import render_block
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report

# The section of what stands before any heading.
BEFORE_ANY = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line, paragraph or picture; `parent` is the index of the leaf it stands below.

    `section` is a key of the journal's, or `foreign_key` of the heading where it has none such.
    `node` is what it was compiled from, where the report says so.
    """

    part: Part
    section: str | None
    source: str
    parent: int | None = None
    address: str | None = None
    node: NodeId | None = field(default=None, compare=False)


def foreign_key(heading: str) -> str:
    """The key of a section that the journal does not have; never one of the journal's own."""
    return f"## {heading}"


def foreign_heading(key: str) -> str:
    """The heading of which `foreign_key` made that key."""
    return key.removeprefix("## ")


def keys_by_heading(sections: Sequence[SectionSpec]) -> dict[str, str]:
    """The sections' keys by what they are called, and were called before that."""
    former = {heading: spec.key for spec in sections for heading in spec.former}
    return former | {spec.heading: spec.key for spec in sections}


def is_foreign(section: str | None) -> bool:
    """Whether the section's key is one that `foreign_key` makes."""
    return section is not None and section.startswith("## ")


def unfold(report: Report, sections: Sequence[SectionSpec]) -> list[Leaf]:
    """Every piece of the report, in its order; nothing is left out."""
    keys = keys_by_heading(sections)
    leaves: list[Leaf] = []
    if report.title:
        leaves.append(Leaf(Part.TITLE, None, report.title, node=report.title_node))
    for block in report.opening:
        if isinstance(block, Paragraph):
            leaves.append(Leaf(Part.INTRO, None, block.text, node=block.node))
        else:
            _add(leaves, block, BEFORE_ANY, Part.TEXT)
    for section in report.sections:
        key = keys.get(section.heading) or foreign_key(section.heading)
        for part, block in _parts(section.blocks):
            _add(leaves, block, key, part)
    if report.summary is not None:
        for block in report.summary.blocks:
            node = None if isinstance(block, ItemList) else block.node
            leaves.append(Leaf(Part.SUMMARY, None, render_block(block), node=node))
    return leaves


def _parts(blocks: Sequence[Block]) -> Iterable[tuple[Part, Block]]:
    """Paragraphs open the section up to its first list or picture and close it after its last."""
    solid = [index for index, block in enumerate(blocks) if not isinstance(block, Paragraph)]
    first, last = (solid[0], solid[-1]) if solid else (len(blocks), len(blocks))
    for index, block in enumerate(blocks):
        if index < first:
            yield Part.INTRO, block
        else:
            yield Part.TEXT if index < last else Part.OUTRO, block


def _add(leaves: list[Leaf], block: Block, section: str, part: Part) -> None:
    match block:
        case Paragraph(text, node):
            leaves.append(Leaf(part, section, text, node=node))
        case Picture(alt, path, node):
            leaves.append(Leaf(Part.PICTURE, section, alt, address=path, node=node))
        case ItemList():
            _add_items(leaves, block.items, section, None)


def _add_items(leaves: list[Leaf], items: Iterable[Item], section: str, parent: int | None) -> None:
    for item in items:
        index = len(leaves)
        leaves.append(Leaf(Part.ITEM, section, item.text, parent, node=item.node))
        _add_items(leaves, item.children, section, index)
