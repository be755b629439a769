"""Formatted text divided into messages, each within a limit, at the best places there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.domain.preview.layout import Layout
from bot.domain.text import RichText

_WORD_END = re.compile(r"(?=\s)|(?<=[，。；：！？、…）》」』】”])")
_ZWJ = "\u200d"


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(layout: Layout, limit: int, most_spans: int | None = None) -> tuple[RichText, ...]:
    """The text as messages of at most `limit` UTF-16 units and `most_spans` spans each.

    A message ends at the last border of the best rank that fits, else at the end of a line, of a
    word, of a character; outside of spans rather than inside. A span that is divided goes on in
    the next message. No message is empty, or begins or ends with white space: the server trims
    it, and entities would be off.
    """
    text = layout.text
    messages = []
    start = _first_visible(text.text, 0)
    while start < len(text.text):
        end = _furthest(text, start, limit, most_spans)
        if text.text[end:].strip():
            end = _best(layout, start, end)
        messages.append(text.slice(start, end).strip())
        start = _first_visible(text.text, end)
    return tuple(messages)


def _first_visible(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _furthest(text: RichText, start: int, limit: int, most_spans: int | None) -> int:
    """Where a message that begins at `start` has to end."""
    end, room = start, limit
    while end < len(text.text) and (room := room - utf16_length(text.text[end])) >= 0:
        end += 1
    if most_spans is not None:
        begins = [max(s.start, start) for s in text.spans if start < s.end and s.start < end]
        if len(begins) > most_spans and begins[most_spans] > start:
            end = begins[most_spans]
    # A limit of one unit cannot hold a character of two; going on matters more.
    return max(end, start + 1)


def _best(layout: Layout, start: int, end: int) -> int:
    ranked = [(rank, -place) for place, rank in layout.borders.items() if start < place <= end]
    if ranked:
        return -min(ranked)[1]
    text = layout.text.text
    # A word's end near the beginning would leave the message almost empty.
    floor = start + (end - start) // 4
    places = (
        _outside(layout.text, _newlines(text, start, end)),
        _newlines(text, start, end),
        _outside(layout.text, _word_ends(text, floor, end)),
        _word_ends(text, floor, end),
        (place for place in range(end, start, -1) if not joins(text, place)),
    )
    return next((place for candidates in places for place in candidates), end)


def _outside(text: RichText, places: Iterable[int]) -> Iterator[int]:
    spans = [(s.start, s.end) for s in text.spans]
    return (p for p in places if not any(start < p < end for start, end in spans))


def _newlines(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of lines, the last first."""
    place = text.rfind("\n", start, end + 1)
    while place > start:
        yield place
        place = text.rfind("\n", start, place)


def _word_ends(text: str, start: int, end: int) -> Iterator[int]:
    """The places before a blank and after full-width punctuation, the last first."""
    for place in range(end, start, -1):
        if _WORD_END.match(text, place) and not joins(text, place):
            yield place


def joins(text: str, place: int) -> bool:
    """Whether the characters before and after the place are seen as one (a joined emoji, a flag).

    An approximation of Unicode's grapheme clusters (UAX 29) from the character database: marks,
    joiners, skin tones and pairs of regional indicators; Hangul in letters is not regarded.
    """
    if not 0 < place < len(text):
        return False
    char = text[place]
    if char == _ZWJ or text[place - 1] == _ZWJ or "🏻" <= char <= "🏿":
        return True
    if unicodedata.category(char) in ("Mn", "Mc", "Me") or "\U000e0020" <= char <= "\U000e007f":
        return True
    if _is_indicator(char) and _is_indicator(text[place - 1]):
        before = place - 1
        while before >= 0 and _is_indicator(text[before]):
            before -= 1
        return (place - 1 - before) % 2 == 1
    return False


def _is_indicator(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
