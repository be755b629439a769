"""The inside of a Markdown paragraph as formatted text: a table of small functions, one a node."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.domain.text import RichText, Span, Style

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

PICTURE = "🖼"

# Others a Telegram client would not open; the server refuses a message that has them.
_OPENABLE = ("http://", "https://", "tg://")
_TAG = re.compile(r"<(/?)(u|ins|b|strong|i|em|s|del|code)>", re.IGNORECASE)
_TAG_STYLES = {
    "u": Style.UNDERLINE,
    "ins": Style.UNDERLINE,
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "s": Style.STRIKE,
    "del": Style.STRIKE,
    "code": Style.CODE,
}


def inline(nodes: Sequence[SyntaxTreeNode], newline: str = "\n") -> RichText:
    """The nodes as formatted text, a line break in them as `newline`.

    HTML that only formats is taken as such where it is closed again; all other HTML is text.
    """
    closed_by = _pairs(nodes)
    closers = frozenset(closed_by.values())
    text = RichText()
    opened: dict[int, int] = {}
    for index, node in enumerate(nodes):
        if index in closed_by:
            opened[closed_by[index]] = len(text.text)
        elif index in closers:
            start, tag = opened[index], _TAG.fullmatch(node.content)
            if tag is not None:
                text = text.slice(0, start) + styled(text.slice(start), _TAG_STYLES[tag[2].lower()])
        else:
            text += _NODES[node.type](node, newline)
    return text


def styled(text: RichText, style: Style, value: str = "") -> RichText:
    """The text in one more style, as far as Telegram allows styles on the same characters.

    No style lies twice on a character. Code takes no other style and no link; inside a link its
    address counts more than code. Bot API: https://core.telegram.org/bots/api#messageentity
    """
    inner = tuple(s for s in text.spans if s.style is not style)
    pieces = [(0, len(text.text))] if text else []
    if style is Style.LINK:
        inner = tuple(s for s in inner if s.style is not Style.CODE)
    elif style is Style.CODE:
        inner = ()
    else:
        pieces = _around(text)
    outer = tuple(Span(start, end, style, value) for start, end in pieces)
    return RichText(text.text, tuple(sorted(outer + inner, key=lambda s: (s.start, -s.end))))


def opens(address: str) -> bool:
    """Whether a Telegram client can open the address."""
    return address.startswith(_OPENABLE)


def _around(text: RichText) -> list[tuple[int, int]]:
    """Start and end of the parts of the text that are no code."""
    pieces = []
    start = 0
    for span in text.spans_with(Style.CODE, Style.PRE):
        pieces.append((start, span.start))
        start = span.end
    pieces.append((start, len(text.text)))
    return [(start, end) for start, end in pieces if start < end]


def _pairs(nodes: Sequence[SyntaxTreeNode]) -> dict[int, int]:
    """The places of formatting tags, each with that of the tag that closes it."""
    pairs: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for index, node in enumerate(nodes):
        tag = _TAG.fullmatch(node.content) if node.type == "html_inline" else None
        if tag is None:
            continue
        name = tag[2].lower()
        if not tag[1]:
            waiting.append((name, index))
        elif any(name == other for other, _ in waiting):
            while waiting[-1][0] != name:
                waiting.pop()
            pairs[waiting.pop()[1]] = index
    return pairs


def _content(node: SyntaxTreeNode, _: str) -> RichText:
    return RichText(node.content)


def _break(_: SyntaxTreeNode, newline: str) -> RichText:
    return RichText(newline)


def _code(node: SyntaxTreeNode, _: str) -> RichText:
    return styled(RichText(node.content), Style.CODE)


def _in(style: Style) -> Callable[[SyntaxTreeNode, str], RichText]:
    return lambda node, newline: styled(inline(node.children, newline), style)


def _link(node: SyntaxTreeNode, newline: str) -> RichText:
    return _linked(inline(node.children, newline), str(node.attrs["href"]))


def _picture(node: SyntaxTreeNode, newline: str) -> RichText:
    caption = RichText(f"{PICTURE} ") + inline(node.children, newline)
    return _linked(caption.strip(), str(node.attrs["src"]))


def _linked(text: RichText, address: str) -> RichText:
    return styled(text, Style.LINK, address) if opens(address) else text


_NODES: dict[str, Callable[[SyntaxTreeNode, str], RichText]] = {
    "text": _content,
    "html_inline": _content,
    "softbreak": _break,
    "hardbreak": _break,
    "code_inline": _code,
    "strong": _in(Style.BOLD),
    "em": _in(Style.ITALIC),
    "s": _in(Style.STRIKE),
    "link": _link,
    "image": _picture,
}
