"""Two versions of a message: which line of the new one is which line of the old one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.domain.entry import Line


def align(old: Sequence[str], new: Sequence[Line]) -> list[int | None]:
    """For each new line the index of the old line it continues, or None where it is new.

    Equal lines keep each other first; between them lines are paired in their order, so that a
    corrected line stays the same line, with what hangs below it.
    """
    pairs: list[int | None] = [None] * len(new)
    matcher = SequenceMatcher(None, old, [line.source for line in new], autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation in {"equal", "replace"}:
            for before, after in zip(range(a, b), range(c, d), strict=False):
                pairs[after] = before
    return pairs
