"""How the person learns what came of a message."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.views import remark, say, sticks
from bot.domain.entry import MessageKey
from bot.domain.owed import Sign
from bot.services.incoming import Receipt


def acknowledge(context: Context, key: MessageKey, receipt: Receipt) -> None:
    """The message, and those it has changed, show what has become of them, after the commit."""
    answering, journal = context.services.answering, context.own_journal()
    context.settle(receipt.touched)
    if receipt.waits:

        async def wait() -> None:
            answering.answer_tag_soon(key)

        context.after(key.chat_id, wait)
    if receipt.reaction:
        speaks = bool(receipt.remarks) or receipt.sticks is not None
        words = "" if speaks else context.phrases.ack_done
        if not journal.answers_in_words:
            context.owe(key.chat_id, Sign(key.message_id, receipt.reaction, or_words=words))
        elif words:
            context.say(key.chat_id, say(words), key.message_id)
    if receipt.sticks is not None:
        saying = sticks(journal, context.author_id, receipt.sticks)
        context.say(key.chat_id, saying, key.message_id)
    for what, detail in receipt.remarks:
        saying = remark(context.phrases, what, detail)
        context.say(key.chat_id, saying, key.message_id, about=receipt.touched)
    if receipt.changed:
        context.after(key.chat_id, lambda: answering.refresh_questions(receipt.touched))
