"""Reading the cases in `cases/*.md`: tables of short texts, and blocks of longer ones.

In a text `⏎` is a line break, `→` a tab, `␣` a blank where one would not be seen, and
`⟦url:setup.py⟧` has Telegram's mark of that kind, `⟦pre=py:code⟧` one with a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.text import RichText, Span, Style

_MARKED = re.compile(r"⟦(\w+)(?:=([^:⟧]*))?:([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Block:
    """A titled case: what is given, and what is to come of it."""

    title: str
    given: str
    expected: str


def rows(name: str, table: str) -> list[tuple[str, ...]]:
    """The rows of the tables below the heading `table` in the case file, without their heads."""
    found: list[tuple[str, ...]] = []
    for section in _text(name).split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        if heading == table:
            lines = [line for line in body.split("\n") if line.startswith("|")]
            found += [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines[2:]]
    assert found, f"{name} has no table {table!r}"
    return found


def blocks(name: str) -> list[Block]:
    """The blocks of the case file: a title, then two texts, with a line `.` around each."""
    return list(_blocks(_text(name).split("\n")))


def marked_text(written: str) -> RichText:
    """The text that a case writes."""
    plain = written.replace("⏎", "\n").replace("→", "\t").replace("␣", " ")
    text, spans, position = "", [], 0
    for match in _MARKED.finditer(plain):
        text += plain[position : match.start()]
        style, value, words = match.groups()
        spans.append(Span(len(text), len(text) + len(words), Style(style), value or ""))
        text += words
        position = match.end()
    return RichText(text + plain[position:], tuple(spans))


def _blocks(lines: list[str]) -> Iterator[Block]:
    dots = [number for number, line in enumerate(lines) if line == "."]
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        given, expected = lines[first + 1 : second], lines[second + 1 : third]
        yield Block(lines[first - 1], "\n".join(given), "\n".join(expected))


def _text(name: str) -> str:
    return (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
