"""The same safety, seen by marko: a CommonMark parser that shares no code with the first."""

from __future__ import annotations

from collections.abc import Iterator

import marko
from hypothesis import assume, given, settings
from marko import block, element, inline

from bot.domain.markdown import item_source, paragraph_sources
from bot.domain.text import RichText
from tests.domain.test_markdown_properties import (
    TEXTS,
    in_list,
    in_quotes,
    in_section,
    is_typed,
    one_line,
    rich_texts,
)


def _blocks(node: element.Element) -> list[element.Element]:
    children = getattr(node, "children", [])
    return [child for child in children if not isinstance(child, block.BlankLine)]


def _shown(node: element.Element | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, inline.LineBreak):
        yield "\n"
    else:
        for child in getattr(node, "children", ""):
            yield from _shown(child)


@settings(max_examples=150, deadline=None)
@given(rich_texts())
def test_item_stays_an_item(text: RichText) -> None:
    """Whatever an item holds, marko reads three items in a tight list, and the item below."""
    assume(item_source(text))
    (numbered,) = _blocks(marko.parse(in_list(text)))
    assert isinstance(numbered, block.List)
    assert numbered.tight
    before, middle, after = _blocks(numbered)
    assert ("".join(_shown(before)), "".join(_shown(after))) == ("before", "after")
    *own, below = _blocks(middle)
    assert isinstance(below, block.List)
    assert "".join(_shown(below)) == "below"
    assert {type(part) for part in own} <= {block.Paragraph, block.FencedCode, block.Quote}


@settings(max_examples=150, deadline=None)
@given(rich_texts())
def test_paragraphs_stay_paragraphs(text: RichText) -> None:
    """Whatever free text holds, marko reads each source as one block."""
    # From a `[` at the end of a quote marko reads on, past the quote, for a definition's `]:`.
    assume(not (in_quotes(text) and "]:" in text.text))
    heading, *blocks, numbered = _blocks(marko.parse(in_section(text)))
    assert isinstance(heading, block.Heading)
    assert isinstance(numbered, block.List)
    assert "".join(_shown(numbered)) == "after"
    assert len(blocks) == len(paragraph_sources(text))
    assert {type(part) for part in blocks} <= {block.Paragraph, block.FencedCode, block.Quote}


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_item_shows_its_text(text: str) -> None:
    """An item without typed Markdown shows every character of its text to marko as well."""
    assume(not is_typed(text) and one_line(text))
    document = marko.parse(f"1. {item_source(RichText(text))}\n2. after\n")
    first, _ = _blocks(_blocks(document)[0])
    assert "".join(_shown(first)) == one_line(text)
