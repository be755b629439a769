"""Buttons."""

from __future__ import annotations

from telegram import Update

from bot.chat.callbacks import DiscardEntry, FileEntry, RestoreEntry, SendFile, ShowWeek, unpack
from bot.chat.context import Context
from bot.chat.handlers.showing import send_file, send_week
from bot.chat.views import week_note
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey


async def press(update: Update, context: Context) -> None:
    """What the button says is done; it answers politely where that is no longer possible."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    key = MessageKey(ChatId(query.message.chat.id), MessageId(query.message.message_id))
    filing, journal = context.services.filing, context.own_journal()
    touched: frozenset[EntryId] | None = None
    match unpack(query.data or ""):
        case FileEntry(entry_id, section):
            touched = await filing.file(journal, entry_id, section)
        case DiscardEntry(entry_id):
            touched = await filing.remove(journal, entry_id)
        case RestoreEntry(entry_id):
            touched = await filing.restore(journal, entry_id)
        case ShowWeek(week):
            send_week(update, context, week)
        case SendFile(week, bare):
            send_file(update, context, week, bare=bare)
        case None:
            touched = frozenset()
    notice = "" if touched is None or touched else context.phrases.old_button
    _answer(context, key, query.id, notice, touched or frozenset())


def _answer(
    context: Context, key: MessageKey, query_id: str, notice: str, touched: frozenset[EntryId]
) -> None:
    services = context.services
    journal = context.own_journal()

    async def answer() -> None:
        await services.messenger.answer(query_id, notice)
        await services.answering.settle(touched)
        for entry_id in touched:
            await services.answering.refresh_questions(entry_id)
        week = await services.memory.recall_week(key)
        if touched and week is not None:
            # Pressed under a report: its accounts and what is left to file are new.
            compiled = await services.reporting.compile(journal, week)
            neighbours = await services.reporting.neighbours(journal, week)
            await services.messenger.edit(key, week_note(compiled, neighbours))

    context.after(key.chat_id, answer)
