"""Nodes whether or not they are still there: what they said, and what they hang below."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.entry import EntryId, NodeId, Part
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Trace:
    """What there is to know of a node that may be gone; `text` is its Markdown."""

    id: NodeId
    entry_id: EntryId
    parent: NodeId | None
    week: str
    section: str | None
    part: Part
    text: str
    label: str


async def traces(connection: Connection, ids: Iterable[NodeId]) -> list[Trace]:
    """The nodes with those ids, in the order of their ids."""
    rows = await connection.execute_fetchall(
        """
        SELECT nodes.*, coalesce(pictures.label, '') AS label
        FROM nodes LEFT JOIN pictures ON pictures.id = nodes.picture_id
        WHERE nodes.id IN (SELECT value FROM json_each(?)) ORDER BY nodes.id
        """,
        (json.dumps(list(ids)),),
    )
    return [
        Trace(
            NodeId(row["id"]),
            EntryId(row["entry_id"]),
            None if row["parent_id"] is None else NodeId(row["parent_id"]),
            row["week"],
            row["section"],
            Part(row["part"]),
            row["text"],
            row["label"],
        )
        for row in rows
    ]


async def pick_up(connection: Connection, ids: Iterable[NodeId]) -> None:
    """Nodes that were gone because their message did not say them are there again."""
    await connection.execute(
        "UPDATE nodes SET removed = 0 WHERE removed = 1 AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )


async def entry_of(connection: Connection, node_id: NodeId) -> EntryId | None:
    """The entry that has brought the node, whether or not the node is still there."""
    rows = await connection.execute_fetchall("SELECT entry_id FROM nodes WHERE id = ?", (node_id,))
    return next((EntryId(row["entry_id"]) for row in rows), None)


async def above(connection: Connection, node_id: NodeId) -> bool | None:
    """Whether all that the node hangs below is there; None where it hangs below itself."""
    rows = await connection.execute_fetchall(
        """
        WITH RECURSIVE above(id, parent_id, removed) AS (
            SELECT id, parent_id, 0 FROM nodes WHERE id = ?
            UNION SELECT nodes.id, nodes.parent_id, nodes.removed
            FROM nodes JOIN above ON nodes.id = above.parent_id
        ) SELECT parent_id, removed FROM above
        """,
        (node_id,),
    )
    found = list(rows)
    if any(row["parent_id"] == node_id for row in found):
        return None
    return not any(row["removed"] for row in found)
