"""How much was written down and when: counts, and nothing about what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from bot.domain.week import IsoWeek, weeks_in

MOST_SERIES: Final = 8
"""As many sections as can be told apart by their colours."""

# So many years in a row without anything are shown as empty; a longer gap is left out.
_LONGEST_GAP: Final = 9


@dataclass(frozen=True, slots=True)
class Tally:
    """So many items of one section in a week, written on a day of it where that is known."""

    week: IsoWeek
    section: str | None
    items: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A section and its items by week, or what is in none, or several small sections together.

    A section's `place` among the journal's stays the same whatever the others hold; only sections
    have one. What stands for several knows `together` how many.
    """

    name: str
    by_week: Mapping[IsoWeek, int]
    place: int | None = None
    together: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_week.values())

    @property
    def by_year(self) -> Counter[int]:
        """Items of each year."""
        counted: Counter[int] = Counter()
        for week, items in self.by_week.items():
            counted[week.year] += items
        return counted


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row that hold something: up to now, and at most."""

    present: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class YearStats:
    """A year: items by day, items by week whose days are not known, and by section and week.

    Something is in `weeks` of the weeks that have been, which are `of_weeks`. The streak of the
    present year is that of all years up to now; in others there is only the year's longest one.
    """

    year: int
    today: date
    by_day: Mapping[date, int]
    dayless: Mapping[IsoWeek, int]
    series: tuple[Series, ...]
    weeks: int = 0
    of_weeks: int = 0
    messages: int = 0
    pictures: int = 0
    streak: Streak = Streak()

    @property
    def years(self) -> tuple[int]:
        """The year, alone."""
        return (self.year,)

    @property
    def is_present(self) -> bool:
        """Whether it is the year of `today`."""
        return IsoWeek.of_date(self.today).year == self.year

    @property
    def items(self) -> int:
        """All items of the year."""
        return sum(one.total for one in self.series)

    @property
    def best_day(self) -> tuple[date, int] | None:
        """The day with the most items, the first of several, and how many."""
        return min(self.by_day.items(), key=lambda one: (-one[1], one[0]), default=None)


@dataclass(frozen=True, slots=True)
class AllStats:
    """The years, oldest first, and their items by section and week.

    Weeks after `today`'s are still to come.
    """

    years: tuple[int, ...]
    today: date
    series: tuple[Series, ...]
    weeks: int = 0
    of_weeks: int = 0
    streak: Streak = Streak()

    @property
    def is_present(self) -> bool:
        """True: the present year is one of them."""
        return True

    @property
    def items(self) -> int:
        """All items."""
        return sum(one.total for one in self.series)

    @property
    def by_week(self) -> Mapping[IsoWeek, int]:
        """Items of each week."""
        return sum((Counter(one.by_week) for one in self.series), Counter())

    @property
    def best_year(self) -> tuple[int, int] | None:
        """The year with the most items, the first of several, and how many."""
        by_year = sum((one.by_year for one in self.series), Counter[int]())
        return min(by_year.items(), key=lambda one: (-one[1], one[0]), default=None)


def series_of(
    tallies: Iterable[Tally], names: Mapping[str, str], unfiled: str, others: str
) -> tuple[Series, ...]:
    """The sections that have items, in the order of `names`, and last what is not filed.

    Of more than MOST_SERIES the smallest are one, named `others` with their `{count}`.
    """
    counted: dict[str | None, Counter[IsoWeek]] = {}
    for tally in tallies:
        counted.setdefault(tally.section, Counter())[tally.week] += tally.items
    not_filed = counted.pop(None, None)
    gone = sorted(key for key in counted if key is not None and key not in names)
    filed = [
        Series(names.get(key, key), dict(counted[key]), place)
        for place, key in enumerate((*names, *gone))
        if key in counted
    ]
    rest = [Series(unfiled, dict(not_filed))] if not_filed else []
    return (*_few(filed, others), *rest)


def _few(filed: Sequence[Series], others: str) -> Sequence[Series]:
    if len(filed) <= MOST_SERIES:
        return filed
    by_size = sorted(filed, key=lambda one: -one.total)
    small = by_size[MOST_SERIES - 1 :]
    together = sum((Counter(one.by_week) for one in small), Counter[IsoWeek]())
    large = [one for one in filed if one not in small]
    return [*large, Series(others.format(count=len(small)), dict(together), together=len(small))]


def years_shown(filled: Iterable[IsoWeek], present: int) -> tuple[int, ...]:
    """The years of the weeks and the present one, oldest first, with short gaps between them.

    One week that was put far into the future is not followed by hundreds of empty years.
    """
    found = sorted({*(week.year for week in filled), present})
    shown = set(found)
    for one, following in pairwise(found):
        if following - one - 1 <= _LONGEST_GAP:
            shown.update(range(one, following))
    return tuple(sorted(shown))


def days_of(tallies: Iterable[Tally]) -> tuple[dict[date, int], dict[IsoWeek, int]]:
    """Items by day, and by week where the day is not known; their sum is that of all tallies."""
    by_day: Counter[date] = Counter()
    dayless: Counter[IsoWeek] = Counter()
    for tally in tallies:
        if tally.day is not None and IsoWeek.of_date(tally.day) == tally.week:
            by_day[tally.day] += tally.items
        else:
            dayless[tally.week] += tally.items
    return dict(by_day), dict(dayless)


def streak_of(filled: Sequence[IsoWeek], current: IsoWeek) -> Streak:
    """The streaks of the weeks, newest first, that hold something.

    This week has not broken one as long as it goes on; weeks to come do not count.
    """
    longest = run = present = 0
    counts = True
    after: IsoWeek | None = None
    for week in filled:
        if week > current:
            continue
        if after is not None and week.shifted(1) == after:
            run += 1
        else:
            counts = after is None and week in {current, current.shifted(-1)}
            run = 1
        after = week
        longest = max(longest, run)
        present = run if counts else present
    return Streak(present, longest)


def weeks_so_far(filled: Sequence[IsoWeek], current: IsoWeek, year: int | None = None) -> int:
    """How many weeks there have been since the first of the `filled`, in the year or in all.

    This week counts once it holds something, and so do later ones. Of a year to come, none.
    """
    if not filled or (year is not None and year > current.year):
        return 0
    first, last = min(filled), current if current in filled else current.shifted(-1)
    if year is not None:
        first = max(first, IsoWeek(year, 1))
        last = min(last, IsoWeek(year, weeks_in(year)))
    been = (last.first_day - first.first_day).days // 7 + 1
    later = sum(week > last and year in {None, week.year} for week in filled)
    return max(0, been) + later


def levels(counts: Iterable[float], steps: int = 4) -> tuple[float, ...]:
    """The least count of each level from 1 on, so that each level has about as many counts."""
    found = sorted(count for count in counts if count > 0)
    if not found:
        return tuple(float(step + 1) for step in range(steps))
    return (0.0, *(found[len(found) * step // steps] for step in range(1, steps)))


def level_of(count: float, bounds: Sequence[float]) -> int:
    """0 for nothing, else the number of the highest level that the count reaches."""
    if count <= 0:
        return 0
    return max(1, sum(count >= bound for bound in bounds))
