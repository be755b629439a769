"""`/export`: everything of the journal."""

from __future__ import annotations

from telegram import Update

from bot.chat.context import Context
from bot.chat.views import say
from bot.domain.entry import ChatId
from bot.domain.owed import Everything


async def export(update: Update, context: Context) -> None:
    """The journal's zip follows the commit, unless one is on its way already."""
    if update.effective_chat is None:
        return
    chat_id = ChatId(update.effective_chat.id)
    if context.services.carrying.is_under_way(chat_id):
        context.say(chat_id, say(context.phrases.export.under_way))
    else:
        context.owe(chat_id, Everything())
