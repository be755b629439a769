"""The folder of everything, and the room on its disk."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.drawing.fonts import PLACES, chinese
from bot.doctor.findings import Finding, fault, note, ok

_MEGABYTE = 1_000_000
_LITTLE_ROOM = 1000 * _MEGABYTE
_NO_ROOM = 100 * _MEGABYTE
_FOLDER_MODE = 0o700
_FILE_MODE = 0o600

# The database keeps what it has just written beside itself.
_DATABASE_FILES = ("weeknotes.db", "weeknotes.db-wal", "weeknotes.db-shm")


def examine_env_file(path: Path) -> list[Finding]:
    """The file with the token is its owner's alone, where there is one; blocking."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return []
    if not _is_open_to_others(mode):
        return []
    return [
        note("settings", f"{path} has mode {mode:04o}: others can read the token", _chmod(path))
    ]


def examine_places(folder: Path) -> list[Finding]:
    """The data directory and its disk; blocking."""
    return [*_folder(folder), _room(folder)]


def examine_fonts() -> Finding:
    """Whether pictures can be drawn in Chinese; blocking."""
    found = chinese(PLACES)
    if found is not None:
        return ok("fonts", f"pictures are drawn with {found.regular.name}")
    return ok(
        "fonts",
        "none for Chinese is here, so the picture of /stats is drawn in English",
        "where that matters, install one: apt install fonts-noto-cjk",
    )


def _folder(folder: Path) -> Iterator[Finding]:
    thing = "data directory"
    if not folder.is_dir():
        yield note(thing, f"{folder} is not there yet", "`weeknotes run` makes it")
        return
    try:
        # It has no name, so nothing is left of it even after a kill.
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"can be written")
    except OSError as error:
        yield fault(
            thing,
            f"{folder} cannot be written to: {error.strerror or error}",
            "give it to the user who runs the bot (chown), and make room on its disk",
        )
        return
    findings = list(_modes(folder))
    yield from findings or [ok(thing, f"{folder} can be written to, and by its owner only")]


def _modes(folder: Path) -> Iterator[Finding]:
    for path in (folder, *(folder / name for name in _DATABASE_FILES)):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except FileNotFoundError:
            continue
        if _is_open_to_others(mode):
            yield fault(
                "data directory",
                f"{path} has mode {mode:04o}: others on this machine can read it",
                _chmod(path),
            )
        if not os.access(path, os.W_OK):
            yield fault(
                "data directory",
                f"{path} cannot be written by this user",
                "give it to the user who runs the bot (chown)",
            )


def _is_open_to_others(mode: int) -> bool:
    return bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def _chmod(path: Path) -> str:
    mode = _FOLDER_MODE if path.is_dir() else _FILE_MODE
    return f"chmod {mode:o} {path}"


def _room(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    state = f"{free // _MEGABYTE} MB are free for {folder}"
    if free < _NO_ROOM:
        return fault("disk", state, "make room now: soon no message can be stored")
    if free < _LITTLE_ROOM:
        return note("disk", state, "make room, or move the data to a larger disk (BOT_DATA_DIR)")
    return ok("disk", state)
