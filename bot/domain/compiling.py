"""Nodes of a week to its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from bot.domain.attaching import file_link, missing_caption, origin_link, with_tail
from bot.domain.entry import Node, Part, SectionSpec
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section
from bot.domain.week_tree import LISTED, WeekTree


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
    tree = _Tree(nodes, pictures_prefix)
    made = []
    for key, heading in tree.headings(sections).items():
        blocks = tree.section([n for n in tree.roots if n.at.section == key])
        if blocks:
            made.append(Section(heading, blocks))
    titles = [n for n in tree.roots if n.at.part is Part.TITLE]
    opening: tuple[Block, ...] = tuple(b for n in titles for b in tree.with_title(n))
    opening += tree.of_the_whole(Part.INTRO)
    opening += tree.section([n for n in tree.roots if n.at.section == ""])
    closing = tree.of_the_whole(Part.OUTRO)
    if made:
        made[-1] = Section(made[-1].heading, made[-1].blocks + closing)
    else:
        opening += closing
    summary = tree.paragraphs((n for n in tree.roots if n.at.part is Part.SUMMARY), whole=True)
    for index, section in enumerate(made):
        if summary and section.heading == summary_heading:
            # An imported report may have its summary before other sections.
            made[index] = Section(section.heading, section.blocks + summary)
            summary = ()
    titled = next((n for n in reversed(titles) if n.text), None)
    return Report(
        title=title if titled is None else titled.text,
        opening=opening,
        sections=tuple(made),
        summary=Section(summary_heading, summary) if summary else None,
        title_node=None if titled is None else titled.id,
    )


class _Tree(WeekTree):
    """The nodes of a week, and what the report makes of them."""

    def __init__(self, nodes: Iterable[Node], prefix: str) -> None:
        super().__init__(nodes)
        self._prefix = prefix

    def of_the_whole(self, part: Part) -> tuple[Block, ...]:
        found = (n for n in self.roots if n.at.part is part and n.at.section is None)
        return self.paragraphs(found, whole=True)

    def section(self, roots: Sequence[Node]) -> tuple[Block, ...]:
        """Opening paragraphs, entries in their order, pictures, closing paragraphs."""
        blocks: list[Block] = list(self.paragraphs(n for n in roots if n.at.part is Part.INTRO))
        listed = (n for n in roots if n.at.part in LISTED)
        for is_text, run in groupby(listed, key=lambda n: n.at.part is Part.TEXT):
            if is_text:
                blocks += self.paragraphs(run)
            else:
                blocks.append(ItemList(tuple(self._item(n) for n in run)))
        pictures = (picture for root in roots for picture in self.pictures(root))
        blocks += self._in_order(pictures)
        blocks += self.paragraphs(n for n in roots if n.at.part is Part.OUTRO)
        return tuple(blocks)

    def paragraphs(self, nodes: Iterable[Node], *, whole: bool = False) -> tuple[Block, ...]:
        """The paragraphs, each followed by what hangs below it: nothing is left out.

        Pictures below follow where the paragraphs are of the `whole` report; in a section they
        stand with the others.
        """
        blocks: list[Block] = []
        for node in nodes:
            blocks += (
                Paragraph(self._text(node), node.id),
                *(self.blocks_below(node) if whole else self._lists(node)),
            )
        return tuple(blocks)

    def blocks_below(self, node: Node) -> Iterator[Block]:
        """What hangs below something that is no item: a list, and the pictures."""
        yield from self._lists(node)
        yield from self._in_order(self.pictures(node))

    def with_title(self, node: Node) -> Iterator[Block]:
        """What came with a title, which has room for words only."""
        if node.file is not None:
            yield Paragraph(file_link(node.file, self._prefix))
        yield from self.blocks_below(node)

    def _lists(self, node: Node) -> tuple[ItemList, ...]:
        items = self._items_below(node)
        return (ItemList(items),) if items else ()

    def _item(self, node: Node) -> Item:
        return Item(self._text(node), self._items_below(node), node=node.id)

    def _items_below(self, node: Node) -> tuple[Item, ...]:
        return tuple(self._item(line) for line in self.lines_below(node))

    def _text(self, node: Node) -> str:
        """The node's Markdown, with a link to its file and what else stands behind it."""
        text = node.text
        if node.file is not None:
            text = with_tail(text, file_link(node.file, self._prefix))
        return with_tail(text, node.tail, "") if node.tail else text

    def _in_order(self, pictures: Iterable[Node]) -> Iterator[Block]:
        """The pictures with what hangs below them; an album has its origin behind the last one."""
        ordered = sorted(pictures, key=lambda n: n.order)
        for node, following in zip_longest(ordered, ordered[1:]):
            goes_on = following is not None and following.media_group == node.media_group
            origin = "" if goes_on and node.media_group is not None else origin_link(node.origin)
            yield from self._picture(node, origin)
            yield from self._lists(node)

    def _picture(self, node: Node, origin: str) -> tuple[Block, ...]:
        """The picture; a link to it where it is none, its caption where it could not be fetched."""
        said = (n.text for n in self.below(node) if n.at.part is Part.CAPTION)
        alt = " ".join(filter(None, (node.text, *said)))
        file = node.file
        if file is not None and file.is_missing:
            return tuple(replace(words, node=node.id) for words in missing_caption(alt))
        path = node.address or self._prefix + (file.name if file else "")
        if file is None or file.is_picture:
            if origin:
                return (Paragraph(f"![{alt}]({path}) {origin}", node.id),)
            return (Picture(alt, path, node.id),)
        link = file_link(file, self._prefix, alt=alt)
        return (Paragraph(f"{link} {origin}" if origin else link, node.id),)
