"""How the person learns what came of a message."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.chat.context import Context
from bot.chat.views import remark, say, sticks
from bot.domain.entry import MessageKey
from bot.domain.reactions import STORED
from bot.services.incoming import Receipt

# As long as a client takes at the most to send a comment and what it forwards.
_ONE_GO_SECONDS: Final = 1.0


def acknowledge(context: Context, key: MessageKey, receipt: Receipt) -> None:
    """The message, and those it has changed, show what has become of them, after the commit."""
    services = context.services
    phrases = context.phrases
    journal = context.own_journal()

    async def answer() -> None:
        await services.answering.settle(receipt.touched)
        if receipt.unless_needed:
            if not await services.books.was_needed(key):
                await asyncio.sleep(_ONE_GO_SECONDS)
            if await services.books.was_needed(key):
                await services.messenger.react(key, STORED)
                return
        if receipt.reaction:
            shown = await services.messenger.react(key, receipt.reaction)
            if not shown and not receipt.remarks and receipt.sticks is None:
                await services.messenger.say(key.chat_id, say(receipt.reaction), key.message_id)
        if receipt.sticks is not None:
            saying = sticks(journal, receipt.sticks)
            await services.messenger.say(key.chat_id, saying, key.message_id, repeatable=True)
        for what, detail in receipt.remarks:
            saying = remark(phrases, what, detail)
            said = await services.messenger.say(
                key.chat_id, saying, key.message_id, repeatable=True
            )
            for entry_id in receipt.touched:
                await services.books.remember_about(entry_id, MessageKey(key.chat_id, said))
        if receipt.changed:
            for entry_id in receipt.touched:
                await services.answering.refresh_questions(entry_id)

    context.after(key.chat_id, answer)
