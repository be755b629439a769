"""The last change taken back, and made again."""

from __future__ import annotations

from telegram import Update

from bot.chat.context import Context
from bot.chat.incoming import key_of
from bot.chat.undo_views import redone, undone
from bot.chat.views import say
from bot.domain.changes import ChangeId, ChangeKind
from bot.domain.entry import MessageKey
from bot.domain.journal import Journal
from bot.services.undoing import Review

_ABOUT_BEING_DONE = {ChangeKind.FINISHED, ChangeKind.REOPENED}


async def undo(update: Update, context: Context) -> None:
    """The journal's last change is taken back; in a group one's own."""
    if update.message is None:
        return
    journal = context.own_journal()
    key = key_of(update.message)
    review = await context.services.undoing.undo(journal, context.author_id)
    if review is None:
        context.say(key.chat_id, say(context.phrases.nothing_to_undo), key.message_id)
        return
    context.after(key.chat_id, lambda: context.services.answering.settle(review.touched))
    saying = undone(await _present(context), context.services.now(), review)
    context.say(key.chat_id, saying, key.message_id)
    context.after(key.chat_id, lambda: _follow(context, key, review))


async def redo(context: Context, key: MessageKey, query_id: str, change_id: ChangeId) -> None:
    """What was taken back is done again, and the pressed message says so."""
    journal, services = context.own_journal(), context.services
    review = await services.undoing.redo(journal, context.author_id, change_id)
    notice = context.phrases.old_button if review is None else ""
    journal = await _present(context)

    async def show() -> None:
        await services.messenger.answer(query_id, notice)
        if review is not None:
            saying = redone(journal, services.now(), review)
            await services.messenger.edit(key, saying)
            await services.answering.settle(review.touched)
            await _follow(context, key, review)

    context.after(key.chat_id, show)


async def _present(context: Context) -> Journal:
    """The journal as it is set up now: that may be what has changed."""
    context.journal = await context.services.configuring.present(context.own_journal())
    return context.journal


async def _follow(context: Context, key: MessageKey, review: Review) -> None:
    """What the bot has asked and shown says what is so now."""
    services, journal = context.services, context.own_journal()
    await services.answering.refresh_questions(review.touched)
    await services.display.refresh(key.chat_id, journal)
    if review.done and review.week is not None and review.kind in _ABOUT_BEING_DONE:
        week = await services.reporting.compile(journal, review.week)
        if not week.is_done:
            # What was asked about what came late needs no answer any more.
            await services.board.late_questions.settle(journal, review.week, is_done=False)
