"""What messages are still to be answered with, and what they show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.entry import EntryId, MessageId, MessageKey
from bot.storage.database import Connection
from bot.storage.entries import key_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What an entry's message is still to be answered with.

    It is told `in_words` where the journal wants it so; `said` is the bot's message that did so
    before, about the entry or what came with it: the parts of an album, a comment and its
    forwards. `may_show`: it is not new, so its message may show a reaction of before.
    """

    entry_id: EntryId
    key: MessageKey
    reaction: str
    reacts: bool
    asks: bool
    in_album: bool
    in_words: bool = False
    said: MessageId | None = None
    may_show: bool = False


async def waiting(connection: Connection, ids: Iterable[EntryId] | None = None) -> list[Answer]:
    """The entries whose message still lacks its reaction or its question, oldest first."""
    chosen = "" if ids is None else "AND id IN (SELECT value FROM json_each(?))"
    rows = await connection.execute_fetchall(
        f"""
        SELECT id, chat_id, message_id, reaction, question = 'wanted' AS asks,
            reaction_shown IS NOT reaction AS reacts, media_group IS NOT NULL AS in_album,
            (SELECT answers_in_words FROM journals WHERE journals.id = journal_id) AS in_words,
            edits > 0 OR question = 'asked' OR state = 'removed' AS may_show,
            coalesce(
                acknowledged_by,
                (
                    SELECT max(part.acknowledged_by) FROM entries AS part
                    WHERE part.chat_id = entries.chat_id AND part.media_group = entries.media_group
                ),
                (
                    SELECT comment.acknowledged_by FROM entries AS comment
                    WHERE comment.id = entries.comment_id
                ),
                (
                    SELECT max(other.acknowledged_by) FROM entries AS other
                    WHERE other.chat_id = entries.chat_id AND other.tagged_by = entries.tagged_by
                )
            ) AS said
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
            bool(row["in_words"]),
            None if row["said"] is None else MessageId(row["said"]),
            bool(row["may_show"]),
        )
        for row in rows
    ]


async def set_shown(connection: Connection, given: Iterable[Answer]) -> None:
    """The messages show the reactions of those answers now."""
    await connection.executemany(
        "UPDATE entries SET reaction_shown = ? WHERE chat_id = ? AND message_id = ?",
        [(one.reaction, one.key.chat_id, one.key.message_id) for one in given],
    )


async def set_said(
    connection: Connection, entry_id: EntryId, reaction: str, message_id: MessageId | None
) -> None:
    """That reaction was told in words, by that message of the bot's where its id is known."""
    await connection.execute(
        "UPDATE entries SET reaction_shown = ?, acknowledged_by = coalesce(?, acknowledged_by)"
        " WHERE id = ?",
        (reaction, message_id, entry_id),
    )


async def said_of(connection: Connection, entry_id: EntryId) -> MessageId | None:
    """The bot's message that has told in words what has become of the entry.

    Of a forward with a comment, that is about the comment.
    """
    [row] = await connection.execute_fetchall(
        "SELECT max(acknowledged_by) AS said FROM entries WHERE id = ? AND comment_id IS NULL",
        (entry_id,),
    )
    return None if row["said"] is None else MessageId(row["said"])


async def set_question(connection: Connection, entry_id: EntryId, question: str) -> None:
    """Whether the question where the entry goes is `none`, `wanted` or `asked`."""
    await connection.execute("UPDATE entries SET question = ? WHERE id = ?", (question, entry_id))
