"""What the bot keeps on the disk is for its user alone, whatever the umask was that made it."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.adapters.backups.layout import DATABASE, PICTURES
from bot.services.storage_faults import BACKUPS, BEFORE_RESTORE
from bot.storage.copying import UNFINISHED

_LOG = logging.getLogger(__name__)

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600

# Only what is the bot's own: people may keep other things in the same folder.
_OURS: Final = (
    DATABASE,
    f"{DATABASE}-*",
    PICTURES,
    BACKUPS,
    f"{UNFINISHED}*",
    f"{BEFORE_RESTORE}*",
)


def open_to_others(folder: Path) -> list[tuple[Path, int]]:
    """What of the bot's in the folder others on this machine may use, with its mode; blocking.

    The folder itself is part of it. What a link leads to is not the bot's. Raises OSError.
    """
    return [
        (path, mode)
        for path in _belongings(folder)
        if (mode := _mode_of(path)) is not None and is_open_to_others(mode)
    ]


def tighten(folder: Path) -> None:
    """Nothing of the bot's in the folder is open to others any more, as far as that can be had.

    The log says what was, and what still is. Blocking.
    """
    closed = 0
    try:
        for path, mode in open_to_others(folder):
            try:
                path.chmod(private_mode(path))
            except OSError as error:
                _LOG.warning("%s has mode %04o and cannot be closed: %s", path, mode, error)
            else:
                closed += 1
    except OSError as error:
        _LOG.warning("cannot see whether others can read %s: %s", folder, error)
    if closed:
        _LOG.warning("data: %d files and folders were open to others, and are closed now", closed)


def is_open_to_others(mode: int) -> bool:
    """Whether anybody but the owner may do anything with it."""
    return bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def private_mode(path: Path) -> int:
    """The mode of a file or folder that is its owner's alone."""
    return FOLDER_MODE if path.is_dir() else FILE_MODE


def _belongings(folder: Path) -> Iterator[Path]:
    yield folder
    for pattern in _OURS:
        for path in folder.glob(pattern):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from path.rglob("*")


def _mode_of(path: Path) -> int | None:
    """None for a link, and for what has gone meanwhile."""
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return None
    return None if stat.S_ISLNK(facts.st_mode) else stat.S_IMODE(facts.st_mode)
