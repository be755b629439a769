"""The bullets that may stand before a line, and how deep each one says the line is."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A number in a sum, a version (`3.x`) and a list of numbers (`1、2、3 号`) are text.
_BULLET = re.compile(
    r"(?P<ascii>-+|\*+|\++)(?=\s|\Z)"
    r"|(?P<dash>—[—-]*)(?=\s|\Z|[^\x00-\x7f])"
    r"|(?:\d{1,3}[.)]|\(\d{1,3}\))(?=\s|\Z)"
    r"|\d{1,3}[.．](?!x\b)(?=[^\W\d_]|[(\[]|[^\w\x00-\x7f])"
    r"|\d{1,3}）|[（(]\d{1,3}）|（\d{1,3}[)）]"
    r"|\d{1,3}、(?!\d+、)"
    r"|[•·]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet: where it ends, and its rank, 1 for a single one, more for repeated ones."""

    end: int
    rank: int


def bullet_at(text: str, start: int, stop: int) -> Bullet | None:
    """The bullet that begins at `start`, in a line that stops at `stop`."""
    match = _BULLET.match(text, start, stop)
    if match is None:
        return None
    if match["dash"]:
        # Clients turn `--` into `—`, and `---` into `—-`; a person repeats `—` for one more.
        return Bullet(match.end(), 1 + len(match["dash"]))
    return Bullet(match.end(), len(match["ascii"] or "1"))
