"""Weeks that people ask for by name."""

from __future__ import annotations

from datetime import datetime

from telegram import Update

from bot.chat.context import Context
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.weeknames import parse_week_name
from bot.domain.week import IsoWeek


def asked_at(update: Update, context: Context) -> datetime:
    """When the person asked: after a night offline "this week" is still the one they meant."""
    message = update.effective_message
    return context.services.now() if message is None else message.date


def named_week(update: Update, context: Context, words: str) -> IsoWeek | str:
    """The week that the words name, or the sentence that says that they name none."""
    try:
        return parse_week_name(words, context.own_journal().day_of(asked_at(update, context)))
    except NoSuchWeekError:
        return context.phrases.week_does_not_exist.format(words=words)
    except UnknownWeekNameError:
        return context.phrases.week_not_understood.format(words=words)
