"""An edited message changes its entry in place.

The new version is compared with the one before it, and only what the person changed is
applied: what was moved, renamed or nested by other means since stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.entry import WHOLE_WEEK, Entry, EntryId, Line, Node, NodeId, Part, Placement, State
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.grammar.weekmarks import BadWeek, resolve
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, reaction_to
from bot.domain.revision import align
from bot.services.filing import album_of, roots_of, settle
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.lines import lines_of
from bot.storage import entries, nodes, shown
from bot.storage.database import Connection, Database


class Revising:
    """Applies the edits that people make to their messages in Telegram."""

    def __init__(self, database: Database, bot_username: str) -> None:
        self._database = database
        self._username = bot_username

    async def revise(self, journal: Journal, entry: Entry, incoming: Incoming) -> Receipt:
        """What came of the edit; nothing where the message was deleted or reads as before."""
        if entry.state is State.REMOVED or incoming.text == entry.text:
            return Receipt(frozenset({entry.id}))
        async with self._database.atomic() as connection:
            have = await nodes.of_entry(connection, entry.id)
            caption = any(node.at.part is Part.PICTURE for node in have)
            old, new = (
                parse_message(text, journal.sections, caption=caption, bot_username=self._username)
                for text in (entry.text, incoming.text)
            )
            base = (await roots_of(connection, entry.id))[0].at
            moved = _moved(journal, entry, base, old, new)
            part = Part.PICTURE if caption else moved.part
            lines = lines_of(new, part)
            if not lines:
                return Receipt(
                    frozenset({entry.id}), remarks=((Remark.EMPTY_TAG, new.section or ""),)
                )
            before = lines_of(old, Part.PICTURE if caption else base.part)
            touched = {entry.id}
            if moved != base:
                for one in await album_of(connection, entry):
                    for root in await roots_of(connection, one.id):
                        there = replace(moved, part=root.at.part)
                        touched |= await nodes.place(connection, root.id, there)
            rewriting = _Rewriting(connection, entry, moved, before, have)
            touched |= await rewriting.apply(lines)
            await settle(connection, touched)
            now = await entries.get(connection, entry.id)
            state = entry.state if now is None else now.state
            # Each further edit has to look different from what is shown now.
            reaction = reaction_to(state, changed=entry.reaction != CHANGED)
            await entries.revise(connection, entry.id, incoming.text, reaction)
            if state is State.UNTAGGED and not await shown.questions_about(connection, entry.id):
                await entries.set_question(connection, entry.id, "wanted")
            return Receipt(frozenset(touched), changed=True)


def _moved(
    journal: Journal, entry: Entry, base: Placement, old: ParsedMessage, new: ParsedMessage
) -> Placement:
    """Where the entry belongs after the edit, given where it stands."""
    at = base
    if (new.section, new.part) != (old.section, old.part):
        whole = new.part in WHOLE_WEEK
        at = replace(at, section=None if whole else new.section, part=new.part)
        # A reply without a tag, or with that of what it answers, stays below it.
        stays = new.part is Part.ITEM and new.section in {None, base.section}
        parent = base.parent if stays else None
        at = replace(at, parent=parent, section=base.section if parent else at.section)
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
        await nodes.set_source(self._connection, node.id, index, line.source, text)
        stood = self._before[node.line].parent
        stands = None if line.parent is None else pairs[line.parent]
        if line.parent is None and stood is None:
            if node.at.part is not line.part:
                await self._move(node, replace(self._base, part=line.part))
        elif line.parent is None or stands is None or stands != stood:
            await self._move(node, self._place(line, ids))

    async def _move(self, node: Node, at: Placement) -> None:
        self._touched |= await nodes.place(self._connection, node.id, at)

    async def _insert(self, index: int, line: Line, ids: Sequence[NodeId | None]) -> NodeId:
        at = self._place(line, ids)
        siblings = [node for node in self._have.values() if node.at.parent == at.parent]
        position = siblings[-1].position if siblings else self._entry.sent_at.timestamp()
        new = nodes.NewNode(
            entry_id=self._entry.id,
            journal_id=self._entry.journal_id,
            at=at,
            position=position,
            line=index,
            source=line.source,
        )
        return await nodes.add(self._connection, new)

    def _place(self, line: Line, ids: Sequence[NodeId | None]) -> Placement:
        parent = None if line.parent is None else ids[line.parent]
        return replace(self._base, part=line.part, parent=parent or self._base.parent)

    async def _hand_over(self, node: Node, heir: NodeId | None) -> None:
        """What other messages have hung below the line stays, below the line before it."""
        own = {kept.id for kept in self._have.values()}
        for child in await nodes.children(self._connection, node.id):
            if child.id not in own:
                parent = heir or self._base.parent
                await self._move(child, replace(self._base, part=child.at.part, parent=parent))
        await nodes.drop(self._connection, node.id)
