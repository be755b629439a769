"""`/stats`: how much was written down, as a picture."""

from __future__ import annotations

from typing import Final

from telegram import Update

from bot.chat.asked_weeks import asked_at
from bot.chat.context import Context
from bot.chat.stats_buttons import ShowStats
from bot.chat.views import say, shortened
from bot.domain.entry import ChatId, MessageKey
from bot.domain.errors import WeekNameError
from bot.domain.grammar.asked import Stretch
from bot.domain.grammar.weeknames import parse_asked
from bot.domain.owed import Stats

_DARK: Final = frozenset({"dark", "深色", "黑", "夜"})
_LIGHT: Final = frozenset({"light", "浅色", "白"})
_ALL: Final = frozenset({"all", "全部", "所有", "every"})


async def show(update: Update, context: Context) -> None:
    """The picture of the year that was named, of this one, or of `all`; `dark` where wished."""
    if update.effective_chat is None:
        return
    chat_id = ChatId(update.effective_chat.id)
    words = [word.lower() for word in context.args or ()]
    dark = any(word in _DARK for word in words)
    whole = any(word in _ALL for word in words)
    rest = " ".join(word for word in words if word not in _DARK | _LIGHT | _ALL)
    year: int | None = None
    if rest and not whole:
        try:
            asked = parse_asked(rest, context.own_journal().day_of(asked_at(update, context)))
        except WeekNameError:
            asked = None
        if not isinstance(asked, Stretch):
            sentence = context.phrases.stats.which_year.format(words=shortened(rest))
            context.say(chat_id, say(sentence))
            return
        year = asked.year
    context.owe(chat_id, Stats(year, dark, whole))


def change(context: Context, key: MessageKey, query_id: str, wanted: ShowStats) -> None:
    """The message shows that instead."""
    journal, services = context.own_journal(), context.services
    context.rest(key.chat_id, query_id)

    async def redraw() -> None:
        stats = Stats(wanted.year, wanted.dark, whole=wanted.year is None)
        await services.gallery.change(key, journal, stats)

    context.after(key.chat_id, redraw)
