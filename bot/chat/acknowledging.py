"""How the person learns what came of a message."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.views import remark
from bot.domain.entry import MessageKey
from bot.services.incoming import Receipt


def acknowledge(context: Context, key: MessageKey, receipt: Receipt) -> None:
    """The message, and those it has changed, show what has become of them, after the commit."""
    services = context.services
    phrases = context.phrases

    async def answer() -> None:
        await services.answering.settle(receipt.touched)
        if receipt.reaction:
            await services.messenger.react(key, receipt.reaction)
        for what, detail in receipt.remarks:
            saying = remark(phrases, what, detail)
            await services.messenger.say(key.chat_id, saying, key.message_id)
        if receipt.changed:
            for entry_id in receipt.touched:
                await services.answering.refresh_questions(entry_id)

    context.after(key.chat_id, answer)
