"""Page titles are wished for in turn: nobody can have the bot ask as many pages as they like.

Each wish gets its time as it is stored, so a flood waits behind itself and not before others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.domain.entry import JournalId
from bot.storage import link_turns, links
from bot.storage.database import Connection
from bot.storage.link_turns import Pace

# A journal is no faster than a host and waits for less, so it leaves room there for others.
_LONGEST_OF_JOURNAL: Final = timedelta(minutes=30)
_LONGEST_OF_HOST: Final = timedelta(hours=1)
_MOST_WAITING: Final = 5_000


async def wish(
    connection: Connection, journal_id: JournalId, addresses: Sequence[str], now: datetime
) -> None:
    """The titles are wanted, unless they are known; what would wait for too long stays without."""
    unknown = await links.unknown(connection, addresses)
    room = _MOST_WAITING - await links.count_waiting(connection)
    for number, address in enumerate(unknown):
        paces = (
            Pace(f"journal {journal_id}", at_once=60, seconds=3, longest=_LONGEST_OF_JOURNAL),
            Pace(f"host {_host(address)}", at_once=20, seconds=3, longest=_LONGEST_OF_HOST),
        )
        room -= 1
        at = await link_turns.take(connection, paces, now) if room >= 0 else None
        if at is None:
            # A flood must not cost a look at each of it.
            await links.give_up(connection, unknown[number:], "too many pages at once")
            return
        await links.want(connection, [address], at)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
