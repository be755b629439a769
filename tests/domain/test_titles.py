"""Titles from templates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.titles import (
    FIELDS,
    TitleFault,
    TitleTemplateError,
    check_title_template,
    chinese_number,
    week_title,
)
from bot.domain.week import IsoWeek

_W40 = IsoWeek(2023, 40)
_WEEKS = st.dates(date(1910, 1, 1), date(2180, 1, 1)).map(IsoWeek.of_date)


@pytest.mark.parametrize(
    ("template", "week", "title"),
    [
        ("{year} 年第{week}周周报", "2023-W40", "2023 年第40周周报"),
        ("{year} 年第{week}周周报", "2023-W09", "2023 年第9周周报"),
        ("{year} 年第 {week} 周周报", "2024-W42", "2024 年第 42 周周报"),
        ("{year} week {week}", "2026-W53", "2026 week 53"),
        ("{year} 年第{week_zh}周周报", "2024-W18", "2024 年第十八周周报"),
        ("{year} 年第{week_zh}周周报", "2024-W28", "2024 年第二十八周周报"),
        ("{year}年第{week_zh}周周报", "2024-W07", "2024年第七周周报"),
        ("{year}年第{week_zh}周周报", "2025-W20", "2025年第二十周周报"),
        ("{year}年第{week_zh}周周报", "2025-W10", "2025年第十周周报"),
        ("{year}年{month}月第{week_of_month_zh}周简报", "2022-W10", "2022年3月第二周简报"),
        ("{year}{month}月第{week_of_month_zh}周简报", "2022-W15", "20224月第三周简报"),
        ("{year}年{month}月第{week_of_month_zh}周周报", "2022-W39", "2022年10月第一周周报"),
        ("{first_day} – {last_day}", "2023-W40", "2023-10-02 – 2023-10-08"),
        ("第 {week-35} 期", "2023-W40", "第 5 期"),
        ("第{week_zh-35}期，{year+1}", "2023-W40", "第五期，2024"),
        ("{ week } { week - 35 }", "2023-W40", "40 5"),
        ("{{week}} {week} {{{week}}}", "2023-W40", "{week} 40 {40}"),
        ("周报 :} 第{week}周", "2023-W40", "周报 :} 第40周"),
        ("周报", "2023-W40", "周报"),
    ],
)
def test_a_template_filled_in(template: str, week: str, title: str) -> None:
    """Each field says its part of the week, and everything else stays as typed."""
    assert week_title(template, IsoWeek.parse(week)) == title
    check_title_template(template)


@given(_WEEKS)
def test_month_and_week_name_one_sunday(week: IsoWeek) -> None:
    """The n-th Sunday of the month and year in the title is the Sunday of the week."""
    title = week_title("{year}/{month}/{week_of_month_zh}", week)
    year, month, ordinal = title.split("/")
    first = date(int(year), int(month), 1)
    first_sunday = first + timedelta(days=6 - first.weekday())
    assert first_sunday + timedelta(weeks="零一二三四五".index(ordinal) - 1) == week.last_day


@given(_WEEKS)
def test_year_and_number_name_the_week(week: IsoWeek) -> None:
    """With the number of the week the year is that of the ISO week, month or not."""
    year, number, _ = week_title("{year}/{week}/{month}", week).split("/")
    assert IsoWeek(int(year), int(number)) == week


def test_a_week_that_ends_in_the_next_year() -> None:
    """The last week of 2022 ends on the first Sunday of January 2023."""
    week = IsoWeek(2022, 52)
    assert week_title("{year}年第{week}周", week) == "2022年第52周"
    assert week_title("{year}年{month}月第{week_of_month_zh}周", week) == "2023年1月第一周"


@pytest.mark.parametrize(
    ("template", "fault", "words", "position"),
    [
        ("第{weak}周", TitleFault.UNKNOWN_FIELD, "{weak}", 1),
        ("第{Week}周", TitleFault.UNKNOWN_FIELD, "{Week}", 1),
        ("{}", TitleFault.UNKNOWN_FIELD, "{}", 0),
        ("{week}{week.__class__}", TitleFault.UNKNOWN_FIELD, "{week.__class__}", 6),
        ("{week*2}", TitleFault.UNKNOWN_FIELD, "{week*2}", 0),
        ("{week-9999999}", TitleFault.UNKNOWN_FIELD, "{week-9999999}", 0),
        ("{week:>99999999}", TitleFault.UNKNOWN_FIELD, "{week:>99999999}", 0),
        ("从 {first_day+1}", TitleFault.NO_OFFSET, "{first_day+1}", 2),
        ("{year} {week", TitleFault.UNCLOSED, "{week", 7),
        ("", TitleFault.EMPTY, "", 0),
        (" \t", TitleFault.EMPTY, " \t", 0),
        ("周报\n第{week}周", TitleFault.NO_TITLE, "周报\n第40周", 0),
        ("周报\r{week}", TitleFault.NO_TITLE, "周报\r40", 0),
        ("周报 #", TitleFault.NO_TITLE, "周报 #", 0),
    ],
)
def test_a_template_with_a_fault(
    template: str, fault: TitleFault, words: str, position: int
) -> None:
    """The error says which fault it is, which words, and where they begin."""
    with pytest.raises(TitleTemplateError) as caught:
        check_title_template(template)
    error = caught.value
    assert (error.fault, error.words, error.position) == (fault, words, position)


@given(st.text(alphabet="{}week_zh-+35 年#\n", max_size=20), _WEEKS)
def test_whatever_is_typed_is_filled_in_or_refused(template: str, week: IsoWeek) -> None:
    """A template without a fault gives a title for every week; no other error exists."""
    try:
        check_title_template(template)
    except TitleTemplateError:
        return
    assert week_title(template, week).strip()


def test_the_fields_are_those_there_are() -> None:
    """Every field named in FIELDS can be filled in."""
    for field in FIELDS:
        assert week_title(f"{{{field}}}", _W40)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (53, "五十三")),
        *((99, "九十九"), (100, "100"), (-3, "-3")),
    ],
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    """Up to 99 in characters, others in digits."""
    assert chinese_number(number) == words
