"""Week marks in a message: `@last` `@上周` `@40` `@w40` `@2023-w40` `@2023-10-05`.

A mark is kept as data, since which week it means depends on the day of its message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.domain.grammar.calendar import latest_numbered, week_of_day, week_of_year, weeks_ago
from bot.domain.grammar.characters import JOINING
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class Last:
    """So many weeks before the message's own."""

    weeks: int = 1


@dataclass(frozen=True, slots=True)
class WeekNumber:
    """The latest week of that number that is not in the future."""

    number: int


@dataclass(frozen=True, slots=True)
class BadWeek:
    """A week that does not exist, in the words that were typed, without the `@`."""

    words: str


WeekMark = Last | WeekNumber | IsoWeek | date | BadWeek


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark and the characters it takes up, a colon after it included.

    `certain` is false for a number alone, which may be anything (`@40 度`): at the start of a
    message it counts only before a tag.
    """

    start: int
    end: int
    mark: WeekMark
    certain: bool


_MARK = (
    r"[@＠](?:(?P<last>last)|(?P<ago>上{1,9})[周週]"
    r"|(?P<year>\d{4})-?w(?P<week>\d{1,2})"
    r"|(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<w>w)?(?P<number>\d{1,2}))"
)
_LONGEST = len("@2023-10-05")


# Prepared with the first message: it takes longer than most modules do to load.
@cache
def _opening() -> re.Pattern[str]:
    # A colon before a digit makes a time (`@10:30`), a full stop a name (`@last.fm`). A Chinese
    # mark ends before any other character as a Chinese tag does, but `@上周五` and `@上周末` name
    # days.
    return re.compile(
        _MARK + r"(?:(?P<colon>[:：])(?!\d)|(?=\s|\Z|[#＃,，;；、。!！])"
        r"|(?<=[周週])(?=\w)(?![末一二三四五六日天的]))",
        re.IGNORECASE,
    )


@cache
def _closing() -> re.Pattern[str]:
    # Before a mark at the end may stand whatever does not make it an address, a path or a name.
    return re.compile(rf"(?<!{JOINING})(?<![./@＠:=&%#＃+-]){_MARK}\Z", re.IGNORECASE)


def mark_at(text: str, start: int) -> FoundMark | None:
    """The mark that begins at `start`, if one does."""
    match = _opening().match(text, start)
    if match is None:
        return None
    certain = match["number"] is None or bool(match["w"] or match["colon"])
    return FoundMark(match.start(), match.end(), _meaning(match), certain)


def mark_before(text: str, end: int, floor: int = 0) -> FoundMark | None:
    """The mark that ends at `end` and begins at `floor` or after it, if one does.

    A number alone needs a blank before it, unless it begins at `floor`.
    """
    start = max(floor, end - _LONGEST - 1)
    # What stands before `floor` has been read already and cannot reach into the mark.
    match = _closing().search(text[start:end])
    if match is None:
        return None
    begins = start + match.start()
    bare = match["number"] is not None and not match["w"]
    if bare and begins > floor and not text[begins - 1].isspace():
        return None
    return FoundMark(begins, end, _meaning(match), certain=True)


def resolve(mark: WeekMark, sent_on: date) -> IsoWeek | None:
    """The week that the mark means in a message of that day, or None where there is no such week.

    `sent_on` is the day in the journal's reckoning: its zone, its end of the day.
    """
    match mark:
        case Last(weeks):
            return weeks_ago(weeks, sent_on)
        case WeekNumber(number):
            return latest_numbered(number, sent_on)
        case IsoWeek():
            return mark
        case date():
            return IsoWeek.of_date(mark)
        case BadWeek():
            return None


def _meaning(match: re.Match[str]) -> WeekMark:
    words = match[0].rstrip(":：")[1:]
    if match["last"]:
        return Last()
    if match["ago"]:
        return Last(len(match["ago"]))
    if match["year"]:
        return week_of_year(int(match["year"]), int(match["week"])) or BadWeek(words)
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        # `week_of_day` knows which days there are; the day itself is what the person wrote.
        return date(year, month, day) if week_of_day(year, month, day) else BadWeek(words)
    number = int(match["number"])
    return WeekNumber(number) if 1 <= number <= 53 else BadWeek(words)
