"""Exports as they lie on the disk: a folder, a zip, or several parts of one."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.services.exporting import CONTENT
from bot.services.rebuilding import LARGEST
from bot.services.zipmembers import FAULTS, LARGEST_PICTURE, read_member


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """What of an export is there: files may lie in any of its parts, the JSON in `first`."""

    places: tuple[Path, ...]
    first: Path
    content: bytes

    async def read(self, path: str) -> bytes | None:
        """The file's content by its path in the export; None where it is in no part."""
        return await asyncio.to_thread(self._read, path)

    def _read(self, path: str) -> bytes | None:
        for place in self.places:
            found = _member(place, path, LARGEST_PICTURE)
            if found is not None:
                return found
        return None


def find_export(paths: Sequence[Path]) -> ExportFiles | None:
    """The export among the paths, with all of its parts that were named; None: there is none."""
    for path in paths:
        content = _member(path, CONTENT, LARGEST)
        if content is not None:
            return ExportFiles(tuple(paths), path, content)
    return None


def _member(place: Path, path: str, limit: int) -> bytes | None:
    try:
        if place.is_dir():
            file = (place / path).resolve()
            if not file.is_relative_to(place.resolve()) or file.stat().st_size > limit:
                return None
            return file.read_bytes()
        if place.suffix.lower() != ".zip":
            return None
        with zipfile.ZipFile(place) as archive:
            content = read_member(archive, archive.getinfo(path), limit)
    except FAULTS:
        return None
    return None if content is None or len(content) > limit else content
