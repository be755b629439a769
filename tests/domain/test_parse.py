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
_MARKS = st.one_of(
    st.just((1, ".")),
    st.tuples(st.sampled_from([0, 1, 3, 9, 99, 999]), st.sampled_from(".)")),
    st.tuples(st.just(1), st.sampled_from("-*+")),
)
_ITEMS = st.recursive(
    st.builds(Item, _TEXTS),
    lambda below: st.builds(
        lambda text, children, marks: Item(text, tuple(children), *marks),
        st.one_of(_TEXTS, st.just("")),
        st.lists(st.one_of(below, st.just(Item(""))), min_size=1, max_size=3),
        _MARKS,
    ),
    max_leaves=8,
)
_LISTS = st.builds(
    lambda items, marks: ItemList(tuple(items), *marks),
    st.lists(_ITEMS, min_size=1, max_size=12),
    _MARKS,
)
_PICTURES = st.builds(
    Picture, _SAFE, st.sampled_from(["a.jpg", "2026-W01/周.png", "https://example.org/x_(1).jpg"])
)


def _apart(blocks: list[Block]) -> tuple[Block, ...]:
    """Two lists are two only where something stands between them, or their markers differ."""
    kept: list[Block] = []
    for block in blocks:
        last = kept[-1] if kept else None
        if not (
            isinstance(block, ItemList)
            and isinstance(last, ItemList)
            and block.marker == last.marker
        ):
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
        ("| a |\n|---|\n", "| a |\n|---|"),
        ("***\n", "***"),
        ("- <b>\n", "- <b>"),
        ("999999999. a\n1. b\n", "999999999. a\n1. b"),
        ("### deeper\n", "### deeper"),
        ("<!-- more -->\n", "<!-- more -->"),
        ('![a](b.jpg "title")\n', '![a](b.jpg "title")'),
    ],
)
def test_what_has_no_part_is_a_paragraph(source: str, text: str) -> None:
    """Tables, rules, headings, HTML and numbers beyond CommonMark's keep their source."""
    assert parse(source).opening == (Paragraph(text),)
    assert render(parse(source)) == source


@pytest.mark.parametrize(
    ("source", "start", "marker"),
    [
        ("- a\n- b\n", 1, "-"),
        ("* a\n* b\n", 1, "*"),
        ("+ a\n+ b\n", 1, "+"),
        ("1) a\n2) b\n", 1, ")"),
        ("0. a\n1. b\n", 0, "."),
        ("9. a\n10. b\n", 9, "."),
    ],
)
def test_a_list_keeps_its_marks(source: str, start: int, marker: str) -> None:
    """Bullets, and lists that do not begin at 1, are lists and come back with their marks."""
    assert parse(source).opening == (ItemList((Item("a"), Item("b")), start, marker),)
    assert render(parse(source)) == source


def test_lists_below_items_have_their_own_marks() -> None:
    """The list below an item keeps its marks; one that begins at 3 needs an empty line above."""
    source = "1. a\n    - b\n        - c\n2. d\n\n    3. e\n    4. f\n"
    report = parse(source)
    assert report.opening == (
        ItemList(
            (
                Item("a", (Item("b", (Item("c"),), marker="-"),), marker="-"),
                Item("d", (Item("e"), Item("f")), start=3),
            )
        ),
    )
    assert render(report) == source


def test_lists_with_different_marks_are_neighbours() -> None:
    """A change of marker begins a list of its own."""
    source = "1. a\n\n- b\n\n3) c\n"
    assert [block.marker for block in parse(source).opening if isinstance(block, ItemList)] == [
        *".-)"
    ]
    assert render(parse(source)) == source


def test_other_indentation_becomes_canonical() -> None:
    """Three spaces, tabs and wide markers are the same outline."""
    outline = (ItemList((Item("a", (Item("b", (Item("c"),)),)), Item("d"))),)
    assert parse("1. a\n   1. b\n      1. c\n2. d").opening == outline
    assert parse("1. a\n\t1. b\n\t\t1. c\n2. d").opening == outline
    assert parse("1.\ta\n\t1.\tb\n\t\t1.\tc\n2.\td").opening == outline
    assert parse("1.  a\n    1.  b\n        1.  c\n\n2.  d\r\n").opening == outline


def _letters(source: str) -> str:
    # A heading may be underlined or closed instead of begun: its marks are no words.
    return "".join(
        char for char in source if not (char.isspace() or char.isdigit() or char in "#-")
    )
