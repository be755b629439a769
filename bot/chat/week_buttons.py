"""The buttons under previews and lists of weeks, and their data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.line_buttons import page_number
from bot.domain.entry import Part
from bot.domain.grammar.calendar import YEARS, week_of_key
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class ListWeek:
    """Send the numbered outline of the week, from that page on."""

    week: IsoWeek
    page: int = 0


@dataclass(frozen=True, slots=True)
class RefreshWeek:
    """Bring the week's preview up to date now."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class FinishWeek:
    """Send the week's last file; the week is done."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class ReopenWeek:
    """The week is not done after all."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class WritePart:
    """Ask for a part of the week's report, an item where it is of the section with that key."""

    week: IsoWeek
    part: Part
    section: str | None = None


@dataclass(frozen=True, slots=True)
class PageWeeks:
    """Show that page of the year's weeks; the first is 0, and without a year it is the newest."""

    year: int | None
    page: int = 0


WeekButton = ListWeek | RefreshWeek | FinishWeek | ReopenWeek | WritePart | PageWeeks


def pack_week_button(button: WeekButton) -> str:
    """The button's data."""
    match button:
        case ListWeek(week, page):
            return f"l:{week}:{page}"
        case RefreshWeek(week):
            return f"fresh:{week}"
        case FinishWeek(week):
            return f"done:{week}"
        case ReopenWeek(week):
            return f"open:{week}"
        case PageWeeks(year, page):
            return f"weeks:{year or ''}:{page}"
        case WritePart(week, part, section):
            return f"part:{week}:{part}:{section or ''}"


def unpack_week_button(kind: str, rest: str) -> WeekButton:
    """The button that was packed so. Raises ValueError for anything else."""
    match kind:
        case "l":
            week, _, page = rest.partition(":")
            return ListWeek(week_of_key(week), page_number(page))
        case "fresh":
            return RefreshWeek(week_of_key(rest))
        case "done":
            return FinishWeek(week_of_key(rest))
        case "open":
            return ReopenWeek(week_of_key(rest))
        case "weeks":
            year, has_year, page = rest.partition(":")
            if not has_year:
                # Buttons of earlier versions had pages of another kind.
                return PageWeeks(None)
            return PageWeeks(year_number(year) if year else None, page_number(page))
        case "part":
            week, part, section = rest.split(":", 2)
            return WritePart(week_of_key(week), Part(part), section or None)
    raise ValueError(kind)


def year_number(digits: str) -> int:
    """Raises ValueError for what is no year of reports."""
    number = int(digits)
    if number not in YEARS:
        raise ValueError(digits)
    return number
