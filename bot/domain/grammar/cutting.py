"""Cutting formatted text: taking ranges out, and taking it apart, in one pass over its spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from bot.domain.text import RichText, Span, Style

Range = tuple[int, int]


def cut(text: RichText, ranges: Iterable[Range]) -> RichText:
    """The text without the characters in the ranges, which may touch and overlap.

    A span that reaches over a cut stays one span; a span that is all cut away is gone.
    """
    gone = merged(ranges)
    if not gone:
        return text
    rest = without(text.text, gone)
    if not text.spans:
        return RichText(rest)
    starts = [start for start, _ in gone]
    before = [0, *accumulate(end - start for start, end in gone)]

    def moved(position: int) -> int:
        index = bisect_right(starts, position)
        if index == 0:
            return position
        # Inside a cut, every position falls onto the place where the cut was.
        return position - before[index] + max(0, gone[index - 1][1] - position)

    spans = (Span(moved(s.start), moved(s.end), s.style, s.value) for s in text.spans)
    return _ordered(rest, [s for s in spans if s.start < s.end])


def without(text: str, ranges: Sequence[Range]) -> str:
    """The characters outside the ranges, which are in order and do not overlap."""
    kept: list[str] = []
    at = 0
    for start, end in ranges:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, those that touch or overlap made one, the empty ones left out."""
    result: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def pieces(text: RichText, ranges: Sequence[Range]) -> list[RichText]:
    """The text of each range; the ranges are in order and do not overlap."""
    if not text.spans:
        return [RichText(text.text[start:end]) for start, end in ranges]
    starts = [start for start, _ in ranges]
    spans: list[list[Span]] = [[] for _ in ranges]
    for span in text.spans:
        index = max(0, bisect_right(starts, span.start) - 1)
        while index < len(ranges) and ranges[index][0] < span.end:
            start, end = ranges[index]
            left, right = max(span.start, start), min(span.end, end)
            if left < right:
                spans[index].append(Span(left - start, right - start, span.style, span.value))
            index += 1
    return [
        _ordered(text.text[start:end], own) for (start, end), own in zip(ranges, spans, strict=True)
    ]


def joined(parts: Sequence[RichText], separator: str) -> RichText:
    """The parts one after another with the separator between them."""
    if len(parts) == 1:
        return parts[0]
    spans: list[Span] = []
    shift = 0
    for part in parts:
        spans += (Span(s.start + shift, s.end + shift, s.style, s.value) for s in part.spans)
        shift += len(part.text) + len(separator)
    return RichText(separator.join(part.text for part in parts), tuple(spans))


def trimmed(text: RichText) -> RichText:
    """The text without white space at its ends, except such as is code."""
    bare = text.text.strip()
    if len(bare) == len(text.text):
        return text
    if not bare or not text.spans:
        return RichText(bare)
    start = len(text.text) - len(text.text.lstrip())
    end = start + len(bare)
    for span in text.spans_with(Style.PRE, Style.CODE):
        start, end = min(start, span.start), max(end, span.end)
    return _ordered(text.text[start:end], text.slice(start, end).spans)


def _ordered(text: str, spans: Sequence[Span]) -> RichText:
    """The text with the spans in their usual order, which a cut at their starts can disturb."""
    if len(spans) < 2:
        return RichText(text, tuple(spans))
    return RichText(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))
