"""Markdown to report: the inverse of `render`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.domain.commonmark import read
from bot.domain.plain import Heading, read_plainly
from bot.domain.render import FENCES
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# CommonMark 0.31, 5.2: more than four blanks after a marker are one, and code begins.
_MARKER = re.compile(r" {0,3}(?:\d{1,9}[.)]|[-+*])(?: {1,4}(?=\S)|\t(?=\S)| ?)")
_LEVEL = 4
_GREATEST_NUMBER = 999_999_999


def parse(source: str, summary_headings: Collection[str] = ("总结", "Summary")) -> Report:
    """The report whose Markdown the source is; `render` gives a canonical source back.

    The last section is the summary where its heading is one of `summary_headings`. What the
    report has no part for (HTML, tables, rules, other headings) becomes a Paragraph, or lines of
    an Item's text, with its source as it stands: nothing is dropped.
    A byte order mark is no text. Front matter is no part of a report; take it off before.
    """
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "\ufffd")
    lines = text.split("\n")
    blocks = read_plainly(lines)
    if blocks is None:
        blocks = read_by_commonmark(text, lines)
    return _report(blocks, summary_headings)


def read_by_commonmark(text: str, lines: Sequence[str]) -> list[Heading | Block]:
    """Headings and blocks of a text and its lines, whatever it holds."""
    return read(text, lambda root: list(_blocks(root.children, lines)))


def _report(found: Sequence[Heading | Block], summary_headings: Collection[str]) -> Report:
    title = ""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in found:
        if not isinstance(block, Heading):
            parts[-1][1].append(block)
        elif block.level == 1:
            title = block.text
        else:
            parts.append((block.text, []))
    (_, opening), *rest = parts
    sections = [Section(heading, tuple(blocks)) for heading, blocks in rest]
    summary = None
    if sections and sections[-1].heading in summary_headings:
        summary = sections.pop()
    return Report(title, tuple(opening), tuple(sections), summary)


def _blocks(nodes: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> Iterator[Heading | Block]:
    for index, node in enumerate(nodes):
        first, end = _rows(node)
        rows = lines[first:end]
        if _is_list(node):
            start, marker = _marks(node)
            yield ItemList(tuple(_items(node, rows, first)), start, marker)
        elif node.type == "heading" and (heading := _heading(node, is_first=index == 0)):
            yield heading
        else:
            yield _picture(node) or Paragraph("\n".join(rows).rstrip())


def _heading(node: SyntaxTreeNode, *, is_first: bool) -> Heading | None:
    """The heading, where `render` could write it: the title, or a section's, on one line."""
    level = int(node.tag.removeprefix("h"))
    text = "".join(inner.content for inner in node.children)
    fits = level == 2 or (level == 1 and is_first)
    return Heading(level, text) if fits and text and "\n" not in text else None


def _rows(node: SyntaxTreeNode) -> tuple[int, int]:
    """The first of its lines, and the one after its last."""
    return node.map or (0, 0)


def _is_list(node: SyntaxTreeNode) -> bool:
    """Whether it is a list as `render` writes them, its numbers within what CommonMark reads.

    HTML in an item ends only at an empty line, and tight lists have none.
    """
    return (
        node.type in ("ordered_list", "bullet_list")
        and _marks(node)[0] + len(node.children) - 1 <= _GREATEST_NUMBER
        and not any(inner.type == "html_block" for inner in node.walk())
    )


def _marks(node: SyntaxTreeNode) -> tuple[int, str]:
    """The number that a list starts with, 1 where it has bullets, and its marker."""
    return int(node.attrs.get("start", 1)), node.children[0].markup


def _items(node: SyntaxTreeNode, rows: Sequence[str], offset: int) -> Iterator[Item]:
    """The items of a list whose lines are `rows`, the first of them at `offset` in the source."""
    for item in node.children:
        first, end = _rows(item)
        body = _body(rows[first - offset : end - offset])
        below = item.children[-1] if item.children else None
        if below is not None and _is_list(below):
            border = _rows(below)[0] - first
            children = tuple(_items(below, body[border:], _rows(below)[0]))
            yield Item("\n".join(body[:border]).rstrip(), children, *_marks(below))
        else:
            yield Item("\n".join(body).rstrip())


def _body(rows: Sequence[str]) -> list[str]:
    """An item's lines without the marker and without the indentation below it.

    The marker asks for as much as its own width; `render` gives a level at least, save to code
    that begins the item.
    """
    marker = _MARKER.match(rows[0])
    width = len(marker[0].expandtabs(_LEVEL)) if marker else 0
    first = rows[0][marker.end() if marker else 0 :]
    if marker and not first:
        width = len(marker[0].rstrip()) + 1
    below = [_split(row) for row in rows[1:]]
    if not first.startswith(FENCES) and all(i >= _LEVEL or not text for i, text in below):
        width = max(width, _LEVEL)
    return [first, *(" " * max(0, indent - width) + text for indent, text in below)]


def _split(row: str) -> tuple[int, str]:
    """The columns of blanks at the line's start, and the rest of it."""
    rest = row.lstrip(" \t")
    return len(row[: len(row) - len(rest)].expandtabs(_LEVEL)), rest


def _picture(node: SyntaxTreeNode) -> Picture | None:
    """The picture that the paragraph is, where `render` could write it: an address, no title."""
    if node.type != "paragraph":
        return None
    content = node.children[0]
    if [inner.type for inner in content.children] != ["image"]:
        return None
    alt = content.children[0].content
    path = content.content[len(f"![{alt}](") : -1]
    if "\n" in alt or re.search(r"\s", path):
        return None
    return Picture(alt, path)
