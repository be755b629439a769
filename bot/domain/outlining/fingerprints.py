"""What was shown of a line, in a few characters, so that a change since then is noticed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from bot.domain.outlining.outline import OutlineLine

_TEXT: Final = slice(0, 4)
_PLACE: Final = slice(4, 7)
_NUMBER: Final = slice(7, 10)
LENGTH: Final = 10


class Difference(StrEnum):
    """What has become of a line since it was shown."""

    GONE = "gone"
    TEXT = "text"
    PLACE = "place"
    NUMBER = "number"


def fingerprint(line: OutlineLine) -> str:
    """Ten characters that tell text, section, week and number of the line."""
    at = line.node.at
    place = f"{at.week}\n{line.group.stretch}\n{at.section}\n{at.part}"
    return text_print(line.text) + _digest(place, 3) + _digest(line.number, 3)


def text_print(text: str) -> str:
    """Four characters that tell the text."""
    return _digest(text, 4)


def difference(shown: str, line: OutlineLine | None) -> Difference | None:
    """What has changed since the line was shown so; None where nothing has."""
    if line is None:
        return Difference.GONE
    now = fingerprint(line)
    if now[_TEXT] != shown[_TEXT]:
        return Difference.TEXT
    if now[_PLACE] != shown[_PLACE]:
        return Difference.PLACE
    if now[_NUMBER] != shown[_NUMBER]:
        return Difference.NUMBER
    return None


def section_print(key: str) -> str:
    """Six characters for a section's key, which may be longer than a button holds."""
    return _digest(key, 6)


def _digest(words: str, length: int) -> str:
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return urlsafe_b64encode(digest).decode()[:length]
