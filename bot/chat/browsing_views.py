"""What the list of weeks looks like, and what answers words that name more than one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from bot.chat.callbacks import ShowWeek
from bot.chat.views import Row, Saying, grid, say, week_label
from bot.chat.week_buttons import ListWeek, PageWeeks
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.i18n import Phrases, phrases_for
from bot.services.browsing import Meant, Stage, WeekEntry, WeekPage

_IN_A_ROW: Final = 7
_YEARS: Final = 5
_MARKS: Final[Mapping[Stage, str]] = MappingProxyType(
    {Stage.OPEN: "✏️", Stage.DRAFTED: "📄", Stage.DONE: "✅"}
)


def week_page(journal: Journal, page: WeekPage) -> Saying:
    """A line for each week, a button for each, and buttons to the pages and years beside."""
    phrases = phrases_for(journal.language)
    if not page.years:
        return say(phrases.no_weeks)
    if not page.weeks:
        return say(phrases.no_weeks_then.format(words=page.year), *_years(page))
    buttons = [(str(line.week.number), ShowWeek(line.week)) for line in page.weeks]
    rows = grid(buttons, _IN_A_ROW)
    parts = [
        phrases.weeks.format(year=page.year, weeks=page.of_year),
        "\n".join(_line(journal, phrases, line) for line in page.weeks),
        phrases.week_marks,
    ]
    if page.pages > 1:
        parts.append(phrases.weeks_page.format(page=page.number + 1, pages=page.pages))
        turns: list[tuple[str, PageWeeks]] = []
        if page.number > 0:
            turns.append((phrases.newer, PageWeeks(page.year, page.number - 1)))
        if page.number < page.pages - 1:
            turns.append((phrases.older, PageWeeks(page.year, page.number + 1)))
        rows.append(turns)
    return say("\n\n".join(part for part in parts if part), *rows, *_years(page))


def _line(journal: Journal, phrases: Phrases, line: WeekEntry) -> str:
    return phrases.week_line.format(
        mark=_MARKS[line.stage],
        number=line.week.number,
        first=_day(journal, phrases, line.week.first_day),
        last=_day(journal, phrases, line.week.last_day),
        items=line.items,
        messages=line.messages,
    )


def _day(journal: Journal, phrases: Phrases, day: date) -> str:
    if journal.language == "zh":
        return f"{day.month}/{day.day}"
    return f"{phrases.months[day.month - 1]} {day.day}"


def _years(page: WeekPage) -> Iterator[Row]:
    """The years beside the one that is shown, of which the outer ones lead on."""
    if set(page.years) <= {page.year}:
        return
    at = sum(year > page.year for year in page.years)
    start = max(0, min(at - _YEARS // 2, len(page.years) - _YEARS))
    shown = page.years[start : start + _YEARS]
    yield [(f"· {y} ·" if y == page.year else str(y), PageWeeks(y)) for y in shown]


def other_years(journal: Journal, words: str, meant: Meant) -> Saying:
    """Which week was taken for the words, with a button for each other one."""
    phrases = phrases_for(journal.language)
    said = phrases.other_years.format(words=words, week=week_label(phrases, meant.week))
    return say(said, *_week_rows(phrases, meant.others[: 2 * _YEARS], lists=False))


def many_weeks(
    journal: Journal,
    words: str,
    found: Sequence[IsoWeek],
    year: int,
    *,
    lists: bool,
) -> Saying:
    """The weeks of a month or a year that words name, of which one is to be tapped."""
    phrases = phrases_for(journal.language)
    said = phrases.many_weeks if found else phrases.no_weeks_then
    return say(
        said.format(words=words),
        *_week_rows(phrases, found, lists=lists),
        *([_all_of(phrases, year)] if found else []),
    )


def which_week(
    journal: Journal, fault: str, possible: Sequence[IsoWeek], year: int | None, *, lists: bool
) -> Saying:
    """Why the words name no week, and weeks that could be meant."""
    phrases = phrases_for(journal.language)
    if not possible:
        return say(fault)
    return say(
        f"{fault}\n{phrases.weeks_that_could_be_meant}",
        *_week_rows(phrases, possible, lists=lists),
        *([] if year is None else [_all_of(phrases, year)]),
    )


def _all_of(phrases: Phrases, year: int) -> Row:
    return [(phrases.all_of_year.format(year=year), PageWeeks(year))]


def _week_rows(phrases: Phrases, weeks: Sequence[IsoWeek], *, lists: bool) -> list[Row]:
    buttons = [
        (week_label(phrases, week), ListWeek(week) if lists else ShowWeek(week)) for week in weeks
    ]
    return grid(buttons, 2)
