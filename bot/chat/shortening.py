"""Text at the length that a phone shows well."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final
from unicodedata import east_asian_width

SEMICOLONS: Final = MappingProxyType({"zh": "；", "en": "; "})
"""What stands between short texts that are told in one line, by language."""

_WIDE = frozenset("WF")


def shortened(text: str, columns: int) -> str:
    """The text on one line, at most so wide, `…` at its end where there was more.

    A Chinese character is two columns wide.
    """
    line = " ".join(text.split())
    width = 0
    for index, character in enumerate(line):
        width += 2 if east_asian_width(character) in _WIDE else 1
        if width > columns and index < len(line) - 1:
            return line[:index].rstrip() + "…"
    return line


def cut_off(text: str, characters: int) -> str:
    """The text, lines and all, at most so long, `…` at its end where there was more."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"
