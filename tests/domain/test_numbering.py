"""The numbered lines of a week are those of its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypothesis import given

from bot.domain.compiling import compile_report
from bot.domain.entry import EntryId, MessageId, Node, NodeId, Part, Placement
from bot.domain.outlining.numbering import number_week
from bot.domain.outlining.outline import Outline, OutlineLine, Stretch
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report
from tests.domain.outlining import SECTIONS, WEEK, ancestors, weeks


@given(weeks())
def test_numbers_follow_the_report(nodes: list[Node]) -> None:
    """Each line of the report has its number, in the same order and at the same depth."""
    outline = _outline(nodes)
    numbered = [
        (line.text, line.depth - _hangs_below_a_paragraph(line))
        for line in outline.lines
        if line.group.stretch is not Stretch.UNTAGGED
    ]
    report = compile_report(nodes, SECTIONS, title="", summary_heading="总结", pictures_prefix="")
    assert numbered == list(_said(report))


@given(weeks())
def test_every_node_has_its_line(nodes: list[Node]) -> None:
    """Also what waits to be filed; only the caption below a picture is said by that."""
    outline = _outline(nodes)
    captions = [c.id for line in outline.lines for c in line.captions]
    assert sorted([*(line.id for line in outline.lines), *captions]) == [n.id for n in nodes]
    assert all(n.at.part is Part.CAPTION for n in nodes if n.id in set(captions))


@given(weeks())
def test_numbers_count(nodes: list[Node]) -> None:
    """Top-level lines are 1, 2, 3 … through the whole week, those below 3.1, 3.2 …"""
    outline = _outline(nodes)
    top = [line for line in outline.lines if line.parent is None]
    assert [line.number for line in top] == [str(n) for n in range(1, len(top) + 1)]
    for line in outline.lines:
        assert [below.number for below in line.children] == [
            f"{line.number}.{n}" for n in range(1, len(line.children) + 1)
        ]
        assert line in line.siblings
        assert all(below.parent is line for below in line.children)


def test_an_imported_summary_may_stand_before_other_sections() -> None:
    """Then so do its numbers."""
    outline = number_week(_summary_first(), WEEK, SECTIONS, summary_heading="生活")
    assert [(line.number, line.text) for line in outline.lines] == [
        ("1", "item"), ("2", "summary"), ("3", "tech")
    ]  # fmt: skip


def _summary_first() -> Iterator[Node]:
    for number, (text, section, part) in enumerate(
        [("tech", "tech", Part.ITEM), ("summary", None, Part.SUMMARY), ("item", "life", Part.ITEM)],
        1,
    ):
        yield Node(
            NodeId(number), EntryId(1), Placement(WEEK, section, part), 0.0, MessageId(1), 0,
            text, text,
        )  # fmt: skip


def _hangs_below_a_paragraph(line: OutlineLine) -> bool:
    """What is below a paragraph or picture is a list of its own behind it in the report."""
    above = ancestors(line)
    return bool(above) and above[-1].node.at.part not in {Part.ITEM, Part.CAPTION}


def _outline(nodes: Iterable[Node]) -> Outline:
    return number_week(nodes, WEEK, SECTIONS, summary_heading="总结")


def _said(report: Report) -> Iterator[tuple[str, int]]:
    blocks = [*report.opening, *(b for s in report.sections for b in s.blocks)]
    if report.summary is not None:
        blocks += report.summary.blocks
    yield from _blocks(blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        match block:
            case ItemList(items):
                yield from _items(items, 0)
            case Paragraph(text):
                yield text, 0
            case Picture(alt, _):
                yield alt, 0


def _items(items: Iterable[Item], depth: int) -> Iterator[tuple[str, int]]:
    for item in items:
        yield item.text, depth
        yield from _items(item.children, depth + 1)
