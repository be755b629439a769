"""What people and Telegram call things, as text that can be stored and shown on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from telegram import MessageEntity

from bot.chat.entities import Mark, rich_text
from bot.domain.grammar.cutting import joined, pieces, trimmed
from bot.domain.text import NO_TEXT, RichText, Span, Style

_LONGEST_LABEL = 60

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Control characters, and those that turn the direction of what stands after them. The joiners
# U+200C and U+200D stay: emoji and some scripts are made with them.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BLANKS = re.compile(r"\s+")


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which nothing can store."""
    return _SURROGATE.sub("\ufffd", text)


def formatted(text: str, entities: Iterable[MessageEntity | Mark]) -> RichText:
    """The text with its entities as spans; text and addresses are whole."""
    read = rich_text(whole(text), entities)
    if not any(span.value for span in read.spans):
        return read
    spans = tuple(replace(span, value=whole(span.value)) for span in read.spans)
    return RichText(read.text, spans)


def name(text: str | None) -> str:
    """The name on one line without characters that are not seen; empty where there is none."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", _BLANKS.sub(" ", whole(text or "")))).strip()


def label(text: str | None) -> str:
    """The name at a label's length: 60 characters at most, the last one `…` where it was longer."""
    shown = name(text)
    if len(shown) <= _LONGEST_LABEL:
        return shown
    return f"{shown[: _LONGEST_LABEL - 1].rstrip()}…"


def lasting(word: str, duration: timedelta | int | None) -> str:
    """The word with a duration behind it: `voice 0:12`, `video 1:02:03`."""
    if duration is None:
        return word
    total = int(duration.total_seconds() if isinstance(duration, timedelta) else duration)
    minutes, seconds = divmod(max(0, total), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{word} {clock}"


def linked(text: str, address: str) -> RichText:
    """The text as a link to the address; just the text where one of them is empty."""
    if not text or not address:
        return RichText(text)
    return RichText(text, (Span(0, len(text), Style.LINK, whole(address)),))


def lines_of(text: RichText) -> list[RichText]:
    """The lines with something on them, without white space at their ends."""
    return [line for line in map(trimmed, pieces(text, text.lines())) if line]


def one_line(text: RichText) -> RichText:
    """The lines of the text one after another with a blank between them."""
    return joined(lines_of(text), " ")


def by_name(called: str, user_id: int) -> RichText:
    """The name of a person, so that it calls them; nothing where there is none."""
    span = Span(0, len(called), Style.TEXT_MENTION, str(user_id))
    return RichText(called, (span,)) if called else NO_TEXT
