"""A finished report taken apart into the messages that a person would have sent for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"( *)\d+\. (.*)")
_PICTURE = re.compile(r"!\[(.*)\]\((.*)\)\Z")


@dataclass
class Told:
    """What a report says, in the order in which a person would tell it."""

    title: str = ""
    opening: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[list[tuple[int, str]]], list[str]]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    summary: str = ""


def take_apart(markdown: str) -> Told:
    """The parts of a report of the seed's shape: items as lists of (depth, line)."""
    told = Told()
    where = "opening"
    for block in re.split(r"\n{2,}", markdown.strip("\n")):
        if block.startswith("# "):
            told.title = block[2:]
        elif block.startswith("## "):
            heading = block[3:]
            where = "summary" if heading == "总结" else "section"
            if where == "section":
                told.sections.append((heading, [], []))
        elif where == "opening":
            told.opening.append(block)
        elif where == "summary":
            told.summary = block
        elif match := _PICTURE.match(block):
            told.sections[-1][2].append(match[1])
        elif _ITEM.match(block):
            for line in block.split("\n"):
                match = _ITEM.match(line)
                assert match is not None, line
                depth = len(match[1]) // 4
                items = told.sections[-1][1]
                if depth == 0:
                    items.append([])
                items[-1].append((depth, match[2]))
        else:
            told.closing.append(block)
    return told


def indented(item: list[tuple[int, str]]) -> str:
    """The item as typed with full-width blanks, which the server leaves as they are."""
    return "\n".join("\u3000" * depth + line for depth, line in item)


def dashed(item: list[tuple[int, str]]) -> str:
    """The item as typed on a phone, with repeated bullets."""
    return "\n".join(f"{'-' * depth} {line}" if depth else line for depth, line in item)
