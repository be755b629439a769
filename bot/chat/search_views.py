"""What was found, as a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from unicodedata import category, east_asian_width

from bot.chat.search_buttons import FoundLine, SearchPages
from bot.chat.shortening import shortened
from bot.chat.views import Row, Saying, say, week_label
from bot.domain.archive.unfolding import BEFORE_ANY, foreign_heading
from bot.domain.entry import Part
from bot.domain.journal import Journal
from bot.domain.markdown import plain_text
from bot.domain.outlining.outline import Stretch
from bot.domain.searching.folding import fold, hits_of
from bot.domain.searching.query import MOST_WORDS, QueryError, QueryFault
from bot.domain.text import RichText, Span, Style
from bot.i18n import Phrases, phrases_for
from bot.services.searching import Found, SearchPage

# Columns: what a phone shows of a line without much scrolling.
_AROUND: Final = 64
_BEFORE: Final = 16
_ABOVE: Final = 24
_WORDS: Final = 40
_HEADING: Final = 40
_MOST_NAMES: Final = 24
# Characters of a long text that are looked at together; every message is shorter.
_PART: Final = 8192


def results(journal: Journal, page: SearchPage) -> Saying:
    """A page of what was found, the words in bold, with a button for each line."""
    phrases = phrases_for(journal.language)
    words = shortened(page.words, _WORDS)
    if not page.found:
        narrowed = page.query.is_narrowed and page.query.needles
        said = phrases.search.nothing_narrowed if narrowed else phrases.search.nothing
        return say(said.format(words=words))
    text = RichText(phrases.search.head.format(words=words, total=page.total))
    for number, one in enumerate(page.found, 1):
        text += RichText(f"\n\n{number}. {_where(journal, phrases, one)}\n")
        if one.above:
            text += excerpt(one.above, page.query.needles, _ABOVE) + RichText(" › ")
        text += excerpt(one.text, page.query.needles, _AROUND)
    buttons: Row = [(str(n), FoundLine(one.node.id)) for n, one in enumerate(page.found, 1)]
    rows: list[Row] = [buttons]
    if page.pages > 1:
        before = SearchPages(page.id, (page.number - 1) % page.pages)
        here = SearchPages(page.id, page.number)
        after = SearchPages(page.id, (page.number + 1) % page.pages)
        rows.append([("‹", before), (f"{page.number + 1}/{page.pages}", here), ("›", after)])
    return Saying(text, rows)


def fault(journal: Journal, error: QueryError) -> Saying:
    """Why the search cannot be made, and what can be."""
    phrases = phrases_for(journal.language)
    there = error.there
    if error.fault is QueryFault.NO_SECTION:
        there = (*there, journal.summary_heading)
    names = [shortened(name, _HEADING) for name in there[:_MOST_NAMES]]
    if len(there) > _MOST_NAMES:
        names.append("…")
    listed = ("、" if journal.language == "zh" else ", ").join(names)
    words = phrases.search.faults[error.fault]
    quoted = shortened(error.words, _WORDS)
    return say(words.format(words=quoted, names=listed, most=MOST_WORDS))


def question(journal: Journal) -> Saying:
    """Asks what is to be searched for."""
    phrases = phrases_for(journal.language).search
    return Saying(RichText(phrases.ask), placeholder=phrases.placeholder)


def _where(journal: Journal, phrases: Phrases, one: Found) -> str:
    at = one.node.at
    if at.section == BEFORE_ANY:
        place = phrases.outline.stretches[Stretch.OPENING]
    elif at.section is not None:
        heading = foreign_heading(journal.heading_of(at.section))
        place = shortened(plain_text(f"## {heading}"), _HEADING)
    elif at.part is Part.SUMMARY:
        place = journal.summary_heading
    else:
        place = phrases.parts.get(at.part, phrases.search.not_filed)
    return f"{week_label(phrases, at.week)} · {place}"


def excerpt(text: str, needles: Sequence[str], columns: int) -> RichText:
    """The text around its first hit, at most so wide, hits in bold, `…` where it was cut."""
    begins, whole = _first_part(text, needles), text
    text = whole[begins : begins + 2 * _PART]
    hits = hits_of(text, tuple(needles))
    first = hits[0][0] if hits else 0
    start = _back(text, first, _BEFORE)
    if _width(text[start:]) <= columns:
        start = _back(text, len(text), columns)
    end = _forth(text, start, columns)
    head = "…" if begins + start else ""
    tail = "…" if begins + end < len(whole) else ""
    shift = len(head) - start
    spans = tuple(
        Span(max(a, start) + shift, min(b, end) + shift, Style.BOLD)
        for a, b in hits
        if a < end and b > start
    )
    return RichText(f"{head}{text[start:end]}{tail}", spans)


def _first_part(text: str, needles: Sequence[str]) -> int:
    """Where the part of a long text begins that has the first hit; parts overlap by half."""
    if len(text) <= _PART:
        return 0
    for start in range(0, len(text), _PART // 2):
        part = fold(text[start : start + _PART])
        if any(needle in part for needle in needles):
            return start
    return 0


def _back(text: str, end: int, columns: int) -> int:
    """Where the last so many columns before `end` begin; not within a sign and its marks."""
    start = end
    while start > 0 and _width(text[start - 1 : end]) <= columns:
        start -= 1
    while 0 < start < end and _joins(text, start):
        start += 1
    return start


def _forth(text: str, start: int, columns: int) -> int:
    width, end = 0, start
    while end < len(text) and width + _columns(text[end]) <= columns:
        width += _columns(text[end])
        end += 1
    while start < end < len(text) and _joins(text, end):
        end -= 1
    return end


def _joins(text: str, index: int) -> bool:
    """Whether the character belongs to the sign before it: marks, skin tones, joined emoji."""
    character = text[index]
    return (
        category(character) in {"Mn", "Me"}
        or character in "\u200d\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or text[index - 1] == "\u200d"
    )


def _width(text: str) -> int:
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1
