"""What somebody searches for: words, phrases, and where to look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.entry import Part, SectionSpec
from bot.domain.grammar.calendar import YEARS
from bot.domain.grammar.tags import part_named
from bot.domain.markdown import plain_text
from bot.domain.searching.folding import fold
from bot.domain.sections import names_of, of_all_times

MOST_WORDS: Final = 12

_TOKEN = re.compile(
    r"(?P<filter>section|栏目|year|年份|年)[:：]\s*(?:[\"“「](?P<quoted>[^\"”」]*)[\"”」]|(?P<value>\S+))"
    r"|(?<!\S)[#＃](?P<tag>[^\s#＃]+)"
    r"|[\"“「](?P<phrase>[^\"”」]*)[\"”」]?"
    r"|(?P<word>[^\s\"“「]+)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(\d{4})年?\Z")


class QueryFault(StrEnum):
    """What is wrong with a search."""

    NO_SECTION = "no_section"
    NO_YEAR = "no_year"
    EMPTY_YEAR = "empty_year"
    """The journal has nothing in that year."""
    TOO_MANY = "too_many"


class QueryError(ValueError):
    """The search cannot be made; `words` are those at fault, `there` is what could be meant."""

    def __init__(self, fault: QueryFault, words: str, there: tuple[str, ...] = ()) -> None:
        super().__init__(f"{fault}: {words}")
        self.fault = fault
        self.words = words
        self.there = there


@dataclass(frozen=True, slots=True)
class Query:
    """All of the folded `needles` are to be found, in that section or part, of that year."""

    needles: tuple[str, ...]
    section: str | None = None
    part: Part | None = None
    year: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.needles and not self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        """Whether it looks in a part of the journal only."""
        return (self.section, self.part, self.year) != (None, None, None)


def parse_query(words: str, sections: Sequence[SectionSpec], others: Iterable[str] = ()) -> Query:
    """The search that the words ask for: `火锅 "hot pot" section:tech year:2023`.

    Sections go by key, heading or tag, also a former one; the summary by what `others` call it as
    well. A hashtag that is a section's tag looks there, any other one is a word.
    Raises QueryError.
    """
    needles: list[str] = []
    section, part, year = None, None, None
    for match in _TOKEN.finditer(words):
        if match["filter"]:
            value = (match["quoted"] or match["value"] or "").strip()
            if match["filter"].lower() in {"section", "栏目"}:
                place = _place(value.lstrip("#＃"), sections, others)
                if place is None:
                    headings = tuple(_plain(spec.heading) for spec in sections)
                    raise QueryError(QueryFault.NO_SECTION, value, headings)
                section, part = place
            else:
                year = _year(value)
        elif match["tag"] and (place := _place(match["tag"], sections, others)) is not None:
            section, part = place
        else:
            said = match["tag"] and f"#{match['tag']}"
            needles.append(fold(" ".join((said or match["phrase"] or match["word"] or "").split())))
    needles = [needle for needle in dict.fromkeys(needles) if needle.strip()]
    if len(needles) > MOST_WORDS:
        raise QueryError(QueryFault.TOO_MANY, words)
    return Query(tuple(needles), section, part, year)


def _year(value: str) -> int:
    match = _YEAR.match(unicodedata.normalize("NFKC", value))
    if match is None or int(match[1]) not in YEARS:
        raise QueryError(QueryFault.NO_YEAR, value)
    return int(match[1])


def _place(
    name: str, sections: Sequence[SectionSpec], others: Iterable[str]
) -> tuple[str | None, Part | None] | None:
    wanted = fold(name)
    for key, called in _names(sections):
        if wanted == fold(called):
            return key, None
    if wanted in {fold(one) for one in others}:
        return None, Part.SUMMARY
    part = part_named(wanted)
    return None if part is None else (None, part)


def _names(sections: Sequence[SectionSpec]) -> Iterator[tuple[str, str]]:
    """Keys with what each is called; what a name means now comes before what it meant."""
    for spec in of_all_times(tuple(sections)):
        for name in (spec.key, _plain(spec.heading), *names_of(spec)):
            yield spec.key, name
    for spec in sections:
        for heading in spec.former:
            yield spec.key, _plain(heading)


def _plain(heading: str) -> str:
    return plain_text(f"## {heading}")
