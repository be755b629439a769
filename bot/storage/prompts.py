"""The bot's messages that ask for a reply, and what the reply is for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.domain.entry import MessageKey
from bot.domain.owed import Prompt
from bot.storage.database import Connection
from bot.storage.instants import to_seconds

REMEMBERED: Final = timedelta(days=30)
"""A reply to something older is a message like any other."""


async def keep(connection: Connection, key: MessageKey, prompt: Prompt, now: datetime) -> None:
    """A reply to that message of the bot's is for this, whatever it was for before."""
    await connection.execute(
        "INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?)",
        (key.chat_id, key.message_id, prompt.kind, prompt.detail, to_seconds(now)),
    )


async def find(connection: Connection, key: MessageKey) -> Prompt | None:
    """What a reply to that message is for; None where nothing was asked, or long ago."""
    rows = await connection.execute_fetchall(
        "SELECT kind, detail FROM prompts WHERE chat_id = ? AND message_id = ?",
        (key.chat_id, key.message_id),
    )
    return next((Prompt(row["kind"], row["detail"]) for row in rows), None)


async def forget_old(connection: Connection, now: datetime) -> None:
    """What was asked long ago is not remembered."""
    await connection.execute(
        "DELETE FROM prompts WHERE asked_at < ?", (to_seconds(now - REMEMBERED),)
    )
