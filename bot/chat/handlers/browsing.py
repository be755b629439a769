"""The list of weeks."""

from __future__ import annotations

from telegram import Update

from bot.chat.asked_weeks import asked_at
from bot.chat.browsing_views import week_page
from bot.chat.context import Context
from bot.domain.entry import ChatId, MessageKey
from bot.domain.errors import WeekNameError
from bot.domain.grammar.asked import Stretch
from bot.domain.grammar.weeknames import parse_asked
from bot.domain.week import IsoWeek


async def weeks(update: Update, context: Context) -> None:
    """The weeks there are, newest first: of the year that was named, else of the newest one."""
    if update.effective_chat is None:
        return
    journal = context.own_journal()
    words = " ".join(context.args or ())
    today = journal.day_of(asked_at(update, context))
    try:
        asked = parse_asked(words, today)
    except WeekNameError:
        asked = None
    year = asked.year if isinstance(asked, Stretch | IsoWeek) else None
    page = await context.services.browsing.page(journal, year, 0, today)
    context.say(ChatId(update.effective_chat.id), week_page(journal, page))


async def turn_page(context: Context, key: MessageKey, year: int | None, number: int) -> None:
    """The message shows that page of the year."""
    journal = context.own_journal()
    today = journal.day_of(context.services.now())
    page = await context.services.browsing.page(journal, year, number, today)
    context.redraw(key, week_page(journal, page))
