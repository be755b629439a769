"""The database opened, once it is known to be whole, ours, and not ahead of the program."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from bot.services.ports import Clock
from bot.services.safekeeping import keep_before
from bot.services.storage_faults import (
    BACKUPS,
    BEFORE_RESTORE,
    NotOursError,
    UnfinishedRestoreError,
)
from bot.storage import recording
from bot.storage.database import Database
from bot.storage.integrity import DamagedDatabaseError, check_file
from bot.storage.migrations import NewerDatabaseError, known_schema, migrate, schema_of

_LOG = logging.getLogger(__name__)
_BYTES_AT_ONCE = 1 << 20


async def open_database(path: Path, clock: Clock) -> Database:
    """The database at `path`, of the present schema, made where there is none.

    It was copied before its schema was changed. Raises OSError, sqlite3.Error, StartRefusedError
    and NewerDatabaseError, and has changed nothing then.
    """
    present = await asyncio.to_thread(_inspect, path)
    if 0 < present < known_schema():
        await keep_before(path, present + 1)
    database = await Database.open(path)
    try:
        for step in await migrate(database, clock.now()):
            _LOG.info("database: %s", step)
        await recording.install(database)
    except BaseException:
        await database.close()
        raise
    return database


def _inspect(path: Path) -> int:
    """How many steps of the schema the database has been through; looked at, and not touched.

    To open a damaged one for writing would carry its journal into it.
    """
    if not path.exists() or path.stat().st_size == 0:
        _refuse_emptied(path)
        return 0
    _read_ahead(path)
    problems = check_file(path, quick=True)
    if problems:
        raise DamagedDatabaseError(path, problems)
    present = schema_of(path)
    if present is None:
        raise NotOursError(
            f"{path}: it is the database of another program\n"
            "  move it away, or name another folder as BOT_DATA_DIR"
        )
    if present > known_schema():
        raise NewerDatabaseError(present, known_schema())
    return present


def _read_ahead(path: Path) -> None:
    """The file is in memory, as far as the system has room: the look itself reads it page by page.

    Not while this program has the database open: to close the file would end SQLite's locks.
    """
    with path.open("rb", buffering=0) as file:
        while file.read(_BYTES_AT_ONCE):
            pass


def _refuse_emptied(path: Path) -> None:
    """Nothing is begun anew where something was.

    SQLite would throw away the journal of an empty database, and with it what can be rescued.
    Raises DamagedDatabaseError and UnfinishedRestoreError.
    """
    aside = max(path.parent.glob(f"{BEFORE_RESTORE}*/{path.name}"), default=None)
    if aside is not None and not path.exists():
        raise UnfinishedRestoreError(
            f"{path}: a restore was cut off, and what was there before is in {aside.parent}\n"
            "  do it again: weeknotes restore --replace FILE"
        )
    journal = path.with_name(f"{path.name}-wal")
    if (journal.exists() and journal.stat().st_size) or (
        path.exists() and any((path.parent / BACKUPS).glob("*.db"))
    ):
        raise DamagedDatabaseError(path, ["it is empty or gone, and what was beside it is not"])
