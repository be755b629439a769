"""Bare web addresses in text, and addresses as link destinations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.text import RichText, Style

Range = tuple[int, int]

# Without a span to say so, an address ends at white space, a quotation mark or Chinese
# punctuation, and sentence marks at its end belong to the sentence.
_BARE = re.compile(
    r"(?<![A-Za-z0-9])https?://[^\s<>\x00-\x20\x7f\"`“”‘’«»，。、；：！？（）《》〈〉【】「」『』…—]+",
    re.IGNORECASE,
)
_MARKED = re.compile(r"https?://[^\s<>\x00-\x20\x7f]+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_SENTENCE_MARKS = "*_~.,;:!?'|"
_OPENING = {")": "(", "]": "["}

# Characters that end a destination, or begin something that binds tighter than a link.
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f<>`\\]")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def bare_addresses(text: RichText, taken: Iterable[Range]) -> Iterator[Range]:
    """Where http and https addresses stand outside the taken ranges, those marked URL first.

    A URL span without such a scheme (`setup.py`) is no address.
    """
    blocked = list(taken)
    marked = ((_MARKED.match(text.text, s.start, s.end)) for s in text.spans_with(Style.URL))
    for found in (*marked, *_BARE.finditer(text.text)):
        if found is None:
            continue
        start = found.start()
        end = min([found.end(), *(begin for begin, _ in blocked if start < begin)])
        address = text.text[start:end]
        address = address.rstrip("*~") if found.re is _MARKED else _without_marks(address)
        end = start + len(address)
        if _SCHEME.fullmatch(address) or not _SCHEME.match(address):
            continue
        if not any(begin < end and start < stop for begin, stop in blocked):
            blocked.append((start, end))
            yield start, end


def destination(address: str) -> tuple[str, str]:
    """The address as it can stand in `[text](…)`, and what a reader makes of that.

    What cannot stand there is percent-encoded, as browsers do (CommonMark 6.3, link destination).
    """
    safe = _UNSAFE.sub(_percent_encoded, address)
    if not _is_balanced(safe):
        safe = safe.replace("(", "%28").replace(")", "%29")
    return _ENTITY.sub(r"\\&", safe), safe


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _without_marks(address: str) -> str:
    while address:
        last = address[-1]
        opening = _OPENING.get(last)
        unpaired = opening is not None and address.count(opening) < address.count(last)
        if last not in _SENTENCE_MARKS and not unpaired:
            break
        address = address[:-1]
    return address


def _is_balanced(address: str) -> bool:
    depth = 0
    for character in address:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0
