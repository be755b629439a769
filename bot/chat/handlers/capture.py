"""Messages that are to be kept."""

from __future__ import annotations

from telegram import Update

from bot.chat.acknowledging import acknowledge
from bot.chat.context import Context
from bot.chat.incoming import to_incoming
from bot.chat.menu import is_command_of_ours


async def receive(update: Update, context: Context) -> None:
    """The message, or its new version, is stored; the answer follows the commit."""
    message = update.effective_message
    if message is None:
        return
    incoming = to_incoming(message, edited=update.edited_message is not None)
    if incoming.edited and is_command_of_ours(incoming.text.text):
        return
    services = context.services
    receipt = await services.capture.receive(context.own_journal(), incoming)
    if receipt is None:
        return
    acknowledge(context, incoming.key, receipt)
    if incoming.picture is not None:

        async def fetch() -> None:
            services.fetching.wake()

        context.after(incoming.key.chat_id, fetch)


async def delete(update: Update, context: Context) -> None:
    """The message that `/delete` replies to is gone from the report."""
    if update.message is None:
        return
    incoming = to_incoming(update.message, edited=False)
    receipt = await context.services.capture.delete(context.own_journal(), incoming)
    acknowledge(context, incoming.key, receipt)
