"""Copies of the database beside it: before each migration, and one a day while the bot runs."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.services.ports import Clock
from bot.services.storage_faults import BACKUPS, brief
from bot.storage.copying import (
    UNFINISHED,
    CopyInterruptedError,
    copy_database,
    give_to_owner,
    put,
    workshop,
)

_LOG = logging.getLogger(__name__)
_DAILY = "daily-"
_KEPT = 7
_PAUSE_AFTER_FAULT = timedelta(hours=1)


class Safekeeping:
    """Sees to it that today's copy of the database is there.

    Pictures are not copied: they never change, and lie beside the copies.
    """

    def __init__(self, database: Path, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._wanted = asyncio.Event()
        self._done_on: date | None = None
        self._failed_at: datetime | None = None

    async def knock(self) -> None:
        """It may be time for a copy."""
        self._wanted.set()

    async def run(self) -> None:
        """Copies whenever it is time, until cancelled; a copy under way is given up then."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.keep_today()

    async def keep_today(self) -> None:
        """Today's copy is there (a day of UTC), and not too many others; or the log says why not.

        What failed is tried again after an hour.
        """
        now = self._clock.now()
        today = now.astimezone(UTC).date()
        if today == self._done_on or self._waits(now):
            return
        folder = self._database.parent / BACKUPS
        try:
            made = await _kept(self._database, folder / f"{_DAILY}{today}.db", again=False)
            await asyncio.to_thread(_drop_old, folder, today)
        except (OSError, sqlite3.Error) as error:
            self._failed_at = now
            _LOG.error("there is no copy of the database for today: %s", brief(error))
            return
        self._done_on = today
        self._failed_at = None
        if made:
            _LOG.info("the database was copied to %s%s.db", _DAILY, today)

    def _waits(self, now: datetime) -> bool:
        # A clock that was set back does not stretch the pause.
        return (
            self._failed_at is not None
            and timedelta() <= now - self._failed_at < _PAUSE_AFTER_FAULT
        )


async def keep_before(database: Path, step: int) -> None:
    """The database as it was before that step of the schema is kept, or the log says why not."""
    place = database.parent / BACKUPS / f"before-schema-{step}.db"
    try:
        await _kept(database, place, again=True)
    except (OSError, sqlite3.Error) as error:
        _LOG.error("the database could not be copied before its migration: %s", brief(error))
    else:
        _LOG.info("the database as it was before its migration: %s", place)


async def _kept(database: Path, place: Path, *, again: bool) -> bool:
    """Whether a copy was made now; there is one, and `again` makes one where there was one."""
    over = threading.Event()
    work = asyncio.create_task(asyncio.to_thread(_keep, database, place, again, over.is_set))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        over.set()
        await asyncio.gather(work, return_exceptions=True)
        raise


def _keep(database: Path, place: Path, again: bool, is_over: Callable[[], bool]) -> bool:
    if place.exists() and not again:
        return False
    place.parent.mkdir(mode=0o700, exist_ok=True)
    give_to_owner(database.parent, place.parent)
    for left_by_a_kill in place.parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    try:
        with workshop(place.parent) as folder:
            copy_database(database, folder / place.name, lambda _done, _of: None, is_over)
            put(folder / place.name, place)
    except CopyInterruptedError:
        return False
    return True


def _drop_old(folder: Path, today: date) -> None:
    """Of the daily copies, today's and the latest others are left.

    One from the future was made by a clock that was wrong, and goes first.
    """
    copies = {name.stem.removeprefix(_DAILY): name for name in folder.glob(f"{_DAILY}*.db")}
    latest_first = sorted(copies, key=lambda day: (day <= str(today), day), reverse=True)
    for day in latest_first[_KEPT:]:
        copies[day].unlink(missing_ok=True)
