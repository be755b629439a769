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


async def ignore(update: Update, context: Context) -> None:
    """Nothing: nobody wrote it, so nobody waits for an answer."""
