"""What `weeknotes report` does."""

from __future__ import annotations

from bot.adapters.pictures.shrinking import PillowShrinker
from bot.config import Settings
from bot.desk import Desk, at_desk
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.weeknames import parse_week_name
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
    now = desk.clock.now()
    if not words:
        return await desk.reporting.latest_finished(desk.journal, desk.journal.week_of(now))
    try:
        return parse_week_name(words, desk.journal.day_of(now))
    except NoSuchWeekError:
        raise WrongWeekError(f"{words}: there is no such week") from None
    except UnknownWeekNameError:
        raise WrongWeekError(
            f"{words}: names no week\n  try 40, 2023-w40, -1, last, 上周 or 2023-10-05"
        ) from None
