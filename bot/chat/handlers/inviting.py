"""`/invite` and `/people`: who may use the bot. For its owners, in their private chat."""

from __future__ import annotations

from telegram import Update

from bot.chat import people_views
from bot.chat.context import Context
from bot.chat.people_buttons import PeopleButton, RemovePerson, Revoke, ShowPeople, ShutGroup
from bot.chat.views import say
from bot.domain.entry import ChatId, MessageKey


async def invite(update: Update, context: Context) -> None:
    """A one-time link, shown once; it is kept nowhere, not even until it is sent."""
    chat_id = await _owners_chat(update, context)
    if chat_id is None:
        return
    made = await context.services.inviting.invite(context.author_id)
    saying = people_views.invited(context.own_journal(), made, context.bot.username)
    messenger = context.services.messenger

    async def show() -> None:
        await messenger.say(chat_id, saying)

    context.after(chat_id, show)


async def people(update: Update, context: Context) -> None:
    """Everybody, and the open links."""
    chat_id = await _owners_chat(update, context)
    if chat_id is not None:
        company = await context.services.inviting.company()
        context.say(chat_id, people_views.everybody(context.own_journal(), company))


async def press(context: Context, key: MessageKey, query_id: str, button: PeopleButton) -> None:
    """What the button says is done, by an owner; the message shows how it is then."""
    inviting, journal = context.services.inviting, context.own_journal()
    if not journal.personal or not await inviting.is_owner(context.author_id):
        context.rest(key.chat_id, query_id, context.phrases.people.owners_only)
        return
    done = True
    saying = None
    match button:
        case Revoke(invitation_id, on_list):
            done = await inviting.revoke(invitation_id)
            saying = None if on_list else people_views.revoked(journal)
        case RemovePerson(user_id, sure=True):
            done = user_id != context.author_id and await inviting.remove_person(user_id)
        case ShutGroup(journal_id, sure=True):
            done = await inviting.shut_group(journal_id)
        case RemovePerson() | ShutGroup():
            saying = people_views.ask_to_remove(journal, await inviting.company(), button)
        case ShowPeople():
            pass
    context.rest(key.chat_id, query_id, "" if done else context.phrases.old_button)
    if saying is None:
        saying = people_views.everybody(journal, await inviting.company())
    context.redraw(key, saying)


async def _owners_chat(update: Update, context: Context) -> ChatId | None:
    """The private chat of an owner; anybody else hears one sentence."""
    if update.effective_chat is None:
        return None
    chat_id, words = ChatId(update.effective_chat.id), context.phrases.people
    if not await context.services.inviting.is_owner(context.author_id):
        context.say(chat_id, say(words.owners_only))
        return None
    if not context.own_journal().personal:
        context.say(chat_id, say(words.in_private))
        return None
    return chat_id
