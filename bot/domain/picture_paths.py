"""Where a report looks for its pictures."""

from __future__ import annotations

from bot.domain.parse import parse
from bot.domain.report import Picture

LONGEST_PREFIX = 200
_NAME = "2023-W40-1.jpg"


class WrongPrefixError(ValueError):
    """With that before their names, the pictures of a report would not be found."""


def check_prefix(prefix: str) -> None:
    """Raises WrongPrefixError unless a path that begins so stands in Markdown as it is."""
    path = prefix + _NAME
    shown = parse(f"![x]({path})\n").opening
    if len(prefix) > LONGEST_PREFIX or any(char.isspace() for char in prefix):
        raise WrongPrefixError(prefix)
    if shown != (Picture("x", path),):
        raise WrongPrefixError(prefix)
