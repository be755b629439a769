"""The gate in front of every other handler."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.chat.context import Context
from bot.chat.views import say
from bot.chat.wording import whole
from bot.domain.entry import ChatId
from bot.i18n import phrases_for
from bot.services.access import Standing, Visitor


async def admit(update: Update, context: Context) -> None:
    """Lets an update through where its sender belongs to the chat's journal; stops all others."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        raise ApplicationHandlerStop
    words = (update.message.text or "").split() if update.message is not None else []
    command, _, addressee = (words[0] if words else "").lower().partition("@")
    starts = command == "/start" and addressee in {"", context.bot.username.lower()}
    visitor = Visitor(
        user_id=user.id,
        name=whole(user.full_name),
        chat_id=ChatId(chat.id),
        in_group=chat.type != ChatType.PRIVATE,
        starts=starts,
        code=words[1] if starts and len(words) > 1 else "",
        title=whole(chat.title or ""),
    )
    admission = await context.services.access.admit(visitor)
    if admission.standing is Standing.STRANGER:
        language = user.language_code or context.services.language
        context.say(visitor.chat_id, say(phrases_for(language).private))
    if admission.journal is None:
        raise ApplicationHandlerStop
    context.journal, context.author_id = admission.journal, user.id
    await context.services.undoing.begin(admission.journal, user.id)
    if admission.standing is Standing.NEW_OWNER:
        context.say(visitor.chat_id, say(context.phrases.now_yours))
