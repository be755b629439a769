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
            journals.link_titles AND NOT entries.imported
                AND nodes.part NOT IN ('picture', 'caption') AS takes_titles
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        JOIN journals ON journals.id = nodes.journal_id
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
    """The lines that may be found, the newest message first; without words the top-level ones.

    They hold all of the words, or any where others may stand above. Those of one message come in
    its own order.
    """
    needles = query.needles
    all_of = " AND ".join(f"instr(folded, ?{n})" for n in _numbers(needles, 6))
    any_of = " OR ".join(f"instr(folded, ?{n})" for n in _numbers(needles, 6))
    wanted = f"{all_of} OR parent_id IS NOT NULL AND ({any_of})" if needles[1:] else all_of
    first, last = ("0", "~") if query.year is None else (f"{query.year}-W01", f"{query.year}-W99")
    rows = await connection.execute_fetchall(
        f"""
        SELECT id, parent_id, {_held(needles, 6)} FROM nodes
        WHERE journal_id = ?1 AND week BETWEEN ?2 AND ?3 AND NOT removed
            AND (?4 IS NULL OR section = ?4) AND (?5 IS NULL OR part = ?5)
            AND ({wanted or "parent_id IS NULL"})
        ORDER BY week DESC, entry_id DESC, position, line, id
        """,  # noqa: S608 -- all of it is written in this module
        (journal_id, first, last, query.section, query.part, *needles),
    )
    # By their order: these may be many.
    return [Candidate(*row) for row in rows]


async def above(
    connection: Connection, ids: Iterable[NodeId], needles: Sequence[str]
) -> dict[NodeId, Candidate]:
    """Those lines and all that stand above them, with what they hold; none does that is deleted."""
    rows = await connection.execute_fetchall(
        f"""
        WITH RECURSIVE above(id) AS (
            SELECT value FROM json_each(?1)
            UNION SELECT parent_id FROM nodes JOIN above USING (id) WHERE parent_id IS NOT NULL
        )
        SELECT id, parent_id, CASE WHEN removed THEN 0 ELSE {_held(needles, 2)} END
        FROM nodes JOIN above USING (id)
        """,  # noqa: S608 -- all of it is written in this module
        (json.dumps(list(ids)), *needles),
    )
    return {row[0]: Candidate(*row) for row in rows}


async def foreign_sections(connection: Connection, journal_id: JournalId) -> list[str]:
    """The sections of lines that are none of the journal's, for they were imported so."""
    rows = await connection.execute_fetchall(
        """
        SELECT DISTINCT section FROM nodes
        WHERE journal_id = ? AND section LIKE '## %' AND NOT removed ORDER BY section
        """,
        (journal_id,),
    )
    return [row["section"] for row in rows]


def _numbers(needles: Sequence[str], first: int) -> range:
    return range(first, first + len(needles))


def _held(needles: Sequence[str], first: int) -> str:
    """Which of the words, that are parameters from the `first` on, a line holds: a bit for each."""
    bits = (
        f"(coalesce(instr(folded, ?{n}), 0) > 0) << {bit}"
        for bit, n in enumerate(_numbers(needles, first))
    )
    return " | ".join(f"({bit})" for bit in bits) or "0"
