"""Faults of the disk and of the database, in words, each with its remedy."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from bot.storage.connection import primary_code
from bot.storage.integrity import DamagedDatabaseError

BACKUPS: Final = "backups"
BEFORE_RESTORE: Final = "before-restore-"
"""How the folders are called into which `restore` moves what was there."""

_MAKE_ROOM = "make room on it, or raise the limit on the size of files"
_MAY_WRITE = "let the user who runs this write there, or name another folder as BOT_DATA_DIR"
_END_IT = "end that program; `fuser -v` with the file's name shows it"
_RESTORE = "restore a backup"
_IO_FAULT = "the disk refuses to read or write"
_LEAST_ROOM = 100_000

_UNKNOWN = ("it cannot be used", "check that the folder is there and can be written")

# Faults of the database as a whole (SQLite's primary result codes).
_OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: ("the disk is full", _MAKE_ROOM),
    sqlite3.SQLITE_BUSY: ("another program keeps the database locked", _END_IT),
    sqlite3.SQLITE_LOCKED: ("another program keeps the database locked", _END_IT),
    sqlite3.SQLITE_READONLY: ("the database cannot be written", _MAY_WRITE),
    sqlite3.SQLITE_PERM: ("the database cannot be written", _MAY_WRITE),
    sqlite3.SQLITE_CANTOPEN: ("the database, or a file beside it, cannot be opened", _MAY_WRITE),
    sqlite3.SQLITE_IOERR: (
        _IO_FAULT,
        "look for a full disk, a limit on the size of files, or what `dmesg` says of the disk",
    ),
    sqlite3.SQLITE_CORRUPT: ("the database is damaged", _RESTORE),
    sqlite3.SQLITE_NOTADB: ("the file is no database", _RESTORE),
    sqlite3.SQLITE_PROTOCOL: _UNKNOWN,
}
_OF_SYSTEM: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), ("the disk is full", _MAKE_ROOM)),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), ("it cannot be written", _MAY_WRITE)),
    **dict.fromkeys(
        (errno.EEXIST, errno.ENOTDIR),
        ("a file is where a folder should be", "move it away, or name another as BOT_DATA_DIR"),
    ),
    **dict.fromkeys(
        (errno.EADDRINUSE, errno.EADDRNOTAVAIL),
        (
            "an address to listen at cannot be used",
            "choose another as BOT_WEBHOOK_LISTEN, BOT_HEALTH_LISTEN or BOT_METRICS_LISTEN",
        ),
    ),
}


class StartRefusedError(Exception):
    """Nothing may be begun with what is there; the message says why, and what to do."""


class NotOursError(StartRefusedError):
    """A database was made by another program."""


class UnfinishedRestoreError(StartRefusedError):
    """A restore was cut off between what was there and what was to come."""


def is_storage_fault(error: Exception) -> bool:
    """Whether the database as a whole is at fault, and not what was to be stored."""
    return isinstance(error, sqlite3.Error) and primary_code(error) in _OF_SQLITE


def brief(error: OSError | sqlite3.Error) -> str:
    """One line for the log: what is wrong, in the system's words too, and what to do."""
    what, remedy = _words(error)
    return f"{what} ({error}): {remedy}"


def explain(error: OSError | sqlite3.Error, database: Path) -> str:
    """What is wrong with which file, and what to do; for the person at the console. Blocking."""
    what, remedy = _words(error)
    # SQLite does not always say what the matter is.
    if what == _IO_FAULT and shutil.disk_usage(database.parent).free < _LEAST_ROOM:
        what, remedy = _OF_SQLITE[sqlite3.SQLITE_FULL]
    where = getattr(error, "filename", None) or (
        database if isinstance(error, sqlite3.Error) else database.parent
    )
    said = error.strerror if isinstance(error, OSError) else str(error).removeprefix(f"{where}: ")
    if remedy == _RESTORE:
        remedy = _which_backup(database.parent)
    return f"{where}: {what} ({said or error})\n  {remedy}"


def newest_backup(folder: Path) -> Path | None:
    """The latest copy of the database that the bot made in that data folder. Blocking."""
    copies = (folder / BACKUPS).glob("*.db")
    return max(copies, key=lambda path: path.stat().st_mtime, default=None)


def _words(error: OSError | sqlite3.Error) -> tuple[str, str]:
    if isinstance(error, DamagedDatabaseError):
        return _OF_SQLITE[sqlite3.SQLITE_CORRUPT]
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0, _UNKNOWN)
    return _OF_SQLITE.get(primary_code(error), _UNKNOWN)


def _which_backup(folder: Path) -> str:
    newest = newest_backup(folder)
    if newest is None:
        return (
            "restore a backup (weeknotes restore --replace FILE);"
            " without one, keep the file and move it away to begin anew"
        )
    return f"restore the newest backup: weeknotes restore --replace {os.fspath(newest)}"
