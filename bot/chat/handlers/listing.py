"""`/list`: a week's outline."""

from __future__ import annotations

from telegram import Update

from bot.chat.asked_weeks import asked_at, wanted_week
from bot.chat.context import Context
from bot.domain.entry import ChatId
from bot.domain.owed import WeekList
from bot.domain.week import IsoWeek


async def show(update: Update, context: Context) -> None:
    """The outline of the week that was named, else of this week."""
    if update.effective_chat is None:
        return
    chat_id, journal = ChatId(update.effective_chat.id), context.own_journal()
    words = " ".join(context.args or ())
    if not words:
        send_list(context, chat_id, journal.week_of(asked_at(update, context)))
        return
    wanted = await wanted_week(update, context, words, lists=True)
    if wanted.week is not None:
        # The outline says which year's it is.
        send_list(context, chat_id, wanted.week)
    elif wanted.saying is not None:
        context.say(chat_id, wanted.saying)


def send_list(context: Context, chat_id: ChatId, week: IsoWeek, page: int = 0) -> None:
    """The outline follows the commit."""
    context.owe(chat_id, WeekList(week, page))
