"""The folder of everything, and the room on its disk."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.drawing.fonts import PLACES, chinese
from bot.adapters.privacy import is_open_to_others, open_to_others, private_mode
from bot.doctor.findings import Finding, counted, fault, note, ok

_MEGABYTE = 1_000_000
_LITTLE_ROOM = 1000 * _MEGABYTE
_NO_ROOM = 100 * _MEGABYTE

# The database keeps what it has just written beside itself.
_DATABASE_FILES = ("weeknotes.db", "weeknotes.db-wal", "weeknotes.db-shm")


def examine_env_file(path: Path) -> list[Finding]:
    """The file with the token is its owner's alone, where there is one; blocking."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return []
    if not is_open_to_others(mode):
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
    own = (folder, *(folder / name for name in _DATABASE_FILES))
    below: list[str] = []
    for path, mode in open_to_others(folder):
        if path in own:
            yield fault(
                "data directory",
                f"{path} has mode {mode:04o}: others on this machine can read it",
                _chmod(path),
            )
        else:
            below.append(f"{path.relative_to(folder)} has mode {mode:04o}")
    if below:
        yield fault(
            "data directory",
            f"{counted(len(below), 'thing')} below {folder} can be read by others",
            f"start the bot, which closes them, or else: chmod -R go= {folder}",
            sorted(below),
        )
    for path in own:
        if path.exists() and not os.access(path, os.W_OK):
            yield fault(
                "data directory",
                f"{path} cannot be written by this user",
                "give it to the user who runs the bot (chown)",
            )


def _chmod(path: Path) -> str:
    return f"chmod {private_mode(path):o} {path}"


def _room(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    state = f"{free // _MEGABYTE} MB are free for {folder}"
    if free < _NO_ROOM:
        return fault("disk", state, "make room now: soon no message can be stored")
    if free < _LITTLE_ROOM:
        return note("disk", state, "make room, or move the data to a larger disk (BOT_DATA_DIR)")
    return ok("disk", state)
