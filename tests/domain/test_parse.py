"""`parse` and `render` are inverses, and what a report has no part for is not dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parse import parse
from bot.domain.render import render
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

_OWN = Path(__file__).parent / "cases" / "report.md"
_ARCHIVE = Path(__file__).parents[3] / "shared" / "reports"
_REPORTS = [_OWN, *sorted(_ARCHIVE.glob("*.md"))]

_LINES = st.text("周报abcd，。1. 2-3#*`_~<>&!()[]\\", min_size=1, max_size=12).map(
    lambda tail: "字" + tail.rstrip()
)
_SAFE = st.text("周报 ab，。！1-9", max_size=12).map(lambda tail: f"字{tail}".rstrip())
_CODE = st.lists(st.text("ab 周{}#1.-", max_size=8).map(str.rstrip), max_size=4).map(
    lambda lines: "\n".join(["```py", *lines, "```"])
)
_QUOTES = st.lists(_SAFE, min_size=1, max_size=3).map(
    lambda lines: "\n".join(f"> {line}" for line in lines)
)
_PARAGRAPHS = st.lists(_SAFE, min_size=1, max_size=3).map("\n".join)
_TEXTS = st.builds(
    lambda text, more: "\n".join([text, *more]),
    _PARAGRAPHS,
    st.lists(st.one_of(_CODE, _QUOTES), max_size=1),
)
_ITEMS = st.recursive(
    st.builds(Item, _TEXTS),
    lambda below: st.builds(Item, _TEXTS, st.lists(below, min_size=1, max_size=3).map(tuple)),
    max_leaves=8,
)
_LISTS = st.lists(_ITEMS, min_size=1, max_size=12).map(lambda items: ItemList(tuple(items)))
_PICTURES = st.builds(
    Picture, _SAFE, st.sampled_from(["a.jpg", "2026-W01/周.png", "https://example.org/x_(1).jpg"])
)


def _apart(blocks: list[Block]) -> tuple[Block, ...]:
    """Two lists are two only where something stands between them."""
    kept: list[Block] = []
    for block in blocks:
        if not (kept and isinstance(block, ItemList) and isinstance(kept[-1], ItemList)):
            kept.append(block)
    return tuple(kept)


_BLOCKS = st.lists(
    st.one_of(_LISTS, _PICTURES, st.one_of(_PARAGRAPHS, _QUOTES, _CODE).map(Paragraph)), max_size=4
).map(_apart)
_MODEL = st.builds(
    Report,
    st.one_of(st.just(""), _SAFE),
    _BLOCKS,
    st.lists(st.builds(Section, _SAFE, _BLOCKS), max_size=3).map(tuple),
    st.one_of(st.none(), st.builds(Section, st.sampled_from(["总结", "Summary"]), _BLOCKS)),
)


@given(_MODEL)
def test_parse_is_the_inverse_of_render(report: Report) -> None:
    """A report that was written is read as the same report, and written as the same bytes."""
    source = render(report)
    assert parse(source) == report
    assert render(parse(source)) == source


@given(
    st.lists(
        st.one_of(
            _LINES,
            _CODE,
            _QUOTES,
            _LISTS.map(lambda x: render(Report(opening=(x,)))),
            st.sampled_from(
                [
                    "",
                    "    x",
                    "\t- y",
                    "* z",
                    "3) w",
                    "7. v",
                    "<div>",
                    "</div>",
                    "[a]: /b",
                    "## h",
                    "### h",
                    "# t",
                    "t\n---",
                    '![a](b "c")',
                    "- [ ] todo",
                    "***",
                ]
            ),
        ),
        max_size=12,
    ).map("\n".join)
)
def test_nothing_is_dropped(source: str) -> None:
    """Every character but blanks, list numbers and heading marks comes back."""
    again = render(parse(source))
    assert _letters(again) == _letters(source)
    assert render(parse(again)) == again


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.stem)
def test_real_reports_come_back(path: Path) -> None:
    """Real reports come back as they were but for white space, and then stay as they are."""
    source = path.read_text("utf-8")
    again = render(parse(source))
    assert "".join(again.split()) == "".join(source.split())
    assert render(parse(again)) == again


def test_the_own_report_comes_back_byte_for_byte() -> None:
    """A report in canonical form is returned as it is."""
    source = _OWN.read_text("utf-8")
    assert render(parse(source)) == source


def test_the_parts_of_a_report() -> None:
    """Title, opening, sections and summary are where a person sees them."""
    report = parse(_OWN.read_text("utf-8"))
    assert report.title == "2026 年第 2 周周报"
    assert report.opening == (Paragraph("这周很冷，大家多穿衣服"),)
    assert [section.heading for section in report.sections] == ["生活", "技术"]
    assert [type(block) for block in report.sections[0].blocks] == [ItemList, Picture, Picture]
    assert report.summary == Section("总结", (Paragraph("下周继续浇水"),))


def test_a_summary_is_the_last_section_or_none() -> None:
    """A summary heading before other sections is a section, so that its place is kept."""
    assert parse("## 总结\n\na\n\n## 技术\n").summary is None
    assert parse("## 技术\n\n## 简单总结\n", ("简单总结",)).summary == Section("简单总结")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("- a\n- b\n", "- a\n- b"),
        ("3. a\n4. b\n", "3. a\n4. b"),
        ("1) a\n", "1) a"),
        ("### deeper\n", "### deeper"),
        ("<!-- more -->\n", "<!-- more -->"),
        ('![a](b.jpg "title")\n', '![a](b.jpg "title")'),
    ],
)
def test_what_has_no_part_is_a_paragraph(source: str, text: str) -> None:
    """Bullets, other numbers, headings and HTML keep their source."""
    assert parse(source).opening == (Paragraph(text),)
    assert render(parse(source)) == source


def test_bullets_below_an_item_stay_in_its_text() -> None:
    """A list that is not numbered from one is part of the item above it."""
    source = "1. a\n    - b\n        - c\n2. d\n    1. e\n"
    report = parse(source)
    assert report.opening == (ItemList((Item("a\n- b\n    - c"), Item("d", (Item("e"),)))),)
    assert render(report) == source


def test_other_indentation_becomes_canonical() -> None:
    """Three spaces, tabs and wide markers are the same outline."""
    outline = (ItemList((Item("a", (Item("b", (Item("c"),)),)), Item("d"))),)
    assert parse("1. a\n   1. b\n      1. c\n2. d").opening == outline
    assert parse("1. a\n\t1. b\n\t\t1. c\n2. d").opening == outline
    assert parse("1.  a\n    1.  b\n        1.  c\n\n2.  d\r\n").opening == outline


def _letters(source: str) -> str:
    # A heading may be underlined or closed instead of begun: its marks are no words.
    return "".join(
        char for char in source if not (char.isspace() or char.isdigit() or char in "#-")
    )
