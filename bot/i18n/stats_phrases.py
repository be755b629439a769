"""The words on pictures of statistics, and what is said with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Forms = tuple[str, str]
"""The words for one, and for any other `{count}`."""


def counted(count: int, forms: Forms, **more: object) -> str:
    """The words for so many."""
    return forms[count != 1].format(count=f"{count:,}", **more)


@dataclass(frozen=True, slots=True)
class StatsPhrases:
    """The words in one language."""

    year: str
    all_years: str
    others: str

    # Below the large numbers
    items: Forms
    weeks: Forms
    of_weeks: Forms
    present: Forms
    longest: str

    # On the picture
    days: tuple[str, ...]
    month: tuple[str, ...]
    less: str
    more: str
    by_day: str
    by_week: str
    by_year: str
    dayless: str
    latest: str
    empty: str
    empty_then: str

    # The caption
    comma: str
    told: str
    told_items: Forms
    told_weeks: Forms
    told_of_weeks: str
    told_messages: Forms
    told_pictures: Forms
    told_sections: str
    told_present: str
    told_record: str
    told_longest: str
    told_best_day: Forms
    told_best_year: Forms
    told_dayless: Forms
    told_nothing: str
    told_nothing_then: str
    told_letters: str
    which_year: str

    # Buttons
    every: str
    dark: str
    light: str

    def title(self, years: Sequence[int]) -> str:
        """The name of the only year, or of several; those with gaps between them have none."""
        first, last = years[0], years[-1]
        if last - first >= len(years):
            return self.every
        form = self.year if first == last else self.all_years
        return form.format(year=last, first=first, last=last)
