"""Markdown as a tree: CommonMark 0.31 with strikethrough, the reading all previews share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

T = TypeVar("T")

# Levels of blocks; a nested list takes two. What lies deeper the parser would drop in silence.
_DEEPEST = 100


def read(source: str, view: Callable[[SyntaxTreeNode], T]) -> T:
    """What `view` makes of the tree of the source.

    A source nested more deeply than the parser or the interpreter goes is read as paragraphs of
    plain text, so that nothing in it is lost.
    """
    try:
        tokens = parser().parse(source)
        if all(token.level < _DEEPEST - 1 for token in tokens):
            return view(tree(tokens))
    except RecursionError:
        pass
    return view(tree(_plain().parse(source)))


@cache
def parser() -> MarkdownIt:
    """The parser, without reference definitions: they would hide a line that was typed.

    A picture's token says in `meta["place"]` where in its paragraph's content it begins and ends.
    The library is imported when first needed: an idle bot does without its memory.
    """
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image

    def placed_image(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = image(state, silent)
        if found and not silent:
            state.tokens[-1].meta["place"] = (start, state.pos)
        return found

    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    markdown.enable("strikethrough").disable("reference")
    markdown.inline.ruler.at("image", placed_image)
    return markdown


@cache
def _plain() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero")


def tree(tokens: Sequence[Token]) -> SyntaxTreeNode:
    """The tokens as a tree with a root."""
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(tokens)
