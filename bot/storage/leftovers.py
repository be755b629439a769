"""What is still to be cleaned away of forgotten journals, so that a kill does not keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from bot.storage.database import Connection

THE_DATABASE: Final = ""
"""Stands for the database's own file, in which deleted text may still lie."""


async def note(connection: Connection, files: Iterable[str]) -> None:
    """The files (SHA-256) may be gone, and so may what was deleted in the database."""
    await connection.executemany(
        "INSERT OR IGNORE INTO leftovers VALUES (?)", [(sha256,) for sha256 in files]
    )


async def every(connection: Connection) -> frozenset[str]:
    """All of them."""
    rows = await connection.execute_fetchall("SELECT sha256 FROM leftovers")
    return frozenset(row["sha256"] for row in rows)


async def is_needed(connection: Connection, sha256: str) -> bool:
    """Whether a journal names the file after all."""
    rows = await connection.execute_fetchall(
        """
        SELECT 1 FROM pictures WHERE sha256 = ?1
        UNION ALL SELECT 1 FROM attachments WHERE sha256 = ?1 LIMIT 1
        """,
        (sha256,),
    )
    return any(rows)


async def settle(connection: Connection, settled: Collection[str]) -> None:
    """They are cleaned away."""
    await connection.executemany(
        "DELETE FROM leftovers WHERE sha256 = ?", [(sha256,) for sha256 in settled]
    )
