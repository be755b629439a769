"""Nodes of a week to its numbered lines; the order is that of `compiling`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.entry import Node, NodeId, Part, SectionSpec
from bot.domain.outlining.outline import Group, Outline, OutlineLine, Stretch
from bot.domain.week import IsoWeek
from bot.domain.week_tree import LISTED, WeekTree

_UNPLACED = LISTED | {Part.PICTURE}
_NO_SECTION = Group(Stretch.OPENING, "")


def number_week(
    nodes: Iterable[Node], week: IsoWeek, sections: Sequence[SectionSpec], *, summary_heading: str
) -> Outline:
    """Every line of the week with its number, which runs through the whole week.

    Pictures are numbered with those of their section, wherever they hang. What a title brought
    stands behind the summary, so that a title changes no numbers; then comes what waits to be
    filed.
    """
    numbering = _Numbering(nodes)
    headings = numbering.headings(sections)
    by_section: dict[str | None, list[Node]] = defaultdict(list)
    for node in numbering.roots:
        by_section[node.at.section].append(node)
    whole = by_section[None]
    numbering.paragraphs(Group(Stretch.OPENING), _of(whole, Part.INTRO))
    numbering.section(_NO_SECTION, by_section[""])
    summaries = _of(numbering.roots, Part.SUMMARY)
    shown = {key: name for key, name in headings.items() if numbering.shows(by_section[key])}
    for key, heading in shown.items():
        numbering.section(Group(Stretch.SECTION, key, heading), by_section[key])
        if key == list(shown)[-1]:
            numbering.paragraphs(Group(Stretch.CLOSING), _of(whole, Part.OUTRO))
        if summaries and heading == summary_heading:
            # An imported report may have its summary before other sections.
            numbering.paragraphs(Group(Stretch.SUMMARY), summaries)
            summaries = []
    if not shown:
        numbering.paragraphs(Group(Stretch.CLOSING), _of(whole, Part.OUTRO))
    numbering.paragraphs(Group(Stretch.SUMMARY), summaries)
    numbering.paragraphs(Group(Stretch.TITLE), _of(numbering.roots, Part.TITLE))
    numbering.paragraphs(Group(Stretch.UNTAGGED), [n for n in whole if n.at.part in _UNPLACED])
    return numbering.outline(week)


def _of(nodes: Iterable[Node], part: Part) -> list[Node]:
    return [node for node in nodes if node.at.part is part]


class _Numbering(WeekTree):
    """Gives out the numbers, one line after the other."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        nodes = list(nodes)
        super().__init__(nodes)
        self._parents = {node.id: node.at.parent for node in nodes}
        self._lines: list[OutlineLine] = []
        self._last = 0

    def outline(self, week: IsoWeek) -> Outline:
        return Outline(
            week,
            tuple(self._lines),
            {line.id: line for line in self._lines},
            {line.number: line for line in self._lines},
        )

    def shows(self, roots: Iterable[Node]) -> bool:
        """Whether the section has anything to show."""
        parts = LISTED | {Part.INTRO, Part.OUTRO}
        return any(n.at.part in parts or any(self.pictures(n)) for n in roots)

    def section(self, group: Group, roots: Sequence[Node]) -> None:
        """Opening paragraphs, entries in their order, pictures, closing paragraphs."""
        pictures = (picture for root in roots for picture in self.pictures(root))
        self._run(group, _of(roots, Part.INTRO))
        self._run(group, [n for n in roots if n.at.part in LISTED])
        self._run(group, sorted(pictures, key=lambda n: n.order))
        self._run(group, _of(roots, Part.OUTRO))

    def paragraphs(self, group: Group, nodes: Iterable[Node]) -> None:
        """The paragraphs, each with its pictures behind it."""
        siblings: list[OutlineLine] = []
        for node in nodes:
            self._top(group, node, siblings)
            pictures = (p for child in self.below(node) for p in self.pictures(child))
            self._run(group, sorted(pictures, key=lambda n: n.order))

    def _run(self, group: Group, nodes: Iterable[Node]) -> None:
        siblings: list[OutlineLine] = []
        for node in nodes:
            self._top(group, node, siblings)

    def _top(self, group: Group, node: Node, siblings: list[OutlineLine]) -> None:
        self._last += 1
        self._add(str(self._last), node, group, None, siblings)

    def _add(
        self,
        number: str,
        node: Node,
        group: Group,
        parent: OutlineLine | None,
        siblings: list[OutlineLine],
    ) -> OutlineLine:
        captions: tuple[Node, ...] = ()
        if node.at.part is Part.PICTURE:
            captions = tuple(_of(self.below(node), Part.CAPTION))
        line = OutlineLine(
            number,
            node,
            group,
            parent,
            siblings,
            captions=captions,
            hangs_below=tuple(self._above(node)),
        )
        siblings.append(line)
        self._lines.append(line)
        for place, child in enumerate(self.lines_below(node), 1):
            self._add(f"{number}.{place}", child, group, line, line.children)
        return line

    def _above(self, node: Node) -> Iterator[NodeId]:
        above = node.at.parent
        while above is not None:
            yield above
            above = self._parents.get(above)
