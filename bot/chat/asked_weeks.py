"""Weeks that people ask for by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram import Update

from bot.chat.browsing_views import many_weeks, other_years, which_week
from bot.chat.context import Context
from bot.chat.views import Saying, shortened
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.asked import Stretch
from bot.domain.grammar.weeknames import hinted, parse_asked
from bot.domain.week import IsoWeek

_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """The week that somebody asked for, and what there is to say about that; or only that."""

    week: IsoWeek | None
    saying: Saying | None = None


def asked_at(update: Update, context: Context) -> datetime:
    """When the person asked: after a night offline "this week" is still the one they meant."""
    message = update.effective_message
    return context.services.now() if message is None else message.date


async def wanted_week(
    update: Update, context: Context, words: str, *, lists: bool = False
) -> Wanted:
    """The week that the words name.

    Where several could be meant it is the latest that exists, and the others are named with it.
    Words that name none are answered with weeks to choose from; their buttons show the week's
    report, or where it `lists`, its outline.
    """
    journal, browsing = context.own_journal(), context.services.browsing
    today = journal.day_of(asked_at(update, context))
    quoted = shortened(words)
    try:
        asked = parse_asked(words, today)
        if isinstance(asked, IsoWeek):
            return Wanted(asked)
        if isinstance(asked, Stretch):
            found = await browsing.within(journal, asked)
            shown = found[:_OFFERED]
            if asked.week is not None and asked.week not in shown:
                shown += await browsing.within(journal, Stretch(asked.week, asked.week, asked.year))
            return Wanted(None, many_weeks(journal, quoted, shown, asked.year, lists=lists))
        meant = await browsing.meant(journal, asked, today)
        if meant is None:
            raise NoSuchWeekError(words)
    except (NoSuchWeekError, UnknownWeekNameError) as error:
        phrases = context.phrases
        is_known = isinstance(error, NoSuchWeekError)
        fault = phrases.week_does_not_exist if is_known else phrases.week_not_understood
        hint = hinted(words, today)
        possible = [] if hint is None else await browsing.within(journal, hint)
        year = hint.year if hint is not None and possible else None
        possible = possible or await browsing.newest(journal, _OFFERED)
        saying = which_week(
            journal, fault.format(words=quoted), possible[:_OFFERED], year, lists=lists
        )
        return Wanted(None, saying)
    return Wanted(meant.week, other_years(journal, quoted, meant) if meant.others else None)
