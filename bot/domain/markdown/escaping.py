"""Pieces as inline Markdown with the fewest escapes whose parse proves right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from string import punctuation

from bot.domain.markdown.emphasis import TAGGED, settled, written
from bot.domain.markdown.meaning import EMPHASIS, Format, Frame, Meaning
from bot.domain.markdown.pieces import (
    Piece,
    meaning_of,
    pieces_of,
    plain_pieces,
    trimmed,
    without_emphasis,
)
from bot.domain.text import RichText

# Every character whose escape can change what CommonMark reads, in any place; the last one of a
# match. What else a line may begin with: headings, quotes, bullets, numbers, rules, table rows.
_SUSPECT = re.compile(r"[\\`*_~<&!\[\]|]|^[#>+=:-]|^\d{1,9}[.)]|#(?=$)", re.MULTILINE)

# How much may be read to find escapes that are not needed: in characters, of which those that
# may be marks take the parser this many times as long.
_EFFORT = 120_000
_MARK_EFFORT = 24


def proven(text: RichText, frame: Frame) -> str:
    """Markdown that shows the text in the frame, and nothing outside it.

    Line breaks must be LF, without blanks around them. What cannot be written so that it
    proves right is given up, as late as possible.
    """
    for pieces, tagged in _attempts(text):
        source = mildest(pieces, frame, meaning_of(pieces), tagged)
        if source is not None:
            return source
    pieces = plain_pieces(text.text)
    return written(pieces, all_punctuation(pieces))


def _attempts(text: RichText) -> Iterator[tuple[Sequence[Piece], Collection[Format]]]:
    """Ways to write the text, best first, and the formats that are tags in each.

    Marks become HTML tags, then typed Markdown shows as it was typed, then emphasis goes, at
    last everything but the characters.
    """
    best = settled(trimmed(pieces_of(text)))
    yield best, ()
    yield best, (EMPHASIS,)
    yield best, TAGGED
    literal = settled(trimmed(pieces_of(text, read_typed=False)))
    yield literal, ()
    yield literal, TAGGED
    yield without_emphasis(literal), ()
    yield plain_pieces(text.text), ()


def mildest(
    pieces: Sequence[Piece], frame: Frame, wanted: Meaning, tagged: Collection[Format] = ()
) -> str | None:
    """The pieces written with as few escapes as mean what is wanted; None if nothing does.

    As they are; else with the escapes that are needed; else with all punctuation escaped.
    """

    def proves(escaped: Collection[int]) -> bool:
        return frame.meaning(written(pieces, escaped, tagged)) == wanted

    if proves(()):
        return written(pieces, (), tagged)
    suspects = [match.end() - 1 for match in _SUSPECT.finditer(_characters(pieces))]
    if proves(frozenset(suspects)):
        tries = _EFFORT // (len(pieces) + _MARK_EFFORT * len(suspects))
        return written(pieces, _needed(suspects, proves, tries), tagged)
    everything = all_punctuation(pieces)
    return written(pieces, everything, tagged) if proves(everything) else None


def _needed(
    suspects: Sequence[int], proves: Callable[[Collection[int]], bool], tries: int
) -> frozenset[int]:
    """The suspects without those that need no escape, found by halving, from the end.

    So of two characters either of which would do, the first is escaped: `\\*x*`.
    """
    needed = frozenset(suspects)
    groups = _halves(suspects)
    while groups and tries:
        group = groups.pop()
        tries -= 1
        if proves(needed.difference(group)):
            needed = needed.difference(group)
        else:
            groups += _halves(group)
    return needed


def _halves(group: Sequence[int]) -> list[Sequence[int]]:
    middle = len(group) // 2
    return [group[:middle], group[middle:]] if middle else []


def _characters(pieces: Sequence[Piece]) -> str:
    """One character for each piece; those that are written as they are count for none."""
    return "".join("\ufffc" if piece.source else piece.text for piece in pieces)


def all_punctuation(pieces: Sequence[Piece]) -> frozenset[int]:
    """The places of all ASCII punctuation; escaped, it means nothing (CommonMark 2.4)."""
    return frozenset(
        at for at, piece in enumerate(pieces) if not piece.source and piece.text in punctuation
    )
