"""A tag that came as the comment on forwards is edited: they go where it says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.entry import Entry, EntryId, Part
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, STORED
from bot.domain.text import RichText
from bot.services.filing import Filing, roots_of, settle
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.placing import marked_week
from bot.services.reading import Reader
from bot.storage import bare_tags, entries, nodes
from bot.storage.database import Connection


class Retagging:
    """Applies edits of a bare tag to the forwards that came with it."""

    def __init__(self, filing: Filing, reader: Reader) -> None:
        self._filing = filing
        self._reader = reader

    async def file(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        forwards: Sequence[Entry],
    ) -> Receipt:
        """The forwards go where the tag says now; each edit looks different from the one before."""
        if not incoming.edited:
            return Receipt(reaction=forwards[0].reaction)
        parsed = self._reader.read(journal, incoming.text)
        week = marked_week(journal, forwards[0].sent_at, parsed.week)
        if parsed.week is not None and week is None:
            return Receipt.refused(Remark.NO_SUCH_WEEK, incoming.text.text)
        before = await bare_tags.get(connection, incoming.key)
        if before is not None:
            named = self._reader.read(journal, RichText(before.text)).week
            if week is None and named is not None:
                week = journal.week_of(forwards[0].sent_at)
            await bare_tags.keep(connection, replace(before, text=incoming.text.text))
            await bare_tags.set_answered(connection, incoming.key)
        part = parsed.part if parsed.part is not Part.ITEM else None
        touched: frozenset[EntryId] = frozenset()
        for forward in forwards:
            touched |= await self._filing.file(
                journal, forward.id, parsed.section, part=part, week=week
            )
        shown = STORED if forwards[0].reaction == CHANGED else CHANGED
        for entry in await entries.with_ids(connection, touched):
            await entries.set_state(connection, entry.id, entry.state, entry.week, shown)
        return Receipt(touched, changed=True, reaction=shown)

    async def hang(
        self, connection: Connection, incoming: Incoming, forwards: Sequence[Entry]
    ) -> None:
        """The tag has become a comment with words, stored by now: the forwards are below it."""
        comment = await entries.of_message(connection, incoming.key)
        if comment is None:
            return
        await bare_tags.set_answered(connection, incoming.key)
        below = (await roots_of(connection, comment.id))[-1]
        touched: set[EntryId] = set()
        for forward in forwards:
            await entries.set_comment(connection, forward.id, comment.id)
            for root in await roots_of(connection, forward.id):
                is_free = root.at.part in {Part.ITEM, Part.PICTURE}
                there = replace(
                    below.at, part=root.at.part if is_free else Part.ITEM, parent=below.id
                )
                touched |= await nodes.place(connection, root.id, there)
        await settle(connection, touched)
