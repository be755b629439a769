"""A week as a person names it, `40`, `上周`, `2023年10月5日`, and the week that is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.week import IsoWeek

# No report is from outside these years, and inside them every week has its neighbours: `date`
# cannot hold the Sunday of 9999-W52.
_YEARS = range(1900, 2200)

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_DASHES = str.maketrans("–—−", "---")  # phones turn hyphens into these

_NUMBER = r"(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_WEEK = r"个?(?:周|週|星期|礼拜)"


def parse_week_name(words: str, today: date) -> IsoWeek:
    """The week that the words name, seen from `today`.

    A number without a year, and a day without one, is the latest that is not in the future;
    `-3` is three weeks ago. Blanks at the ends, case, full-width characters and a leading `@`
    do not matter. Raises UnknownWeekNameError where the words are not understood,
    NoSuchWeekError where there is no such week.
    """
    plain = unicodedata.normalize("NFKC", words).translate(_DASHES).strip().lower()
    plain = plain.removeprefix("@")
    for pattern, meaning in _FORMS:
        if match := pattern.fullmatch(plain):
            week = meaning(match, today)
            if week is None:
                raise NoSuchWeekError(words)
            return week
    raise UnknownWeekNameError(words)


def week_of_year(year: int, number: int) -> IsoWeek | None:
    """That week, or None where the year has no such week."""
    if year not in _YEARS:
        return None
    try:
        return IsoWeek(year, number)
    except ValueError:
        return None


def week_of_day(year: int, month: int, day: int) -> IsoWeek | None:
    """The week that holds the day, or None where there is no such day."""
    if year not in _YEARS:
        return None
    try:
        return IsoWeek.of_date(date(year, month, day))
    except ValueError:
        return None


def weeks_ago(weeks: int, today: date) -> IsoWeek | None:
    """The week so many weeks before that of `today`, or None where that is before all reports."""
    try:
        week = IsoWeek.of_date(today).shifted(-weeks)
    except OverflowError:
        return None
    return week if week.year in _YEARS else None


def latest_numbered(number: int, today: date) -> IsoWeek | None:
    """The latest week of that number that is not after the week of `today`, or None."""
    present = IsoWeek.of_date(today)
    # A century year that is no leap year leaves at most seven years without a week 53.
    for year in range(present.year, present.year - 8, -1):
        week = week_of_year(year, number)
        if week is not None and week <= present:
            return week
    return None


def _latest_day(month: int, day: int, today: date) -> IsoWeek | None:
    """The week of the latest such day that is not after `today`, or None."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return IsoWeek.of_date(found)
    return None


def written_number(words: str) -> int:
    """The number that the decimal or Chinese digits (一 to 九十九) write."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


_Meaning = Callable[[re.Match[str], date], IsoWeek | None]
_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"-(\d{1,5})", lambda m, today: weeks_ago(int(m[1]), today)),
        (r"last(?: week)?", lambda _, today: weeks_ago(1, today)),
        (r"this(?: week)?", lambda _, today: weeks_ago(0, today)),
        (rf"(上+){_WEEK}", lambda m, today: weeks_ago(len(m[1]), today)),
        (rf"[本这這]{_WEEK}", lambda _, today: weeks_ago(0, today)),
        (r"(?:w|week ?)?(\d{1,2}) ?周?", lambda m, today: latest_numbered(int(m[1]), today)),
        (rf"第 ?{_NUMBER} ?[周週]", lambda m, today: latest_numbered(written_number(m[1]), today)),
        (
            rf"(\d{{4}})(?: | ?-? ?w| week ?| ?年 ?第? ?){_NUMBER}(?: ?[周週](?:周报)?)?",
            lambda m, _: week_of_year(int(m[1]), written_number(m[2])),
        ),
        (
            r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?",
            lambda m, _: week_of_day(int(m[1]), int(m[2]), int(m[3])),
        ),
        (
            r"(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?",
            lambda m, today: _latest_day(int(m[1]), int(m[2]), today),
        ),
    )
)
