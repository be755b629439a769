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
    is left out.
    """
    below: dict[NodeId | None, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: n.order):
        below[node.at.parent].append(node)
    roots = below[None]
    headings = {spec.key: spec.heading for spec in sections}
    for node in roots:
        if node.at.section is not None:
            headings.setdefault(node.at.section, node.at.section)
    made = []
    for key, heading in headings.items():
        blocks = _section([n for n in roots if n.at.section == key], below, pictures_prefix)
        if blocks:
            made.append(Section(heading, blocks))
    opening = _paragraphs(_of_the_whole(roots, Part.INTRO))
    closing = _paragraphs(_of_the_whole(roots, Part.OUTRO))
    if made:
        made[-1] = Section(made[-1].heading, made[-1].blocks + closing)
    else:
        opening += closing
    summary = _paragraphs(n for n in roots if n.at.part is Part.SUMMARY)
    titles = [n.text for n in roots if n.at.part is Part.TITLE]
    return Report(
        title=titles[-1] if titles else title,
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
    blocks: list[Block] = list(_paragraphs(n for n in roots if n.at.part is Part.INTRO))
    listed = (n for n in roots if n.at.part in _LISTED)
    for is_item, run in groupby(listed, key=lambda n: n.at.part is Part.ITEM):
        if is_item:
            blocks.append(ItemList(tuple(_item(n, below) for n in run)))
        else:
            blocks += _paragraphs(run)
    blocks += (
        Picture(n.text, prefix + (n.picture or "")) for n in roots if n.at.part is Part.PICTURE
    )
    blocks += _paragraphs(n for n in roots if n.at.part is Part.OUTRO)
    return tuple(blocks)


def _item(node: Node, below: Mapping[NodeId | None, Sequence[Node]]) -> Item:
    return Item(node.text, tuple(_item(child, below) for child in below.get(node.id, ())))


def _paragraphs(nodes: Iterable[Node]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(n.text) for n in nodes)
