"""A web page's title as it is shown: one line, bounded, without what a site adds of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 200
"""The most characters that a title has."""

# More than any suffix that is taken away, so that the rest is still whole.
_LOOKED_AT = 4 * LONGEST

_JOINER = "\u200d"  # holds the parts of one emoji together

# Unseen, or able to turn the order of what follows (bidi); variation selectors are none of these.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})

_GITHUB = re.compile(
    r"https?://(?:www\.)?github\.com(?::[0-9]+)?/[^/?#]+/[^/?#]+/(?:issues|pull)/[0-9]+(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
# An issue's address leads to a pull request where the number is that of one, so the title alone
# tells which it is. The name of the site is missing from `og:title`.
_GITHUB_TITLE = re.compile(
    r"(?P<title>.+?)(?: by \S+ · Pull Request| · Issue) #[0-9]+ · \S+/\S+(?: · GitHub)?"
)


def page_title(address: str, candidates: Sequence[str]) -> str:
    """The first candidate that says anything, cleaned; empty where none does.

    White space is one blank, characters that are not seen are gone, at most LONGEST characters.
    Of an issue or a pull request on GitHub it is the title that its author wrote.
    """
    for candidate in candidates:
        if title := _cleaned(candidate):
            return _cut(_written(title) if _GITHUB.fullmatch(address) else title)
    return ""


def _cleaned(text: str) -> str:
    """The text on one line without unseen characters; empty where nothing in it is seen."""
    line = " ".join(text.split())[:_LOOKED_AT]
    kept = "".join(c for c in line if c == _JOINER or unicodedata.category(c) not in _DROPPED)
    # Dropping a character may have left two blanks together.
    cleaned = " ".join(kept.split())
    return cleaned if any(_is_seen(character) for character in cleaned) else ""


def _is_seen(character: str) -> bool:
    """Whether the character shows by itself: no blank, no joiner, no mark on another one."""
    return character != _JOINER and unicodedata.category(character)[0] not in "MZ"


def _written(title: str) -> str:
    """The title of a GitHub page without author, number, repository and site."""
    match = _GITHUB_TITLE.fullmatch(title)
    return match["title"] if match else title


def _cut(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    return title[: LONGEST - 1].rstrip(f" {_JOINER}") + "…"
