"""What can be wrong with something a person wrote."""

from __future__ import annotations


class WeekNameError(ValueError):
    """Words that were to name a week and do not; `words` are as they were typed."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnknownWeekNameError(WeekNameError):
    """The words name no week in any form that is understood."""


class NoSuchWeekError(WeekNameError):
    """The words are understood, but the calendar has no such week or day (`2025-W53`)."""
