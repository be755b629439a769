"""Lines and their changes, short enough to be listed."""

from __future__ import annotations

_CONTEXT = 8


def excerpt(source: str, most: int) -> str:
    """The line on one line, of at most so many characters."""
    line = " ".join(source.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def excerpts(old: str, new: str, most: int) -> tuple[str, str]:
    """Both lines so that what differs is to be seen, each of at most so many characters.

    Where one is too long, what is the same at the beginning of both is cut short.
    """
    before, after = " ".join(old.split()), " ".join(new.split())
    if max(len(before), len(after)) > most:
        same = _common(before, after) - _CONTEXT
        if same > 1:
            before, after = f"…{before[same:]}", f"…{after[same:]}"
    return excerpt(before, most), excerpt(after, most)


def _common(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    shortest = min(len(one), len(other))
    return next((at for at in range(shortest) if one[at] != other[at]), shortest)
