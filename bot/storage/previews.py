"""The newest preview of each week in each chat, and whether it still shows what is so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Row

from bot.domain.entry import ChatId, JournalId, MessageId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A message of a preview, None once it was deleted, and what tells what it shows."""

    message_id: MessageId | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The messages that show a week, the note with its buttons last.

    `number` is the change of the week up to which they show it, `now` the last one there was.
    """

    id: int
    journal_id: JournalId
    week: IsoWeek
    chat_id: ChatId
    pieces: tuple[ShownPiece, ...]
    number: int
    now: int


_SELECT = """
    SELECT previews.*, coalesce(week_changes.number, 0) AS now
    FROM previews LEFT JOIN week_changes USING (journal_id, week)
"""


async def change_of(connection: Connection, journal_id: JournalId, week: IsoWeek) -> int:
    """How often the week has changed so far."""
    rows = await connection.execute_fetchall(
        "SELECT number FROM week_changes WHERE journal_id = ? AND week = ?", (journal_id, str(week))
    )
    return next((int(row["number"]) for row in rows), 0)


async def replace(
    connection: Connection,
    journal_id: JournalId,
    week: IsoWeek,
    chat_id: ChatId,
    pieces: Iterable[ShownPiece],
    number: int,
) -> None:
    """These messages show the week in the chat, and what was shown before is left as it is."""
    await connection.execute(
        "DELETE FROM previews WHERE journal_id = ? AND week = ? AND chat_id = ?",
        (journal_id, str(week), chat_id),
    )
    await connection.execute(
        "INSERT INTO previews (journal_id, week, chat_id, messages, number) VALUES (?, ?, ?, ?, ?)",
        (journal_id, str(week), chat_id, _to_json(pieces), number),
    )


async def stale(connection: Connection) -> list[Preview]:
    """The previews of weeks that have changed since, in the order in which they were shown."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} WHERE previews.number <> coalesce(week_changes.number, 0) ORDER BY previews.id"
    )
    return [_preview(row) for row in rows]


async def of_week(
    connection: Connection, journal_id: JournalId, week: IsoWeek, chat_id: ChatId
) -> Preview | None:
    """The newest preview of the week in the chat."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} WHERE journal_id = ? AND week = ? AND chat_id = ?",
        (journal_id, str(week), chat_id),
    )
    return next(map(_preview, rows), None)


async def set_shown(
    connection: Connection, preview_id: int, pieces: Iterable[ShownPiece], number: int
) -> None:
    """What the messages show, up to that change; nothing where a newer preview took its place."""
    await connection.execute(
        "UPDATE previews SET messages = ?, number = ? WHERE id = ?",
        (_to_json(pieces), number, preview_id),
    )


async def forget(connection: Connection, preview_id: int) -> None:
    """There is no such preview any more."""
    await connection.execute("DELETE FROM previews WHERE id = ?", (preview_id,))


def _to_json(pieces: Iterable[ShownPiece]) -> str:
    return json.dumps([[piece.message_id, piece.fingerprint] for piece in pieces])


def _preview(row: Row) -> Preview:
    return Preview(
        id=row["id"],
        journal_id=JournalId(row["journal_id"]),
        week=IsoWeek.parse(row["week"]),
        chat_id=ChatId(row["chat_id"]),
        pieces=tuple(
            ShownPiece(None if number is None else MessageId(number), fingerprint)
            for number, fingerprint in json.loads(row["messages"])
        ),
        number=row["number"],
        now=row["now"],
    )
