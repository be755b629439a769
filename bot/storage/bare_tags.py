"""Messages with nothing but a tag, which may be meant for the forward that follows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import MessageKey
from bot.storage.database import Connection
from bot.storage.entries import key_of
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.intake import REMEMBERED


@dataclass(frozen=True, slots=True)
class BareTag:
    """The tag as it was typed, by whom and when; whether it was answered, and what it shows."""

    key: MessageKey
    author_id: int
    sent_at: datetime
    text: str
    is_answered: bool = False
    reaction_shown: str | None = None


async def keep(connection: Connection, tag: BareTag) -> None:
    """The tag is kept for a while, and is to be answered if nothing comes that it is meant for."""
    await connection.execute(
        """
        INSERT INTO bare_tags (chat_id, message_id, author_id, sent_at, text)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat_id, message_id)
        DO UPDATE SET answered = excluded.text = text AND answered, text = excluded.text
        """,
        (tag.key.chat_id, tag.key.message_id, tag.author_id, to_seconds(tag.sent_at), tag.text),
    )


async def before(connection: Connection, key: MessageKey, author_id: int) -> BareTag | None:
    """The author's last bare tag in the chat before that message."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM bare_tags WHERE chat_id = ? AND author_id = ? AND message_id < ?"
        " ORDER BY message_id DESC LIMIT 1",
        (key.chat_id, author_id, key.message_id),
    )
    return next(map(_tag, rows), None)


async def unanswered(connection: Connection, until: datetime) -> list[BareTag]:
    """The tags that were sent by then and have had no answer yet, oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM bare_tags WHERE NOT answered AND sent_at <= ? ORDER BY sent_at, message_id",
        (to_seconds(until),),
    )
    return [_tag(row) for row in rows]


async def get(connection: Connection, key: MessageKey) -> BareTag | None:
    """That tag as it was typed last, while it is remembered."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM bare_tags WHERE chat_id = ? AND message_id = ?",
        (key.chat_id, key.message_id),
    )
    return next(map(_tag, rows), None)


async def set_answered(
    connection: Connection, key: MessageKey, reaction_shown: str | None = None
) -> None:
    """The tag has had its answer, or its message is an entry by now and is answered as such."""
    await connection.execute(
        "UPDATE bare_tags SET answered = 1, reaction_shown = ?"
        " WHERE chat_id = ? AND message_id = ?",
        (reaction_shown, key.chat_id, key.message_id),
    )


async def forget_old(connection: Connection, now: datetime) -> None:
    """Tags that came with nothing, and for which nothing can come any more, are forgotten."""
    await connection.execute(
        """
        DELETE FROM bare_tags WHERE sent_at < ? AND answered AND NOT EXISTS (
            SELECT 1 FROM entries
            WHERE entries.chat_id = bare_tags.chat_id AND tagged_by = bare_tags.message_id
        )
        """,
        (to_seconds(now - REMEMBERED),),
    )


def _tag(row: Row) -> BareTag:
    return BareTag(
        key=key_of(row),
        author_id=row["author_id"],
        sent_at=from_seconds(row["sent_at"]),
        text=row["text"],
        is_answered=bool(row["answered"]),
        reaction_shown=row["reaction_shown"],
    )
