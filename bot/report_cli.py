"""What `weeknotes report` does."""

from __future__ import annotations

from bot.adapters.pictures.shrinking import PillowShrinker
from bot.config import Settings
from bot.desk import Desk, at_desk
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.asked import Stretch
from bot.domain.grammar.weeknames import parse_asked
from bot.domain.week import IsoWeek
from bot.services.webpages import webpage_of


class NoReportError(Exception):
    """There is no such report; the message says why."""


class WrongWeekError(Exception):
    """The words name no week; the message says what would."""


async def report(settings: Settings, words: str, *, html: bool, journal: int | None) -> bytes:
    """The file of the week that the words name, or a page of it; no words: the last finished one.

    Raises WrongWeekError and NoReportError.
    """
    async with at_desk(settings, journal) as desk:
        week = await _week(desk, words)
        compiled = await desk.reporting.compile(desk.journal, week)
        if not compiled.has_report:
            beside = ", ".join(map(str, compiled.neighbours))
            hint = f"\n  the weeks beside it: {beside}" if beside else ""
            raise NoReportError(f"{week}: there is nothing in this week{hint}")
        if not html:
            return compiled.document
        return (await webpage_of(compiled, desk.shelf, PillowShrinker())).encode()


async def _week(desk: Desk, words: str) -> IsoWeek:
    """The week, by the same rules as in the chat: of several the latest that holds something."""
    now = desk.clock.now()
    if not words:
        return await desk.reporting.latest_finished(desk.journal, desk.journal.week_of(now))
    today = desk.journal.day_of(now)
    try:
        asked = parse_asked(words, today)
    except NoSuchWeekError:
        raise WrongWeekError(f"{words}: there is no such week") from None
    except UnknownWeekNameError:
        raise WrongWeekError(
            f"{words}: names no week\n  try 40, 2023-w40, -1, last, 上周 or 2023-10-05"
        ) from None
    if isinstance(asked, IsoWeek):
        return asked
    if isinstance(asked, Stretch):
        found = await desk.browsing.within(desk.journal, asked)
        these = ", ".join(map(str, reversed(found))) or "none"
        raise WrongWeekError(f"{words}: names many weeks\n  of them hold something: {these}")
    meant = await desk.browsing.meant(desk.journal, asked, today)
    if meant is None:
        raise WrongWeekError(f"{words}: there is no such week")
    return meant.week
