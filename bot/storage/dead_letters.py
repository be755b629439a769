"""Dead letters: updates that nobody could handle, kept whole until a later version can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that could not be handled; `body` is its JSON, `incident` what its sender was told.

    `retries` counts how often it was taken up again in vain. `is_overtaken` says that the message
    has been edited since, and that the newer version was stored.
    """

    incident: str
    update_id: int | None
    received_at: datetime
    fault: str
    body: str
    id: int = 0
    retries: int = 0
    is_wanted: bool = False
    is_overtaken: bool = False


async def bury(connection: Connection, letter: DeadLetter) -> None:
    """The update is kept whole for a later version to handle."""
    await connection.execute(
        "INSERT INTO dead_letters (incident, update_id, received_at, fault, body)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            letter.incident,
            letter.update_id,
            to_seconds(letter.received_at),
            letter.fault,
            letter.body,
        ),
    )


async def every(connection: Connection) -> list[DeadLetter]:
    """All of them, oldest first."""
    rows = await connection.execute_fetchall("SELECT * FROM dead_letters ORDER BY id")
    return [_letter(row) for row in rows]


async def want_all(connection: Connection) -> int:
    """How many there are; each is to be taken up again."""
    cursor = await connection.execute("UPDATE dead_letters SET wanted = 1")
    return cursor.rowcount


async def first_wanted(connection: Connection) -> DeadLetter | None:
    """The oldest of those that are to be taken up again."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM dead_letters WHERE wanted ORDER BY id LIMIT 1"
    )
    return next(map(_letter, rows), None)


async def set_failed_again(connection: Connection, letter_id: int, fault: str) -> None:
    """It stays, with the new fault, and is not taken up again until that is wanted anew."""
    await connection.execute(
        "UPDATE dead_letters SET fault = ?, retries = retries + 1, wanted = 0 WHERE id = ?",
        (fault, letter_id),
    )


async def set_overtaken(
    connection: Connection, chat_id: int, message_id: int, before: int | None = None
) -> None:
    """A newer version of the message has been stored, so earlier edits of it are out of date.

    `before` is the id of the letter that was that newer version; None where it was no letter.
    """
    await connection.execute(
        """
        UPDATE dead_letters SET overtaken = 1
        WHERE iif(
            json_valid(body),
            json_extract(body, '$.edited_message.chat.id') = ?1
                AND json_extract(body, '$.edited_message.message_id') = ?2,
            0
        ) AND (?3 IS NULL OR id < ?3)
        """,
        (chat_id, message_id, before),
    )


async def remove(connection: Connection, letter_id: int) -> None:
    """It has been handled."""
    await connection.execute("DELETE FROM dead_letters WHERE id = ?", (letter_id,))


def _letter(row: Row) -> DeadLetter:
    return DeadLetter(
        incident=row["incident"],
        update_id=row["update_id"],
        received_at=from_seconds(row["received_at"]),
        fault=row["fault"],
        body=row["body"],
        id=row["id"],
        retries=row["retries"],
        is_wanted=bool(row["wanted"]),
        is_overtaken=bool(row["overtaken"]),
    )
