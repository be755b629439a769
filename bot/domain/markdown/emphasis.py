"""Pieces written as inline Markdown: marks where CommonMark will see them, else HTML tags.

Whether `**` opens or closes depends on its neighbours (CommonMark 6.2, delimiter runs), and
between Chinese letters and punctuation it often does neither: `**你好！**世界` stays open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile
from string import punctuation

from bot.domain.markdown.meaning import EMPHASIS, STRIKE, STRONG, UNDERLINE, Format
from bot.domain.markdown.pieces import Piece, is_blank

_MARKS = {STRONG: "**", EMPHASIS: "*", STRIKE: "~~"}
TAGGED = (STRONG, EMPHASIS, STRIKE, UNDERLINE)


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with formats taken off their edges where they show nothing or cannot hold.

    Blanks at the edge of any format or link lose it. So does punctuation at the edge of
    bold, italic or strike that touches a letter, unless nothing else is formatted there.
    """
    settled = list(pieces)
    for format_ in TAGGED:
        for start, end in _runs([format_ in piece.formats for piece in settled]):
            left, right = _trimmed(settled, start, end)
            if format_ in _MARKS:
                left, right = _inside_punctuation(settled, left, right)
            for at in (*range(start, left), *range(right, end)):
                settled[at] = replace(settled[at], formats=settled[at].formats - {format_})
    for start, end in _runs([piece.target for piece in settled]):
        left, right = _trimmed(settled, start, end)
        for at in (*range(start, left), *range(right, end)):
            settled[at] = replace(settled[at], target="")
    return settled


def written(
    pieces: Sequence[Piece], escaped: Collection[int] = (), tagged: Collection[Format] = ()
) -> str:
    """The pieces as Markdown, those at the `escaped` places behind a backslash.

    The `tagged` formats are written as HTML tags throughout.
    """
    return _Writing(pieces, escaped, tagged).write(0, len(pieces), frozenset(), "", "")


class _Writing:
    def __init__(
        self, pieces: Sequence[Piece], escaped: Collection[int], tagged: Collection[Format]
    ) -> None:
        self._pieces = pieces
        self._escaped = escaped
        self._tagged = tagged

    def write(
        self, start: int, end: int, active: frozenset[Format], target: str, before: str
    ) -> str:
        """The Markdown of a range, within formats and a link, after the given character."""
        parts: list[str] = []
        at, closed = start, ""
        while at < end:
            stop, format_ = self._widest(at, end, active, target)
            mark = ""
            if stop == at:
                part = self._text(at)
                stop = at + 1
            elif format_ is None:
                to = self._pieces[at].target
                part = f"[{self.write(at, stop, active, to, '[')}{to}"
            else:
                inner = self.write(at, stop, active | {format_}, target, "*")
                mark = self._mark(format_, before, inner, self._after(stop, end, active, target))
                if mark[:1] == closed and mark:
                    mark = ""
                name = format_[0]
                part = f"{mark}{inner}{mark}" if mark else f"<{name}>{inner}</{name}>"
            parts.append(part)
            before, closed, at = part[-1], mark[:1], stop
        return "".join(parts)

    def _text(self, at: int) -> str:
        piece = self._pieces[at]
        return piece.source or ("\\" + piece.text if at in self._escaped else piece.text)

    def _widest(
        self, at: int, end: int, active: frozenset[Format], target: str
    ) -> tuple[int, Format | None]:
        """Where what opens here ends (here, if nothing does) and its format, None for a link."""
        pieces, piece = self._pieces, self._pieces[at]
        widest: tuple[int, Format | None] = (at, None)
        if piece.target and piece.target != target:
            linked = takewhile(lambda i: pieces[i].target == piece.target, range(at, end))
            widest = (at + len(list(linked)), None)
        opening = () if is_blank(piece) else piece.formats.difference(active)
        for format_ in TAGGED:
            if format_ not in opening:
                continue
            stop = next((i for i in range(at, end) if format_ not in pieces[i].formats), end)
            stop = self._outside_links(at, stop, end)
            if stop > widest[0]:
                widest = (stop, format_)
        return widest

    def _outside_links(self, start: int, stop: int, end: int) -> int:
        """The stop moved before the link through which it would cut, where one begins later."""
        if stop == end or not (target := self._pieces[stop].target):
            return stop
        at = stop
        while at > start and self._pieces[at - 1].target == target:
            at -= 1
        return _trimmed(self._pieces, start, at)[1] if at > start else stop

    def _after(self, stop: int, end: int, active: frozenset[Format], target: str) -> str:
        """The character that will stand after the mark that closes at `stop`, or its like."""
        if stop == end:
            return "*" if active or target else ""
        piece = self._pieces[stop]
        if piece.source or piece.target != target or piece.formats.difference(active) & set(TAGGED):
            return "*"
        return self._text(stop)[0]

    def _mark(self, format_: Format, before: str, inner: str, after: str) -> str:
        """The format's mark, or nothing where CommonMark would not see it open and close."""
        holds = _flanks(before, inner[0]) and _flanks(after, inner[-1])
        return _MARKS.get(format_, "") if holds and format_ not in self._tagged else ""


def _runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """The ranges over which the values are true and the same."""
    runs: list[tuple[int, int]] = []
    for at, value in enumerate(values):
        if not value:
            continue
        if runs and runs[-1][1] == at and values[at - 1] == value:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _trimmed(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
    while start < end and is_blank(pieces[start]):
        start += 1
    while start < end and is_blank(pieces[end - 1]):
        end -= 1
    return start, end


def _inside_punctuation(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
    """The range without its outer punctuation, on the sides where that touches a letter."""
    left, right = start, end
    if start > 0 and not _flanks(_facing(pieces[start - 1]), _facing(pieces[start])):
        while left < end and _moves(pieces[left]):
            left += 1
    if end < len(pieces) and not _flanks(_facing(pieces[end]), _facing(pieces[end - 1])):
        while right > start and _moves(pieces[right - 1]):
            right -= 1
    left, right = _trimmed(pieces, left, right)
    return (left, right) if left < right else (start, end)


def _facing(piece: Piece) -> str:
    return "*" if piece.source else piece.text


def _moves(piece: Piece) -> bool:
    return not piece.source and (_is_punctuation(piece.text) or piece.text.isspace())


def _flanks(outer: str, inner: str) -> bool:
    """Whether a mark between the two opens towards the inner one (or closes away from it).

    Symbols such as `→` count as punctuation since CommonMark 0.31 and as letters before, on
    GitHub for one; here they count as whatever is worse.
    """
    if inner.isspace():
        return False
    if not outer or outer.isspace() or not _is_punctuation(inner):
        return True
    return outer in punctuation or unicodedata.category(outer).startswith("P")


def _is_punctuation(character: str) -> bool:
    return character in punctuation or unicodedata.category(character)[0] in "PS"
