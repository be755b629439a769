"""A slip of the hand in an edited file: the first line of a list below an item is deleted."""

from __future__ import annotations

import re

_ITEM = re.compile(r"([ \t]*)(?:(\d{1,9})([.)])|[-+*])(?=[ \t])")


def mended(text: str) -> str:
    """The text with each list right below an item beginning with 1.

    Where it begins with another number, CommonMark takes it for more of the item's own text
    (0.31, 5.2), and whoever has deleted the first of several lines did not mean that.
    """
    lines = text.split("\n")
    for index in range(1, len(lines)):
        above, here = _ITEM.match(lines[index - 1]), _ITEM.match(lines[index])
        if above is None or here is None or here[2] in {None, "1"}:
            continue
        if _width(here[1]) > _width(above[1]):
            rest = lines[index][here.end(2) :]
            lines[index] = f"{here[1]}1{rest}"
    return "\n".join(lines)


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))
