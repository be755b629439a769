"""An export as zips, each small enough to be sent, or as one; written to the disk part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.services.exporting import Export
from bot.services.packing import SLACK


def write_parts(
    export: Export, folder: Path, name: str, file_of: Callable[[str], Path], *, limit: int | None
) -> list[Path]:
    """The zips `name.zip`, `name-2.zip` and so on, at most `limit` bytes each; blocking.

    The first one holds the texts, and what else fits. A file that is gone is left out; one that
    is too large by itself has a part of its own. Equal exports make equal zips. Raises OSError.
    """
    places: list[Path] = []
    for number, files in enumerate(_parts(export, file_of, limit), 1):
        place = folder / (f"{name}.zip" if number == 1 else f"{name}-{number}.zip")
        with zipfile.ZipFile(place, "x") as archive:
            if number == 1:
                for path, content in sorted(export.texts.items()):
                    archive.writestr(_entry(path, zipfile.ZIP_DEFLATED), content)
            for path, source in files:
                with source.open("rb") as file, archive.open(_entry(path), "w") as member:
                    while block := file.read(1024 * 1024):
                        member.write(block)
        place.chmod(0o600)
        places.append(place)
    return places


def _parts(
    export: Export, file_of: Callable[[str], Path], limit: int | None
) -> Iterator[list[tuple[str, Path]]]:
    # Texts become smaller by being packed, so there is room for them for sure.
    size = sum(map(len, export.texts.values()))
    part: list[tuple[str, Path]] = []
    is_first = True
    for path, sha256 in export.files.items():
        source = file_of(sha256)
        try:
            more = source.stat().st_size + 2 * len(path) + 200
        except OSError:
            continue
        if limit is not None and (part or is_first) and size + more > limit - SLACK:
            yield part
            part, size, is_first = [], 0, False
        part.append((path, source))
        size += more
    if part or is_first:
        yield part


def _entry(path: str, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """A member with a fixed date, for its owner; pictures are small already."""
    entry = zipfile.ZipInfo(path)
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    return entry
