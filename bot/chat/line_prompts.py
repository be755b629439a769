"""What is asked about a line, and what the bot has to know to use the reply."""

from __future__ import annotations

import json
from typing import Final

from bot.chat.card_views import edit_prompt, week_prompt
from bot.chat.context import Context
from bot.chat.line_answers import refuse
from bot.chat.views import say
from bot.chat.wording import by_name
from bot.domain.entry import ChatId, MessageId, MessageKey, NodeId
from bot.domain.outlining.fingerprints import fingerprint, text_print
from bot.domain.outlining.outline import OutlineLine
from bot.domain.text import NO_TEXT, RichText
from bot.services.outlining import WeekOutline
from bot.services.prompting import Prompt

EDIT: Final = "edit"
WEEK: Final = "week"


def ask_for_text(
    context: Context,
    chat_id: ChatId,
    week: WeekOutline,
    line: OutlineLine,
    *,
    reply_to: MessageId | None = None,
    mention: RichText = NO_TEXT,
) -> None:
    """The person is asked for the line's new text, after the commit."""
    saying = edit_prompt(week, line, mention)
    if saying is not None:
        context.ask(chat_id, saying, text_wanted(line), reply_to)
    elif reply_to is not None:
        refuse(
            context, MessageKey(chat_id, reply_to), say(context.phrases.outline.too_long_to_edit)
        )
    else:
        context.say(chat_id, say(context.phrases.outline.too_long_to_edit))


def ask_for_week(
    context: Context, chat_id: ChatId, week: WeekOutline, line: OutlineLine, mention: RichText
) -> None:
    """The person is asked for the week to which the line goes, after the commit."""
    prompt = Prompt(WEEK, json.dumps([line.id, fingerprint(line)]))
    context.ask(chat_id, week_prompt(week, mention), prompt)


def text_wanted(line: OutlineLine) -> Prompt:
    """A reply is the text of the line, as long as that says what it says now."""
    return Prompt(EDIT, json.dumps([line.id, text_print(line.text)]))


def line_of(prompt: Prompt) -> tuple[NodeId, str]:
    """The line that a prompt is about, and what tells how it was shown."""
    node_id, shown = json.loads(prompt.detail)
    return NodeId(node_id), str(shown)


def mention_of(name: str, user_id: int) -> RichText:
    """The person's name so that it calls them, on a line of its own."""
    return by_name(name, user_id) + RichText("\n") if name else NO_TEXT
