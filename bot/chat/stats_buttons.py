"""The buttons under pictures of statistics, and their data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.week_buttons import year_number


@dataclass(frozen=True, slots=True)
class ShowStats:
    """Show that year's statistics in the same message, those of all years without one."""

    year: int | None
    dark: bool = False


def pack_stats_button(button: ShowStats) -> str:
    """The button's data."""
    return f"n:{button.year or 'all'}:{'d' if button.dark else 'l'}"


def unpack_stats_button(rest: str) -> ShowStats:
    """The button that was packed so. Raises ValueError for anything else."""
    year, _, theme = rest.partition(":")
    if theme not in {"d", "l"}:
        raise ValueError(rest)
    return ShowStats(None if year == "all" else year_number(year), theme == "d")
