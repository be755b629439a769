"""What the list of weeks looks like. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.chat.callbacks import ShowWeek
from bot.chat.views import Row, Saying, say, week_label
from bot.chat.week_buttons import PageWeeks
from bot.domain.journal import Journal
from bot.i18n import phrases_for
from bot.services.browsing import Stage, WeekPage

_IN_A_ROW: Final = 3
_MARKS: Final[Mapping[Stage, str]] = MappingProxyType(
    {Stage.OPEN: "✏️", Stage.DRAFTED: "📄", Stage.DONE: "✅"}
)


def week_page(journal: Journal, page: WeekPage) -> Saying:
    """A line for each week, a button for each, and buttons to the pages beside."""
    phrases = phrases_for(journal.language)
    if not page.weeks:
        return say(phrases.no_weeks)
    lines = [
        phrases.week_line.format(
            mark=_MARKS[line.stage],
            week=week_label(phrases, line.week),
            items=line.items,
            messages=line.messages,
        )
        for line in page.weeks
    ]
    buttons = [(str(line.week), ShowWeek(line.week)) for line in page.weeks]
    rows: list[Row] = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    parts = [phrases.weeks, "\n".join(lines), phrases.week_marks]
    if page.pages > 1:
        parts.append(phrases.weeks_page.format(page=page.number + 1, pages=page.pages))
        turns: list[tuple[str, PageWeeks]] = []
        if page.number > 0:
            turns.append((phrases.newer, PageWeeks(page.number - 1)))
        if page.number < page.pages - 1:
            turns.append((phrases.older, PageWeeks(page.number + 1)))
        rows.append(turns)
    return say("\n\n".join(parts), *rows)
