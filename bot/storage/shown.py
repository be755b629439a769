"""What the bot's own messages are about, so that replies to them find their place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import EntryId, MessageId, MessageKey, NodeId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot's: about an entry, which it may ask a question on, or about a week.

    A card is about one line, `node_id`, also when that is gone: never about the rest of its entry.
    """

    entry_id: EntryId | None = None
    asks: bool = False
    week: IsoWeek | None = None
    node_id: NodeId | None = None


async def remember(connection: Connection, key: MessageKey, shown: Shown) -> None:
    """That message of the bot's is about this, unless its journal was forgotten meanwhile."""
    await connection.execute(
        """
        INSERT OR REPLACE INTO shown (chat_id, message_id, entry_id, asks, week, node_id)
        SELECT id, ?2, ?3, ?4, ?5, ?6 FROM chats WHERE id = ?1 AND (?3 IS NULL OR EXISTS (
            SELECT 1 FROM entries WHERE id = ?3 AND entries.journal_id = chats.journal_id
        ))
        """,
        (
            key.chat_id,
            key.message_id,
            shown.entry_id,
            shown.asks,
            None if shown.week is None else str(shown.week),
            shown.node_id,
        ),
    )


async def recall(connection: Connection, key: MessageKey) -> Shown | None:
    """What that message of the bot's is about."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM shown WHERE chat_id = ? AND message_id = ?",
        (key.chat_id, key.message_id),
    )
    for row in rows:
        entry_id, week, node_id = row["entry_id"], row["week"], row["node_id"]
        return Shown(
            None if entry_id is None else EntryId(entry_id),
            bool(row["asks"]),
            None if week is None else IsoWeek.parse(week),
            None if node_id is None else NodeId(node_id),
        )
    return None


async def hand_over(connection: Connection, entry_id: EntryId, to: EntryId) -> bool:
    """Whether the bot had asked about the entry; what it said of it is about the other one now."""
    cursor = await connection.execute(
        "UPDATE shown SET entry_id = ? WHERE entry_id = ? AND asks", (to, entry_id)
    )
    return cursor.rowcount > 0


async def questions_about(connection: Connection, entry_id: EntryId) -> list[MessageId]:
    """The bot's questions about an entry, oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT message_id FROM shown WHERE entry_id = ? AND asks ORDER BY message_id", (entry_id,)
    )
    return [MessageId(row["message_id"]) for row in rows]
