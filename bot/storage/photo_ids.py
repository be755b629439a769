"""Telegram's file ids of pictures that the bot has sent as photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from bot.storage.database import Connection


async def keep(connection: Connection, ids: Mapping[str, str]) -> None:
    """By the SHA-256 of each picture, the id by which Telegram shows it as a photo."""
    await connection.executemany(
        "INSERT OR REPLACE INTO photo_ids (sha256, file_id) VALUES (?, ?)", list(ids.items())
    )


async def of(connection: Connection, pictures: Iterable[str]) -> dict[str, str]:
    """The ids of those pictures that were sent."""
    rows = await connection.execute_fetchall(
        "SELECT sha256, file_id FROM photo_ids WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(list(pictures)),),
    )
    return {row["sha256"]: row["file_id"] for row in rows}
