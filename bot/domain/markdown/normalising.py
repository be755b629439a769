"""Rich text without the characters that mean something else to every program.

Replacing changes lengths, so each function here moves the spans along with their characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from bot.domain.text import RichText, Span

# Begins with a set of characters: that is searched for at a go, a choice at each character anew.
_ODD = re.compile("[\r\x00\x0b\x0c\x85\u2028\u2029\ud800-\udfff](?:(?<=\r)\n)?")
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
# A long run of blanks is looked at once, not once from each of them.
_AROUND_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*\n[^\S\n]*")
_BREAKS = re.compile(r"(?<!\s)\s*\n\s*")


def normalised(text: RichText) -> RichText:
    """The text with LF as its only line break, and U+FFFD for NUL and lone surrogates.

    CR, CRLF, VT, FF, NEL, U+2028 and U+2029 count as line breaks (CommonMark 2.1 knows only
    CR and LF, but editors and `str.splitlines` know the others).
    """
    return _replaced(text, _ODD, lambda odd: "\ufffd" if _NO_CHARACTER.match(odd) else "\n")


def with_trimmed_lines(text: RichText) -> RichText:
    """The text without white space at its ends and around its line breaks."""
    bare = text.strip()
    return _replaced(bare, _AROUND_BREAK, lambda _: "\n") if "\n" in bare.text else bare


def on_one_line(text: RichText) -> RichText:
    """The text without white space at its ends, each run of line breaks become one blank."""
    bare = text.strip()
    return _replaced(bare, _BREAKS, lambda _: " ") if "\n" in bare.text else bare


def _replaced(text: RichText, pattern: re.Pattern[str], new: Callable[[str], str]) -> RichText:
    if pattern.search(text.text) is None:
        return text
    parts: list[str] = []
    old_ends, new_ends = [0], [0]  # where each replacement ends, in the old and the new text
    for match in pattern.finditer(text.text):
        parts += (text.text[old_ends[-1] : match.start()], new(match[0]))
        old_ends.append(match.end())
        new_ends.append(new_ends[-1] + len(parts[-2]) + len(parts[-1]))
    parts.append(text.text[old_ends[-1] :])
    new_ends.append(new_ends[-1] + len(parts[-1]))

    def moved(offset: int) -> int:
        """Where an offset went; one inside a replaced run, not past what replaced it."""
        at = bisect_right(old_ends, offset) - 1
        return min(new_ends[at] + offset - old_ends[at], new_ends[at + 1])

    spans = (Span(moved(s.start), moved(s.end), s.style, s.value) for s in text.spans)
    return RichText("".join(parts), tuple(s for s in spans if s.start < s.end))
