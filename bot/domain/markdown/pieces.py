"""Rich text as pieces: what each character is to show, before any of it is written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.domain.markdown.addresses import bare_addresses, destination
from bot.domain.markdown.constructs import Construct, typed
from bot.domain.markdown.meaning import (
    CODE,
    EMPHASIS,
    STRIKE,
    STRONG,
    UNDERLINE,
    Format,
    Meaning,
    of_runs,
)
from bot.domain.markdown.tracking import without_tracking
from bot.domain.text import RichText, Span, Style

_FORMATS = {
    Style.BOLD: STRONG,
    Style.ITALIC: EMPHASIS,
    Style.STRIKE: STRIKE,
    Style.UNDERLINE: UNDERLINE,
}
_CODE = (Style.CODE, Style.PRE)
_SHAPING = (*_FORMATS, *_CODE, Style.LINK)
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One character; or code, an address or a picture, which is written as its `source`.

    `target` is what follows the label where the piece belongs to a link: `](address)`.
    """

    text: str
    formats: frozenset[Format] = frozenset()
    source: str = ""
    target: str = ""


def pieces_of(text: RichText, *, read_typed: bool = True) -> list[Piece]:
    """The text as pieces, with bare addresses and (if `read_typed`) typed Markdown recognised.

    Line breaks must be LF. Spoilers, mentions and whatever else CommonMark does not know are
    their text. Bare addresses lose what tells who sent the visitor.
    """
    constructs = [c for c in typed(_masked(text)) if _stands(c, text)] if read_typed else []
    taken = [(s.start, s.end) for s in text.spans_with(*_CODE, Style.LINK)]
    taken += [(c.start, c.end) for c in constructs if c.shown is not None or _is_link(c)]
    addresses = tuple(bare_addresses(text, taken))
    sheet = _Sheet(text)
    for construct in constructs:
        if not any(_cuts(construct, *address) for address in addresses):
            sheet.put(construct)
    for start, end in addresses:
        shown = without_tracking(text.text[start:end])
        sheet.put_whole(start, end, shown, f"<{shown}>", ("link", shown, ""))
    return list(sheet.pieces())


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without blanks at their ends and around line breaks, where nobody sees them."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.text == "\n":
            _drop_blanks(kept)
        if is_blank(piece) and (not kept or kept[-1].text == "\n"):
            continue
        kept.append(piece)
    _drop_blanks(kept)
    return kept


def shaping_spans(text: RichText) -> list[Span]:
    """The spans that change how the text is written; addresses are seen without a span too."""
    return list(text.spans_with(*_SHAPING))


def is_blank(piece: Piece) -> bool:
    """Whether the piece is white space, which shows no format but code."""
    return not piece.source and piece.text.isspace()


def meaning_of(pieces: Iterable[Piece]) -> Meaning:
    """What the pieces show."""
    return of_runs((piece.text, piece.formats) for piece in pieces)


def without_emphasis(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with no formats left but code, links and pictures."""
    kept = {CODE[0], "link", "image"}
    return [
        replace(piece, formats=frozenset(f for f in piece.formats if f[0] in kept))
        for piece in pieces
    ]


def plain_pieces(text: str) -> list[Piece]:
    """The characters alone."""
    return [Piece(character) for character in text]


def code_source(code: str) -> str:
    """A code span that shows the code, its line breaks as blanks (CommonMark 6.1)."""
    code = code.replace("\n", " ")
    inside = set(_BACKTICKS.findall(code))
    fence = next(run for n in count(1) if (run := "`" * n) not in inside)
    padded = code[0] == " " == code[-1] and not code.isspace()
    blank = " " if padded or "`" in (code[0], code[-1]) else ""
    return f"{fence}{blank}{code}{blank}{fence}"


def _drop_blanks(pieces: list[Piece]) -> None:
    while pieces and is_blank(pieces[-1]):
        pieces.pop()


def _masked(text: RichText) -> str:
    """The text with code from the client blotted out, so that no Markdown is read in it."""
    masked = text.text
    for span in text.spans_with(*_CODE):
        masked = masked[: span.start] + "x" * (span.end - span.start) + masked[span.end :]
    return masked


def _is_link(construct: Construct) -> bool:
    return construct.format[0] == "link"


def _stands(construct: Construct, text: RichText) -> bool:
    """Whether no span disagrees with the construct by beginning or ending within its marks."""
    for span in text.spans_with(*_SHAPING):
        if span.end <= construct.start or construct.end <= span.start:
            continue
        around = span.start <= construct.start and construct.end <= span.end
        inside = construct.inner_start <= span.start and span.end <= construct.inner_end
        if span.style is Style.LINK and construct.format[0] in ("link", "image"):
            return False
        if construct.shown is not None and not around:
            return False
        if not (around or inside) and (_is_link(construct) or span.style in _CODE):
            return False
    return True


def _cuts(construct: Construct, start: int, end: int) -> bool:
    """Whether a mark of the construct lies in the address, and so is part of it."""
    opening = construct.start < end and start < construct.inner_start
    closing = construct.inner_end < end and start < construct.end
    return construct.shown is None and (opening or closing)


class _Sheet:
    """The characters of a text, on which formats are put before they are read off as pieces."""

    def __init__(self, text: RichText) -> None:
        self._text = text.text
        self._formats: list[frozenset[Format]] = [frozenset()] * len(text.text)
        self._targets = [""] * len(text.text)
        self._shown = [True] * len(text.text)
        self._wholes: dict[int, tuple[int, str, str, Format]] = {}
        for span in text.spans_with(*_FORMATS):
            self._format(span.start, span.end, _FORMATS[span.style])
        for span in text.spans_with(Style.LINK):
            self._link(span)
        for start, end in _united(text.spans_with(*_CODE)):
            shown = self._text[start:end].replace("\n", " ")
            self.put_whole(start, end, shown, code_source(shown), CODE)

    def put(self, construct: Construct) -> None:
        """Put typed Markdown on the sheet; its marks are no longer shown."""
        start, end = construct.inner_start, construct.inner_end
        if construct.shown is not None:
            source = self._text[start:end]
            self.put_whole(start, end, construct.shown, source, construct.format)
            return
        for at in (*range(construct.start, start), *range(end, construct.end)):
            self._shown[at] = False
        self._format(start, end, construct.format)
        if _is_link(construct):
            self._targets[start:end] = [self._text[end : construct.end]] * (end - start)

    def put_whole(self, start: int, end: int, shown: str, source: str, format_: Format) -> None:
        """Put something on the sheet that is written as its source and never divided."""
        self._wholes[start] = (end, shown, source, format_)

    def pieces(self) -> Iterator[Piece]:
        """What is on the sheet, from left to right."""
        at = 0
        while at < len(self._text):
            if at in self._wholes:
                end, shown, source, format_ = self._wholes[at]
                formats = frozenset.intersection(*self._formats[at:end]) | {format_}
                yield Piece(shown, formats, source, self._targets[at])
                at = end
                continue
            if self._shown[at]:
                yield Piece(self._text[at], self._formats[at], "", self._targets[at])
            at += 1

    def _format(self, start: int, end: int, format_: Format) -> None:
        for at in range(start, end):
            self._formats[at] |= {format_}

    def _link(self, span: Span) -> None:
        written, href = destination(span.value)
        for at in range(span.start, span.end):
            # Links do not nest (CommonMark 6.3): where two overlap, the first one stays.
            if href and not self._targets[at]:
                self._targets[at] = f"]({written})"
                self._formats[at] |= {("link", href, "")}


def _united(spans: Iterable[Span]) -> Sequence[tuple[int, int]]:
    """The ranges of the spans, those that touch made one."""
    ranges: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.start):
        if ranges and span.start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], span.end))
        else:
            ranges.append((span.start, span.end))
    return ranges
