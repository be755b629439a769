"""A backup put back into the data folder."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo, is_zipfile

from bot.adapters.backups.layout import (
    DATABASE,
    PICTURES,
    BackupRefusedError,
    Watch,
    place_of,
    sha256_at,
)
from bot.services.storage_faults import BEFORE_RESTORE
from bot.services.zipmembers import DAMAGE
from bot.storage.copying import (
    UNFINISHED,
    copy_database,
    files_named,
    give_to_owner,
    is_open_elsewhere,
    put,
    sync_folder,
    workshop,
)
from bot.storage.integrity import DamagedDatabaseError, check_file
from bot.storage.migrations import known_schema, schema_of

# The journal goes after the database: alone it is noticed at the next start, the database
# without it would be taken for whole.
_DATABASE_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: where the data lies that was there before, and pictures still missing."""

    aside: Path | None
    missing: list[str]


def restore(file: Path, data: Path, now: datetime, *, replace: bool, watch: Watch) -> Restored:
    """The data folder holds what the backup holds; a copy of the database alone leaves pictures.

    Cut off at any moment it can be done again, and until it is done no bot begins with less.
    Raises BackupRefusedError where that cannot or must not be, and has changed nothing then;
    OSError and sqlite3.Error.
    """
    if not file.is_file():
        raise BackupRefusedError(f"{file}: there is no such file\n  check the name")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = [name for name in _DATABASE_FILES if (data / name).exists()]
    if there and not replace:
        raise BackupRefusedError(
            f"{data}: a database is there already\n"
            "  name an empty folder as BOT_DATA_DIR, or add --replace to move aside what is there"
        )
    if DATABASE in there and is_open_elsewhere(data / DATABASE):
        raise BackupRefusedError(
            f"{data / DATABASE}: a program has it open\n  stop the bot first, then restore"
        )
    for left_by_a_kill in data.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    with workshop(data) as folder:
        whole = is_zipfile(file)
        if whole:
            _unpack(file, folder, watch)
        else:
            _take_copy(file, folder, watch)
        _check(file, folder / DATABASE)
        aside = _move_aside(data, [*there, PICTURES] if whole else there, now) if there else None
        _move_in(folder, data)
    named = files_named(data / DATABASE)
    missing = [path for path in map(place_of, named) if not (data / path).exists()]
    return Restored(aside, missing)


def _unpack(file: Path, folder: Path, watch: Watch) -> None:
    with _opened(file) as archive:
        members = archive.infolist()
        _refuse_strange(file, members)
        needed = sum(member.file_size for member in members)
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise BackupRefusedError(
                f"{folder.parent}: the disk has {free:,} bytes left, the backup needs {needed:,}\n"
                "  make room on it"
            )
        for number, member in enumerate(members, 1):
            target = folder / member.filename
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                _extract(archive, member, target)
            except DAMAGE:
                target.unlink(missing_ok=True)
                if member.filename == DATABASE:
                    raise _damaged(file, "it cannot be unpacked") from None
            watch("Unpacking", number, len(members))


def _opened(file: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except (*DAMAGE, NotImplementedError) as error:
        raise _none_of_ours(file, f"or it is damaged ({error})") from None


def _extract(archive: ZipFile, member: ZipInfo, target: Path) -> None:
    """The member is at the target. Raises what is in DAMAGE where it is not what it was."""
    target.touch(mode=0o600, exist_ok=False)
    with archive.open(member) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    sha256 = sha256_at(member.filename)
    if sha256 is not None:
        with target.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise BadZipFile


def _refuse_strange(file: Path, members: list[ZipInfo]) -> None:
    """Nothing but what a backup holds is ever written, so no path can lead anywhere else."""
    names = [member.filename for member in members]
    strange = [name for name in names if name != DATABASE and sha256_at(name) is None]
    usual = (ZIP_STORED, ZIP_DEFLATED)
    if any(m.flag_bits & _ENCRYPTED or m.compress_type not in usual for m in members):
        raise _none_of_ours(file, "it is packed in another way")
    if strange:
        raise _none_of_ours(file, f"it holds {strange[0][:80]!a}")
    if len(set(names)) < len(names):
        raise _none_of_ours(file, "it holds something twice")
    if DATABASE not in names:
        raise _none_of_ours(file, f"it holds no {DATABASE}")


def _take_copy(file: Path, folder: Path, watch: Watch) -> None:
    try:
        copy_database(file, folder / DATABASE, lambda done, of: watch("Database", done, of))
    except DamagedDatabaseError as error:
        raise _damaged(file, error.problems[0]) from None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        raise _none_of_ours(file, f"or it is damaged ({error})") from None


def _check(file: Path, database: Path) -> None:
    try:
        problems = check_file(database)
        schema = None if problems else schema_of(database)
    except sqlite3.DatabaseError as error:
        problems, schema = [str(error)], None
    if problems:
        raise _damaged(file, problems[0])
    if not schema:
        raise _none_of_ours(file, "its database is another program's")
    if schema > known_schema():
        raise BackupRefusedError(
            f"{file}: its database has schema {schema}, this version knows {known_schema()}\n"
            "  install the newer version, then restore"
        )


def _damaged(file: Path, why: str) -> BackupRefusedError:
    return BackupRefusedError(f"{file}: its database is damaged, {why}\n  use another backup")


def _none_of_ours(file: Path, why: str) -> BackupRefusedError:
    return BackupRefusedError(
        f"{file}: this is no backup of Weeknotes, {why}\n"
        "  name a file that `weeknotes backup` made, or one of data/backups"
    )


def _move_aside(data: Path, names: list[str], now: datetime) -> Path:
    aside = data / f"{BEFORE_RESTORE}{now:%Y%m%dT%H%M%SZ}"
    aside.mkdir(mode=0o700)
    for name in names:
        if (data / name).exists():
            (data / name).rename(aside / name)
    give_to_owner(data, aside)
    sync_folder(data)
    return aside


def _move_in(folder: Path, data: Path) -> None:
    """The pictures first: a database is never there without them."""
    (data / PICTURES).mkdir(exist_ok=True, mode=0o700)
    for picture in (folder / PICTURES).glob("*/*"):
        place = data / PICTURES / picture.parent.name / picture.name
        place.parent.mkdir(exist_ok=True, mode=0o700)
        picture.replace(place)
    give_to_owner(data, data / PICTURES, *(data / PICTURES).rglob("*"))
    put(folder / DATABASE, data / DATABASE)
