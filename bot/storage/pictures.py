"""Pictures: their names, and how far their files have come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import EntryId, JournalId, PictureId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.instants import to_seconds


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture of a journal; `sha256` is None while its file is not here.

    `retry_at` (Unix time) is None where the file is here, or where it was given up.
    """

    id: PictureId
    journal_id: JournalId
    name: str
    file_id: str
    is_photo: bool
    sha256: str | None
    tries: int
    retry_at: int | None
    fault: str | None


async def add(
    connection: Connection,
    journal_id: JournalId,
    week: IsoWeek,
    *,
    suffix: str,
    file_id: str,
    is_photo: bool,
    size: int | None,
    now: datetime,
) -> PictureId:
    """A new picture of the week, with the next free name `2023-W40-1.jpg`, to be fetched."""
    cursor = await connection.execute(
        """
        INSERT INTO pictures (journal_id, name, file_id, is_photo, size, retry_at)
        SELECT ?1, ?2 || '-' || (1 + count(*)) || ?3, ?4, ?5, ?6, ?7
        FROM pictures WHERE journal_id = ?1 AND name GLOB ?2 || '-*'
        """,
        (journal_id, str(week), suffix, file_id, is_photo, size, to_seconds(now)),
    )
    if cursor.lastrowid is None:
        raise LookupError("the new picture has no id")
    return PictureId(cursor.lastrowid)


async def waiting(connection: Connection, now: datetime, limit: int) -> list[StoredPicture]:
    """Pictures whose files are to be fetched by now, the longest waiting first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM pictures WHERE retry_at <= ? ORDER BY retry_at, id LIMIT ?",
        (to_seconds(now), limit),
    )
    return [_picture(row) for row in rows]


async def named(
    connection: Connection, journal_id: JournalId, names: Iterable[str]
) -> list[StoredPicture]:
    """The pictures of those names, in their order."""
    found: list[StoredPicture] = []
    for name in names:
        rows = await connection.execute_fetchall(
            "SELECT * FROM pictures WHERE journal_id = ? AND name = ?", (journal_id, name)
        )
        found += map(_picture, rows)
    return found


async def set_kept(connection: Connection, picture_id: PictureId, sha256: str) -> None:
    """The picture's file is here, stored by its content."""
    await connection.execute(
        "UPDATE pictures SET sha256 = ?, retry_at = NULL, fault = NULL WHERE id = ?",
        (sha256, picture_id),
    )


async def set_failed(
    connection: Connection, picture_id: PictureId, fault: str, retry_at: datetime | None
) -> None:
    """Fetching failed; it is tried again at `retry_at`, or was given up where that is None."""
    await connection.execute(
        "UPDATE pictures SET tries = tries + 1, fault = ?, retry_at = ? WHERE id = ?",
        (fault, None if retry_at is None else to_seconds(retry_at), picture_id),
    )


async def entry_of(connection: Connection, picture_id: PictureId) -> EntryId | None:
    """The entry that brought the picture."""
    rows = await connection.execute_fetchall(
        "SELECT entry_id FROM nodes WHERE picture_id = ?", (picture_id,)
    )
    return next((EntryId(row["entry_id"]) for row in rows), None)


def _picture(row: Row) -> StoredPicture:
    return StoredPicture(
        id=PictureId(row["id"]),
        journal_id=JournalId(row["journal_id"]),
        name=row["name"],
        file_id=row["file_id"],
        is_photo=bool(row["is_photo"]),
        sha256=row["sha256"],
        tries=row["tries"],
        retry_at=row["retry_at"],
        fault=row["fault"],
    )
