"""An imported file keeps its bytes, and an edit changes its own lines only."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.merging import merge
from bot.domain.parse import parse
from bot.domain.render import render
from bot.domain.report import Block as ReportBlock
from bot.domain.report import Item, ItemList, Report
from tests.domain.case_files import Block, blocks

_OWN = Path(__file__).parent / "cases" / "report.md"
_ARCHIVE = Path(__file__).parents[3] / "shared" / "reports"
_REPORTS = [_OWN, *sorted(path for path in _ARCHIVE.glob("*.md") if path.name != "README.md")]

_WORDS = st.text("周报ab，。", min_size=1, max_size=6)
_TREES = st.recursive(
    st.builds(Item, _WORDS),
    lambda below: st.builds(Item, _WORDS, st.lists(below, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)
_SECTIONS = st.lists(_TREES, min_size=1, max_size=5).map(
    lambda items: render(Report(opening=(ItemList(tuple(items)),)))
)
_CANONICAL = st.lists(st.one_of(_SECTIONS, _WORDS.map("{}\n".format)), min_size=1, max_size=4).map(
    lambda parts: "\n".join(f"## {n}\n\n{part}" for n, part in enumerate(parts))
)
_ANY = st.text("ab 1.-#\n\r\t>`周", max_size=30)


@given(_ANY, _ANY)
def test_nothing_changes_where_nothing_was_edited(original: str, before: str) -> None:
    """The original comes back byte for byte, whatever it is."""
    assert merge(original, before, before) == original


@given(_CANONICAL, _CANONICAL)
def test_a_canonical_original_becomes_the_canonical_text(before: str, after: str) -> None:
    """Where nothing but edits is between both, the edits are all that is done."""
    assert merge(before, before, after) == after


@given(_CANONICAL, st.randoms(use_true_random=False), _WORDS)
def test_the_edit_of_an_item_changes_its_line(
    before: str, chance: random.Random, words: str
) -> None:
    """With any slips, one edited item is one changed line, and all else says what it said."""
    report = parse(before)
    items = sum(1 for _ in _texts(report))
    if items == 0:
        return
    after = render(_with_text(report, chance.randrange(items), f"新{words}"))
    original = _with_slips(before, chance)
    merged = merge(original, before, after)
    assert render(parse(merged)) == after
    assert len(_lines(merged)) == len(_lines(original))
    changed = [
        (was, line)
        for was, line in zip(_lines(original), _lines(merged), strict=True)
        if was != line
    ]
    assert len(changed) == 1
    assert f"新{words}" in changed[0][1]


@given(_CANONICAL, _CANONICAL, st.randoms(use_true_random=False))
def test_no_edit_is_lost(before: str, after: str, chance: random.Random) -> None:
    """However much was edited, in a file with slips: the result says what it is to say."""
    assert render(parse(merge(_with_slips(before, chance), before, after))) == after


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.stem)
def test_the_edit_of_an_item_of_a_real_report(path: Path) -> None:
    """In real reports too, whichever item is edited, its own lines are all that differ."""
    original = path.read_bytes().decode("utf-8")
    report = parse(original)
    before = render(report)
    for number, text in enumerate(_texts(report)):
        if number % 7:
            continue
        after = render(_with_text(report, number, "改了"))
        merged = merge(original, before, after)
        assert render(parse(merged)) == after
        removed = set(_lines(original)) - set(_lines(merged))
        assert len(removed) <= len(text.split("\n"))
        assert len(set(_lines(merged)) - set(_lines(original))) == 1


@pytest.mark.parametrize("case", blocks("merging.md"), ids=lambda case: case.title)
def test_edits_of_files_with_slips(case: Block) -> None:
    """Each file, edited so that it says what stands there, becomes what is expected."""
    original, after = case.given.split("\n===\n")
    before = render(parse(original))
    merged = merge(original + "\n", before, after + "\n")
    assert merged == case.expected + "\n"
    assert render(parse(merged)) == render(parse(after))


def test_blocks_in_another_order() -> None:
    """Where import put pictures after the list, an edit still changes its own line only."""
    original = "## a\n\n![p](q.jpg)  \n\n1. b\n2. c\n"
    before = "## a\n\n1. b\n2. c\n\n![p](q.jpg)\n"
    after = before.replace("2. c", "2. d").replace("![p]", "![r]")
    assert merge(original, before, after) == "## a\n\n![r](q.jpg)\n\n1. b\n2. d\n"


def test_front_matter_and_line_endings_stay() -> None:
    """New lines end as the file's lines do, and a file without a last line break gets none."""
    original = "---\r\ntitle: a\r\n---\r\n\r\n1. b\r\n2. c"
    merged = merge(original, "1. b\n2. c\n", "1. b\n2. x\n3. y\n")
    assert merged == "---\r\ntitle: a\r\n---\r\n\r\n1. b\r\n2. x\r\n3. y"


def test_a_byte_order_mark_stays() -> None:
    """It is no text to the report, and none of the edits' business."""
    assert parse("\ufeff# a\r\n").title == "a"
    assert merge("\ufeff# a\r\n", "# a\n", "# b\n") == "\ufeff# b\r\n"


def test_a_change_without_a_place_takes_its_section_only() -> None:
    """What cannot be placed becomes canonical, with its section; the other one stays as it came."""
    original = "## a\n\nx  \n===\n\n## b\n\n1. c  \n3. d\n"
    before = "## a\n\n### x\n\n## b\n\n1. c\n2. d\n"
    after = before.replace("x", "y")
    assert merge(original, before, after) == "## a\n\n### y\n\n## b\n\n1. c  \n3. d\n"


def test_an_unrelated_original_gives_way() -> None:
    """Where nothing fits, the text that is to be said is what is written."""
    assert merge("x", "1. a\n", "1. b\n") == "1. b"


def test_long_files_are_merged_in_time() -> None:
    """Two thousand lines, many of them alike, take no more than a few seconds."""
    before = render(Report(opening=(ItemList((Item("字", (Item("同"),) * 9),) * 200),)))
    after = before.replace("100. 字", "100. 新").replace("180. 字", "180. 新")
    original = before.replace("\n", "  \n")
    began = time.process_time()
    merged = merge(original, before, after)
    assert time.process_time() - began < 10
    assert merged == after.replace("\n", "  \n").replace("新  \n", "新\n")


def _texts(report: Report) -> Iterator[str]:
    def below(items: tuple[Item, ...]) -> Iterator[str]:
        for item in items:
            yield item.text
            yield from below(item.children)

    for part in (report.opening, *(section.blocks for section in report.sections)):
        for block in part:
            if isinstance(block, ItemList):
                yield from below(block.items)


def _with_text(report: Report, number: int, text: str) -> Report:
    numbers = count()

    def below(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(
                item,
                text=text if next(numbers) == number else item.text,
                children=below(item.children),
            )
            for item in items
        )

    def part(blocks: tuple[ReportBlock, ...]) -> tuple[ReportBlock, ...]:
        return tuple(
            replace(block, items=below(block.items)) if isinstance(block, ItemList) else block
            for block in blocks
        )

    opening = part(report.opening)
    sections = tuple(replace(s, blocks=part(s.blocks)) for s in report.sections)
    return replace(report, opening=opening, sections=sections)


def _with_slips(canonical: str, chance: random.Random) -> str:
    """The same report as a person might have typed it."""
    lines = []
    for line in canonical.removesuffix("\n").split("\n"):
        slip = chance.random()
        if not line:
            lines += [chance.choice(["", "  ", "\n"])]
        elif slip < 0.2:
            lines.append(line + chance.choice([" ", "  ", "\t"]))
        elif slip < 0.4 and not re.match(r" *1\.", line):
            lines.append(re.sub(r"^( *)\d+\.", r"\g<1>7.", line))
        else:
            lines.append(line)
    ending = chance.choice(["\n", "\r\n"])
    return "\n".join(lines + chance.choice([[], [""], ["", ""]])).replace("\n", ending)


def _lines(text: str) -> list[str]:
    return text.split("\n")
