"""Lines to nested items, by the cases in `cases/outline.md` and by properties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Part
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.outline import OutlineItem, outline
from bot.domain.text import RichText, Span, Style
from tests.domain.case_files import Block, blocks, marked_text
from tests.domain.test_tags import SECTIONS, is_within, rich_texts, visible

_NUMBERED = re.compile(r"( *)\d+\. (.+)")


def _drawn(items: Iterable[OutlineItem], level: int = 0) -> Iterator[str]:
    for item in items:
        yield "    " * level + item.text.text.replace("\n", "⏎")
        yield from _drawn(item.children, level + 1)


def _all(items: Iterable[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all(item.children)


@pytest.mark.parametrize("case", blocks("outline.md"), ids=lambda case: case.title)
def test_outlines(case: Block) -> None:
    """The message makes the items of the case."""
    parsed = parse_message(marked_text(case.given), SECTIONS)
    assert "\n".join(_drawn(parsed.items)) == case.expected


def test_the_lists_of_real_reports() -> None:
    """A list copied from a report makes its items again, and an item alone stays as it is."""
    reports = Path(__file__).parents[3] / "shared" / "reports"
    for report in reports.glob("2*.md"):  # none where the reports are not at hand
        for block in report.read_text(encoding="utf-8").split("\n\n"):
            lines = [_NUMBERED.fullmatch(line) for line in block.split("\n")]
            found = [(match[1], match[2]) for match in lines if match]
            if len(found) < len(lines):
                continue
            items = parse_message(RichText(f"#life\n{block}"), SECTIONS).items
            assert list(_drawn(items)) == [indent + text.strip() for indent, text in found]
            for _, text in found:
                alone = parse_message(RichText(f"{text} #tech"), SECTIONS)
                assert (alone.section, alone.body.text) == ("tech", text.strip())


def test_parts_have_no_outline() -> None:
    """In a part that is no item bullets and line breaks stay as they are."""
    parsed = parse_message(RichText("#summary 很好\n\n- 火锅\n  - 辣"), SECTIONS)
    assert (parsed.part, parsed.items) == (Part.SUMMARY, ())
    assert parsed.body.text == "很好\n\n- 火锅\n  - 辣"


def test_blocks_keep_their_spans() -> None:
    """A block's span covers in its item what it covered in the message."""
    text = marked_text("看\n⟦pre=py:a\nb⟧\n⟦blockquote:c⟧")
    (item,) = outline(text)
    assert item.text == RichText(
        "看\na\nb\nc", (Span(2, 5, Style.PRE, "py"), Span(6, 7, Style.QUOTE))
    )


def test_fences_become_telegrams_own_code_blocks() -> None:
    """A typed fence gives a span with the info string, in items and in paragraphs."""
    fenced = "看\n~~\n```py title\na\n```\n再看\n````\n`b`\n````"
    expected = RichText(
        "看\n~~\na\n再看\n`b`", (Span(5, 6, Style.PRE, "py title"), Span(10, 13, Style.PRE))
    )
    assert parse_message(RichText(f"#text {fenced}"), SECTIONS).body == expected
    first, *_ = parse_message(RichText(f"#life\n{fenced}"), SECTIONS).items[1:]
    assert first.text == RichText("~~\na", (Span(3, 4, Style.PRE, "py title"),))


def test_a_fence_inside_telegrams_code_is_code() -> None:
    """A fence that is shown as code is not read."""
    text = marked_text("⟦pre:```\na\n```⟧")
    assert parse_message(text, SECTIONS).body == text


def test_spans_over_a_fence_stay_whole() -> None:
    """A quote around a typed fence remains one quote."""
    parsed = parse_message(marked_text("⟦blockquote:看\n```\na\n```\n好⟧"), SECTIONS)
    assert parsed.body == RichText("看\na\n好", (Span(0, 5, Style.QUOTE), Span(2, 3, Style.PRE)))


@given(rich_texts())
def test_any_text_makes_items(text: RichText) -> None:
    """Whatever the text, items are not empty, come from it in order, and spans lie inside them."""
    parsed = parse_message(text, SECTIONS)
    items = list(_all(parsed.items))
    assert all(visible(item.text.text) for item in items)
    assert is_within(visible("".join(item.text.text for item in items)), visible(text.text))
    for item in items:
        assert all(0 <= s.start < s.end <= len(item.text.text) for s in item.text.spans)
    if parsed.part is Part.ITEM:
        assert bool(items) == bool(visible(parsed.body.text))


_INDENTS = st.sampled_from(["", " ", "    ", "\t", "　", "　 \t"])
_BULLETS = st.sampled_from(
    [
        "",
        "- ",
        "-- ",
        "* ",
        "++ ",
        "— ",
        "—",
        "——",
        "—- ",
        "1. ",
        "12.",
        "3) ",
        "(4) ",
        "（5）",
        "6、",
        "• ",
        "·",
    ]
)
_WORDS = st.text("火锅ab.-—*+（1）、` \t　#", max_size=12).map(lambda words: f"火{words}".rstrip())
_TYPED = st.lists(
    st.one_of(
        _INDENTS, _BULLETS, _WORDS, st.sampled_from(["\n", "#tech", "#text", "@last", "```"])
    ),
    max_size=8,
).map("".join)


@given(_TYPED)
def test_a_format_that_says_nothing_changes_no_words(text: str) -> None:
    """Text without any is read the shorter way, and to the same."""

    def said(*spans: Span) -> tuple[object, ...]:
        parsed = parse_message(RichText(text, spans), SECTIONS)
        place = (parsed.section, parsed.part, parsed.week, parsed.tagged, parsed.bare)
        return (*place, parsed.body.text, *_drawn(parsed.items))

    assert not text or said() == said(Span(0, len(text), Style.SPOILER))


@given(st.lists(st.tuples(_INDENTS, _BULLETS, _WORDS | st.just("")), min_size=1, max_size=12))
def test_only_bullets_and_blanks_go(lines: list[tuple[str, str, str]]) -> None:
    """Every line's words are an item's, whole and in order; bullets without words are dropped."""
    text = "\n".join("".join(line) for line in lines)
    found = [item.text.text for item in _all(outline(RichText(text)))]
    expected = [words for _, _, words in lines if words]
    bullets = [bullet.strip() for _, bullet, _ in lines if bullet]
    assert found == (expected or bullets)


_DEEPER: dict[str, Callable[[int], str]] = {
    "blanks": lambda depth: " " * depth + "- ",
    "full-width blanks": lambda depth: "\u3000" * depth + "- ",
    "tabs": lambda depth: "\t" * depth + "- ",
    "indentation alone, below the tag": lambda depth: "  " * depth,
    "hyphens": lambda depth: "-" * (depth + 1) + " ",
    "dashes": lambda depth: "—" * depth + " " if depth else "- ",
}


@pytest.mark.parametrize("sign", _DEEPER)
@given(depths=st.lists(st.integers(0, 5), max_size=30))
def test_levels_come_from_indentation_or_bullets(sign: str, depths: list[int]) -> None:
    """Each line is below the nearest line above it that is less deep, by whichever sign."""
    deep = [0, *depths]
    lines = [f"{_DEEPER[sign](depth)}n{number}" for number, depth in enumerate(deep)]
    items = parse_message(RichText("\n".join(["#life", *lines])), SECTIONS).items
    parents = {child.text.text: item.text.text for item in _all(items) for child in item.children}
    for number, depth in enumerate(deep):
        above = (n for n in range(number - 1, -1, -1) if deep[n] < depth)
        nearest = next(above, None)
        assert parents.get(f"n{number}") == (None if nearest is None else f"n{nearest}")


_SHORT = ["a", "#", "@", "`", "[", "-", "—", ">", "上", "1.", "1、", "(1)", "[a](", "``_`_", "```"]
_LONGER = ["#life", "@40", "https://"]
_WITH_BLANKS = [" ", "\n", "\t\n", "- a\n", "　- b\n", "a\n\n", "#life ", "```\n", "```py\n"]


@pytest.mark.parametrize("unit", [*_SHORT, *_LONGER, *_WITH_BLANKS])
def test_reading_is_linear(unit: str) -> None:
    """The longest message of anything is read in a moment, however it repeats itself."""
    text = RichText((unit * 4096)[:4096], tuple(Span(i, i + 9, Style.BOLD) for i in range(100)))
    started = process_time()
    parse_message(text, SECTIONS)
    assert process_time() - started < 1  # some 20 ms; a pass for each character takes seconds
