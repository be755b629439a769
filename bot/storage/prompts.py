"""The bot's messages that ask for a reply, what the reply is for, and what it said."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from bot.domain.entry import MessageKey
from bot.domain.owed import Prompt
from bot.domain.text import RichText
from bot.storage.database import Connection
from bot.storage.instants import to_seconds
from bot.storage.rich_text import spans_of

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


async def set_taken(
    connection: Connection, reply: MessageKey, said: RichText, now: datetime
) -> None:
    """The reply was used in those words."""
    await connection.execute(
        "INSERT OR REPLACE INTO taken_replies VALUES (?, ?, ?, ?)",
        (reply.chat_id, reply.message_id, _to_json(said), to_seconds(now)),
    )


async def was_taken(connection: Connection, reply: MessageKey, said: RichText) -> bool:
    """Whether those were the reply's words when it was last used."""
    rows = await connection.execute_fetchall(
        "SELECT said FROM taken_replies WHERE chat_id = ? AND message_id = ?",
        (reply.chat_id, reply.message_id),
    )
    return any(row["said"] == _to_json(said) for row in rows)


async def forget_old(connection: Connection, now: datetime) -> None:
    """What was asked long ago is not remembered."""
    until = to_seconds(now - REMEMBERED)
    await connection.execute("DELETE FROM prompts WHERE asked_at < ?", (until,))
    await connection.execute("DELETE FROM taken_replies WHERE taken_at < ?", (until,))


def _to_json(said: RichText) -> str:
    return json.dumps([said.text, spans_of(said)], ensure_ascii=False)
