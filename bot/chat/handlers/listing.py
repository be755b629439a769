"""`/list`: a week's outline."""

from __future__ import annotations

from telegram import Update

from bot.chat.asked_weeks import asked_at, named_week
from bot.chat.context import Context
from bot.chat.views import say
from bot.domain.entry import ChatId
from bot.domain.owed import WeekList
from bot.domain.week import IsoWeek


async def show(update: Update, context: Context) -> None:
    """The outline of the week that was named, else of this week."""
    if update.effective_chat is None:
        return
    chat_id, journal = ChatId(update.effective_chat.id), context.own_journal()
    words = " ".join(context.args or ())
    current = journal.week_of(asked_at(update, context))
    week = named_week(update, context, words) if words else current
    if isinstance(week, IsoWeek):
        send_list(context, chat_id, week)
    else:
        context.say(chat_id, say(week))


def send_list(context: Context, chat_id: ChatId, week: IsoWeek, page: int = 0) -> None:
    """The outline follows the commit."""
    context.owe(chat_id, WeekList(week, page))
