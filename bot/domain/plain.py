"""The plain shape of nearly every report, read line by line.

Headings, paragraphs, quotes, pictures and numbered lists at four blanks a level are told by their
first characters, so a report of nothing else needs no CommonMark parser and is read in a
twentieth of its time. Whatever could mean more than it seems to is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.report import Block, Item, ItemList, Paragraph, Picture

_HEADING = re.compile(r"(#{1,2}) +([^\s#](?:.*[^\s#])?)\s*\Z")
# Up to 99 the marker fits into a level; from 100 on what is below is indented otherwise.
_ITEM = re.compile(r"((?:    )*)([1-9][0-9]?)\. (\S.*)\Z")
_PICTURE = re.compile(r"!\[([^\[\]\\`<]*)\]\(((?:https?://)?[\w./][^\s\x00-\x1f\x7f()<>\\:]*)\)\Z")
# CommonMark 0.31, 4 and 5: what, at the start of a line, can begin a block or end a paragraph.
_BEGINS_A_BLOCK = re.compile(
    r"\s|>|#|=|`{3}|~{3}|<(?!https?://)|[0-9]+[.)](?:\s|\Z)|[-+*](?:\s|\Z)|[-*_][-*_\s]*\Z"
)
_QUOTE = ">"
_LEVEL = 4
# Few reports have more levels, and no parser sees an end to them.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2; `text` is Markdown on one line, not empty."""

    level: int
    text: str


@dataclass(slots=True)
class _Growing:
    """An item while lines are still being added below it."""

    text: str
    children: list[_Growing] = field(default_factory=list)

    def grown(self) -> Item:
        return Item(self.text.rstrip(), tuple([child.grown() for child in self.children]))


def read_plainly(lines: Sequence[str]) -> list[Heading | Block] | None:
    """Headings and blocks of the lines, or None where there is anything but the plain shape."""
    found: list[Heading | Block | list[_Growing]] = []
    path: list[list[_Growing]] = []  # the open lists, the outermost first
    paragraph: list[str] = []
    after_item = False
    for line in [*lines, ""]:
        if not line.strip(" \t"):
            if paragraph:
                block = _paragraph(paragraph)
                if block is None:
                    return None
                found.append(block)
                paragraph, path = [], []
            after_item = False
        elif match := _ITEM.match(line):
            depth, number, text = len(match[1]) // _LEVEL, match[2], match[3]
            if paragraph or depth > min(len(path), _DEEPEST) or not _is_text(text):
                return None
            if depth == len(path):
                if number != "1":
                    return None
                path.append(path[-1][-1].children if path else [])
                if depth == 0:
                    found.append(path[0])
            del path[depth + 1 :]
            path[depth].append(_Growing(text))
            after_item = True
        elif (heading := _HEADING.match(line)) and not paragraph:
            if len(heading[1]) == 1 and found:
                return None
            found.append(Heading(len(heading[1]), heading[2]))
            path, after_item = [], False
        elif after_item:
            indent = " " * _LEVEL * len(path)
            if not line.startswith(indent) or not _is_text(line[len(indent) :]):
                return None
            path[-1][-1].text += "\n" + line[len(indent) :]
        elif not _goes_on(paragraph, line):
            return None
        else:
            paragraph.append(line)
    return [
        ItemList(tuple([item.grown() for item in block])) if isinstance(block, list) else block
        for block in found
    ]


def _goes_on(lines: Sequence[str], line: str) -> bool:
    """Whether the line is one more of the same paragraph or quote, or begins a new one."""
    is_quote = line.startswith(_QUOTE)
    if lines and lines[0].startswith(_QUOTE) != is_quote:
        return False
    return is_quote or _is_text(line)


def _is_text(line: str) -> bool:
    """Whether the line begins nothing but a paragraph."""
    return not _BEGINS_A_BLOCK.match(line)


def _paragraph(lines: Sequence[str]) -> Paragraph | Picture | None:
    """What the lines are, or None where they might be a picture of another form."""
    if not lines[0].startswith("!["):
        return Paragraph("\n".join(lines).rstrip())
    match = _PICTURE.match(lines[0].rstrip())
    return Picture(match[1], match[2]) if match and len(lines) == 1 else None
