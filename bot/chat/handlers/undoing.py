"""The last change taken back, and made again."""

from __future__ import annotations

from telegram import Update

from bot.chat.context import Context
from bot.chat.undo_views import redone, undone
from bot.chat.views import Saying, say
from bot.domain.changes import ChangeId
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey


async def undo(update: Update, context: Context) -> None:
    """The journal's last change is taken back; in a group one's own."""
    if update.message is None:
        return
    journal = context.own_journal()
    key = MessageKey(ChatId(update.message.chat_id), MessageId(update.message.message_id))
    review = await context.services.undoing.undo(journal, context.author_id)
    if review is None:
        _show(context, key, say(context.phrases.nothing_to_undo), frozenset())
    else:
        _show(context, key, undone(journal, context.services.now(), review), review.touched)


async def redo(context: Context, key: MessageKey, query_id: str, change_id: ChangeId) -> None:
    """What was taken back is done again, and the pressed message says so."""
    journal, services = context.own_journal(), context.services
    review = await services.undoing.redo(journal, context.author_id, change_id)
    notice = context.phrases.old_button if review is None else ""

    async def show() -> None:
        await services.messenger.answer(query_id, notice)
        if review is not None:
            saying = redone(journal, services.now(), review)
            await services.messenger.edit(key, saying)
            await services.answering.settle(review.touched)
            for entry_id in review.touched:
                await services.answering.refresh_questions(entry_id)
            await services.display.refresh(key.chat_id, journal)

    context.after(key.chat_id, show)


def _show(context: Context, key: MessageKey, saying: Saying, touched: frozenset[EntryId]) -> None:
    services, journal = context.services, context.own_journal()

    async def settle() -> None:
        await services.answering.settle(touched)

    async def refresh() -> None:
        for entry_id in touched:
            await services.answering.refresh_questions(entry_id)
        await services.display.refresh(key.chat_id, journal)

    context.after(key.chat_id, settle)
    context.say(key.chat_id, saying, key.message_id)
    context.after(key.chat_id, refresh)
