"""Rich messages as text, whatever stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.rich_messages import has_media, rich_message_text
from bot.chat.rich_strings import string
from bot.domain.grammar.outline import OutlineItem, outline
from bot.domain.text import RichText, Span, Style

_TYPES = [
    *("paragraph", "heading", "pre", "list", "blockquote", "expandable_blockquote", "pullquote"),
    *("details", "table", "photo", "collage", "map", "divider", "buttons", "hologram"),
    *("mathematical_expression", "bold", "code", "url", "text_mention", "custom_emoji"),
]
_FIELDS = [
    *("type", "text", "blocks", "items", "caption", "credit", "summary", "cells", "url", "user"),
    *("expression", "language", "has_checkbox", "markdown", "html", "photo", "id", "other"),
]
_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(_TYPES)
_JSON = st.recursive(
    _LEAVES | st.sampled_from(["a\nb", "\ud83d", "<p>", " - x", ""]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=5)
    ),
    max_leaves=30,
)


def _read(*blocks: Any) -> RichText:
    return rich_message_text({"blocks": list(blocks)})


def _paragraph(text: Any) -> dict[str, Any]:
    return {"type": "paragraph", "text": text}


def _item(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"label": "•", "blocks": list(blocks), **more}


def _list(*items: Any) -> dict[str, Any]:
    return {"type": "list", "items": list(items)}


@given(_JSON)
def test_no_object_is_too_strange(value: Any) -> None:
    """Any JSON gives a text that can be stored, with spans that lie inside it."""
    for text in (rich_message_text(value), rich_message_text({"blocks": value}), string(value)):
        text.text.encode()
        for span in text.spans:
            span.value.encode()
            assert 0 <= span.start < span.end <= len(text.text)
        assert list(text.spans) == sorted(text.spans, key=lambda s: (s.start, -s.end))
    assert has_media(value) in (True, False)


@pytest.mark.parametrize("key", ["text", "blocks", "items", "other"])
def test_depth_is_bounded(key: str) -> None:
    """Nesting far beyond Telegram's is cut off, not followed."""
    node: Any = "deep"
    for _ in range(400):
        node = [{"type": "list" if key == "items" else "details", key: node}]
    assert rich_message_text({"blocks": node}).text == ""
    assert string(node).text == ""
    assert not has_media(node)


def test_strings() -> None:
    """Strings, lists of them and styled ones are one text with spans."""
    nested = {"type": "bold", "text": ["b", {"type": "italic", "text": "i"}]}
    assert string(["a ", nested, "\ud83d"]) == RichText(
        "a bi�", (Span(2, 4, Style.BOLD), Span(3, 4, Style.ITALIC))
    )


@pytest.mark.parametrize(
    ("node", "text", "spans"),
    [
        (
            {"type": "url", "text": "site", "url": "https://e.org"},
            "site",
            [Span(0, 4, Style.LINK, "https://e.org")],
        ),
        (
            {"type": "url", "text": "https://e.org", "url": "https://e.org"},
            "https://e.org",
            [Span(0, 13, Style.URL)],
        ),
        ({"type": "strikethrough", "text": "x"}, "x", [Span(0, 1, Style.STRIKE)]),
        (
            {"type": "code", "text": {"type": "bold", "text": "x"}},
            "x",
            [Span(0, 1, Style.CODE)],
        ),
        (
            {"type": "mathematical_expression", "expression": "x^2"},
            "x^2",
            [Span(0, 3, Style.CODE)],
        ),
        (
            {"type": "custom_emoji", "custom_emoji_id": "1", "alternative_text": "👍"},
            "👍",
            [Span(0, 1, Style.CUSTOM_EMOJI)],
        ),
        (
            {"type": "text_mention", "text": "Bo", "user": {"id": 8, "first_name": "Bo"}},
            "Bo",
            [Span(0, 2, Style.TEXT_MENTION, "8")],
        ),
        (
            {"type": "hashtag", "text": "#life", "hashtag": "life"},
            "#life",
            [Span(0, 5, Style.HASHTAG)],
        ),
        ({"type": "marked", "text": "x"}, "x", []),
        ({"type": "anchor", "name": "top"}, "", []),
        ({"type": "button", "button": {"text": "Go", "url": "https://e.org"}}, "Go", []),
    ],
)
def test_styles(node: Any, text: str, spans: list[Span]) -> None:
    """Each style of the Bot API is the span it is elsewhere; what is none is its words."""
    assert string(node) == RichText(text, tuple(spans))


def test_blocks_are_lines() -> None:
    """Paragraphs are lines; a heading that follows something begins anew."""
    heading = {"type": "heading", "size": 1}
    text = _read(
        heading | {"text": "Monday"},
        _paragraph("rain\nall day"),
        {"type": "divider"},
        heading | {"text": "Tuesday"},
        {"type": "footer", "text": "sun"},
    )
    assert text.text == "Monday\nrain\nall day\n\nTuesday\nsun"


def test_lists_are_nested_items() -> None:
    """The items of a list, to any depth, are those the message's grammar reads."""
    inner = _list(_item(_paragraph("c"), has_checkbox=True, is_checked=True))
    text = _read(
        _paragraph("a"),
        _list(_item(_paragraph("b"), inner), _item(_paragraph("d"), has_checkbox=True)),
    )
    assert text.text == "a\n- b\n  - ☑ c\n- ☐ d"
    c = OutlineItem(RichText("☑ c"))
    children = (OutlineItem(RichText("b"), (c,)), OutlineItem(RichText("☐ d")))
    assert outline(text) == (OutlineItem(RichText("a"), children),)


def test_code_and_formulas_are_code_blocks() -> None:
    """Code keeps its language and its line breaks; a formula is code in the language `math`."""
    code = {"type": "pre", "text": "if x:\n  y", "language": "python"}
    assert _read(code) == RichText("if x:\n  y", (Span(0, 9, Style.PRE, "python"),))
    formula = {"type": "mathematical_expression", "expression": "x^2"}
    assert _read(formula).spans == (Span(0, 3, Style.PRE, "math"),)


def test_quotes() -> None:
    """A quote is one text with its author at the end; one inside it is part of it."""
    inner = {"type": "pullquote", "text": "b"}
    quote = {"type": "blockquote", "blocks": [_paragraph("a"), inner], "credit": "Ann"}
    assert _read(quote) == RichText("a\nb\nAnn", (Span(0, 7, Style.QUOTE),))
    hidden = {"type": "expandable_blockquote", "text": "a\nb"}
    assert _read(hidden).spans == (Span(0, 3, Style.EXPANDABLE_QUOTE),)


def test_other_blocks() -> None:
    """Details stand below their summary, tables are rows, of media the captions are left."""
    cells = [[{"text": "Day"}, {"text": ["Km"]}], [{"text": "Mo"}, {}], [{}], "odd"]
    text = _read(
        {"type": "details", "summary": "More", "blocks": [_paragraph("x"), _list(_item("y"))]},
        {"type": "table", "cells": cells, "caption": "Runs"},
        {"type": "photo", "photo": [{"file_id": "f"}], "caption": {"text": "lake", "credit": "Bo"}},
        {"type": "collage", "blocks": [{"type": "video", "video": {"file_name": "v"}}]},
        {"type": "buttons", "buttons": [{"text": "Go"}]},
    )
    assert text.text == "More\n  x\n  - y\nRuns\n- Day | Km\n- Mo | \nlake\nBo"


def test_unknown_blocks_give_the_words_in_them() -> None:
    """Of a block that does not exist yet the words are kept, not its types and names."""
    unknown = {"type": "hologram", "id": "h1", "title": "T", "parts": [_paragraph("p"), ["q"]]}
    assert _read(unknown).text == "T\np\nq"


def test_other_forms() -> None:
    """A message in Markdown is that Markdown, one in HTML what it says without tags."""
    assert rich_message_text({"markdown": "# A\n\n- b"}).text == "# A\n\n- b"
    html = "<h1>A</h1><p>1 &lt; 2<br>c <b>d</b></p><ul><li>e</li><li>f</li></ul>"
    assert rich_message_text({"html": html}).text == "A\n1 < 2\nc d\n- e\n- f"
    assert rich_message_text({"html": "<![x[" + "<" * 9000}).text.startswith("<")
