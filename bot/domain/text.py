"""Formatted text: characters, and spans that say how some of them look.

Offsets count Python characters (code points). Telegram counts UTF-16 units; `chat.entities`
converts at the border, so nothing behind it knows of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Style(StrEnum):
    """How a span looks or what it is; the values are the Bot API's names (MessageEntity.type)."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strikethrough"
    SPOILER = "spoiler"
    CODE = "code"
    PRE = "pre"
    LINK = "text_link"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone_number"
    MENTION = "mention"
    TEXT_MENTION = "text_mention"
    HASHTAG = "hashtag"
    CASHTAG = "cashtag"
    COMMAND = "bot_command"
    QUOTE = "blockquote"
    EXPANDABLE_QUOTE = "expandable_blockquote"
    CUSTOM_EMOJI = "custom_emoji"
    DATE_TIME = "date_time"


@dataclass(frozen=True, slots=True)
class Span:
    """A style on `text[start:end]`.

    `value` is the address of a LINK, the language of a PRE, the user id of a TEXT_MENTION,
    and empty otherwise.
    """

    start: int
    end: int
    style: Style
    value: str = ""


@dataclass(frozen=True, slots=True)
class RichText:
    """Characters and their spans; spans lie inside the text and are not empty."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def slice(self, start: int, end: int | None = None) -> RichText:
        """The characters `start` to `end` with the parts of the spans that lie on them."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        if start == 0 and stop == len(self.text):
            return self
        if not self.spans:
            return RichText(self.text[start:stop])
        kept = (
            Span(max(s.start, start) - start, min(s.end, stop) - start, s.style, s.value)
            for s in self.spans
            if max(s.start, start) < min(s.end, stop)
        )
        return RichText(self.text[start:stop], tuple(kept))

    def without(self, start: int, end: int) -> RichText:
        """The text with the characters `start` to `end` taken out."""
        return self.slice(0, start) + self.slice(end)

    def __add__(self, other: RichText) -> RichText:
        shift = len(self.text)
        moved = tuple(Span(s.start + shift, s.end + shift, s.style, s.value) for s in other.spans)
        return RichText(self.text + other.text, _joined(self.spans, moved, shift))

    def strip(self, characters: str | None = None) -> RichText:
        """The text without white space (or the given characters) at both ends."""
        if len(self.text.strip(characters)) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.slice(left, max(left, len(self.text.rstrip(characters))))

    def spans_with(self, *styles: Style) -> Iterator[Span]:
        """The spans that have one of the styles, in their order."""
        return (s for s in self.spans if s.style in styles)

    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line, divided at LF only, ends exclusive of it."""
        borders: list[tuple[int, int]] = []
        start = 0
        for line in self.text.split("\n"):
            borders.append((start, start + len(line)))
            start += len(line) + 1
        return borders


NO_TEXT: Final = RichText()


def _joined(left: tuple[Span, ...], right: tuple[Span, ...], seam: int) -> tuple[Span, ...]:
    """Both groups, with a span that ends at the seam merged with its twin that begins there."""
    merged = list(left)
    for span in right:
        if span.start == seam:
            for index, before in enumerate(merged):
                if (before.end, before.style, before.value) == (seam, span.style, span.value):
                    merged[index] = Span(before.start, span.end, span.style, span.value)
                    break
            else:
                merged.append(span)
        else:
            merged.append(span)
    return tuple(sorted(merged, key=lambda s: (s.start, -s.end)))
