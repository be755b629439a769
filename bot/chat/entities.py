"""Telegram's entities to formatted text and back: the one place where UTF-16 is counted.

Bot API: https://core.telegram.org/bots/api#messageentity
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from telegram import MessageEntity, User

from bot.domain.text import RichText, Span, Style

# Telegram sends a hundred. What follows them would only keep us busy.
_MOST = 1_000

# Telegram refuses these without data that a Span does not hold, and those without a value.
_READ_ONLY = frozenset({Style.CUSTOM_EMOJI, Style.DATE_TIME})
_NEEDS_VALUE = frozenset({Style.LINK, Style.TEXT_MENTION})


class Mark(NamedTuple):
    """What a message entity says, without the library's object, which takes longer to make."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user: User | None = None


def rich_text(text: str, entities: Iterable[MessageEntity | Mark]) -> RichText:
    """The text with its entities as spans, in their order.

    Types unknown to `Style` are left out. An offset outside the text is moved to its end, one
    inside a surrogate pair to the outside of the pair; what is empty then is left out.
    """
    marks = tuple(islice(entities, _MOST))
    if not marks:
        return RichText(text)
    borders = _borders(text)
    spans = (_span(mark, borders) for mark in marks)
    return RichText(text, tuple([span for span in spans if span is not None]))


def to_entities(text: RichText) -> list[MessageEntity]:
    """The spans as entities, in their order: the inverse of `rich_text`.

    What Telegram would refuse is left out: a link without address, a mention without user, and
    custom emoji and dates, of which a Span keeps neither the emoji's id nor the date.
    """
    borders = _borders(text.text)
    return [_entity(span, text.text, borders) for span in text.spans if _can_be_sent(span)]


def _can_be_sent(span: Span) -> bool:
    return span.style not in _READ_ONLY and (bool(span.value) or span.style not in _NEEDS_VALUE)


def _borders(text: str) -> Sequence[int]:
    """For each character, and for the end, the number of UTF-16 units before it."""
    if 2 * len(text) == len(text.encode("utf-16-le", "surrogatepass")):
        return range(len(text) + 1)
    return list(accumulate((1 + (char > "\uffff") for char in text), initial=0))


def _span(entity: MessageEntity | Mark, borders: Sequence[int]) -> Span | None:
    try:
        style = Style(entity.type)
    except ValueError:
        return None
    begins = max(entity.offset, 0)
    start = bisect_right(borders, begins) - 1
    end = min(bisect_left(borders, entity.offset + entity.length), len(borders) - 1)
    return Span(start, end, style, _value(entity, style)) if start < end else None


def _value(entity: MessageEntity | Mark, style: Style) -> str:
    match style:
        case Style.LINK:
            return entity.url or ""
        case Style.PRE:
            return entity.language or ""
        case Style.TEXT_MENTION:
            return str(entity.user.id) if entity.user else ""
        case _:
            return ""


def _entity(span: Span, text: str, borders: Sequence[int]) -> MessageEntity:
    start, end = borders[span.start], borders[span.end]
    mentions = span.style is Style.TEXT_MENTION
    return MessageEntity(
        type=span.style.value,
        offset=start,
        length=end - start,
        url=span.value if span.style is Style.LINK else None,
        language=(span.value or None) if span.style is Style.PRE else None,
        user=User(int(span.value), text[span.start : span.end], is_bot=False) if mentions else None,
    )
