"""Lines of a message to nested items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.grammar.bullets import bullet_at
from bot.domain.grammar.cutting import Range, joined, merged, pieces, trimmed
from bot.domain.text import RichText, Style

_TAB = 4

# A bullet inside one of these is no bullet: `163.com`, `010.1234`.
_WHOLE = (Style.CODE, Style.LINK, Style.URL, Style.EMAIL, Style.PHONE, Style.DATE_TIME)
_BLOCKS = (Style.PRE, Style.QUOTE, Style.EXPANDABLE_QUOTE)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A line with the lines below it.

    `text` has no white space at its ends. It holds a line break only before and inside a code
    block or quote that belongs to the line.
    """

    text: RichText
    children: tuple[OutlineItem, ...] = ()


def outline(text: RichText, *, flat: bool = False) -> tuple[OutlineItem, ...]:
    """The items that the lines make; a text with anything in it makes at least one.

    An empty line begins anew. The first line after it is an item and the others are below it;
    but where that line has a bullet, or with `flat`, those at its level are items beside it.
    """
    lines = _lines(text)
    contents = list(map(trimmed, pieces(text, [(line.start, line.end) for line in lines])))
    if len(contents) == 1 and contents[0]:
        return (OutlineItem(contents[0]),)
    roots: list[_Node] = []
    path: list[_Node] = []  # the open items, each below the one before it
    plain = 0  # the rank of a line without a bullet
    for line, content in zip(lines, contents, strict=True):
        if line.begins:
            path = []
        if not content:
            continue
        if line.is_block and path:
            path[-1].parts.append(content)
            continue
        depth = (line.indent, line.rank or plain)
        if not path:
            # Bullets are below a plain line that begins; beside them, a line needs none.
            is_head = not flat and not line.rank
            plain = 1 if is_head or line.rank else 0
            depth = _HEAD if is_head else (line.indent, line.rank)
        while path and path[-1].depth >= depth:
            path.pop()
        node = _Node(depth, [content])
        (path[-1].children if path else roots).append(node)
        path.append(node)
    if not roots:  # nothing but bullets: they are then what was said
        return tuple(OutlineItem(line) for line in map(trimmed, pieces(text, text.lines())) if line)
    return _items(roots)


# How deep a line is: its indentation, and where that is the same, its bullet's rank.
_Depth = tuple[int, int]
_HEAD: _Depth = (-1, 0)


class _Line(NamedTuple):
    """Where a line's text stands, without its indentation and bullet.

    `begins` says that an empty line or nothing is above it.
    """

    start: int
    end: int
    indent: int
    rank: int
    is_block: bool
    begins: bool


@dataclass(slots=True)
class _Node:
    depth: _Depth
    parts: list[RichText]
    children: list[_Node] = field(default_factory=list)


def _items(nodes: list[_Node]) -> tuple[OutlineItem, ...]:
    return tuple([OutlineItem(joined(node.parts, "\n"), _items(node.children)) for node in nodes])


def _lines(text: RichText) -> list[_Line]:
    """The lines that are not empty; one with a code block or quote goes on to the block's end."""
    string = text.text
    blocks = _blocks(text) if text.spans else []
    wholes = merged((s.start, s.end) for s in text.spans_with(*_WHOLE)) if text.spans else []
    found: list[_Line] = []
    begins = True
    for start, end, inside in _logical(string, blocks):
        first = inside[0][0] if inside else end
        left = first - len(string[start:first].lstrip())
        if left == end:
            begins = True
            continue
        indent = _width(string[start:left]) if left > start else 0
        is_block = bool(inside) and left == first
        bullet = None if is_block else bullet_at(string, left, end)
        if bullet and not any(a <= left and bullet.end < b for a, b in wholes):
            found.append(_Line(bullet.end, end, indent, bullet.rank, False, begins))
        else:
            found.append(_Line(left, end, indent, 0, is_block, begins))
        begins = False
    return found


def _blocks(text: RichText) -> list[Range]:
    """The code blocks and quotes, without line breaks at their ends."""
    string = text.text
    found: list[Range] = []
    for span in text.spans_with(*_BLOCKS):
        inner = string[span.start : span.end]
        bare = inner.lstrip("\n")
        start = span.end - len(bare)
        found.append((start, start + len(bare.rstrip("\n"))))
    return merged(found)


def _logical(string: str, blocks: list[Range]) -> Iterator[tuple[int, int, list[Range]]]:
    """Start and end of each line, and the blocks in it; inside a block no line ends."""
    start = position = at = 0
    while True:
        end = string.find("\n", position)
        end = len(string) if end < 0 else end
        first = at
        while at < len(blocks) and blocks[at][0] < end:
            if blocks[at][1] > end:
                end = string.find("\n", blocks[at][1])
                end = len(string) if end < 0 else end
            at += 1
        yield start, end, blocks[first:at]
        if end == len(string):
            return
        start = position = end + 1


def _width(blank: str) -> int:
    """How far blanks indent: a tab to the next fourth column, a full-width blank two columns."""
    return len(blank.replace("\u3000", "  ").expandtabs(_TAB))
