"""How the person learns what came of a message."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.views import remark, say, sticks
from bot.domain.entry import MessageKey
from bot.services.incoming import Receipt


def acknowledge(context: Context, key: MessageKey, receipt: Receipt) -> None:
    """The message, and those it has changed, show what has become of them, after the commit."""
    services = context.services
    phrases = context.phrases
    journal, author_id = context.own_journal(), context.author_id

    async def answer() -> None:
        await services.answering.settle(receipt.touched)
        if receipt.waits:
            services.answering.answer_tag_soon(key)
        if receipt.reaction:
            shown = await services.messenger.react(key, receipt.reaction)
            if not shown and not receipt.remarks and receipt.sticks is None:
                await services.messenger.say(key.chat_id, say(receipt.reaction), key.message_id)
        if receipt.sticks is not None:
            saying = sticks(journal, author_id, receipt.sticks)
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
