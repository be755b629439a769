"""Text of which a look at its characters tells how it is written, and that it is read so.

Most of what people send is of this kind. To have the parser prove it takes ten times as long as
all else that becomes of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.markdown.addresses import bare_addresses
from bot.domain.markdown.pieces import shaping_spans
from bot.domain.markdown.tracking import without_tracking
from bot.domain.text import RichText, Span, Style

# Text in which none of these is found means itself wherever it stands.
_MARK = re.compile(r"[\\`*_\[\]<&]")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_AT_LINE_START = re.compile(r"[#>+=|:-]|\d{1,9}[.)]")

# One backtick, code, one backtick (CommonMark 6.1): runs of any other length are left over.
_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
# Without blanks, parentheses and the end of an entity: what such a destination says is itself.
_DESTINATION = re.compile(r"[A-Za-z0-9/:.?=&#%@,$+_~-]+")
# What may begin something else in a bare address.
_UNSAFE = re.compile(r"[\\`*~\[\]<>]")
_MARKS = {Style.BOLD: "**", Style.ITALIC: "*", Style.STRIKE: "~~"}


class _Shaped(NamedTuple):
    """A range that is written as its `source`; as to what is around it, it is like `likeness`."""

    start: int
    end: int
    source: str
    likeness: str


def is_ordinary(text: RichText) -> bool:
    """Whether the text is its own Markdown, by a look at its characters alone."""
    if _ODD.search(text.text) or (text.spans and shaping_spans(text)):
        return False
    return _means_itself(text.text)


def is_ordinary_but_for(pattern: re.Pattern[str], source: str) -> bool:
    """Whether the Markdown is one line that means itself, but for what the pattern finds in it.

    That must be whole autolinks or pieces of code, for such are read from the left (6.1, 6.5).
    """
    is_line = "\n" not in source and not source[:1].isspace()
    return is_line and not _ODD.search(source) and _means_itself(pattern.sub("x", source))


def certain_source(text: RichText) -> str | None:
    """The text as inline Markdown, what `proven` makes of it; None where only that can tell.

    Line breaks must be LF, without blanks around them.
    """
    # Why it is read as it is meant. Outside of code and addresses stands nothing that means
    # anything, in a line or where one begins or ends, but what is put here; and none of that
    # begins a block. From the left, code goes to the next backtick and an address to the next
    # `>`, and nothing inside them counts (CommonMark 6.1, 6.5). The brackets of a link are the
    # only ones up to its end (6.3). Each mark can open before its words and close behind them
    # (6.2, rules 1 to 8), and the one behind closes the one before: no other is open by then, and
    # their lengths, one and one or two and two, are no multiple of three (rules 9 and 10).
    spans = shaping_spans(text) if text.spans else ()
    string = text.text
    if _ODD.search(string):
        return None
    shaped: list[_Shaped] = []
    for span in spans:
        one = _of_span(span, string)
        if one is None:
            return None
        shaped.append(one)
    if not spans and "`" in string:
        shaped += (_Shaped(*m.span(), m[0], "x") for m in _CODE.finditer(string))
    if "://" in string:
        shaped += _addresses(text, shaped)
    if not shaped:
        return string if _means_itself(string) else None
    return _written(string, sorted(shaped))


def _written(string: str, shaped: list[_Shaped]) -> str | None:
    sources: list[str] = []
    rest: list[str] = []
    at = 0
    for start, end, source, likeness in shaped:
        between = string[at:start]
        # Marks that touch, or overlap, may be one mark; `~` makes another of one, `!` a picture.
        if (rest and not between) or between.endswith(("!", "~")) or string[end : end + 1] == "~":
            return None
        sources += (between, source)
        rest += (between, likeness)
        at = end
    sources.append(string[at:])
    rest.append(string[at:])
    return "".join(sources) if _means_itself("".join(rest)) else None


def _of_span(span: Span, string: str) -> _Shaped | None:
    start, end, style, value = span.start, span.end, span.style, span.value
    inside = string[start:end]
    if not inside or inside != inside.strip() or "\n" in inside:
        return None
    if style is Style.CODE and "`" not in inside:
        return _Shaped(start, end, f"`{inside}`", "x")
    if style is Style.LINK and _DESTINATION.fullmatch(value):
        return _Shaped(start, end, f"[{inside}]({value})", inside)
    # Beside a letter or a digit a mark opens and closes whatever its other neighbour is.
    if style in _MARKS and inside[0].isalnum() and inside[-1].isalnum():
        mark = _MARKS[style]
        return _Shaped(start, end, f"{mark}{inside}{mark}", inside)
    return None


def _addresses(text: RichText, shaped: list[_Shaped]) -> Iterator[_Shaped]:
    # Code and links hold no addresses, as in `pieces_of`.
    taken = [(one.start, one.end) for one in shaped if one.source[0] in "`["]
    for start, end in bare_addresses(text, taken):
        address = text.text[start:end]
        if not _UNSAFE.search(address):
            yield _Shaped(start, end, f"<{without_tracking(address)}>", "x")


def _means_itself(string: str) -> bool:
    if _MARK.search(string) or "~~" in string or "://" in string:
        return False
    for line in string.split("\n"):
        if _AT_LINE_START.match(line) or line.endswith("#"):
            return False
    return True
