"""`/forget_me`: everything of the journal, gone."""

from __future__ import annotations

from telegram import Update

from bot.chat.context import Context
from bot.chat.forget_buttons import ForgetAll
from bot.chat.views import say
from bot.domain.entry import ChatId, MessageKey


async def ask(update: Update, context: Context) -> None:
    """Says what would go, with a button for it; in a group only to the bot's owners."""
    if update.effective_chat is None:
        return
    chat_id, words = ChatId(update.effective_chat.id), context.phrases.forgetting
    journal = context.own_journal()
    if not await _may(context):
        context.say(chat_id, say(words.owners_only))
        return
    held = await context.services.forgetting.holdings(journal)
    said = words.ask.format(weeks=held.weeks, messages=held.messages, files=held.files)
    yes, no = ForgetAll(journal.id, sure=True), ForgetAll(journal.id, sure=False)
    context.say(chat_id, say(said, [(words.yes, yes)], [(words.no, no)]))


async def press(context: Context, key: MessageKey, query_id: str, button: ForgetAll) -> None:
    """All is gone, or nothing; the message says so."""
    services, journal, words = context.services, context.own_journal(), context.phrases.forgetting
    if button.journal_id != journal.id:
        context.rest(key.chat_id, query_id, context.phrases.old_button)
        return
    if not await _may(context):
        context.rest(key.chat_id, query_id, context.phrases.not_yours)
        return
    context.rest(key.chat_id, query_id)
    if not button.sure:
        context.redraw(key, say(words.kept))
        return
    await services.forgetting.forget(journal)

    async def clean() -> None:
        await services.forgetting.clean()
        gone = words.gone if journal.personal else words.gone_from_group
        await services.messenger.edit(key, say(gone))

    context.after(key.chat_id, clean)


async def _may(context: Context) -> bool:
    """A journal of one's own is one's own; a group's is everybody's in it."""
    is_own = context.own_journal().personal
    return is_own or await context.services.inviting.is_owner(context.author_id)
