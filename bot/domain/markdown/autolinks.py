"""Where Markdown shows a web address bare, `<https://…>`: what a parse of all of it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

WRITTEN = re.compile(r"<https?://[^<>\x00-\x20]+>", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Autolink:
    """`<address>` at `source[start:end]`, and the token with what a reader sees of it."""

    start: int
    end: int
    address: str
    shown: Token


def read_autolinks(source: str) -> tuple[list[Token], list[Autolink]]:
    """The source's tokens, and its http and https autolinks in their order; nothing if none.

    Those in code, in the label of a link or in the alt text of an image are none.
    """
    if WRITTEN.search(source) is None:
        return [], []
    tokens = reader().parse(source)
    starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
    links = []
    for token in tokens:
        children = token.children or []
        for at, child in enumerate(children):
            if "autolink" not in child.meta or token.map is None:
                continue
            offset, written = child.meta["autolink"]
            line = token.map[0] + token.content.count("\n", 0, offset)
            start = _place(source, starts[line], token.content, offset)
            if source.startswith(written, start) and WRITTEN.fullmatch(written):
                links.append(Autolink(start, start + len(written), written[1:-1], children[at + 1]))
    return tokens, links


def _place(source: str, line_start: int, content: str, offset: int) -> int:
    """Where in the source the offset of a block's inline content is, by the start of its line.

    The content's lines only lack the marks of the blocks around them. In those is no `<`, so
    the first one in the line is the same.
    """
    content_start = content.rfind("\n", 0, offset) + 1
    return source.index("<", line_start) + offset - content.index("<", content_start)


@cache
def reader() -> MarkdownIt:
    """The parser, whose autolinks outside links have their place and source as `meta["autolink"]`.

    The library is imported when first needed: an idle bot does without its memory.
    """
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import autolink

    def noting_places(state: StateInline, silent: bool) -> bool:
        start, is_outside = state.pos, state.linkLevel <= 0
        applied = autolink(state, silent)
        if applied and not silent and is_outside:
            state.tokens[-3].meta["autolink"] = start, state.src[start : state.pos]
        return applied

    markdown = MarkdownIt("commonmark").enable("strikethrough")
    markdown.inline.ruler.at("autolink", noting_places)
    return markdown
