"""A tag that came as the comment on forwards is edited: they go where it says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.entry import Entry, EntryId, Part, State
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, REFUSED, reaction_to
from bot.domain.text import RichText
from bot.services.filing import Filing, roots_of, settle
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.placing import marked_week
from bot.services.reading import Reader
from bot.storage import answers, bare_tags, entries, nodes, shown
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
        """The forwards go where the tag says now, as far as that differs from what it said."""
        ids = frozenset(forward.id for forward in forwards)
        before = await bare_tags.get(connection, incoming.key)
        if not incoming.edited or before is None:
            return Receipt(ids)
        said = self._reader.read(journal, RichText(before.text))
        says = self._reader.read(journal, incoming.text)
        sent_at = forwards[0].sent_at
        week = marked_week(journal, sent_at, says.week)
        if says.week is not None and week is None:
            return Receipt.refused(Remark.NO_SUCH_WEEK, incoming.text.text)
        await bare_tags.keep(connection, replace(before, text=incoming.text.text))
        part = None if said.part is says.part else says.part
        section = None if part is None and said.section == says.section else says.section
        if said.week == says.week:
            week = None
        elif says.week is None:
            week = journal.week_of(sent_at)
        if part is None and section is None and week is None:
            return Receipt(ids)
        for forward in forwards:
            await self._filing.file(journal, forward.id, section, part=part, week=week)
        for entry in await entries.with_ids(connection, ids):
            showed = next(f.reaction for f in forwards if f.id == entry.id)
            if entry.state is not State.REMOVED and showed != REFUSED:
                # Each further edit has to look different from what is shown now.
                reaction = reaction_to(entry.state, changed=showed != CHANGED)
                await entries.set_state(connection, entry.id, entry.state, entry.week, reaction)
        return Receipt(ids, changed=True)

    async def hang(
        self, connection: Connection, incoming: Incoming, forwards: Sequence[Entry]
    ) -> Receipt:
        """The tag has become a comment with words, stored by now: the forwards are below it."""
        comment = await entries.of_message(connection, incoming.key)
        if comment is None:
            return Receipt()
        below = (await roots_of(connection, comment.id))[-1]
        parent = below.at.parent if below.at.part is Part.PICTURE else below.id
        touched: set[EntryId] = set()
        for forward in forwards:
            await entries.set_comment(connection, forward.id, comment.id)
            await answers.set_question(connection, forward.id, "none")
            if await shown.hand_over(connection, forward.id, comment.id):
                await answers.set_question(connection, comment.id, "asked")
            for root in await roots_of(connection, forward.id):
                part = Part.PICTURE if root.at.part is Part.PICTURE else Part.ITEM
                there = replace(below.at, part=part, parent=parent)
                touched |= await nodes.place(connection, root.id, there)
        await settle(connection, touched)
        return Receipt(frozenset(touched), changed=True)
