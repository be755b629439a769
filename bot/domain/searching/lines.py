"""Lines as they are searched: what they say, and the addresses that they hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.domain.markdown import plain_text

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]\"]+", re.IGNORECASE)
# Without any of these, Markdown says what it shows.
_MARKS: Final = frozenset("\\`*_~[]<>!&#\n")


def searched(markdown: str, label: str = "", address: str | None = None) -> str:
    """What a search looks through (NFC): the visible words, a file's label, hidden addresses."""
    plain = plain_text(markdown) if _MARKS & set(markdown) else markdown.strip()
    words = " ".join(plain.split())
    if label and label not in words:
        words = f"{words} {label}".strip()
    hidden = [one for one in _ADDRESS.findall(markdown) if one not in words]
    if address:
        hidden.append(address)
    return unicodedata.normalize("NFC", " ".join((words, *dict.fromkeys(hidden))).strip())
