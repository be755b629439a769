"""What Telegram itself says in a chat: who joined, what was pinned, that a group has moved."""

from __future__ import annotations

from typing import Final

from telegram import Message, Update
from telegram.ext import filters

from bot.chat.context import Context
from bot.domain.entry import ChatId


class _Boost(filters.MessageFilter):
    """A chat was boosted."""

    def filter(self, message: Message) -> bool:
        """Whether it was."""
        return message.boost_added is not None


FROM_NOBODY: Final = (
    filters.StatusUpdate.ALL | filters.SUCCESSFUL_PAYMENT | filters.PASSPORT_DATA | _Boost()
)
"""Messages that nobody wrote; the library does not count all of them as such."""


async def migrate(update: Update, context: Context) -> None:
    """The journal of a group goes along when it becomes a supergroup.

    Both chats hear of it; either message says the two ids (Message.migrate_to_chat_id and
    Message.migrate_from_chat_id).
    """
    message = update.effective_message
    if message is None:
        return
    here = ChatId(message.chat_id)
    if message.migrate_to_chat_id is not None:
        await context.services.access.follow(here, ChatId(message.migrate_to_chat_id))
    elif message.migrate_from_chat_id is not None:
        await context.services.access.follow(ChatId(message.migrate_from_chat_id), here)


async def note_left(update: Update, context: Context) -> None:
    """Who leaves a group does not belong to it any more."""
    message = update.effective_message
    if message is not None and message.left_chat_member is not None:
        here, who = ChatId(message.chat_id), message.left_chat_member.id
        await context.services.access.note_left(here, who)


async def note_joined(update: Update, context: Context) -> None:
    """Who comes again belongs to it again."""
    message = update.effective_message
    if message is not None:
        people = [user.id for user in message.new_chat_members or ()]
        await context.services.access.note_joined(ChatId(message.chat_id), people)


async def ignore(update: Update, context: Context) -> None:
    """Nothing: nobody wrote it, so nobody waits for an answer."""
