"""Copies of the database, made beside whatever is writing to it."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.integrity import DamagedDatabaseError, check_file, read_only

UNFINISHED = ".unfinished-"
# A quarter of a megabyte: what is copied between two looks whether to go on.
_PAGES_AT_ONCE = 64
# Where SQLite locks a file (https://sqlite.org/src/file/src/os.h); in WAL mode, whoever has it
# open shares a lock there until it is closed.
_LOCKED_FROM, _LOCKED_BYTES = 0x40000002, 510

Advance = Callable[[int, int], None]


class CopyInterruptedError(Exception):
    """The copy was told to end, and there is none."""


def copy_database(
    source: Path, target: Path, advance: Advance, is_over: Callable[[], bool] = lambda: False
) -> None:
    """The database as it is at this moment is a whole file of its own at `target`; blocking.

    It has no mode but the owner's. `advance` hears how many pages are done, of how many. Raises
    sqlite3.Error, of its kind DamagedDatabaseError where the copy is not whole, OSError, and
    CopyInterruptedError once `is_over`.
    """

    def progress(_status: int, remaining: int, total: int) -> None:
        advance(total - remaining, total)
        if is_over():
            raise CopyInterruptedError

    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(read_only(source)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # The snapshot is held from here on. Without it, whatever is written meanwhile makes the
        # copy begin anew, and beside a busy bot it would never end.
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        origin.backup(copy, pages=_PAGES_AT_ONCE, progress=progress)
        # One file and none beside it; whoever opens it as the database changes that back.
        copy.execute("PRAGMA journal_mode = DELETE")
    try:
        problems = check_file(target, is_over=is_over)
    except sqlite3.OperationalError:
        if is_over():
            raise CopyInterruptedError from None
        raise
    if problems:
        raise DamagedDatabaseError(source, problems)


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder in that folder for what is not finished yet, gone afterwards with all in it."""
    with TemporaryDirectory(prefix=UNFINISHED, dir=folder) as name:
        yield Path(name)


def put(finished: Path, place: Path) -> None:
    """The finished file is at its place, whole and for good; what was there is replaced."""
    with finished.open("rb+") as file:
        os.fsync(file.fileno())
    give_to_owner(place.parent, finished)
    finished.replace(place)
    sync_folder(place.parent)


def give_to_owner(folder: Path, *paths: Path) -> None:
    """What root made there belongs to the folder's owner, who is to read it; others cannot give."""
    if os.geteuid() == 0:
        owner = folder.stat()
        for path in paths:
            os.chown(path, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """What was renamed in the folder stays so after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files_named(path: Path) -> list[str]:
    """The SHA-256 of each file on the shelf that a database names, of whatever version it is."""
    named: set[str] = set()
    with closing(read_only(path)) as connection:
        tables = connection.execute(
            "SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS col"
            " WHERE tables.type = 'table' AND col.name = 'sha256'"
        ).fetchall()
        for (table,) in tables:
            named.update(
                sha256
                for (sha256,) in connection.execute(
                    f'SELECT DISTINCT sha256 FROM "{table}" WHERE sha256 IS NOT NULL'  # noqa: S608 -- the schema's own names
                )
            )
    return sorted(named)


def is_open_elsewhere(path: Path) -> bool:
    """Whether another program has the database open. Raises OSError.

    Not for a database that this program has open as well: to look would end SQLite's own locks.
    """
    with path.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED_BYTES, _LOCKED_FROM)
        except (BlockingIOError, PermissionError):
            return True
    return False
