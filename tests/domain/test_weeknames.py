"""Naming a week, by the cases in `cases/weeknames.md`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError, WeekNameError
from bot.domain.grammar.weeknames import parse_week_name
from bot.domain.week import IsoWeek
from tests.domain.case_files import rows

_TODAY = date(2023, 10, 5)
_DAYS = st.dates(date(1910, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(("words", "week"), rows("weeknames.md", "On 2023-10-05"))
def test_names(words: str, week: str) -> None:
    """The words name the week of the case."""
    assert str(parse_week_name(words, _TODAY)) == week


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
