"""The list of weeks."""

from __future__ import annotations

from telegram import Update

from bot.chat.browsing_views import week_page
from bot.chat.context import Context
from bot.domain.entry import ChatId, MessageKey


async def weeks(update: Update, context: Context) -> None:
    """The weeks there are, newest first."""
    if update.effective_chat is not None:
        page = await context.services.browsing.page(context.own_journal(), 0)
        context.say(ChatId(update.effective_chat.id), week_page(context.own_journal(), page))


async def turn_page(context: Context, key: MessageKey, number: int) -> None:
    """The message shows that page."""
    page = await context.services.browsing.page(context.own_journal(), number)
    context.redraw(key, week_page(context.own_journal(), page))
