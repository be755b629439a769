"""Files, folders and zips of Markdown, read with care: nobody knows where they have been."""

from __future__ import annotations

import asyncio
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.domain.archive.indexing import is_index
from bot.services.zipmembers import (
    FAULTS,
    LARGEST_PICTURE,
    LARGEST_REPORT,
    MARKDOWN,
    is_inside,
    is_report,
    member_name,
    read_member,
)

_LARGEST_ZIP_CONTENT = 4 * 1024 * 1024 * 1024
_MOST_MEMBERS = 50_000

_Inside = Mapping[str, zipfile.ZipInfo]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its name, its bytes, and its pictures by the address in the report."""

    name: str
    content: bytes
    picture: Callable[[str], bytes | None]

    async def read_picture(self, address: str) -> bytes | None:
        """The picture's content, where the address is that of a local file that is there."""
        return await asyncio.to_thread(self.picture, address)


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file that could not be read, and why."""

    name: str
    reason: str


def collect(paths: Iterable[Path]) -> Iterator[SourceFile | UnreadableFile]:
    """Every Markdown file among the paths, in the folders and in the zips, in order of names.

    Index pages of an export are none.
    """
    for file in _every(paths):
        if not isinstance(file, SourceFile) or not _is_index(file):
            yield file


def _is_index(file: SourceFile) -> bool:
    return is_index(file.name, file.content.decode("utf-8", "replace"))


def _every(paths: Iterable[Path]) -> Iterator[SourceFile | UnreadableFile]:
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            for inside in sorted(path.rglob("*")):
                if inside.suffix.lower() not in MARKDOWN or not inside.is_file():
                    continue
                if inside.name.startswith("._") or inside.resolve() in seen:
                    continue
                seen.add(inside.resolve())
                yield _from_disk(inside, path)
        elif path.resolve() in seen:
            continue
        elif not path.exists():
            yield UnreadableFile(str(path), "there is no such file")
        elif path.suffix.lower() == ".zip":
            yield from _from_zip(path)
        else:
            seen.add(path.resolve())
            yield _from_disk(path, path.parent)


def _from_disk(path: Path, root: Path) -> SourceFile | UnreadableFile:
    try:
        size = path.stat().st_size
        if size > LARGEST_REPORT:
            return UnreadableFile(str(path), _too_large(size))
        content = path.read_bytes()
    except OSError as error:
        return UnreadableFile(str(path), error.strerror or str(error))
    return SourceFile(path.name, content, partial(_picture_beside, path.parent, root))


def _picture_beside(folder: Path, root: Path, path: str) -> bytes | None:
    """A picture beside the report or below; nothing outside of the folder that was named."""
    try:
        picture = (folder / path).resolve()
        if not picture.is_relative_to(root.resolve()) or not picture.is_file():
            return None
        return picture.read_bytes() if picture.stat().st_size <= LARGEST_PICTURE else None
    except (OSError, ValueError):
        return None


def _from_zip(path: Path) -> Iterator[SourceFile | UnreadableFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except FAULTS as error:
        yield UnreadableFile(str(path), f"it is no zip that can be read ({error})")
        return
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or total > _LARGEST_ZIP_CONTENT:
        yield UnreadableFile(str(path), "it holds more than an archive of reports would")
        return
    inside = {member_name(member): member for member in members if is_inside(member)}
    for member in sorted(members, key=member_name):
        plain = member_name(member)
        name = f"{path.name}:{plain}"
        if not is_report(member):
            continue
        if not is_inside(member):
            yield UnreadableFile(name, "its path leads out of the zip, or it is a link")
        elif member.file_size > LARGEST_REPORT:
            yield UnreadableFile(name, _too_large(member.file_size))
        else:
            yield _member(path, member, name, inside)


def _member(
    path: Path, member: zipfile.ZipInfo, name: str, inside: _Inside
) -> SourceFile | UnreadableFile:
    content = _unpack(path, member, LARGEST_REPORT)
    if content is None:
        return UnreadableFile(name, "it is damaged, encrypted, or larger than it says")
    plain = member_name(member)
    picture = partial(_picture_in_zip, path, inside, posixpath.dirname(plain))
    return SourceFile(posixpath.basename(plain), content, picture)


def _picture_in_zip(path: Path, inside: _Inside, folder: str, picture: str) -> bytes | None:
    member = inside.get(posixpath.normpath(posixpath.join(folder, picture)))
    return None if member is None else _unpack(path, member, LARGEST_PICTURE)


def _unpack(path: Path, member: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The member's content; None where it is damaged, packed oddly, or larger than `limit`."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = read_member(archive, member, limit)
    except FAULTS:
        return None
    return None if content is None or len(content) > limit else content


def _too_large(size: int) -> str:
    return f"it has {size / 1_000_000:.0f} MB, which is no weekly report"
