"""The gate in front of every other handler."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.chat.context import Context
from bot.chat.views import say
from bot.chat.wording import whole
from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.i18n import phrases_for
from bot.services.access import Standing, Visitor

# The clocks of Telegram and of this machine may differ by so much.
_SLACK: Final = timedelta(minutes=1)


async def admit(update: Update, context: Context) -> None:
    """Lets an update through where its sender belongs to the chat's journal; stops all others."""
    visitor, user = _visitor(update, context.bot.username), update.effective_user
    if visitor is None or user is None:
        raise ApplicationHandlerStop
    if not await let_in(visitor, user.language_code, context):
        raise ApplicationHandlerStop
    query = update.callback_query
    if query is not None and _is_of_one_before(query, context.own_journal()):
        context.rest(visitor.chat_id, query.id, context.phrases.old_button)
        raise ApplicationHandlerStop


async def let_in(visitor: Visitor, language_code: str | None, context: Context) -> bool:
    """Whether the visitor belongs to the chat's journal, which the context has from then on."""
    services = context.services
    admission = await services.access.admit(visitor)
    if admission.standing is Standing.STRANGER:
        phrases = phrases_for(language_code or services.language)
        sentence = say(phrases.people.dead_link if visitor.code else phrases.private)

        async def refuse() -> None:
            services.doorstep.tell(visitor.chat_id, sentence)

        # Not owed: nothing is stored about strangers.
        context.after(visitor.chat_id, refuse)
    if admission.journal is None:
        return False
    context.journal, context.author_id = admission.journal, visitor.user_id
    await services.undoing.begin(admission.journal, visitor.user_id)
    if admission.standing is Standing.NEW_OWNER:
        context.say(visitor.chat_id, say(context.phrases.now_yours))
    return True


def _is_of_one_before(query: CallbackQuery, journal: Journal) -> bool:
    """Whether the button is of a journal that the chat had before, and that was forgotten.

    What it names by number is something else by now.
    """
    message = query.message
    # Of a very old message Telegram does not say the date.
    return isinstance(message, Message) and message.date < journal.created_at - _SLACK


def _visitor(update: Update, bot_username: str) -> Visitor | None:
    """Who comes with the update; None where it is nobody, or from nowhere."""
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or user is None:
        return None
    # What somebody else has said opens nothing.
    said = "" if message is None or message.forward_origin is not None else message.text or ""
    words = said.split(maxsplit=2)
    command, _, addressee = (words[0] if words else "").lower().partition("@")
    starts = command == "/start" and addressee in {"", bot_username.lower()}
    return Visitor(
        user_id=user.id,
        name=whole(user.full_name),
        chat_id=ChatId(chat.id),
        in_group=chat.type != ChatType.PRIVATE,
        starts=starts,
        code=words[1] if starts and len(words) > 1 else "",
        title=whole(chat.title or ""),
        nameless=message is not None and message.sender_chat is not None,
        writes=message is not None,
        update_id=update.update_id,
    )
