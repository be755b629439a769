"""An export as files that can be sent: zips within a limit, gone again afterwards."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.journal import Journal
from bot.services.exporting import Exporting
from bot.services.parcels import write_parts
from bot.services.ports import Clock, FilePlaces
from bot.storage.copying import UNFINISHED, workshop

MOST_PARTS: Final = 8

# The command line may be at work on one, beside the bot that starts.
_UNDER_WAY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shipment:
    """The zips of a journal and how many weeks are in them; none where it takes too many parts."""

    weeks: int
    parts: tuple[Path, ...]


class Shipping:
    """Packs journals."""

    def __init__(self, exporting: Exporting, places: FilePlaces, clock: Clock) -> None:
        self._exporting = exporting
        self._places = places
        self._clock = clock

    @asynccontextmanager
    async def shipment(self, journal: Journal, limit: int) -> AsyncIterator[Shipment]:
        """The journal's export in zips of at most `limit` bytes, while this lasts.

        Raises sqlite3.Error and OSError.
        """
        day = journal.day_of(self._clock.now())
        with workshop(self._exporting.database.parent) as folder:
            export = await self._exporting.lay_out(journal, folder)
            if not export.weeks:
                yield Shipment(0, ())
                return
            parts = await asyncio.to_thread(
                write_parts,
                export,
                folder,
                f"weeknotes-{day}",
                self._places.path_of,
                limit=limit,
            )
            yield Shipment(export.weeks, tuple(parts) if len(parts) <= MOST_PARTS else ())

    def sweep(self) -> None:
        """What a kill has left of unfinished exports is gone, but for one of just now. Blocking."""
        oldest = self._clock.now() - _UNDER_WAY
        for left in self._exporting.database.parent.glob(f"{UNFINISHED}*"):
            if datetime.fromtimestamp(left.stat().st_mtime, UTC) < oldest:
                shutil.rmtree(left)
