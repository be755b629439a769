"""Nodes: the outline of every week."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Row

from bot.domain.entry import (
    AttachedFile,
    EntryId,
    JournalId,
    MessageId,
    Node,
    NodeId,
    Part,
    PictureId,
    Placement,
)
from bot.domain.week import IsoWeek
from bot.storage.database import Connection, new_id
from bot.storage.instants import from_seconds
from bot.storage.rich_text import from_spans

_SELECT = """
    SELECT nodes.*, entries.message_id, entries.author_id, entries.author, entries.imported,
        entries.origin, entries.media_group, entries.sent_at, pictures.name, pictures.label,
        pictures.is_picture, pictures.unique_id,
        pictures.sha256 IS NULL AND pictures.retry_at IS NULL AS is_missing
    FROM nodes JOIN entries ON entries.id = nodes.entry_id
    LEFT JOIN pictures ON pictures.id = nodes.picture_id
    WHERE NOT removed
"""

_SUBTREE = """
    WITH RECURSIVE subtree(id) AS (
        SELECT value FROM json_each(?)
        UNION SELECT nodes.id FROM nodes JOIN subtree ON nodes.parent_id = subtree.id
    )
"""


@dataclass(frozen=True, slots=True)
class NewNode:
    """A line about to be added."""

    entry_id: EntryId
    journal_id: JournalId
    at: Placement
    position: float
    line: int
    source: str
    picture_id: PictureId | None = None
    address: str | None = None


async def add(connection: Connection, new: NewNode) -> NodeId:
    """The id of the new node."""
    cursor = await connection.execute(
        """
        INSERT INTO nodes (entry_id, journal_id, parent_id, week, section, part, position, line,
            source, text, picture_id, address)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            new.entry_id,
            new.journal_id,
            new.at.parent,
            str(new.at.week),
            new.at.section,
            new.at.part,
            new.position,
            new.line,
            new.source,
            new.source,
            new.picture_id,
            new.address,
        ),
    )
    return NodeId(new_id(cursor))


async def of_week(connection: Connection, journal_id: JournalId, week: IsoWeek) -> list[Node]:
    """The nodes of a week."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} AND nodes.journal_id = ? AND nodes.week = ?", (journal_id, str(week))
    )
    return [_node(row) for row in rows]


async def get(connection: Connection, node_id: NodeId) -> Node | None:
    """The node with that id, unless it was removed."""
    rows = await connection.execute_fetchall(f"{_SELECT} AND nodes.id = ?", (node_id,))
    return next(map(_node, rows), None)


async def of_entry(connection: Connection, entry_id: EntryId) -> list[Node]:
    """The nodes that a message brought and that are there, in its order of lines."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} AND nodes.entry_id = ? ORDER BY line, nodes.id", (entry_id,)
    )
    return [_node(row) for row in rows]


async def root_of(connection: Connection, node: Node) -> Node:
    """The top-level node above; the node itself where it hangs below nothing."""
    above = node
    while above.at.parent is not None:
        found = await get(connection, above.at.parent)
        if found is None:
            return above
        above = found
    return above


async def children(connection: Connection, node_id: NodeId) -> list[Node]:
    """The nodes directly below."""
    rows = await connection.execute_fetchall(f"{_SELECT} AND nodes.parent_id = ?", (node_id,))
    return [_node(row) for row in rows]


async def set_source(
    connection: Connection,
    node_id: NodeId,
    line: int,
    source: str,
    text: str,
    address: str | None = None,
) -> None:
    """What the message says on the node's line, and what the report shows."""
    await connection.execute(
        "UPDATE nodes SET line = ?, source = ?, text = ?, address = ? WHERE id = ?",
        (line, source, text, address, node_id),
    )


async def set_file(connection: Connection, node_id: NodeId, picture_id: PictureId | None) -> None:
    """The node has that file now, or none."""
    await connection.execute("UPDATE nodes SET picture_id = ? WHERE id = ?", (picture_id, node_id))


async def place(connection: Connection, node_id: NodeId, at: Placement) -> set[EntryId]:
    """The entries whose nodes went along: a node moves with all that hangs below it.

    What is below keeps its parent and its part, and takes over week and section. Where it would
    hang below itself, and so in no report, it stands by itself.
    """
    await connection.execute(
        """
        WITH RECURSIVE above(id) AS (
            SELECT ?1 UNION SELECT parent_id FROM nodes JOIN above ON above.id = nodes.id
        )
        UPDATE nodes SET parent_id = iif(?3 IN (SELECT id FROM above), NULL, ?1), part = ?2
        WHERE id = ?3
        """,
        (at.parent, at.part, node_id),
    )
    return await update_subtree(
        connection, [node_id], "week = ?, section = ?", (str(at.week), at.section)
    )


async def set_position(connection: Connection, node_id: NodeId, position: float) -> None:
    """Where the node stands among its siblings from now on."""
    await connection.execute("UPDATE nodes SET position = ? WHERE id = ?", (position, node_id))


async def drop(connection: Connection, node_id: NodeId) -> None:
    """The node is gone: its message does not say it any more."""
    await connection.execute("UPDATE nodes SET removed = 1 WHERE id = ?", (node_id,))


async def remove_week(
    connection: Connection, journal_id: JournalId, week: IsoWeek, removed_with: EntryId
) -> None:
    """All that is placed in the week is gone in favour of that entry.

    What waits to be filed stays: no file can hold it.
    """
    rows = await connection.execute_fetchall(
        """
        SELECT nodes.id FROM nodes JOIN entries ON entries.id = entry_id
        WHERE nodes.journal_id = ? AND nodes.week = ? AND NOT removed AND state = 'placed'
        """,
        (journal_id, str(week)),
    )
    for entry_id in await remove(connection, [NodeId(row["id"]) for row in rows], removed_with):
        await connection.execute("UPDATE entries SET state = 'removed' WHERE id = ?", (entry_id,))
    # An import without a single line has no node by which it would be found above.
    await connection.execute(
        """
        UPDATE entries SET state = 'removed'
        WHERE journal_id = ? AND week = ? AND imported AND id <> ?
        """,
        (journal_id, str(week), removed_with),
    )


async def set_text(connection: Connection, node_id: NodeId, text: str) -> None:
    """What the report shows of the node from now on."""
    await connection.execute("UPDATE nodes SET text = ? WHERE id = ?", (text, node_id))


async def remove(
    connection: Connection, ids: Iterable[NodeId], removed_with: EntryId
) -> set[EntryId]:
    """The entries that were touched: the nodes and all below are gone with that entry."""
    return await update_subtree(
        connection,
        ids,
        "removed_with = iif(removed, removed_with, ?), removed = iif(removed, removed, 2)",
        (removed_with,),
    )


async def restore(connection: Connection, removed_with: EntryId) -> set[EntryId]:
    """The entries that were touched: the entry is back, and what went with its removal.

    What hung below something that is still gone stands by itself now.
    """
    rows = await connection.execute_fetchall(
        "UPDATE nodes SET removed = 0 WHERE removed = 2 AND (removed_with = ?1 OR entry_id = ?1)"
        " RETURNING entry_id",
        (removed_with,),
    )
    await connection.execute(
        """
        UPDATE nodes SET parent_id = NULL
        WHERE (removed_with = ?1 OR entry_id = ?1) AND NOT removed
            AND parent_id IN (SELECT id FROM nodes WHERE removed)
        """,
        (removed_with,),
    )
    await connection.execute(
        "UPDATE nodes SET removed_with = NULL"
        " WHERE (removed_with = ?1 OR entry_id = ?1) AND NOT removed",
        (removed_with,),
    )
    return {EntryId(row["entry_id"]) for row in rows}


async def every_of_entry(connection: Connection, entry_id: EntryId) -> list[NodeId]:
    """The ids of all nodes that a message ever brought, removed ones too."""
    rows = await connection.execute_fetchall("SELECT id FROM nodes WHERE entry_id = ?", (entry_id,))
    return [NodeId(row["id"]) for row in rows]


async def update_subtree(
    connection: Connection, ids: Iterable[NodeId], assignment: str, values: tuple[object, ...] = ()
) -> set[EntryId]:
    """The entries that were touched: the nodes and all below are changed so."""
    roots = json.dumps(list(ids))
    rows = await connection.execute_fetchall(
        f"{_SUBTREE} SELECT DISTINCT entry_id FROM nodes WHERE id IN subtree",  # noqa: S608 -- fixed
        (roots,),
    )
    update = f"{_SUBTREE} UPDATE nodes SET {assignment} WHERE id IN subtree"  # noqa: S608 -- fixed
    await connection.execute(update, (roots, *values))
    return {EntryId(row["entry_id"]) for row in rows}


def _node(row: Row) -> Node:
    parent = row["parent_id"]
    file = None
    if row["picture_id"] is not None:
        file = AttachedFile(
            name=row["name"],
            label=row["label"],
            is_picture=bool(row["is_picture"]),
            is_missing=bool(row["is_missing"]),
            unique_id=row["unique_id"],
            id=PictureId(row["picture_id"]),
        )
    return Node(
        id=NodeId(row["id"]),
        entry_id=EntryId(row["entry_id"]),
        at=Placement(
            IsoWeek.parse(row["week"]),
            row["section"],
            Part(row["part"]),
            None if parent is None else NodeId(parent),
        ),
        position=row["position"],
        message_id=MessageId(row["message_id"]),
        line=row["line"],
        source=row["source"],
        text=row["text"],
        file=file,
        address=row["address"],
        author_id=row["author_id"],
        author=row["author"],
        origin=from_spans(*json.loads(row["origin"])),
        media_group=row["media_group"],
        is_imported=bool(row["imported"]),
        sent_at=from_seconds(row["sent_at"]),
    )
