"""What is still owed to chats, written in the transaction of the update that it answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any, NewType

from bot.domain.entry import ChatId, EntryId, MessageId, NodeId
from bot.domain.owed import (
    Everything,
    Owed,
    Prompt,
    Sign,
    Speech,
    Stats,
    WeekFile,
    WeekList,
    WeekPreview,
)
from bot.domain.week import IsoWeek
from bot.storage.database import Connection, new_id
from bot.storage.instants import to_seconds
from bot.storage.rich_text import from_spans, spans_of

DebtId = NewType("DebtId", int)


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to a chat, and how often it could not be sent."""

    id: DebtId
    chat_id: ChatId
    owed: Owed
    tries: int = 0


async def add(connection: Connection, chat_id: ChatId, owed: Owed, retry_at: datetime) -> Debt:
    """It is owed; whoever has not sent it by then is to try again."""
    kind, body = _pack(owed)
    cursor = await connection.execute(
        "INSERT INTO outbox (chat_id, kind, body, retry_at) VALUES (?, ?, ?, ?)",
        (chat_id, kind, body, to_seconds(retry_at)),
    )
    return Debt(DebtId(new_id(cursor)), chat_id, owed)


async def waiting(connection: Connection, now: datetime | None = None) -> list[Debt]:
    """What is to be tried again by now, or all that is owed, oldest first.

    What another version of the program owes is left to that.
    """
    rows = await connection.execute_fetchall(
        "SELECT * FROM outbox WHERE ?1 IS NULL OR retry_at <= ?1 ORDER BY id",
        (None if now is None else to_seconds(now),),
    )
    return [
        Debt(DebtId(row["id"]), ChatId(row["chat_id"]), owed, row["tries"])
        for row in rows
        if (owed := _unpack(row)) is not None
    ]


async def replace(connection: Connection, debt_id: DebtId, owed: Owed) -> None:
    """What was owed has been sent, and this is owed in its place."""
    kind, body = _pack(owed)
    await connection.execute(
        "UPDATE outbox SET kind = ?, body = ? WHERE id = ?", (kind, body, debt_id)
    )


async def put_off(connection: Connection, debt_id: DebtId, retry_at: datetime) -> None:
    """It could not be sent, and is to be tried again then."""
    await connection.execute(
        "UPDATE outbox SET tries = tries + 1, retry_at = ? WHERE id = ?",
        (to_seconds(retry_at), debt_id),
    )


async def remove(connection: Connection, debt_id: DebtId) -> None:
    """It is owed no longer."""
    await connection.execute("DELETE FROM outbox WHERE id = ?", (debt_id,))


def _pack(owed: Owed) -> tuple[str, str]:
    """Its kind and its fields, as JSON."""
    match owed:
        case Speech(text, rows, reply_to, about, placeholder, prompt):
            asks = None if prompt is None else [placeholder, prompt.kind, prompt.detail]
            return "speech", json.dumps([text.text, spans_of(text), rows, reply_to, about, asks])
        case Sign(message_id, emoji, or_words):
            return "sign", json.dumps([message_id, emoji, or_words])
        case WeekPreview(week):
            return "preview", json.dumps([str(week)])
        case WeekFile(week, bare):
            return "file", json.dumps([str(week), bare])
        case WeekList(week, page, line):
            return "list", json.dumps([str(week), page, *([] if line is None else [line])])
        case Everything():
            return "everything", "[]"
        case Stats(year, dark, whole):
            return "stats", json.dumps([year, dark, whole])


def _unpack(row: Row) -> Owed | None:
    fields: list[Any] = json.loads(row["body"])
    match row["kind"], fields:
        case "speech", [text, spans, rows, reply_to, about, asks]:
            placeholder, *asked = asks or [""]
            return Speech(
                from_spans(text, spans),
                tuple(tuple((words, data) for words, data in line) for line in rows),
                None if reply_to is None else MessageId(reply_to),
                tuple(EntryId(entry_id) for entry_id in about),
                placeholder,
                Prompt(*asked) if asked else None,
            )
        case "sign", [message_id, emoji, or_words]:
            return Sign(MessageId(message_id), emoji, or_words)
        case "preview", [week]:
            return WeekPreview(IsoWeek.parse(week))
        case "file", [week, bare]:
            return WeekFile(IsoWeek.parse(week), bare)
        case "list", [week, page, *line]:
            return WeekList(IsoWeek.parse(week), page, NodeId(line[0]) if line else None)
        case "everything", []:
            return Everything()
        case "stats", [year, dark, whole]:
            return Stats(year, dark, whole)
    return None
