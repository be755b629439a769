"""An edited message changes its entry in place.

The new version is compared with the one before it, and only what the person changed is
applied: what was moved, renamed or nested by other means since stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.entry import WHOLE_WEEK, Entry, EntryId, Line, Node, NodeId, Part, Placement, State
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.weekmarks import BadWeek, resolve
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, reaction_to
from bot.domain.revision import align
from bot.domain.text import RichText
from bot.services.filing import album_of, place_album, roots_of, settle
from bot.services.incoming import Incoming, IncomingFile, Receipt, Remark
from bot.services.lines import ADDED, Manner, lines_of
from bot.services.reading import Reader
from bot.services.storing import add_file, want_titles
from bot.storage import answers, entries, nodes, shown
from bot.storage.database import Connection, Database


class Revising:
    """Applies the edits that people make to their messages in Telegram."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database = database
        self._reader = reader

    async def revise(self, journal: Journal, entry: Entry, incoming: Incoming) -> Receipt:
        """What came of the edit; nothing where the message was deleted or reads as before."""
        if entry.state is State.REMOVED:
            return Receipt(frozenset({entry.id}))
        async with self._database.atomic() as connection:
            have = await nodes.of_entry(connection, entry.id)
            files = {node.file.unique_id for node in have if node.file is not None}
            file = incoming.file
            exchanged = file is not None and bool(file.unique_id) and file.unique_id not in files
            was_caption = any(n.file is not None and n.at.part is Part.PICTURE for n in have)
            is_caption = was_caption if file is None else file.is_picture
            had = Manner.of_entry(entry, has_file=bool(files))
            setup = self._reader.as_stored(journal, entry, have, had)
            old = self._reader.read(setup, entry.text, caption=was_caption)
            text = incoming.text
            new = self._reader.read(setup, text, caption=is_caption)
            remarks: tuple[tuple[Remark, str], ...] = ()
            if new.bare and not files and file is None:
                # Only a tag is left: it is done, and the words are not taken for deleted.
                text = RichText(f"{text.text.strip()} ") + old.body
                new = self._reader.read(setup, text)
                remarks = ((Remark.WORDS_STAY, ""),)
            if text == entry.text and not exchanged:
                return Receipt(frozenset({entry.id}))
            base = (await roots_of(connection, entry.id))[0].at
            moved = _moved(journal, entry, base, old, new)
            if moved.part is Part.TITLE and (files or file is not None):
                # A title is one line and takes no file along.
                moved = replace(moved, part=Part.ITEM, section=base.section)
            manner = Manner.of_entry(entry, has_file=bool(files) or file is not None)
            lines = lines_of(new, _spoken(moved.part, caption=is_caption), manner)
            before = lines_of(old, _spoken(base.part, caption=was_caption), had)
            touched = {entry.id}
            if moved != base:
                others = [o for o in await album_of(connection, entry) if o.id != entry.id]
                touched |= await place_album(connection, others, moved)
                for root in await roots_of(connection, entry.id):
                    there = replace(moved, part=root.at.part)
                    touched |= await nodes.place(connection, root.id, there)
            own = [node for node in have if node.line < ADDED]
            rewriting = _Rewriting(connection, entry, moved, before, own)
            touched |= await rewriting.apply(lines)
            await self._keep_file(
                connection, journal, entry, have, file if exchanged else None, incoming.sent_at
            )
            await want_titles(connection, journal, lines, incoming.sent_at)
            await settle(connection, touched)
            now = await entries.get(connection, entry.id)
            state = entry.state if now is None else now.state
            # Each further edit has to look different from what is shown now.
            reaction = reaction_to(state, changed=entry.reaction != CHANGED)
            await entries.revise(connection, entry.id, text, reaction)
            if state is State.UNTAGGED and not await _was_asked(connection, entry):
                await answers.set_question(connection, entry.id, "wanted")
            return Receipt(frozenset(touched), changed=True, remarks=remarks)

    async def _keep_file(
        self,
        connection: Connection,
        journal: Journal,
        entry: Entry,
        had: Sequence[Node],
        new: IncomingFile | None,
        now: datetime,
    ) -> None:
        """The entry's file, or the new one in its place, belongs to the first of its lines."""
        picture_id = next((node.file.id for node in had if node.file is not None), None)
        lines = await nodes.of_entry(connection, entry.id)
        if not lines:
            return
        if new is not None:
            picture_id = await add_file(connection, journal.id, lines[0].at.week, new, now)
        for line in lines:
            wanted = picture_id if line is lines[0] else None
            if (None if line.file is None else line.file.id) != wanted:
                await nodes.set_file(connection, line.id, wanted)


async def _was_asked(connection: Connection, entry: Entry) -> bool:
    """Whether the bot has asked about the entry or another part of its album."""
    for part in await album_of(connection, entry):
        if await shown.questions_about(connection, part.id):
            return True
    return False


def _spoken(part: Part, *, caption: bool) -> Part:
    """The part as which the lines were said: a picture by its link was said as an item."""
    if caption:
        return Part.PICTURE
    return Part.ITEM if part is Part.PICTURE else part


def _moved(
    journal: Journal, entry: Entry, base: Placement, old: ParsedMessage, new: ParsedMessage
) -> Placement:
    """Where the entry belongs after the edit, given where it stands."""
    at = base
    if (new.section, new.part) != (old.section, old.part):
        whole = new.part in WHOLE_WEEK
        # A reply without a tag, or with that of what it answers, stays below it.
        stays = new.part is Part.ITEM and new.section in {None, base.section}
        parent = base.parent if stays else None
        part = base.part if parent and base.part is Part.CAPTION else new.part
        section = base.section if parent else None if whole else new.section
        at = replace(at, parent=parent, section=section, part=part)
    if new.week != old.week:
        if isinstance(new.week, BadWeek):
            return Placement(base.week, None, Part.ITEM)
        day = journal.day_of(entry.sent_at)
        week = journal.week_of(entry.sent_at) if new.week is None else resolve(new.week, day)
        at = replace(at, week=week or base.week, parent=None)
    return at


class _Rewriting:
    """Brings the nodes of one entry to what its message says now."""

    def __init__(
        self,
        connection: Connection,
        entry: Entry,
        base: Placement,
        before: Sequence[Line],
        have: Sequence[Node],
    ) -> None:
        self._connection = connection
        self._entry = entry
        self._base = base
        self._before = before
        self._have = {node.line: node for node in have}
        self._touched: set[EntryId] = set()

    async def apply(self, lines: Sequence[Line]) -> set[EntryId]:
        """The entries that were touched.

        Every line has its node, in its place; lines that are gone leave theirs to others.
        """
        pairs = align([line.source for line in self._before], lines)
        ids: list[NodeId | None] = []
        for index, (line, old) in enumerate(zip(lines, pairs, strict=True)):
            node = None if old is None else self._have.get(old)
            if node is not None:
                await self._continue(index, line, node, ids, pairs)
                ids.append(node.id)
            elif old is not None and self._before[old].source == line.source:
                # The line was removed by other means, and the edit does not speak of it.
                ids.append(None)
            else:
                ids.append(await self._insert(index, line, ids))
        continued = {old for old in pairs if old is not None}
        for line_number, node in self._have.items():
            if line_number not in continued:
                heir = next(
                    (
                        kept
                        for kept, old in reversed(list(zip(ids, pairs, strict=True)))
                        if kept is not None and (old is None or old < line_number)
                    ),
                    None,
                )
                await self._hand_over(node, heir)
        return self._touched

    async def _continue(
        self,
        index: int,
        line: Line,
        node: Node,
        ids: Sequence[NodeId | None],
        pairs: Sequence[int | None],
    ) -> None:
        text = node.text if line.source == node.source else line.source
        address = line.address if node.file is None else None
        await nodes.set_source(self._connection, node.id, index, line.source, text, address)
        stood = self._before[node.line].parent
        stands = None if line.parent is None else pairs[line.parent]
        if line.parent is None and stood is None:
            if node.at.part is not line.part:
                await self._move(node, replace(self._base, part=line.part))
        elif line.parent is None or stands is None or stands != stood:
            await self._move(node, await self._place(line, ids))

    async def _move(self, node: Node, at: Placement) -> None:
        self._touched |= await nodes.place(self._connection, node.id, at)

    async def _insert(self, index: int, line: Line, ids: Sequence[NodeId | None]) -> NodeId:
        at = await self._place(line, ids)
        siblings = [node for node in self._have.values() if node.at.parent == at.parent]
        position = siblings[-1].position if siblings else self._entry.sent_at.timestamp()
        new = nodes.NewNode(
            entry_id=self._entry.id,
            journal_id=self._entry.journal_id,
            at=at,
            position=position,
            line=index,
            source=line.source,
            address=line.address,
        )
        return await nodes.add(self._connection, new)

    async def _place(self, line: Line, ids: Sequence[NodeId | None]) -> Placement:
        return await self._below(None if line.parent is None else ids[line.parent], line.part)

    async def _below(self, parent: NodeId | None, part: Part) -> Placement:
        """The place below a line, wherever that was moved; without one, with the message."""
        above = None if parent is None else await nodes.get(self._connection, parent)
        if above is None:
            return replace(self._base, part=part)
        return replace(above.at, part=part, parent=above.id)

    async def _hand_over(self, node: Node, heir: NodeId | None) -> None:
        """What other messages have hung below the line stays, below the line before it."""
        own = {kept.id for kept in self._have.values()}
        for child in await nodes.children(self._connection, node.id):
            if child.id not in own:
                await self._move(child, await self._below(heir, child.at.part))
        await nodes.drop(self._connection, node.id)
