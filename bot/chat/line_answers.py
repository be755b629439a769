"""How people learn what came of what they did to a line."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.acknowledging import acknowledge
from bot.chat.card_views import changed_meanwhile
from bot.chat.context import Context
from bot.chat.views import Saying, say
from bot.domain.entry import EntryId, MessageKey
from bot.domain.outlining.fingerprints import Difference, fingerprint
from bot.domain.outlining.operations import Operation, Rewrite
from bot.domain.reactions import CHANGED, REFUSED
from bot.i18n import Phrases
from bot.services.editing import Edited
from bot.services.incoming import Receipt
from bot.services.pending import Pending, to_text
from bot.services.prompting import Prompt

ASKED = "asked"
"""The kind of prompts that wait for a yes by a button."""


def confirm(context: Context, key: MessageKey, touched: Iterable[EntryId]) -> None:
    """The message shows that it was done, and the outline that was shown last is as it is now."""
    acknowledge(context, key, Receipt(frozenset(touched), changed=True, reaction=CHANGED))
    refresh(context, key)


def refresh(context: Context, key: MessageKey) -> None:
    """The outline that the chat was shown last is as it is now."""
    journal = context.own_journal()

    async def draw() -> None:
        await context.services.display.refresh(key.chat_id, journal)

    context.after(key.chat_id, draw)


def refuse(context: Context, key: MessageKey, saying: Saying) -> None:
    """The message shows that nothing came of it, and one that answers it says why."""
    acknowledge(context, key, Receipt(reaction=REFUSED))
    context.say(key.chat_id, saying, key.message_id)


def answer(context: Context, key: MessageKey, operation: Operation, edited: Edited | None) -> None:
    """What came of an operation that was typed in that message."""
    phrases = context.phrases
    if edited is None:
        refuse(context, key, say(phrases.outline.differences[Difference.GONE]))
    elif edited.is_done:
        confirm(context, key, edited.touched)
    elif edited.line is not None and isinstance(operation, Rewrite) and edited.hindrance is None:
        pending = Pending(edited.line.id, fingerprint(edited.line), operation)
        ask(context, key, changed_meanwhile(edited.week, edited.line), pending)
    else:
        refuse(context, key, say(notice(phrases, edited)))


def ask(context: Context, key: MessageKey, saying: Saying, pending: Pending) -> None:
    """The saying, which has a button for it, asks whether that is to be done."""
    context.ask(key.chat_id, saying, Prompt(ASKED, to_text(pending)), key.message_id)


def notice(phrases: Phrases, edited: Edited) -> str:
    """Why nothing was done; empty where something was."""
    if edited.difference is not None:
        return phrases.outline.differences[edited.difference]
    if edited.hindrance is not None:
        return phrases.outline.hindrances[edited.hindrance.name.lower()]
    return ""
