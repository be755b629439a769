"""The case files: what came in, the Markdown it becomes, and how that reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.domain.markdown import caption_source, heading_source, item_source, paragraph_sources
from bot.domain.render import render_block
from bot.domain.report import Item, ItemList
from bot.domain.text import RichText, Span, Style

_CASES = Path(__file__).parent / "cases"
_READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
_MARK = re.compile(r"⟨(?:U\+([0-9A-F]+)|(/?)(\w+)(?: ([^⟩]*))?)⟩")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its sentence, and its blocks."""

    title: str
    came: RichText
    becomes: str
    reads: str


def _rich(marked: str) -> RichText:
    """The text in the notation of the case files: `⟨bold⟩…⟨/bold⟩`, `⟨U+2028⟩`."""
    text = ""
    spans: list[Span] = []
    opened: dict[str, tuple[int, str]] = {}
    done = 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        done = mark.end()
        code, closing, name, value = mark.groups()
        if code:
            text += chr(int(code, 16))
        elif closing:
            start, value = opened.pop(name)
            spans.append(Span(start, len(text), Style(name), value))
        else:
            opened[name] = (len(text), value or "")
    assert not opened
    spans.sort(key=lambda s: (s.start, -s.end))
    return RichText(text + marked[done:], tuple(spans))


def _read(name: str) -> list[Case]:
    cases = []
    for chapter in ("\n" + (_CASES / name).read_text("utf-8")).split("\n## ")[1:]:
        title, _, body = chapter.partition("\n")
        blocks = [[""]]
        for line in body.split("\n"):
            if line.startswith("    "):
                blocks[-1].append(line[4:])
            elif line:
                blocks.append([line])
            else:
                blocks[-1].append("")
        came, becomes, reads = ("\n".join(block[1:]).strip("\n") for block in blocks)
        cases.append(Case(title, _rich(came), becomes, reads))
    return cases


def _cases(name: str) -> pytest.MarkDecorator:
    cases = _read(name)
    return pytest.mark.parametrize("case", cases, ids=[case.title for case in cases])


def _in_list(item: str) -> str:
    """The HTML of the middle one of three items, after a look at the list around it."""
    source = render_block(ItemList((Item("before"), Item(item), Item("after"))))
    html = str(_READER.render(source))
    before, middle, after = html.partition("<ol>\n<li>before</li>\n<li>")
    assert (before, middle) == ("", "<ol>\n<li>before</li>\n<li>")
    item_html, end, rest = after.rpartition("</li>\n<li>after</li>\n</ol>\n")
    assert (end, rest) == ("</li>\n<li>after</li>\n</ol>\n", "")
    assert "<li>" not in item_html
    return item_html


@_cases("markdown_items.md")
def test_item(case: Case) -> None:
    """An item becomes the Markdown in its case, and reads as it says there."""
    source = item_source(case.came)
    assert source == case.becomes
    assert _in_list(source).strip("\n") == case.reads


@_cases("markdown_paragraphs.md")
def test_paragraph(case: Case) -> None:
    """Free text becomes the blocks in its case, and reads as it says there."""
    source = "\n\n".join(paragraph_sources(case.came))
    assert source == case.becomes
    html = _READER.render(f"# before\n\n{source}\n\n1. after\n")
    assert html.startswith("<h1>before</h1>\n")
    assert html.endswith("<ol>\n<li>after</li>\n</ol>\n")
    inside = html.removeprefix("<h1>before</h1>\n").removesuffix("<ol>\n<li>after</li>\n</ol>\n")
    assert inside.strip("\n") == case.reads


@_cases("markdown_captions.md")
def test_caption(case: Case) -> None:
    """A caption becomes the Markdown in its case, and the alt text is what it says there."""
    source = caption_source(case.came)
    assert source == case.becomes
    html = _READER.render(f"![{source}](a.jpg)\n")
    image = re.fullmatch(r'<p><img src="a.jpg" alt="([^"]*)" /></p>\n', html)
    assert image is not None
    assert unescape(image[1]) == case.reads


@_cases("markdown_headings.md")
def test_heading(case: Case) -> None:
    """A heading becomes the Markdown in its case, and reads as it says there."""
    source = heading_source(case.came)
    assert source == case.becomes
    assert _READER.render(f"# {source}\n\nafter\n") == f"<h1>{case.reads}</h1>\n<p>after</p>\n"


def test_cases_are_many() -> None:
    """There are at least fifty cases of items."""
    assert len(_read("markdown_items.md")) >= 50
