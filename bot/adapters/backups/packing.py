"""A backup made, beside the running bot."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bot.adapters.backups.layout import DATABASE, BackupRefusedError, Watch, place_of
from bot.storage.copying import copy_database, files_named, put, workshop


@dataclass(frozen=True, slots=True)
class Packed:
    """A backup that was made: the size of its file, how many pictures, and those that it lacks."""

    size: int
    pictures: int
    missing: list[str]


def pack(data: Path, place: Path, *, replace: bool, watch: Watch) -> Packed:
    """The data folder's database, as it is now, and the pictures it names are in one new file.

    Readable by its owner only. Raises BackupRefusedError, OSError, and sqlite3.Error where the
    database cannot be copied whole; nothing is left then.
    """
    database = data / DATABASE
    if not database.exists():
        raise BackupRefusedError(
            f"{database}: there is no database\n  check BOT_DATA_DIR, or run the bot first"
        )
    if place.is_dir():
        raise BackupRefusedError(f"{place}: it is a folder\n  name a file, for example backup.zip")
    if not replace and place.exists():
        raise BackupRefusedError(
            f"{place}: it is there already\n  choose another name, or add --force to replace it"
        )
    with workshop(place.absolute().parent) as folder:
        copy = folder / DATABASE
        copy_database(database, copy, lambda done, of: watch("Database", done, of))
        # Pictures never change, so all that the copy names is there, whatever comes meanwhile.
        named = files_named(copy)
        finished = folder / "backup.zip"
        missing = _fill(finished, copy, data, named, watch)
        size = finished.stat().st_size
        put(finished, place)
    return Packed(size, len(named) - len(missing), missing)


def _fill(finished: Path, copy: Path, data: Path, named: list[str], watch: Watch) -> list[str]:
    """The pictures that are not there or not what they were."""
    missing: list[str] = []
    handle = os.open(finished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as file, ZipFile(file, "w", strict_timestamps=False) as archive:
        archive.write(copy, DATABASE, ZIP_DEFLATED)
        for number, sha256 in enumerate(named, 1):
            path = place_of(sha256)
            try:
                content = (data / path).read_bytes()
            except OSError:
                content = b""
            if hashlib.sha256(content).hexdigest() == sha256:
                # As it is: pictures are small already.
                archive.writestr(path, content)
            else:
                missing.append(path)
            watch("Pictures", number, len(named))
    return missing
