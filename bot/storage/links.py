"""Web addresses that people sent, and the titles of their pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.instants import to_seconds


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """An address whose title is wanted, and how often it has been asked for."""

    address: str
    tries: int


async def want(connection: Connection, addresses: Iterable[str], now: datetime) -> None:
    """The titles of those pages are wanted, unless they are known or were given up."""
    await connection.executemany(
        "INSERT OR IGNORE INTO links (address, retry_at) VALUES (?, ?)",
        [(address, to_seconds(now)) for address in addresses],
    )


async def unknown(connection: Connection, addresses: Iterable[str]) -> list[str]:
    """Those of the addresses of which nothing is known yet, in their order."""
    rows = await connection.execute_fetchall(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT address FROM links)",
        (json.dumps(list(dict.fromkeys(addresses))),),
    )
    return [row["value"] for row in rows]


async def count_waiting(connection: Connection) -> int:
    """How many addresses are to be asked, now or later."""
    [row] = await connection.execute_fetchall(
        "SELECT count(*) FROM links WHERE retry_at IS NOT NULL"
    )
    return int(row[0])


async def give_up(connection: Connection, addresses: Iterable[str], fault: str) -> None:
    """The addresses are never asked."""
    await connection.executemany(
        "INSERT OR IGNORE INTO links (address, fault) VALUES (?, ?)",
        [(address, fault) for address in addresses],
    )


async def waiting(connection: Connection, now: datetime, limit: int) -> list[WaitingLink]:
    """Addresses to be asked by now, the longest waiting first."""
    rows = await connection.execute_fetchall(
        "SELECT address, tries FROM links WHERE retry_at <= ? ORDER BY retry_at LIMIT ?",
        (to_seconds(now), limit),
    )
    return [WaitingLink(row["address"], row["tries"]) for row in rows]


async def set_title(connection: Connection, address: str, title: str) -> None:
    """The page is called so."""
    await connection.execute(
        "UPDATE links SET title = ?, retry_at = NULL, fault = NULL WHERE address = ?",
        (title, address),
    )


async def set_failed(
    connection: Connection, address: str, fault: str, retry_at: datetime | None
) -> None:
    """The title could not be had; asked again at `retry_at`, or given up where that is None."""
    await connection.execute(
        "UPDATE links SET tries = tries + 1, fault = ?, retry_at = ? WHERE address = ?",
        (fault, None if retry_at is None else to_seconds(retry_at), address),
    )


async def titles(connection: Connection, addresses: Iterable[str]) -> dict[str, str]:
    """The titles that are known, by address."""
    rows = await connection.execute_fetchall(
        "SELECT address, title FROM links"
        " WHERE title IS NOT NULL AND address IN (SELECT value FROM json_each(?))",
        (json.dumps(list(addresses)),),
    )
    return {row["address"]: row["title"] for row in rows}
