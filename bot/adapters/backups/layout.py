"""What is in a backup, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.adapters.shelf import place_on_shelf

DATABASE: Final = "weeknotes.db"
PICTURES: Final = "pictures"

_PICTURE = re.compile(rf"{PICTURES}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})", re.ASCII)

# What is being done, how much of it is done, and how much there is.
Watch = Callable[[str, int, int], None]


class BackupRefusedError(Exception):
    """Nothing was made or changed; the message says why and what to do."""


def place_of(sha256: str) -> str:
    """The path of a file in a backup, and on the shelf in the data folder."""
    return f"{PICTURES}/{place_on_shelf(sha256)}"


def sha256_at(path: str) -> str | None:
    """The content that has to be at a path in a backup; None where no picture can be there."""
    match = _PICTURE.fullmatch(path)
    return None if match is None else match[2]
