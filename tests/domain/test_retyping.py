"""Markdown that was shown, changed and sent back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Part
from bot.domain.markdown import caption_source, item_source
from bot.domain.markdown.retyping import retyping, with_quotes
from bot.domain.parse import parse
from bot.domain.render import render
from bot.domain.report import Item, ItemList, Report, Section
from bot.domain.text import RichText, Span, Style

_ODD = st.text(alphabet="ab *_`[]()<>!#\\-1.&~|\n>", max_size=14)


@given(_ODD, _ODD, st.sampled_from([Style.ITALIC, Style.BOLD, Style.UNDERLINE, Style.STRIKE]))
def test_whatever_is_typed_stays_in_its_item(shown: str, typed: str, style: Style) -> None:
    """The report keeps its structure, and what was shown comes back as it was."""
    markdown = item_source(RichText(shown, (Span(0, 1, style),) if shown else ()))
    write = retyping(markdown, Part.ITEM, item_source)
    written = write(RichText(typed))
    if written:
        report = Report(sections=(Section("x", (ItemList((Item(written), Item("after"))),)),))
        assert parse(render(report)) == report
    if "\n" not in markdown:
        assert write(RichText(markdown)) == markdown


@pytest.mark.parametrize(
    ("shown", "typed", "written"),
    [
        ("a *b* c", "a *x* c", "a *x* c"),
        ("plain", "a*b*c", r"a\*b*c"),
        (r"1\. foo", r"1\. bar", r"1\. bar"),
        ("<u>a</u>", "<u>b</u>", "<u>b</u>"),
        ("<u>a</u>", "<script>b", r"\<script>b"),
        ("a *b* c", "<!-- a", r"\<!-- a"),
        ("a *b* c", "# a", r"\# a"),
    ],
)
def test_markdown_is_taken_as_such_where_it_was_shown(shown: str, typed: str, written: str) -> None:
    """And cautiously where it was not, or where it would leave its block."""
    assert retyping(shown, Part.ITEM, item_source)(RichText(typed)) == written


def test_captions_stay_captions() -> None:
    """A bracket that would end the alt text is escaped."""
    write = retyping(r"a\]b", Part.PICTURE, caption_source)
    assert write(RichText(r"a\]c")) == r"a\]c"
    assert write(RichText("x](y")) == r"x\](y"


def test_typed_quotes_are_quotes_where_there_was_one() -> None:
    """Elsewhere a `>` is text."""
    text = with_quotes(RichText("说\n> 甲\n> 乙"), "说\n> 丙")
    assert item_source(text) == "说\n> 甲\n> 乙"
    assert with_quotes(RichText("> 甲"), "甲") == RichText("> 甲")
