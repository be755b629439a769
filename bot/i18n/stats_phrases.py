"""The words on pictures of statistics, and what is said with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatsPhrases:
    """The words in one language; those of numbers for one and for many."""

    year: str
    all_years: str
    items: tuple[str, str]
    weeks: tuple[str, str]
    present: str
    longest: str
    days: tuple[str, ...]
    month: tuple[str, ...]
    less: str
    more: str
    by_day: str
    by_week: str
    by_year: str
    dayless: str
    empty: str

    # The caption
    told: str
    told_sections: str
    told_streak: str
    told_best: str
    told_dayless: str
    told_all: str
    told_nothing: str
    told_letters: str
    which_year: str

    # Buttons
    every: str
    dark: str
    light: str
