"""What messages are still to be answered with, and what they show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.entry import EntryId, MessageKey
from bot.storage.database import Connection
from bot.storage.entries import key_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What an entry's message is still to be answered with."""

    entry_id: EntryId
    key: MessageKey
    reaction: str
    reacts: bool
    asks: bool
    in_album: bool


async def waiting(connection: Connection, ids: Iterable[EntryId] | None = None) -> list[Answer]:
    """The entries whose message still lacks its reaction or its question, oldest first."""
    chosen = "" if ids is None else "AND id IN (SELECT value FROM json_each(?))"
    rows = await connection.execute_fetchall(
        f"""
        SELECT id, chat_id, message_id, reaction, question = 'wanted' AS asks,
            reaction_shown IS NOT reaction AS reacts, media_group IS NOT NULL AS in_album
        FROM entries WHERE (reaction_shown IS NOT reaction OR question = 'wanted') {chosen}
        ORDER BY id
        """,  # noqa: S608 -- one of two fixed texts
        () if ids is None else (json.dumps(list(ids)),),
    )
    return [
        Answer(
            EntryId(row["id"]),
            key_of(row),
            row["reaction"],
            bool(row["reacts"]),
            bool(row["asks"]),
            bool(row["in_album"]),
        )
        for row in rows
    ]


async def set_shown(connection: Connection, shown: Iterable[tuple[EntryId, str]]) -> None:
    """Those messages show those reactions now."""
    await connection.executemany(
        "UPDATE entries SET reaction_shown = ? WHERE id = ?",
        [(reaction, entry_id) for entry_id, reaction in shown],
    )


async def set_question(connection: Connection, entry_id: EntryId, question: str) -> None:
    """Whether the question where the entry goes is `none`, `wanted` or `asked`."""
    await connection.execute("UPDATE entries SET question = ? WHERE id = ?", (question, entry_id))
