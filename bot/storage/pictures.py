"""Pictures and other files that people sent: their names, and how far they have come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import EntryId, JournalId, PictureId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection, new_id
from bot.storage.instants import to_seconds

_SELECT = """
    SELECT pictures.*, journals.keeps_location
    FROM pictures JOIN journals ON journals.id = journal_id
"""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture or other file of a journal; `sha256` is None while it is not here.

    `retry_at` (Unix time) is None where the file is here, or where it was given up.
    `keeps_location` is how the journal is set up now.
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
    is_picture: bool = True
    location: str = "none"
    keeps_location: bool = False


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture or other file about to be fetched; the ids are Telegram's."""

    file_id: str
    unique_id: str
    suffix: str
    size: int | None
    is_picture: bool
    is_photo: bool
    label: str


async def add(
    connection: Connection,
    journal_id: JournalId,
    week: IsoWeek,
    new: NewPicture,
    now: datetime,
) -> PictureId:
    """A new file of the week, with the next free name `2023-W40-1.jpg`, to be fetched."""
    cursor = await connection.execute(
        """
        INSERT INTO pictures
            (journal_id, name, file_id, is_photo, size, retry_at, unique_id, is_picture, label)
        SELECT ?1, ?2 || '-' || (1 + count(*)) || ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
        FROM pictures WHERE journal_id = ?1 AND name GLOB ?2 || '-*'
        """,
        (
            journal_id,
            str(week),
            new.suffix,
            new.file_id,
            new.is_photo,
            new.size,
            to_seconds(now),
            new.unique_id,
            new.is_picture,
            new.label,
        ),
    )
    return PictureId(new_id(cursor))


async def waiting(connection: Connection, now: datetime, limit: int) -> list[StoredPicture]:
    """Pictures whose files are to be fetched by now, the longest waiting first."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} WHERE retry_at <= ? ORDER BY retry_at, pictures.id LIMIT ?",
        (to_seconds(now), limit),
    )
    return [_picture(row) for row in rows]


async def named(
    connection: Connection, journal_id: JournalId, names: Iterable[str]
) -> list[StoredPicture]:
    """The pictures of those names, in their order."""
    rows = await connection.execute_fetchall(
        f"{_SELECT} JOIN json_each(?) AS wanted ON wanted.value = name WHERE journal_id = ?"
        " ORDER BY wanted.key",
        (json.dumps(list(names)), journal_id),
    )
    return [_picture(row) for row in rows]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is here: the SHA-256 of its content, its final name and what it really is.

    `sides` are the width and height of a picture in pixels, None for anything else.
    """

    sha256: str
    name: str
    sides: tuple[int, int] | None
    location: str


async def set_kept(connection: Connection, picture_id: PictureId, kept: KeptFile) -> bool:
    """Whether it is still wanted; then it is here, and from now on its name does not change."""
    width, height = kept.sides or (None, None)
    cursor = await connection.execute(
        """
        UPDATE pictures SET sha256 = ?, name = ?, is_picture = ?, width = ?, height = ?,
            location = ?, retry_at = NULL, fault = NULL
        WHERE id = ?
        """,
        (
            kept.sha256,
            kept.name,
            kept.sides is not None,
            width,
            height,
            kept.location,
            picture_id,
        ),
    )
    return cursor.rowcount == 1


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
        is_picture=bool(row["is_picture"]),
        location=row["location"],
        keeps_location=bool(row["keeps_location"]),
    )
