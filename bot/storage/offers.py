"""Files of reports that people send back: what they offer to change, until somebody decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from sqlite3 import Row
from typing import Final, NewType

from bot.domain.entry import JournalId, MessageKey
from bot.domain.week import IsoWeek
from bot.storage.database import Connection, new_id
from bot.storage.entries import key_of
from bot.storage.instants import from_seconds, to_seconds

OfferId = NewType("OfferId", int)

REMEMBERED: Final = timedelta(days=14)
"""Who has not decided by then sends the file again."""


class OfferState(StrEnum):
    """How far it has come with a file."""

    WAITING = "waiting"
    """It is to be fetched and answered."""
    UNFETCHED = "unfetched"
    """It could not be fetched, and the person knows."""
    ASKED = "asked"
    """The person was shown what would change, and is to decide."""
    APPLIED = "applied"
    LEFT = "left"
    REFUSED = "refused"
    """There was nothing to decide: it could not be understood, or nothing differs."""
    KEPT = "kept"
    """It is no report, and has become an entry like any other file."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A message with a file, as JSON; `week` is the one that it names or replies to.

    `seen` tells of each week how it was when the difference to it was shown. `told` is what the
    person was told, or was about to be, once it was decided.
    """

    id: OfferId
    journal_id: JournalId
    key: MessageKey
    body: str
    week: IsoWeek | None
    sent_at: datetime
    state: OfferState
    content: bytes | None
    seen: Mapping[IsoWeek, str]
    told: str = ""


async def add(
    connection: Connection,
    journal_id: JournalId,
    key: MessageKey,
    body: str,
    week: IsoWeek | None,
    sent_at: datetime,
) -> OfferId:
    """The id of a new offer, which waits to be looked at."""
    cursor = await connection.execute(
        "INSERT INTO offers (journal_id, chat_id, message_id, body, week, sent_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            journal_id,
            key.chat_id,
            key.message_id,
            body,
            None if week is None else str(week),
            to_seconds(sent_at),
            OfferState.WAITING,
        ),
    )
    return OfferId(new_id(cursor))


async def get(connection: Connection, offer_id: OfferId) -> Offer | None:
    """The offer with that id, unless it was forgotten."""
    rows = await connection.execute_fetchall("SELECT * FROM offers WHERE id = ?", (offer_id,))
    return next(map(_offer, rows), None)


async def of_message(connection: Connection, key: MessageKey) -> Offer | None:
    """The offer that a message has made."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM offers WHERE chat_id = ? AND message_id = ?", (key.chat_id, key.message_id)
    )
    return next(map(_offer, rows), None)


async def waiting(connection: Connection, limit: int) -> list[OfferId]:
    """The offers that nobody has looked at, oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM offers WHERE state = 'waiting' ORDER BY id LIMIT ?", (limit,)
    )
    return [OfferId(row["id"]) for row in rows]


async def exchange(connection: Connection, offer_id: OfferId, body: str) -> None:
    """The message has another file now, which waits to be looked at.

    It is an offer with a new id: whatever was begun or shown about the one before finds none.
    """
    await connection.execute(
        """
        UPDATE offers SET id = (SELECT 1 + max(id) FROM offers), body = ?, content = NULL,
            seen = '{}', told = '', state = ?
        WHERE id = ?
        """,
        (body, OfferState.WAITING, offer_id),
    )


async def set_content(connection: Connection, offer_id: OfferId, content: bytes) -> None:
    """The file is here."""
    await connection.execute("UPDATE offers SET content = ? WHERE id = ?", (content, offer_id))


async def set_seen(connection: Connection, offer_id: OfferId, seen: Mapping[IsoWeek, str]) -> None:
    """How the weeks are of which the person is shown, or about to be, what would change."""
    weeks = {str(week): fingerprint for week, fingerprint in seen.items()}
    await connection.execute(
        "UPDATE offers SET seen = ? WHERE id = ?", (json.dumps(weeks), offer_id)
    )


async def set_answered(connection: Connection, offer_id: OfferId, state: OfferState) -> None:
    """The file has its answer; nothing happens where somebody was quicker with the button."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM offers WHERE id = ? AND state = 'waiting'", (offer_id,)
    )
    if list(rows):
        await set_state(connection, offer_id, state)


async def set_state(connection: Connection, offer_id: OfferId, state: OfferState) -> None:
    """How far it has come; a file that nothing more is to be done with is not kept."""
    needed = state in {OfferState.WAITING, OfferState.UNFETCHED, OfferState.ASKED}
    await connection.execute(
        "UPDATE offers SET state = ?, content = iif(?, content, NULL) WHERE id = ?",
        (state, needed, offer_id),
    )


async def set_told(connection: Connection, offer_id: OfferId, told: str) -> None:
    """What the person is told of the decision."""
    await connection.execute("UPDATE offers SET told = ? WHERE id = ?", (told, offer_id))


async def forget_old(connection: Connection, now: datetime) -> None:
    """Files about which nobody has decided for long are not kept any longer."""
    await connection.execute(
        "DELETE FROM offers WHERE sent_at < ? AND state <> 'waiting'",
        (to_seconds(now - REMEMBERED),),
    )


def _offer(row: Row) -> Offer:
    return Offer(
        id=OfferId(row["id"]),
        journal_id=JournalId(row["journal_id"]),
        key=key_of(row),
        body=row["body"],
        week=None if row["week"] is None else IsoWeek.parse(row["week"]),
        sent_at=from_seconds(row["sent_at"]),
        state=OfferState(row["state"]),
        content=row["content"],
        seen={IsoWeek.parse(week): print_ for week, print_ in json.loads(row["seen"]).items()},
        told=row["told"],
    )
