"""The week of a file: from its front matter, else its name, else its title."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.archive.filenames import week_in, week_of_file
from bot.domain.archive.front_matter import FrontMatter, split
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.calendar import week_of_month
from bot.domain.titles import week_title
from bot.domain.week import IsoWeek
from tests.domain.case_files import rows

_ARCHIVE = Path(__file__).parents[3] / "shared" / "reports"
_REPORTS = sorted(path for path in _ARCHIVE.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize(("name", "week"), rows("filenames.md", "Names and titles"))
def test_a_name_or_title_names_a_week(name: str, week: str) -> None:
    """Names and titles of archives, and the week each means."""
    assert str(week_of_file(name, FrontMatter(), "")) == week
    assert str(week_of_file("report.md", FrontMatter(), f"# {name}\n")) == week


@pytest.mark.parametrize("name", [name for (name,) in rows("filenames.md", "No week")])
def test_a_name_without_a_week_is_not_guessed(name: str) -> None:
    """The error has the name."""
    with pytest.raises(UnknownWeekNameError) as failure:
        week_of_file(name, FrontMatter(), "正文\n")
    assert failure.value.words == name


@pytest.mark.parametrize("name", [name for (name,) in rows("filenames.md", "No such week")])
def test_a_week_that_does_not_exist_is_said(name: str) -> None:
    """A name that can be read, of a week that the calendar has not, is no reason to look on."""
    with pytest.raises(NoSuchWeekError):
        week_of_file(name, FrontMatter(), "# 2023 年第40周周报\n")


def test_what_counts_first() -> None:
    """Week key, front matter's title, name, heading; then days, the front matter's last."""
    front = FrontMatter("", "2023 week 2", date(2023, 3, 8), "2023-W01")
    body = "# 2023 week 4\n"
    assert week_of_file("2023-W03.md", front, body).number == 1
    front = FrontMatter("", "2023 week 2", date(2023, 3, 8))
    assert week_of_file("2023-W03.md", front, body).number == 2
    front = FrontMatter("", "周报", date(2023, 3, 8))
    assert week_of_file("2023-W03.md", front, body).number == 3
    assert week_of_file("2023-02-22.md", front, body).number == 4
    assert week_of_file("2023-02-22.md", front, "").number == 8
    assert week_of_file("a.md", front, "").number == 10


@pytest.mark.parametrize("template", ["{year} 年第{week}周周报", "{year} 年第{week_zh}周周报"])
def test_every_week_of_the_titles_is_found(template: str) -> None:
    """The titles that the bot gives name their weeks, over many years."""
    week = IsoWeek(2019, 1)
    while week.year < 2031:
        assert week_in(week_title(template, week)) == week
        assert week_in(f"{week}") == week
        week = week.shifted(1)


def test_weeks_of_a_month_are_the_inverse_of_their_titles() -> None:
    """The n-th week of a month is the one whose Sunday is the n-th of that month."""
    week = IsoWeek(2019, 1)
    while week.year < 2031:
        sunday = week.last_day
        assert week_of_month(sunday.year, sunday.month, (sunday.day + 6) // 7) == week
        title = week_title("{month}月第{week_of_month_zh}周周报", week)
        assert week_in(f"{sunday.year}年{title}") == week
        week = week.shifted(1)


def test_a_fifth_week_of_four_is_the_one_after() -> None:
    """December 2022 has four Sundays; its fifth week ends on New Year's Day."""
    assert week_of_month(2022, 12, 5) == IsoWeek(2022, 52)
    assert IsoWeek(2022, 52).last_day == date(2022, 12, 25) + timedelta(weeks=1)


def test_name_and_title_of_a_file_mean_the_same_week() -> None:
    """Alone as well as together: in a report of our own, and in the real ones at hand."""
    files = [("2023-week40.md", "# 2023 年第40周周报\n")]
    files += [(path.name, path.read_text("utf-8")) for path in _REPORTS]
    for name, text in files:
        front, body = split(text)
        week = week_of_file(name, front, body)
        if body.startswith("#"):
            assert week_of_file("a.md", front, body) == week
        if match := re.search(r"(\d{4})-week(\d+)", name):
            assert week == IsoWeek(int(match[1]), int(match[2]))
