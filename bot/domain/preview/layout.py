"""A Markdown document laid out for a phone: formatted text, and where it may be divided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.preview.inline import inline, styled
from bot.domain.text import RichText, Span, Style

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# A level of a list: two figure spaces, each as wide as a digit in any font. "1. " is a digit and
# two narrow characters, so what is below begins under the text above it. Telegram's server trims
# neither these nor ideographic spaces from lines, and those are wider where room is short.
INDENT = "\u2007\u2007"
BULLET = "•"
_RULE = "———"


@dataclass(frozen=True, slots=True)
class Layout:
    """Text, and the rank of the places where a message may end: 0 is best.

    0 is between two blocks of the document, `n` before an item at the n-th level of a list.
    A place lies before the white space that divides the two.
    """

    text: RichText
    borders: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """How deep in lists a block stands (0 outside of them), and whether in a quote."""

    level: int = 0
    quoted: bool = False

    @property
    def newline(self) -> str:
        return "\n" + INDENT * self.level


class _Page:
    """Text as it grows, with its spans and borders."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self.borders: dict[int, int] = {}
        self.length = 0

    def put(self, text: RichText | str) -> None:
        rich = RichText(text) if isinstance(text, str) else text
        self._spans += (
            Span(s.start + self.length, s.end + self.length, s.style, s.value) for s in rich.spans
        )
        self._parts.append(rich.text)
        self.length += len(rich.text)

    def border(self, rank: int) -> None:
        self.borders[self.length] = rank

    def quote(self, start: int) -> None:
        if start < self.length:
            self._spans.append(Span(start, self.length, Style.QUOTE))

    def text(self) -> RichText:
        spans = sorted(self._spans, key=lambda s: (s.start, -s.end))
        return RichText("".join(self._parts), tuple(spans))


def lay_out(root: SyntaxTreeNode) -> Layout:
    """The document: blocks a blank line apart, a heading above its block, pictures together.

    A list's items are one a line, with their numbers as text. A line break stays one.
    """
    page = _Page()
    before: SyntaxTreeNode | None = None
    for node in root.children:
        if before is not None:
            # A heading stays with what it heads.
            if before.type != "heading":
                page.border(0)
            page.put("\n" if _close(before, node) else "\n\n")
        _BLOCKS[node.type](page, node, _Place())
        before = node
    return Layout(page.text(), page.borders)


def _close(before: SyntaxTreeNode, node: SyntaxTreeNode) -> bool:
    if before.type == "heading":
        return before.tag != "h1"
    return _is_picture(before) and _is_picture(node)


def _is_picture(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and [n.type for n in _inside(node)] == ["image"]


def _inside(node: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    return [inner for content in node.children for inner in content.children]


def _paragraph(page: _Page, node: SyntaxTreeNode, place: _Place) -> None:
    page.put(inline(_inside(node), place.newline))


def _heading(page: _Page, node: SyntaxTreeNode, place: _Place) -> None:
    page.put(styled(inline(_inside(node), place.newline), Style.BOLD))


def _list(page: _Page, node: SyntaxTreeNode, place: _Place) -> None:
    first = int(node.attrs.get("start", 1))
    inner = _Place(place.level + 1, place.quoted)
    for number, item in enumerate(node.children, first):
        if number > first:
            page.border(inner.level)
            page.put(place.newline)
        marker = BULLET if node.type == "bullet_list" else f"{number}{item.markup}"
        page.put(marker)
        _item(page, item, inner)


def _item(page: _Page, item: SyntaxTreeNode, place: _Place) -> None:
    for index, node in enumerate(item.children):
        if index == 0 and node.type in ("paragraph", "heading"):
            page.put(" ")
        elif node.type in ("ordered_list", "bullet_list"):
            page.border(place.level + 1)
            page.put(place.newline)
        else:
            page.put("\n" if node.type in _FLUSH else place.newline)
        _BLOCKS[node.type](page, node, place)


def _quote(page: _Page, node: SyntaxTreeNode, place: _Place) -> None:
    start = page.length
    for index, inner in enumerate(node.children):
        if index:
            page.put("\n")
        _BLOCKS[inner.type](page, inner, _Place(quoted=True))
    # Telegram has no quote in a quote.
    if not place.quoted:
        page.quote(start)


def _fence(page: _Page, node: SyntaxTreeNode, _: _Place) -> None:
    language = node.info.split(maxsplit=1)[0] if node.info.strip() else ""
    page.put(_pre(node.content, language))


def _indented_code(page: _Page, node: SyntaxTreeNode, _: _Place) -> None:
    page.put(_pre(node.content, ""))


def _pre(content: str, language: str) -> RichText:
    code = content.removesuffix("\n")
    return RichText(code, (Span(0, len(code), Style.PRE, language),) if code else ())


def _html(page: _Page, node: SyntaxTreeNode, place: _Place) -> None:
    page.put(node.content.strip("\n").replace("\n", place.newline))


def _rule(page: _Page, _: SyntaxTreeNode, __: _Place) -> None:
    page.put(_RULE)


_BLOCKS: dict[str, Callable[[_Page, SyntaxTreeNode, _Place], None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "ordered_list": _list,
    "bullet_list": _list,
    "blockquote": _quote,
    "fence": _fence,
    "code_block": _indented_code,
    "html_block": _html,
    "hr": _rule,
}
# These have borders of their own on a phone, and code is copied as it stands.
_FLUSH = frozenset({"blockquote", "fence", "code_block"})
