"""Naming a week, by the cases in `cases/weeknames.md`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError, WeekNameError
from bot.domain.grammar.asked import Stretch, YearlyDay, YearlyMonthWeek, YearlyNumber, weeks_of
from bot.domain.grammar.weeknames import hinted, parse_asked, parse_week_name
from bot.domain.week import IsoWeek
from tests.domain.case_files import rows

_TODAY = date(2023, 10, 5)
_ON = ("2023-10-05", "2026-12-28", "2027-01-01", "2027-01-04", "2024-12-30", "2021-01-03")
_DAYS = st.dates(date(1910, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("words", "week", "today"),
    [(*row, day) for day in _ON for row in rows("weeknames.md", f"On {day}")],
)
def test_names(words: str, week: str, today: str) -> None:
    """The words name the week of the case; around the turn of a year as well."""
    assert str(parse_week_name(words, date.fromisoformat(today))) == week


@pytest.mark.parametrize(("words", "weeks"), rows("weeknames.md", "Many weeks, on 2023-10-05"))
def test_what_names_many_weeks(words: str, weeks: str) -> None:
    """A month or a year is none of its weeks."""
    stretch = parse_asked(words, _TODAY)
    assert isinstance(stretch, Stretch)
    assert f"{stretch.first} {stretch.last}" == weeks
    with pytest.raises(UnknownWeekNameError):
        parse_week_name(words, _TODAY)


@pytest.mark.parametrize(("words", "weeks"), rows("weeknames.md", "Hints, on 2023-10-05"))
def test_what_is_not_understood_may_hold_a_hint(words: str, weeks: str) -> None:
    """The month or year that it speaks of."""
    with pytest.raises(UnknownWeekNameError):
        parse_asked(words, _TODAY)
    stretch = hinted(words, _TODAY)
    assert stretch is not None
    assert f"{stretch.first} {stretch.last}" == weeks


@pytest.mark.parametrize("words", ["火锅", "spring", "foo", "", "40 41", "国庆"])
def test_other_words_hold_none(words: str) -> None:
    """They speak of no month and no year."""
    assert hinted(words, _TODAY) is None


@pytest.mark.parametrize("words", ["2022-10", "2022/10", "10/2022"])
def test_what_may_be_a_month_or_a_week_says_both(words: str) -> None:
    """2022-10 is October to some and week 10 to others."""
    stretch = parse_asked(words, _TODAY)
    assert isinstance(stretch, Stretch)
    assert stretch.week == IsoWeek(2022, 10)


@pytest.mark.parametrize(
    ("words", "years", "weeks"),
    [
        ("40", (2023, 2022, 2020), "2023-W40 2022-W40 2020-W40"),
        ("53", (2023, 2022, 2020), "2020-W53"),
        ("1月1日", (2027, 2023), "2026-W53 2022-W52"),
        ("2月29日", (2024, 2023), "2024-W09"),
        ("10月第一周", (2023, 2022), "2023-W39 2022-W39"),
    ],
)
def test_what_each_year_has_one_of(words: str, years: tuple[int, ...], weeks: str) -> None:
    """A number or a day without a year may be any year's that has it."""
    yearly = parse_asked(words, _TODAY)
    assert isinstance(yearly, YearlyNumber | YearlyDay | YearlyMonthWeek)
    assert " ".join(map(str, weeks_of(yearly, years))) == weeks


@pytest.mark.parametrize(
    ("words", "error"),
    [(words, NoSuchWeekError) for words, _ in rows("weeknames.md", "No such week")]
    + [(words, UnknownWeekNameError) for words, _ in rows("weeknames.md", "Unknown")],
)
def test_faults(words: str, error: type[WeekNameError]) -> None:
    """A week that is not in the calendar is told apart from words that are not understood."""
    with pytest.raises(error) as caught:
        parse_week_name(words, _TODAY)
    assert caught.value.words == words


@given(_DAYS, _DAYS)
def test_full_names_do_not_depend_on_the_day(day: date, today: date) -> None:
    """A week's own name and each of its days name it, whenever they are read."""
    week = IsoWeek.of_date(day)
    assert parse_week_name(str(week), today) == week
    assert parse_week_name(day.isoformat(), today) == week
    assert parse_week_name(f"{day.year}年{day.month}月{day.day}日", today) == week


@given(st.integers(1, 53), _DAYS)
def test_a_number_is_the_latest_such_week(number: int, today: date) -> None:
    """A number alone names a week of that number, and none between it and today has it."""
    week = parse_week_name(str(number), today)
    assert week.number == number
    between = week.shifted(1)
    while between <= IsoWeek.of_date(today):
        assert between.number != number
        between = between.shifted(1)


@given(st.text())
def test_any_words_are_answered(words: str) -> None:
    """Whatever the words, the answer is a week or one of the two faults."""
    with suppress(WeekNameError):
        assert parse_week_name(words, _TODAY).year in range(1900, 2200)
