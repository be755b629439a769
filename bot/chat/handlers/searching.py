"""`/search`: lines of all weeks by what they say."""

from __future__ import annotations

from typing import Final

from telegram import Message, Update

from bot.chat import search_views
from bot.chat.context import Context
from bot.chat.wording import whole
from bot.domain.entry import ChatId, MessageKey, NodeId
from bot.domain.owed import Prompt, WeekList
from bot.domain.searching.query import QueryError
from bot.services.searching import SearchId

PROMPT: Final = "search"
"""The kind of prompt whose replies are searched for."""


async def search(update: Update, context: Context) -> None:
    """What is found for the words behind the command; without any the bot asks for them."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    chat_id = ChatId(message.chat_id)
    # As they were typed, for quotes may hold several blanks.
    words = (message.text or "").partition(" ")[2].strip() or " ".join(context.args or ())
    if words and await _answer(context, chat_id, words):
        return
    asking = search_views.question(context.own_journal())
    context.ask_in_chat(chat_id, asking, Prompt(PROMPT), message.from_user.full_name)


async def take_words(message: Message, context: Context, _: Prompt) -> bool:
    """True where the reply asks for something, which is searched for."""
    words = (message.text or "").strip()
    return bool(words) and await _answer(context, ChatId(message.chat_id), words)


async def open_line(context: Context, key: MessageKey, query_id: str, node_id: NodeId) -> None:
    """The outline of the line's week follows, at that line."""
    journal, services = context.own_journal(), context.services
    week = await services.editor.outlining.week_of(journal, node_id)
    if week is None:
        context.rest(key.chat_id, query_id, context.phrases.old_button)
        return
    outline = await services.editor.outlining.outline(journal, week)
    gone = outline.outline.find(node_id) is None
    context.rest(key.chat_id, query_id, context.phrases.search.gone if gone else "")
    context.owe(key.chat_id, WeekList(week, line=node_id))


async def turn_page(
    context: Context, key: MessageKey, query_id: str, search_id: SearchId, number: int
) -> None:
    """The message shows that page of what is found now."""
    journal = context.own_journal()
    try:
        page = await context.services.searching.turn(journal, search_id, number)
    except QueryError:
        # A section that it looked in is gone.
        page = None
    context.rest(key.chat_id, query_id, context.phrases.old_button if page is None else "")
    if page is not None:
        context.redraw(key, search_views.results(journal, page))


async def _answer(context: Context, chat_id: ChatId, words: str) -> bool:
    """Whether there was something to look for, which is answered then."""
    journal = context.own_journal()
    try:
        page = await context.services.searching.search(journal, whole(words))
    except QueryError as error:
        context.say(chat_id, search_views.fault(journal, error))
        return True
    if page is not None:
        context.say(chat_id, search_views.results(journal, page))
    return page is not None
