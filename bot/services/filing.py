"""Entries put into their section or week, removed, and brought back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.entry import NO_CHAT, WHOLE_WEEK, Entry, EntryId, Node, Part, Placement, State
from bot.domain.journal import Journal
from bot.domain.reactions import NOTHING, reaction_to
from bot.domain.week import IsoWeek
from bot.storage import entries, nodes, single_lines
from bot.storage.database import Connection, Database


class Filing:
    """Moves what is already there. Every method gives the entries that were touched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def file(
        self,
        journal: Journal,
        entry_id: EntryId,
        section: str | None,
        *,
        part: Part | None = None,
        week: IsoWeek | None = None,
    ) -> frozenset[EntryId]:
        """The entry stands in that section, part and week; None leaves it as it was.

        Nothing is touched where the entry is not of this journal, was removed, or the section
        is none of the journal's.
        """
        if section is not None and section not in {spec.key for spec in journal.sections}:
            return frozenset()
        async with self._database.atomic() as connection:
            entry = await _own(connection, journal, entry_id)
            if entry is None:
                return frozenset()
            touched: set[EntryId] = set()
            for album_part in await album_of(connection, entry):
                for root in await waiting_roots_of(connection, album_part):
                    at = filed_at(root, section, part, week)
                    touched |= await nodes.place(connection, root.id, at)
            await settle(connection, touched)
            return frozenset(touched)

    async def remove(self, journal: Journal, entry_id: EntryId) -> frozenset[EntryId]:
        """The entry, and all that hangs below it, is gone from the report; it can come back."""
        async with self._database.atomic() as connection:
            entry = await _own(connection, journal, entry_id)
            if entry is None:
                return frozenset()
            touched: set[EntryId] = set()
            for part in await album_of(connection, entry):
                lines = await nodes.every_of_entry(connection, part.id)
                touched |= {part.id} | await nodes.remove(connection, lines, part.id)
            await settle(connection, touched)
            return frozenset(touched)

    async def restore(self, journal: Journal, entry_id: EntryId) -> frozenset[EntryId]:
        """The removed entry is back where it was."""
        async with self._database.atomic() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is None or entry.journal_id != journal.id:
                return frozenset()
            touched: set[EntryId] = set()
            for part in await album_of(connection, entry):
                back = await nodes.restore(connection, part.id)
                if not back and part.state is State.REMOVED:
                    # Its lines were deleted one by one.
                    back = await single_lines.restore_lines(connection, part.id)
                touched |= back
            await settle(connection, touched)
            return frozenset(touched)


async def roots_of(connection: Connection, entry_id: EntryId) -> list[Node]:
    """The lines of an entry that do not hang below another line of it, in its order."""
    lines = await nodes.of_entry(connection, entry_id)
    own = {node.id for node in lines}
    return [node for node in lines if node.at.parent not in own]


async def waiting_roots_of(connection: Connection, entry: Entry) -> list[Node]:
    """The lines that go along when the entry is filed.

    Of one that waits because of some of its lines only these: the others have their place.
    """
    roots = await roots_of(connection, entry.id)
    if entry.state is not State.UNTAGGED:
        return roots
    waiting = [r for r in roots if not (await nodes.root_of(connection, r)).at.is_filed]
    return waiting or roots


async def settle(connection: Connection, touched: Iterable[EntryId]) -> None:
    """State, week and wanted reaction of each entry follow from where its lines are now."""
    for entry in await entries.with_ids(connection, touched):
        lines = await nodes.of_entry(connection, entry.id)
        own = {line.id for line in lines}
        # What hangs below something is where that is.
        tops = [await nodes.root_of(connection, n) for n in lines if n.at.parent not in own]
        waiting = [top.at for top in tops if not top.at.is_filed]
        if not tops:
            state, week = State.REMOVED, entry.week
        elif waiting:
            # As long as one line waits, the entry does: nothing is out of sight.
            state, week = State.UNTAGGED, waiting[0].week
        else:
            state, week = State.PLACED, tops[0].at.week
        if (state, week) == (entry.state, entry.week):
            continue
        reaction = entry.reaction if state is entry.state else reaction_to(state)
        if entry.key.chat_id == NO_CHAT:
            reaction = NOTHING
        await entries.set_state(connection, entry.id, state, week, reaction)


async def _own(connection: Connection, journal: Journal, entry_id: EntryId) -> Entry | None:
    entry = await entries.get(connection, entry_id)
    if entry is None or entry.journal_id != journal.id or entry.state is State.REMOVED:
        return None
    return entry


async def place_album(
    connection: Connection, album: Iterable[Entry], at: Placement
) -> set[EntryId]:
    """The entries that were touched: the parts of an album stand there, its pictures as such."""
    touched: set[EntryId] = set()
    for entry in album:
        for root in await roots_of(connection, entry.id):
            is_picture = root.at.part is Part.PICTURE
            words = Part.ITEM if at.part is Part.PICTURE else at.part
            there = replace(at, part=Part.PICTURE if is_picture else words)
            touched |= await nodes.place(connection, root.id, there)
    return touched


async def album_of(connection: Connection, entry: Entry) -> list[Entry]:
    """The entry with the other parts of its album."""
    if entry.media_group is None:
        return [entry]
    return await entries.of_media_group(connection, entry.key.chat_id, entry.media_group)


def filed_at(root: Node, section: str | None, part: Part | None, week: IsoWeek | None) -> Placement:
    """Where a line goes that is put somewhere by its name: it hangs below nothing any more."""
    at = root.at
    there = at.part
    if part is Part.TITLE and (root.file is not None or not root.text):
        # A title is one line of words and takes no file along.
        part = None
    if part is not None and at.part is not Part.PICTURE:
        there = part
    elif at.part is Part.CAPTION or (section is not None and at.part in WHOLE_WEEK):
        there = Part.ITEM
    if section is None and (part is None or there in {Part.PICTURE, Part.TEXT}):
        kept = at.section
    else:
        kept = section
    return Placement(week or at.week, None if there in WHOLE_WEEK else kept, there)
