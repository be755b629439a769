"""Commands that show something."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatType

from bot.chat.asked_weeks import asked_at, wanted_week
from bot.chat.context import Context
from bot.chat.views import say, welcome
from bot.domain.entry import ChatId
from bot.domain.owed import WeekFile, WeekPreview
from bot.domain.week import IsoWeek


async def start(update: Update, context: Context) -> None:
    """Who the bot is, and the first steps; in a group also what keeps it from seeing messages."""
    _say(update, context, welcome(context.own_journal()).text.text)
    chat = update.effective_chat
    if chat is None or chat.type == ChatType.PRIVATE:
        return
    chat_id, words = ChatId(chat.id), context.phrases.group_privacy

    async def advise() -> None:
        if not await context.services.messenger.sees_everything():
            await context.services.messenger.say(chat_id, say(words))

    context.after(chat_id, advise)


async def explain(update: Update, context: Context) -> None:
    """All that can be sent."""
    _say(update, context, context.phrases.help)


async def draft(update: Update, context: Context) -> None:
    """This week as it stands: the Sunday message, now; another one where it is named."""
    if context.args:
        await report(update, context)
    else:
        send_week(update, context, context.own_journal().week_of(asked_at(update, context)))


async def report(update: Update, context: Context) -> None:
    """A week's report and file; without a name the last finished one."""
    journal = context.own_journal()
    current = journal.week_of(asked_at(update, context))
    words = " ".join(context.args or ())
    if not words:
        week = await context.services.reporting.latest_finished(journal, current)
        send_week(update, context, week)
        return
    wanted = await wanted_week(update, context, words)
    if wanted.saying is not None and update.effective_chat is not None:
        context.say(ChatId(update.effective_chat.id), wanted.saying)
    if wanted.week is not None:
        send_week(update, context, wanted.week)


def send_week(update: Update, context: Context, week: IsoWeek) -> None:
    """The week's preview and its file follow the commit."""
    if update.effective_chat is not None:
        context.owe(ChatId(update.effective_chat.id), WeekPreview(week))


def send_file(update: Update, context: Context, week: IsoWeek, *, bare: bool) -> None:
    """The week's file follows the commit; `bare` without its pictures."""
    if update.effective_chat is not None:
        context.owe(ChatId(update.effective_chat.id), WeekFile(week, bare))


def _say(update: Update, context: Context, words: str) -> None:
    if update.effective_chat is not None:
        context.say(ChatId(update.effective_chat.id), say(words))
