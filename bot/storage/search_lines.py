"""Lines as a search compares them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.entry import JournalId, NodeId
from bot.domain.searching.ancestry import Candidate
from bot.domain.searching.query import Query
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class UnfoldedLine:
    """A line that is still to be worked out; one that `takes_titles` shows links by titles."""

    id: NodeId
    journal_id: JournalId
    text: str
    label: str
    address: str | None
    takes_titles: bool


async def unfolded(
    connection: Connection, journal_id: JournalId | None, most: int
) -> list[UnfoldedLine]:
    """So many lines of the journal, or of any, that are still to be worked out."""
    rows = await connection.execute_fetchall(
        """
        SELECT nodes.id, nodes.journal_id, nodes.text, nodes.address,
            coalesce(pictures.label, '') AS label,
            NOT entries.imported AND nodes.part NOT IN ('picture', 'caption') AS takes_titles
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        LEFT JOIN pictures ON pictures.id = nodes.picture_id
        WHERE folded IS NULL AND (?1 IS NULL OR nodes.journal_id = ?1) LIMIT ?2
        """,
        (journal_id, most),
    )
    return [
        UnfoldedLine(
            NodeId(row["id"]),
            JournalId(row["journal_id"]),
            row["text"],
            row["label"],
            row["address"],
            bool(row["takes_titles"]),
        )
        for row in rows
    ]


async def keep(
    connection: Connection,
    folded: Iterable[tuple[NodeId, str]],
    untitled: Iterable[tuple[str, NodeId]],
) -> None:
    """The lines are compared as that; the links to those addresses have no title yet."""
    await connection.executemany(
        "UPDATE nodes SET folded = ?2 WHERE id = ?1", [(one, text) for one, text in folded]
    )
    await connection.executemany("INSERT OR IGNORE INTO untitled_lines VALUES (?, ?)", untitled)


async def candidates(
    connection: Connection, journal_id: JournalId, query: Query
) -> list[Candidate]:
    """The lines that hold any of the words, the newest first; without words the top-level ones.

    Lines of one message come in its own order.
    """
    held = " + ".join(
        f"((instr(folded, ?{number + 6}) > 0) << {number})" for number in range(len(query.needles))
    )
    any_of = " OR ".join(f"instr(folded, ?{n + 6})" for n in range(len(query.needles)))
    first, last = ("0", "~") if query.year is None else (f"{query.year}-W01", f"{query.year}-W99")
    rows = await connection.execute_fetchall(
        f"""
        SELECT id, parent_id, {held or "0"} AS held FROM nodes
        WHERE journal_id = ?1 AND week BETWEEN ?2 AND ?3 AND NOT removed
            AND (?4 IS NULL OR section = ?4) AND (?5 IS NULL OR part = ?5)
            AND ({any_of or "parent_id IS NULL"})
        ORDER BY week DESC, position DESC, line, id
        """,  # noqa: S608 -- all of it is written in this module
        (journal_id, first, last, query.section, query.part, *query.needles),
    )
    return [Candidate(row["id"], row["parent_id"], row["held"]) for row in rows]


async def parents(connection: Connection, ids: Sequence[NodeId]) -> dict[NodeId, NodeId | None]:
    """What stands above each of those nodes, and above that."""
    rows = await connection.execute_fetchall(
        """
        WITH RECURSIVE above(id, parent_id) AS (
            SELECT id, parent_id FROM nodes WHERE id IN (SELECT value FROM json_each(?))
            UNION SELECT nodes.id, nodes.parent_id FROM nodes
                JOIN above ON nodes.id = above.parent_id
        )
        SELECT id, parent_id FROM above
        """,
        (json.dumps(list(ids)),),
    )
    return {row["id"]: row["parent_id"] for row in rows}
