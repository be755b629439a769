"""Nodes of a week to its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bot.domain.entry import Node, NodeId, Part, SectionSpec
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

_LISTED = frozenset({Part.ITEM, Part.TEXT})


def compile_report(
    nodes: Iterable[Node],
    sections: Sequence[SectionSpec],
    *,
    title: str,
    summary_heading: str,
    pictures_prefix: str,
) -> Report:
    """The report that the nodes of one week make; `title` is used where none of them is one.

    A section the journal does not have any more keeps its key as heading, so that nothing
    is left out. What stands before any section, as in an imported report, has the key `""`: it
    is part of the opening.
    """
    below: dict[NodeId | None, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: n.order):
        below[node.at.parent].append(node)
    roots = below[None]
    headings = {spec.key: spec.heading for spec in sections}
    for node in roots:
        if node.at.section:
            headings.setdefault(node.at.section, node.at.section.removeprefix("## "))
    made = []
    for key, heading in headings.items():
        blocks = _section([n for n in roots if n.at.section == key], below, pictures_prefix)
        if blocks:
            made.append(Section(heading, blocks))
    titles = [n for n in roots if n.at.part is Part.TITLE]
    opening: tuple[Block, ...] = tuple(b for n in titles for b in _lists_below(n, below))
    opening += _paragraphs(_of_the_whole(roots, Part.INTRO), below)
    opening += _section([n for n in roots if n.at.section == ""], below, pictures_prefix)
    closing = _paragraphs(_of_the_whole(roots, Part.OUTRO), below)
    if made:
        made[-1] = Section(made[-1].heading, made[-1].blocks + closing)
    else:
        opening += closing
    summary = _paragraphs((n for n in roots if n.at.part is Part.SUMMARY), below)
    for index, section in enumerate(made):
        if summary and section.heading == summary_heading:
            # An imported report may have its summary before other sections.
            made[index] = Section(section.heading, section.blocks + summary)
            summary = ()
    return Report(
        title=titles[-1].text if titles else title,
        opening=opening,
        sections=tuple(made),
        summary=Section(summary_heading, summary) if summary else None,
    )


def _of_the_whole(roots: Iterable[Node], part: Part) -> Iterable[Node]:
    return (n for n in roots if n.at.part is part and n.at.section is None)


def _section(
    roots: Sequence[Node], below: Mapping[NodeId | None, Sequence[Node]], prefix: str
) -> tuple[Block, ...]:
    """Opening paragraphs, entries in their order, pictures, closing paragraphs."""
    blocks: list[Block] = list(_paragraphs((n for n in roots if n.at.part is Part.INTRO), below))
    listed = (n for n in roots if n.at.part in _LISTED)
    for is_item, run in groupby(listed, key=lambda n: n.at.part is Part.ITEM):
        if is_item:
            blocks.append(ItemList(tuple(_item(n, below) for n in run)))
        else:
            blocks += _paragraphs(run, below)
    for node in roots:
        if node.at.part is Part.PICTURE:
            path = node.address or prefix + (node.picture or "")
            blocks.append(Picture(node.text, path))
            blocks += _lists_below(node, below)
    blocks += _paragraphs((n for n in roots if n.at.part is Part.OUTRO), below)
    return tuple(blocks)


def _item(node: Node, below: Mapping[NodeId | None, Sequence[Node]]) -> Item:
    return Item(node.text, tuple(_item(child, below) for child in below.get(node.id, ())))


def _paragraphs(
    nodes: Iterable[Node], below: Mapping[NodeId | None, Sequence[Node]]
) -> tuple[Block, ...]:
    """The paragraphs, each followed by what hangs below it: nothing is left out."""
    blocks: list[Block] = []
    for node in nodes:
        blocks += (Paragraph(node.text), *_lists_below(node, below))
    return tuple(blocks)


def _lists_below(node: Node, below: Mapping[NodeId | None, Sequence[Node]]) -> tuple[ItemList, ...]:
    """What came to hang below something that is no item (any more), as a list."""
    items = tuple(_item(child, below) for child in below.get(node.id, ()))
    return (ItemList(items),) if items else ()
