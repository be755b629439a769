"""The forms in which people name weeks: a pattern each, and what it means seen from a day.

The words are lower case and in narrow characters, with single blanks. Of `10/5` the month is the
first, as in `10-05` and 10月5日; `13/10` can only be 13 October.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from bot.domain.grammar.asked import (
    Asked,
    YearlyDay,
    YearlyMonthWeek,
    YearlyNumber,
    stretch_of_month,
    stretch_of_year,
)
from bot.domain.grammar.calendar import (
    NUMBER,
    days_ago,
    week_of_day,
    week_of_month,
    week_of_year,
    weeks_ago,
    written_number,
)
from bot.domain.week import weeks_in

Meaning = Callable[[re.Match[str], date], Asked | None]

_WEEK = r"个?(?:周|星期|礼拜)"
_DAY = r"[日号號]"
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NAMED_YEARS = {
    "今年": 0,
    "本年": 0,
    "去年": 1,
    "上一年": 1,
    "前年": 2,
    "大前年": 3,
    "this year": 0,
    "last year": 1,
}
_YEAR = rf"(?:(?P<year>\d{{4}})|(?P<named>{'|'.join(sorted(_NAMED_YEARS, key=len, reverse=True))}))"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MANY = rf"(?P<many>\d{{1,5}}|{NUMBER}|{'|'.join(_WORDS)})"
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2, "大前天": 3}


def _year(match: re.Match[str], today: date) -> int:
    named = match.groupdict().get("named")
    return today.year - _NAMED_YEARS[named] if named else int(match["year"])


def _many(words: str) -> int:
    return max(1, _WORDS.index(words)) if words in _WORDS else written_number(words)


def _month(words: str) -> int:
    return _MONTHS.index(words[:3]) + 1 if words[:3] in _MONTHS else written_number(words)


def _numbered(match: re.Match[str], today: date) -> Asked | None:
    """A week of a year, or of each year; there is no week 60 in any."""
    number = written_number(match["number"])
    if match.groupdict().get("year") or match.groupdict().get("named"):
        return week_of_year(_iso_year(match, today), number)
    return YearlyNumber(number) if 1 <= number <= 53 else None


def _iso_year(match: re.Match[str], today: date) -> int:
    """The year, where last year is counted from the year of this week."""
    named = match.groupdict().get("named")
    if not named:
        return int(match["year"])
    return today.isocalendar().year - _NAMED_YEARS[named]


def _dated(match: re.Match[str], today: date) -> Asked | None:
    month, day = _month(match["month"]), written_number(match["day"])
    if match.groupdict().get("year") or match.groupdict().get("named"):
        return week_of_day(_year(match, today), month, day)
    # 2000 had every day that there is.
    return YearlyDay(month, day) if week_of_day(2000, month, day) else None


def _day_of_some_year(match: re.Match[str], _: date) -> Asked | None:
    """The month is the first, but for what can only be a day."""
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    return YearlyDay(month, day) if week_of_day(2000, month, day) else None


def _of_month(match: re.Match[str], today: date) -> Asked | None:
    month, number = _month(match["month"]), written_number(match["number"])
    if match.groupdict().get("year") or match.groupdict().get("named"):
        return week_of_month(_year(match, today), month, number)
    return YearlyMonthWeek(month, number) if week_of_month(2000, month, number) else None


def _in_words(match: re.Match[str], _: date) -> Asked | None:
    """The first to the fifth week of a month."""
    said = match["ordinal"]
    number = _ORDINALS.index(said) + 1 if said in _ORDINALS else int(said[0])
    month, year = _MONTHS.index(match["month"][:3]) + 1, match.groupdict().get("year")
    return week_of_month(int(year), month, number) if year else YearlyMonthWeek(month, number)


def _of_recent_month(months: int) -> Meaning:
    def meaning(match: re.Match[str], today: date) -> Asked | None:
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        return week_of_month(year, month + 1, written_number(match["number"]))

    return meaning


def _same_week(match: re.Match[str], today: date) -> Asked | None:
    """The week of this one's number; of a year that has no week 53, its last one."""
    year, number, _ = today.isocalendar()
    year -= _NAMED_YEARS[match["named"]]
    return week_of_year(year, min(number, weeks_in(year)))


def _same_day(match: re.Match[str], today: date) -> Asked | None:
    """The week of that year's 1 March, where this is 29 February and it has none."""
    year = today.year - _NAMED_YEARS[match["named"]]
    return week_of_day(year, today.month, today.day) or week_of_day(year, 3, 1)


def _whole_month(match: re.Match[str], today: date) -> Asked | None:
    month = _month(match["month"])
    if match.groupdict().get("year") or match.groupdict().get("named"):
        return stretch_of_month(_year(match, today), month)
    return stretch_of_month(today.year - (month > today.month), month)


def _month_or_week(match: re.Match[str], _: date) -> Asked | None:
    year, number = int(match["year"]), int(match["number"])
    week = week_of_year(year, number)
    return stretch_of_month(year, number, week) if 1 <= number <= 12 else week


def _month_ago(months: int) -> Meaning:
    def meaning(_: re.Match[str], today: date) -> Asked | None:
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        return stretch_of_month(year, month + 1)

    return meaning


def _latest_weekday(match: re.Match[str], today: date) -> Asked | None:
    """The last Friday is the latest one before today."""
    weekday = _WEEKDAYS.index(match["weekday"])
    return days_ago((today.weekday() - weekday - 1) % 7 + 1, today)


def _last_of_year(match: re.Match[str], today: date) -> Asked | None:
    year = _iso_year(match, today)
    return week_of_year(year, weeks_in(year)) if 1900 <= year < 2200 else None


_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|1st|2nd|3rd|4th|5th)"
_PAST = r"(?P<named>去年|前年|大前年)"
_W = r"(?:w ?|week ?|wk ?|[kc]w ?)"
_Y = r"(?P<year>\d{4})"
_NUM = rf"(?P<number>{NUMBER})"
_D = rf"(?P<day>{NUMBER})"
_M = rf"(?P<month>{NUMBER}) ?月"
FORMS: Final[tuple[tuple[re.Pattern[str], Meaning], ...]] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        # Counted from today
        (r"-(\d{1,5})", lambda m, today: weeks_ago(int(m[1]), today)),
        (
            r"(?:the )?(?:last|prev|previous|past)(?: week(?:end)?)?",
            lambda _, today: weeks_ago(1, today),
        ),
        (r"(?:this|current)(?: week(?:end)?)?|now", lambda _, today: weeks_ago(0, today)),
        (r"next(?: week)?", lambda _, today: weeks_ago(-1, today)),
        (rf"{_MANY} ?(?:weeks?|wks?) ago", lambda m, today: weeks_ago(_many(m["many"]), today)),
        (r"(?:the )?week before last", lambda _, today: weeks_ago(2, today)),
        (rf"{_MANY} ?{_WEEK}(?:以|之)?前", lambda m, today: weeks_ago(_many(m["many"]), today)),
        (rf"(上+)一?{_WEEK}[一二三四五六日天末]?", lambda m, today: weeks_ago(len(m[1]), today)),
        (rf"[本这当]一?{_WEEK}[一二三四五六日天末]?", lambda _, today: weeks_ago(0, today)),
        (rf"(下+)一?{_WEEK}[一二三四五六日天末]?", lambda m, today: weeks_ago(-len(m[1]), today)),
        (rf"(?P<when>{'|'.join(_DAYS)})", lambda m, today: days_ago(_DAYS[m["when"]], today)),
        (r"(?:the )?day before yesterday", lambda _, today: days_ago(2, today)),
        (rf"{_MANY} ?days? ago", lambda m, today: days_ago(_many(m["many"]), today)),
        (rf"{_MANY} ?天(?:以|之)?前", lambda m, today: days_ago(_many(m["many"]), today)),
        (rf"last (?P<weekday>{'|'.join(_WEEKDAYS)})", _latest_weekday),
        (rf"{_PAST}的?(?:[这本今]一?{_WEEK}|同期)", _same_week),
        (r"(?:this|the same|same) week (?P<named>last year)", _same_week),
        (rf"{_PAST}的?今[天日]", _same_day),
        # Weeks of a year
        (rf"{_W}?{_NUM} ?周?", _numbered),
        (rf"(?:w|week) ?(?:no\.? ?|number |# ?|- ?){_NUM}", _numbered),
        (rf"{_NUM}(?:st|nd|rd|th) week(?: (?:of|in) {_YEAR})?", _numbered),
        (rf"第 ?{_NUM}(?: ?{_WEEK})?", _numbered),
        (rf"{_YEAR}(?: | ?[-_./年]? ?(?:w|week|wk) ?| ?年?的?,? ?第? ?){_NUM} ?{_WEEK}", _numbered),
        (rf"{_YEAR}(?: | ?[-_./年]? ?(?:w|week|wk) ?| ?年 ?第? ?){_NUM}", _numbered),
        (rf"(?P<named>今年|去年|前年|大前年)的? ?第? ?{_NUM} ?(?:{_WEEK})?", _numbered),
        (rf"(?:w|week ?|wk ?)?{_NUM}(?:,? (?:of |in )?){_YEAR}", _numbered),
        (
            r"'?(?P<short>\d{2})-?w(?P<number>\d{1,2})",
            lambda m, _: week_of_year(2000 + int(m["short"]), int(m["number"])),
        ),
        (
            rf"(?P<short>\d{{2}}) ?年 ?第? ?{_NUM} ?{_WEEK}",
            lambda m, _: week_of_year(2000 + int(m["short"]), written_number(m["number"])),
        ),
        (r"(?P<year>\d{4})-?w(?P<number>\d{2})-?[1-7]", _numbered),
        (rf"{_NUM} ?周 ?{_YEAR}", _numbered),
        (r"(?P<year>\d{4}) ?[-/.] ?(?P<number>\d{1,2})", _month_or_week),
        (r"(?P<number>\d{1,2}) ?[-/.] ?(?P<year>\d{4})", _month_or_week),
        (rf"{_YEAR} ?年?的?最后一?{_WEEK}", _last_of_year),
        (
            rf"(?:first|1st) week (?:of|in) {_YEAR}",
            lambda m, today: week_of_year(_iso_year(m, today), 1),
        ),
        (rf"last week (?:of|in) {_YEAR}", _last_of_year),
        # Weeks of a month, by their Sundays
        (rf"(?:{_YEAR} ?年? ?的?)?{_M}份?的? ?第 ?{_NUM} ?{_WEEK}", _of_month),
        (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/. ](?:w|week ?)(?P<number>\d)", _of_month),
        (rf"上个?月的?第? ?{_NUM} ?{_WEEK}", _of_recent_month(1)),
        (rf"[这本]个?月的?第? ?{_NUM} ?{_WEEK}", _of_recent_month(0)),
        (rf"{_ORDINAL} week (?:of|in) {_MONTH}(?:,? (?P<year>\d{{4}}))?", _in_words),
        # Days
        (rf"{_Y} ?[-/.年] ?(?P<month>\d{{1,2}}) ?[-/.月] ?(?P<day>\d{{1,2}}) ?{_DAY}?", _dated),
        (r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", _dated),
        (rf"(?:{_YEAR} ?年?的? ?)?{_M} ?{_D} ?{_DAY}?", _dated),
        (r"(?P<month>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})", _day_of_some_year),
        (rf"(?P<year>\d{{4}})[- ]{_MONTH}[- ](?P<day>\d{{1,2}})", _dated),
        (rf"(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>\d{{4}})", _dated),
        (rf"{_MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?", _dated),
        (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ?{_MONTH}(?:,? (?P<year>\d{{4}}))?", _dated),
        # Whole months and years
        (r"上个?月|last month", _month_ago(1)),
        (r"[这本]个?月|this month", _month_ago(0)),
        (rf"(?:{_YEAR} ?年? ?的?)?{_M}份?", _whole_month),
        (rf"{_MONTH}(?:,? {_YEAR})?", _whole_month),
        (rf"{_YEAR} {_MONTH}", _whole_month),
        (rf"{_MONTH} of {_YEAR}", _whole_month),
        (rf"{_YEAR} ?年?", lambda m, today: stretch_of_year(_iso_year(m, today))),
    )
)

HINTS: Final[tuple[tuple[re.Pattern[str], Meaning], ...]] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (rf"{_YEAR} ?年?的? ?{_M}", _whole_month),
        (rf"\b{_MONTH},? (?P<year>\d{{4}})\b", _whole_month),
        (r"上个?月|last month", _month_ago(1)),
        (rf"(?<!\d){_YEAR}(?!\d)", lambda m, today: stretch_of_year(_iso_year(m, today))),
        (rf"(?<!\d){_M}", _whole_month),
        (rf"\b{_MONTH}(?![a-z])", _whole_month),
    )
)
