"""People who have left a group whose journal is open."""

from __future__ import annotations

from bot.domain.entry import ChatId
from bot.storage.database import Connection


async def add(connection: Connection, chat_id: ChatId, user_id: int) -> None:
    """The person has left the group; of one that the bot keeps nothing of it is not noted."""
    await connection.execute(
        "INSERT OR IGNORE INTO departures SELECT id, ? FROM chats WHERE id = ?", (user_id, chat_id)
    )


async def remove(connection: Connection, chat_id: ChatId, user_id: int) -> None:
    """The person is in the group."""
    await connection.execute(
        "DELETE FROM departures WHERE chat_id = ? AND user_id = ?", (chat_id, user_id)
    )


async def has_left(connection: Connection, chat_id: ChatId, user_id: int) -> bool:
    """Whether the person has left the group, as far as it was said there."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM departures WHERE chat_id = ? AND user_id = ?", (chat_id, user_id)
    )
    return any(rows)
