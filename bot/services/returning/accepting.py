"""Which messages with a file may be reports that come back."""

from __future__ import annotations

from typing import Final

from bot.domain.grammar.weekmarks import BadWeek
from bot.domain.journal import Journal
from bot.services.bodies import from_body, to_body
from bot.services.circumstances import circumstances_of
from bot.services.incoming import Incoming
from bot.services.placing import marked_week
from bot.services.reading import Reader
from bot.storage import entries, offers
from bot.storage.database import Connection
from bot.storage.offers import Offer, OfferState

_SUFFIXES: Final = frozenset({".md", ".markdown", ".zip"})


async def accept(
    connection: Connection,
    reader: Reader,
    journal: Journal,
    incoming: Incoming,
    *,
    largest_file: int,
) -> bool:
    """Whether the message is taken for a report that comes back; then it waits to be looked at.

    A file with a tag, with a comment, or in reply to an entry is an entry like any other. In a
    group only a reply to one of the bot's messages about a week is meant.
    """
    file = incoming.file
    if file is None or file.suffix not in _SUFFIXES or (file.size or 0) > largest_file:
        return False
    known = await offers.of_message(connection, incoming.key)
    if known is not None:
        if known.state is OfferState.KEPT:
            return False
        if incoming.edited and _is_exchanged(known, incoming):
            await offers.exchange(connection, known.id, to_body(incoming))
        return True
    if incoming.edited or await entries.of_message(connection, incoming.key) is not None:
        return False
    around = await circumstances_of(connection, journal, incoming)
    parsed = reader.read_new(journal, incoming, around.comment)
    target = around.target
    if parsed.tagged or around.comment or target.entry is not None or target.is_gone:
        return False
    if isinstance(parsed.week, BadWeek) or (incoming.in_group and target.week is None):
        return False
    week = marked_week(journal, incoming.sent_at, parsed.week) or target.week
    body = to_body(incoming)
    await offers.add(connection, journal.id, incoming.key, body, week, incoming.sent_at)
    return True


def _is_exchanged(known: Offer, incoming: Incoming) -> bool:
    """Whether the edit has put another file in the place of the one that was known."""
    before = from_body(known.body, known.key, known.sent_at).file
    now = incoming.file
    return before is None or now is None or before.unique_id != now.unique_id
