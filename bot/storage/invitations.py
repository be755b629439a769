"""One-time links into the bot, known by the hashes of their codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.storage.database import Connection, new_id
from bot.storage.instants import from_seconds, to_seconds

InvitationId = NewType("InvitationId", int)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that is still open, who made it, and until when it works."""

    id: InvitationId
    made_by: int
    expires_at: datetime


async def add(
    connection: Connection, code_sha256: str, made_by: int, expires_at: datetime
) -> InvitationId:
    """The number of the new invitation."""
    cursor = await connection.execute(
        "INSERT INTO invitations (code_sha256, made_by, expires_at) VALUES (?, ?, ?)",
        (code_sha256, made_by, to_seconds(expires_at)),
    )
    return InvitationId(new_id(cursor))


async def redeem(connection: Connection, code_sha256: str, now: datetime) -> bool:
    """Whether there was such an invitation; from now on there is none."""
    cursor = await connection.execute(
        "DELETE FROM invitations WHERE code_sha256 = ? AND expires_at > ?",
        (code_sha256, to_seconds(now)),
    )
    return cursor.rowcount == 1


async def revoke(connection: Connection, invitation_id: InvitationId) -> bool:
    """Whether it was open until now."""
    cursor = await connection.execute("DELETE FROM invitations WHERE id = ?", (invitation_id,))
    return cursor.rowcount == 1


async def still_open(connection: Connection, now: datetime) -> list[Invitation]:
    """Those that can be opened, oldest first; expired ones are forgotten."""
    await connection.execute("DELETE FROM invitations WHERE expires_at <= ?", (to_seconds(now),))
    rows = await connection.execute_fetchall("SELECT * FROM invitations ORDER BY id")
    return [
        Invitation(InvitationId(row["id"]), row["made_by"], from_seconds(row["expires_at"]))
        for row in rows
    ]
