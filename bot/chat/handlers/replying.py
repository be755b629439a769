"""Replies to what the bot has asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop

from bot.chat import line_prompts
from bot.chat.context import Context
from bot.chat.handlers import line_replies, searching, settings
from bot.chat.incoming import key_of, to_incoming
from bot.chat.menu import asks_for_a_part, is_command_of_ours
from bot.services.prompting import Prompt

Take = Callable[[Message, Context, Prompt], Awaitable[bool]]

TAKERS: Final[Mapping[str, Take]] = {
    settings.PROMPT: settings.take_typed,
    line_prompts.EDIT: line_replies.take_text,
    line_prompts.WEEK: line_replies.take_week,
    searching.PROMPT: searching.take_words,
}
"""By the kind of prompt, what takes its replies; one says whether the message was one."""


async def answer(update: Update, context: Context) -> None:
    """A reply to a prompt is used, and is no entry; anything else goes on to the other handlers.

    An edited reply is used again, in its new words. Without a visible change, such as that of a
    link that gets its preview, or received once more, it has no effect.
    """
    message = update.effective_message
    asked = None if message is None else message.reply_to_message
    if message is None or asked is None:
        return
    if is_command_of_ours(message.text or "") or asks_for_a_part(message.text or ""):
        return
    prompt = await context.services.prompting.find(key_of(asked))
    if prompt is None or prompt.kind not in TAKERS:
        return
    key, prompting = key_of(message), context.services.prompting
    said = to_incoming(message, context.own_journal().language, edited=False).text
    if await prompting.was_taken(key, said):
        raise ApplicationHandlerStop
    if await TAKERS[prompt.kind](message, context, prompt):
        await prompting.set_taken(key, said)
        raise ApplicationHandlerStop
