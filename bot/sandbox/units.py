"""Text measured as Telegram measures it: in UTF-16 code units.

Source: https://core.telegram.org/api/entities#entity-length
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


def units(text: str) -> int:
    """The length of the text in UTF-16 code units."""
    return len(text) if _is_flat(text) else len(text) + sum(c > "\uffff" for c in text)


def offsets(text: str) -> Sequence[int]:
    """The UTF-16 offset of every character, and of the end, by character index."""
    if _is_flat(text):
        return range(len(text) + 1)
    return list(accumulate((1 + (c > "\uffff") for c in text), initial=0))


def index_at(places: Sequence[int], offset: int) -> int | None:
    """The character index at a UTF-16 offset; None inside a surrogate pair or beyond the end."""
    index = bisect_left(places, offset)
    return index if index < len(places) and places[index] == offset else None


def _is_flat(text: str) -> bool:
    return text.isascii() or max(text) <= "\uffff"
