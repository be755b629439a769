"""A week becomes what a file says: lines keep their nodes, and thereby their messages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.domain.archive.scripts import How
from bot.domain.archive.unfolding import Leaf
from bot.domain.entry import EntryId, Node, NodeId, Part, Placement
from bot.domain.journal import Journal
from bot.services.documents import compile_canonical, make_document, read_report
from bot.services.filing import settle
from bot.services.ports import PictureShelf
from bot.services.returning.arranging import Seat, heirs, positions
from bot.services.returning.differing import Difference
from bot.services.returning.unsaying import Wording, worded
from bot.services.wording import links_of, spoken
from bot.storage import entries, links, nodes, originals, pictures
from bot.storage.database import Connection
from bot.storage.originals import Original


async def apply(
    connection: Connection, shelf: PictureShelf, difference: Difference, now: datetime
) -> frozenset[EntryId]:
    """The entries that were touched: the week is what the file says, byte for byte.

    Raises OSError where a picture cannot be kept, RefusedError where there is too much of them.
    """
    journal, week = difference.standing.journal, difference.week
    touched: set[EntryId] = set()
    if not difference.script.is_empty:
        entry_id = await entries.add_import(connection, journal.id, week, now)
        rewriting = _Rewriting(connection, difference, entry_id)
        touched = await rewriting.rewrite()
        await settle(connection, {*touched, entry_id})
    for path in difference.coming:
        content = await asyncio.to_thread(difference.file.picture, path)
        if content is not None:
            sha256 = await shelf.keep(content)
            await originals.attach(connection, journal.id, week, path, sha256)
    await _keep_files(connection, difference)
    await _keep_original(connection, difference)
    return frozenset(touched)


class _Rewriting:
    """Brings the nodes of a week to what the file says."""

    def __init__(self, connection: Connection, difference: Difference, entry_id: EntryId) -> None:
        self._connection = connection
        self._standing = difference.standing
        self._journal: Journal = difference.standing.journal
        self._new = difference.new
        self._script = difference.script
        self._entry_id = entry_id
        self._wordings: dict[NodeId, Wording] = {}
        self._gone: set[NodeId] = set()
        self._touched: set[EntryId] = set()

    async def rewrite(self) -> set[EntryId]:
        """The entries that were touched."""
        if self._has_lines_of_unknown_origin():
            await nodes.remove_week(
                self._connection, self._journal.id, self._standing.week, self._entry_id
            )
            self._touched |= {node.entry_id for node in self._standing.stored.values()}
            await self._seat([Seat(leaf, None) for leaf in self._new])
            return self._touched
        await self._seat(self._seats())
        for node_id, wording in self._wordings.items():
            for said, text in wording.texts.items():
                await nodes.set_text(self._connection, said, text)
                self._touched.add(self._standing.stored[said].entry_id)
            if not wording.keeps_file:
                await nodes.set_file(self._connection, node_id, None)
        await self._remove()
        return self._touched

    def _has_lines_of_unknown_origin(self) -> bool:
        """Whether something is to change of which nobody knows what it was made of."""
        script = self._script
        moved = {move.old for move in script.moved if move.how not in {How.PART, How.ORDER}}
        changing = {*script.removed, *script.changed, *moved}
        old = self._standing.leaves
        return any(old[at].node is None and old[at].part is not Part.TITLE for at in changing)

    def _seats(self) -> list[Seat]:
        """The new lines with the nodes that they continue; all others are gone."""
        moved = {move.old for move in self._script.moved}
        seats: list[Seat] = []
        for leaf, was in zip(self._new, self._script.pairs, strict=True):
            node = None if was is None else self._node(was)
            if node is not None and was in self._script.changed:
                wording = self._worded(node, leaf)
                if wording is not None and _can_be(node, leaf):
                    self._wordings[node.id] = wording
            if node is not None and (
                not _can_be(node, leaf)
                or (was in self._script.changed and node.id not in self._wordings)
            ):
                # It can be no other than it is, so another one takes its place.
                self._gone.add(node.id)
                node, was = None, None
            is_nobodys = node is None and was is not None and was not in self._script.changed
            # What is below a line that was exchanged goes below the new one.
            above = None if leaf.parent is None else seats[leaf.parent]
            exchanged = above is not None and above.node is None and not above.is_nobodys
            seats.append(Seat(leaf, node, was in moved or exchanged, is_nobodys))
        for at in self._script.removed:
            node = self._node(at)
            if node is not None and node.at.part is Part.TITLE:
                # One that was set before it must not come up again.
                stored = self._standing.stored.values()
                self._gone |= {other.id for other in stored if other.at.part is Part.TITLE}
            elif node is not None:
                self._gone.add(node.id)
        return seats

    def _node(self, at: int) -> Node | None:
        node_id = self._standing.leaves[at].node
        return None if node_id is None else self._standing.stored.get(node_id)

    def _worded(self, node: Node, leaf: Leaf) -> Wording | None:
        stored = self._standing.stored.values()
        captions = [n for n in stored if n.at.parent == node.id and n.at.part is Part.CAPTION]
        captions.sort(key=lambda caption: caption.order)
        shown = self._standing.shown[node.id]
        if node.at.part is Part.PICTURE and leaf.part is not Part.PICTURE:
            return None
        return worded(self._journal, shown, captions, leaf.source)

    async def _seat(self, seats: list[Seat]) -> None:
        """Every line stands where the file has it; what is new is there."""
        found = positions(seats)
        ids: list[NodeId | None] = []
        for index, seat in enumerate(seats):
            leaf, node = seat.leaf, seat.node
            parent = None if leaf.parent is None else ids[leaf.parent]
            at = Placement(self._standing.week, leaf.section, seat.part, parent)
            if seat.is_nobodys:
                ids.append(None)
                continue
            if node is None:
                new = nodes.NewNode(
                    entry_id=self._entry_id,
                    journal_id=self._journal.id,
                    at=at,
                    position=found[index],
                    line=index,
                    source=leaf.source,
                    address=leaf.address,
                )
                ids.append(await nodes.add(self._connection, new))
                continue
            ids.append(node.id)
            if index in found:
                await nodes.set_position(self._connection, node.id, found[index])
            if seat.is_moved and not _stands(node, at):
                self._touched |= await nodes.place(self._connection, node.id, at)
        await self._follow(seats)

    async def _follow(self, seats: list[Seat]) -> None:
        """Pictures whose line has gone to another section stay where the file has them."""
        now = await self._nodes()
        for seat in seats:
            if seat.node is not None and seat.part is Part.PICTURE:
                at = now[seat.node.id].at
                if at.section != seat.leaf.section and at.section != seat.node.at.section:
                    there = replace(at, section=seat.leaf.section, parent=None)
                    self._touched |= await nodes.place(self._connection, seat.node.id, there)

    async def _remove(self) -> None:
        """What is gone is gone as if deleted; what hung below it and stays hangs higher up."""
        kept = await self._nodes()
        shown = {leaf.node for leaf in self._standing.leaves}
        going = frozenset(self._gone)
        for node_id, parent in heirs(kept, going).items():
            node = kept[node_id]
            # A file without a place in the report goes along, and so does what was said of it.
            if node_id in shown or node.entry_id == self._entry_id:
                there = replace(node.at, parent=parent)
                self._touched |= await nodes.place(self._connection, node_id, there)
        self._touched |= await nodes.remove(self._connection, going, self._entry_id)

    async def _nodes(self) -> dict[NodeId, Node]:
        lines = await nodes.of_week(self._connection, self._journal.id, self._standing.week)
        return {line.id: line for line in lines}


def _can_be(node: Node, leaf: Leaf) -> bool:
    """Whether the node can stand as what the line is."""
    if node.at.part is Part.PICTURE:
        return leaf.part in {Part.PICTURE, Part.TEXT, Part.INTRO, Part.OUTRO}
    return leaf.part is not Part.PICTURE and not (leaf.part is Part.TITLE and node.file is not None)


def _stands(node: Node, at: Placement) -> bool:
    """Whether the node stands there; a picture may hang below anything of its section."""
    if at.part is Part.PICTURE:
        return (node.at.part, node.at.section) == (at.part, at.section)
    return node.at == at


async def _keep_files(connection: Connection, difference: Difference) -> None:
    """Files that no line of the week has, but that the report names, stay with it."""
    standing = difference.standing
    journal, week = standing.journal, standing.week
    names = {line.file.name for line in standing.stored.values() if line.file is not None}
    names |= {leaf.address.rpartition("/")[2] for leaf in difference.new if leaf.address}
    lines = await nodes.of_week(connection, journal.id, week)
    names -= {line.file.name for line in lines if line.file is not None}
    for picture in await pictures.named(connection, journal.id, sorted(names)):
        path = journal.pictures_prefix + picture.name
        if picture.sha256 is not None and path in difference.file.text:
            await originals.attach(connection, journal.id, week, path, picture.sha256)


async def _keep_original(connection: Connection, difference: Difference) -> None:
    """The file is kept as it came where the lines alone would not give it back.

    Lines that the file could not know of are as if they had been added to it.
    """
    standing, text, late = difference.standing, difference.file.text, difference.late
    journal, week = standing.journal, standing.week
    stored = await nodes.of_week(connection, journal.id, week)
    titles = await links.titles(connection, links_of(journal, stored))
    lines = spoken(journal, stored, titles)
    known = [line for line in lines if line.id not in late]
    _, document = await asyncio.to_thread(make_document, journal, week, known, None)
    was_replaced = len(known) + len(late) != len(lines)
    if document == text or was_replaced:
        await originals.forget(connection, journal.id, week)
        return
    report = await asyncio.to_thread(read_report, text, journal)
    baseline = await asyncio.to_thread(compile_canonical, journal, week, known, report)
    original = Original(difference.file.content, baseline)
    await originals.keep(connection, journal.id, week, original)
