"""Messages that are to be kept."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.chat.acknowledging import acknowledge
from bot.chat.context import Context
from bot.chat.incoming import is_live_location, to_incoming
from bot.chat.menu import is_command_of_ours
from bot.services.incoming import Incoming


async def receive(update: Update, context: Context) -> None:
    """The message, or its new version, is stored; the answer follows the commit."""
    message = update.effective_message
    if message is None:
        return
    edited = update.edited_message is not None
    if edited and is_live_location(message):
        # It moves on by itself; what was meant is where it began.
        return
    incoming = to_incoming(message, context.own_journal().language, edited=edited)
    if edited and is_command_of_ours(incoming.text.text):
        return
    if incoming.answered is not None and is_command_of_ours(incoming.answered.text.text):
        # What a command said is nothing to keep.
        incoming = replace(incoming, answered=None)
    await keep(incoming, context)


async def keep(incoming: Incoming, context: Context) -> None:
    """The message is stored, unless it is talk of a group; the answer follows the commit."""
    receipt = await context.services.capture.receive(context.own_journal(), incoming)
    if receipt is not None:
        acknowledge(context, incoming.key, receipt)
