"""What is to be left alone in a message, code, links and addresses, and code typed with fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.grammar.cutting import Range, cut, merged
from bot.domain.text import RichText, Span, Style

_STYLES = (Style.CODE, Style.PRE, Style.LINK, Style.URL)
_TICKS = re.compile("`+")
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
# Only the part of an address that is ASCII: without Telegram's own mark nobody can tell where an
# address ends and Chinese begins.
_URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)

# CommonMark 0.31.2, section 4.5, behind a bullet too.
_OPENING = re.compile(r"(?:(?:[-*+•·]+|\d{1,3}[.)、]) *)?\s*(?P<fence>`{3,})([^`]*)\Z")
_CLOSING = re.compile(r"\s*(`{3,})\s*\Z")


def verbatim_ranges(text: RichText) -> list[Range]:
    """The ranges in order that are code, links or addresses, by Telegram's marks or as typed."""
    found = [(span.start, span.end) for span in text.spans_with(*_STYLES)]
    if "`" in text.text:
        found += _typed_code(text.text)
    if "](" in text.text:
        found += (match.span() for match in _LINK.finditer(text.text))
    if "://" in text.text:
        found += (match.span() for match in _URL.finditer(text.text))
    return merged(found) if found else []


def with_fences_as_code(text: RichText) -> RichText:
    """The text with each typed fenced code block made a PRE span, its fences taken out.

    The span's value is the whole info string. A fence that is never closed, and one around
    nothing, stays as typed.
    """
    if "```" not in text.text:
        return text
    blocks = list(_fenced(text))
    if not blocks:
        return text
    spans = [*text.spans, *(Span(b.start, b.end, Style.PRE, b.info) for b in blocks)]
    # Set in the text first, the new spans move with everything else when the fences go.
    spans.sort(key=lambda span: (span.start, -span.end))
    return cut(RichText(text.text, tuple(spans)), [gone for block in blocks for gone in block.gone])


@dataclass(frozen=True, slots=True)
class _Fenced:
    """The code between two fences, and what is to go: the fences and the code's indentation."""

    start: int
    end: int
    info: str
    gone: tuple[Range, ...]


def _fenced(text: RichText) -> Iterator[_Fenced]:
    borders = text.lines()
    lines = [text.text[start:end] for start, end in borders]
    closing = [len(match[1]) if (match := _CLOSING.match(line)) else 0 for line in lines]
    # The longest closing fence from each line on: whether a search is worth while.
    longest = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        longest[index] = max(longest[index + 1], closing[index])
    code = merged((s.start, s.end) for s in text.spans_with(Style.PRE, Style.CODE))
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at]) if "```" in lines[at] else None
        at += 1
        if opening is None or longest[at] < (length := len(opening["fence"])):
            continue
        last = next(i for i in range(at, len(lines)) if closing[i] >= length)
        start, end = borders[at][0], borders[last][0] - 1
        first = borders[at - 1][0] + opening.start("fence")
        inside = any(first < b and a < borders[last][1] for a, b in code)
        if text.text[start : max(start, end)].strip() and not inside:
            depth = opening.start("fence")  # behind a bullet, code is indented to clear it
            indents = tuple(
                (borders[i][0], borders[i][0] + _indentation(lines[i], depth))
                for i in range(at, last)
            )
            gone = ((first, start), *indents, (end, borders[last][1]))
            yield _Fenced(start, end, opening[2].strip(), gone)
        at = last + 1


def _indentation(line: str, depth: int) -> int:
    return min(depth, len(line) - len(line.lstrip()))


def _typed_code(text: str) -> Iterator[Range]:
    """Runs of backticks and what is between them (CommonMark 0.31.2, section 6.1).

    Three or more may be fences, so only for fewer does an empty line end the paragraph.
    """
    runs = [match.span() for match in _TICKS.finditer(text)]
    at = 0
    while at < len(runs):
        start, inner = runs[at]
        at += 1
        for index in range(at, len(runs)):
            left, end = runs[index]
            if end - left != inner - start:
                continue
            if inner - start >= 3 or "\n\n" not in text[inner:left]:
                yield start, end
                at = index + 1
            break
