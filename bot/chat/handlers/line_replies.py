"""Replies to what was asked about a line."""

from __future__ import annotations

from telegram import Message

from bot.chat.context import Context
from bot.chat.incoming import key_of, to_incoming
from bot.chat.line_answers import answer, refuse
from bot.chat.line_prompts import line_of, text_wanted
from bot.chat.views import say
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.weeknames import parse_week_name
from bot.domain.outlining.operations import Rewrite, ToWeek
from bot.services.prompting import Prompt


async def take_text(message: Message, context: Context, prompt: Prompt) -> bool:
    """True: the line says what the reply says, or the person hears why it does not.

    An edited reply counts in its new words, as long as nobody has changed the line since.
    """
    journal, key = context.own_journal(), key_of(message)
    text = to_incoming(message, journal.language, edited=False).text
    if message.edit_date is not None and "\n" in text.text:
        # Its further lines are lines of their own since the first time.
        refuse(context, key, say(context.phrases.outline.edit_each))
        return True
    node_id, shown = line_of(prompt)
    operation = Rewrite(text)
    edited = await context.services.editor.editing.apply(journal, node_id, operation, shown=shown)
    answer(context, key, operation, edited)
    if edited is not None and edited.is_done and edited.line is not None:
        asked = message.reply_to_message
        if asked is not None:
            await context.services.prompting.keep(key_of(asked), text_wanted(edited.line))
    return True


async def take_week(message: Message, context: Context, prompt: Prompt) -> bool:
    """True: the line stands in the week that the reply names, or the person hears why not."""
    journal, key, words = context.own_journal(), key_of(message), message.text or ""
    phrases = context.phrases
    try:
        week = parse_week_name(words, journal.day_of(message.date))
    except NoSuchWeekError:
        refuse(context, key, say(phrases.week_does_not_exist.format(words=words)))
        return True
    except UnknownWeekNameError:
        refuse(context, key, say(phrases.week_not_understood.format(words=words)))
        return True
    node_id, shown = line_of(prompt)
    operation = ToWeek(week)
    edited = await context.services.editor.editing.apply(journal, node_id, operation, shown=shown)
    answer(context, key, operation, edited)
    return True
