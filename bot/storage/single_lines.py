"""Single lines of the outline, deleted by themselves and put back."""

from __future__ import annotations

from bot.domain.entry import EntryId, JournalId, NodeId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.nodes import update_subtree


async def week_of(connection: Connection, journal_id: JournalId, node_id: NodeId) -> IsoWeek | None:
    """The week of a node of the journal's, also where it was removed."""
    rows = await connection.execute_fetchall(
        "SELECT week FROM nodes WHERE id = ? AND journal_id = ?", (node_id, journal_id)
    )
    return next((IsoWeek.parse(row["week"]) for row in rows), None)


async def last_line(connection: Connection, entry_id: EntryId) -> int:
    """The greatest line number among the nodes that an entry ever had."""
    rows = await connection.execute_fetchall(
        "SELECT coalesce(max(line), 0) AS line FROM nodes WHERE entry_id = ?", (entry_id,)
    )
    return max(int(row["line"]) for row in rows)


async def remove_line(connection: Connection, node_id: NodeId) -> set[EntryId]:
    """The entries that were touched: the node and all below are gone, until it is put back."""
    return await update_subtree(
        connection,
        [node_id],
        "removed_with = iif(removed, removed_with, ?), removed = iif(removed, removed, 3)",
        (node_id,),
    )


async def restore_line(connection: Connection, node_id: NodeId) -> set[EntryId]:
    """The entries that were touched: the node is back with what went when it was deleted.

    Where what it hung below is gone meanwhile, or has gone to another week, it stands by itself.
    """
    rows = await connection.execute_fetchall(
        "UPDATE nodes SET removed = 0, removed_with = NULL"
        " WHERE removed = 3 AND removed_with = ? RETURNING entry_id",
        (node_id,),
    )
    if not rows:
        return set()
    above = await connection.execute_fetchall(
        """
        SELECT above.week = nodes.week AND NOT above.removed AS holds, above.section
        FROM nodes JOIN nodes AS above ON above.id = nodes.parent_id WHERE nodes.id = ?
        """,
        (node_id,),
    )
    for row in above:
        if not row["holds"]:
            await connection.execute("UPDATE nodes SET parent_id = NULL WHERE id = ?", (node_id,))
        else:
            await update_subtree(connection, [node_id], "section = ?", (row["section"],))
    return {EntryId(row["entry_id"]) for row in rows}


async def restore_lines(connection: Connection, entry_id: EntryId) -> set[EntryId]:
    """The entries that were touched: what was deleted line by line of that entry is back."""
    rows = await connection.execute_fetchall(
        "SELECT DISTINCT removed_with FROM nodes WHERE entry_id = ? AND removed = 3", (entry_id,)
    )
    touched: set[EntryId] = set()
    for row in rows:
        touched |= await restore_line(connection, NodeId(row["removed_with"]))
    return touched
