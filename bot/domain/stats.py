"""How much was written down and when: counts, and nothing about what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class Tally:
    """So many items of one section in a week, written on a day of it where that is known."""

    week: IsoWeek
    section: str | None
    items: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A section, or what is not filed where None, and its items by week."""

    section: str | None
    name: str
    by_week: Mapping[IsoWeek, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_week.values())


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row that hold something: up to now, and at most."""

    present: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class YearStats:
    """A year: items by day, items by week whose days are not known, and by section and week.

    Weeks from `today`'s on are still to come.
    """

    year: int
    today: date
    by_day: Mapping[date, int]
    dayless: Mapping[IsoWeek, int]
    series: tuple[Series, ...]
    weeks: int = 0
    messages: int = 0
    pictures: int = 0
    streak: Streak = Streak()

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
    """All years, oldest first, and their items by section and week."""

    years: tuple[int, ...]
    series: tuple[Series, ...]
    weeks: int = 0
    streak: Streak = Streak()

    @property
    def items(self) -> int:
        """All items."""
        return sum(one.total for one in self.series)

    @property
    def by_week(self) -> Mapping[IsoWeek, int]:
        """Items of each week."""
        return sum((Counter(one.by_week) for one in self.series), Counter())


def series_of(
    tallies: Iterable[Tally], names: Mapping[str, str], unfiled: str
) -> tuple[Series, ...]:
    """The sections that have items, in the order of `names`, and last what is not filed."""
    counted: dict[str | None, Counter[IsoWeek]] = {}
    for tally in tallies:
        counted.setdefault(tally.section, Counter())[tally.week] += tally.items
    order = [*names, *(key for key in counted if key is not None and key not in names), None]
    return tuple(
        Series(key, unfiled if key is None else names.get(key, key), dict(counted[key]))
        for key in order
        if key in counted
    )


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
