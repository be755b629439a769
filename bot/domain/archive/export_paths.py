"""Where the files of an export lie: at the paths that reports name, as far as that can be."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from typing import Final

from bot.domain.local_pictures import leads_outside
from bot.domain.week import IsoWeek

# What the export itself calls its files, however a disk tells large letters from small ones.
_OWN: Final = re.compile(r"weeknotes\.json|\d{4}-w\d{2}\.md|index/\d{4}\.md")
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f\\]")
_LONGEST_NAME: Final = 255
_LONGEST_PATH: Final = 1000


class ExportPaths:
    """The paths that are taken, and the SHA-256 of the file at each.

    No path is that of a file of the export itself, none is a folder and a file at once.
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self._folders: set[str] = set()

    def put(self, path: str, sha256: str, week: IsoWeek) -> str | None:
        """Where the file lies that the week's report names so.

        None where that is no path on a disk. Another file's place is left to it.
        """
        if not can_be_written(path):
            return None
        return self._put(sha256, _beside(path, str(week)))

    def put_unplaced(self, name: str, sha256: str) -> str:
        """Where a file lies that no report names."""
        return self._put(sha256, _beside(name, "unplaced"), skip=1)

    def _put(self, sha256: str, candidates: Iterator[str], skip: int = 0) -> str:
        for _ in range(skip):
            next(candidates)
        place = next(path for path in candidates if self._has_room(path, sha256))
        self.files[place] = sha256
        self._folders.update(_folders(place))
        return place

    def _has_room(self, path: str, sha256: str) -> bool:
        if path in self.files:
            return self.files[path] == sha256
        return (
            path not in self._folders
            and not _OWN.fullmatch(path.lower())
            and not any(f in self.files or _OWN.fullmatch(f.lower()) for f in _folders(path))
        )


def _beside(path: str, folder: str) -> Iterator[str]:
    """The path, and those where it would be otherwise: a file may have the folder's name."""
    yield path
    yield f"{folder}/{path}"
    for number in itertools.count(2):
        yield f"{folder}-{number}/{path}"


def _folders(path: str) -> list[str]:
    """The folders that the path goes through."""
    return [path[:at] for at, sign in enumerate(path) if sign == "/"]


def can_be_written(path: str) -> bool:
    """Whether every disk can hold a file at the path, below the export's folder."""
    names = path.encode("utf-8", "replace").split(b"/")
    return (
        posixpath.normpath(path) == path
        and path != "."
        and not path.startswith("/")
        and not leads_outside(path)
        and not _UNWRITABLE.search(path)
        # A drive, to some.
        and b":" not in names[0]
        and max(map(len, names)) <= _LONGEST_NAME
        and sum(map(len, names)) + len(names) <= _LONGEST_PATH
    )
