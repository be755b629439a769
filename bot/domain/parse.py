"""Markdown to report: the inverse of `render`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.domain.commonmark import read
from bot.domain.report import Block, Item, ItemList, Paragraph, Picture, Report, Section

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# CommonMark 0.31, 5.2: more than four blanks after a marker are one, and code begins.
_MARKER = re.compile(r" {0,3}(?:\d{1,9}[.)]|[-+*])(?: {1,4}(?=\S)| ?)")
_LEVEL = 4


def parse(source: str, summary_headings: Collection[str] = ("总结", "Summary")) -> Report:
    """The report whose Markdown the source is; `render` gives a canonical source back.

    The last section is the summary where its heading is one of `summary_headings`. What the
    report has no part for (bullets, a list that begins at 3, HTML, other headings) becomes a
    Paragraph, or lines of an Item's text, with its source as it stands: nothing is dropped.
    Front matter is no part of a report; take it off before.
    """
    text = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = text.split("\n")
    return read(text, lambda root: _report(root, lines, summary_headings))


def _report(
    root: SyntaxTreeNode, lines: Sequence[str], summary_headings: Collection[str]
) -> Report:
    nodes = list(root.children)
    title = ""
    if nodes and _is_heading(nodes[0], "h1"):
        title = _heading(nodes.pop(0))
    borders = [i for i, node in enumerate(nodes) if _is_heading(node, "h2")]
    opening = nodes[: borders[0]] if borders else nodes
    sections = [
        Section(_heading(nodes[start]), tuple(_blocks(nodes[start + 1 : end], lines)))
        for start, end in pairwise([*borders, len(nodes)])
    ]
    summary = None
    if sections and sections[-1].heading in summary_headings:
        summary = sections.pop()
    return Report(title, tuple(_blocks(opening, lines)), tuple(sections), summary)


def _is_heading(node: SyntaxTreeNode, tag: str) -> bool:
    """Whether it is one that `render` could write: on one line, and not empty."""
    return (
        node.type == "heading"
        and node.tag == tag
        and _heading(node).count("\n") == 0 < len(_heading(node))
    )


def _heading(node: SyntaxTreeNode) -> str:
    return "".join(inner.content for inner in node.children)


def _blocks(nodes: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> Iterator[Block]:
    for node in nodes:
        first, end = _rows(node)
        rows = lines[first:end]
        if _is_numbered(node):
            yield ItemList(tuple(_items(node, rows, first)))
        else:
            yield _picture(node) or Paragraph("\n".join(rows).rstrip())


def _rows(node: SyntaxTreeNode) -> tuple[int, int]:
    """The first of its lines, and the one after its last."""
    return node.map or (0, 0)


def _is_numbered(node: SyntaxTreeNode) -> bool:
    """Whether it is a list as `render` writes them.

    HTML in an item ends only at an empty line, and tight lists have none.
    """
    return (
        node.type == "ordered_list"
        and node.attrs.get("start", 1) == 1
        and node.children[0].markup == "."
        and not any(inner.type == "html_block" for inner in node.walk())
    )


def _items(node: SyntaxTreeNode, rows: Sequence[str], offset: int) -> Iterator[Item]:
    """The items of a list whose lines are `rows`, the first of them at `offset` in the source."""
    for item in node.children:
        first, end = _rows(item)
        body = _body(rows[first - offset : end - offset])
        below = item.children[-1] if item.children else None
        if below is not None and _is_numbered(below):
            border = _rows(below)[0] - first
            children = tuple(_items(below, body[border:], _rows(below)[0]))
            yield Item("\n".join(body[:border]).rstrip(), children)
        else:
            yield Item("\n".join(body).rstrip())


def _body(rows: Sequence[str]) -> list[str]:
    """An item's lines without the marker and without the indentation below it.

    The marker asks for as much as its own width; `render` gives a level at least.
    """
    marker = _MARKER.match(rows[0])
    width = marker.end() if marker else 0
    first = rows[0][width:]
    below = [_split(row) for row in rows[1:]]
    if all(indent >= _LEVEL or not text for indent, text in below):
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
