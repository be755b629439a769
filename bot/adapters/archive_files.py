"""Files, folders and zips of Markdown, read with care: nobody knows where they have been."""

from __future__ import annotations

import asyncio
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

_LARGEST_REPORT = 2 * 1024 * 1024
_LARGEST_PICTURE = 50 * 1024 * 1024
_LARGEST_ZIP_CONTENT = 4 * 1024 * 1024 * 1024
_MOST_MEMBERS = 50_000
_MARKDOWN = (".md", ".markdown")


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
    """Every Markdown file among the paths, in the folders and in the zips, in order of names."""
    for path in paths:
        if path.is_dir():
            for inside in sorted(path.rglob("*")):
                if inside.suffix.lower() in _MARKDOWN and inside.is_file():
                    yield _from_disk(inside, path)
        elif not path.exists():
            yield UnreadableFile(str(path), "there is no such file")
        elif path.suffix.lower() == ".zip":
            yield from _from_zip(path)
        else:
            yield _from_disk(path, path.parent)


def _from_disk(path: Path, root: Path) -> SourceFile | UnreadableFile:
    try:
        size = path.stat().st_size
        if size > _LARGEST_REPORT:
            return UnreadableFile(str(path), _too_large(size))
        content = path.read_bytes()
    except OSError as error:
        return UnreadableFile(str(path), error.strerror or str(error))
    return SourceFile(path.name, content, partial(_picture_beside, path.parent, root))


def _picture_beside(folder: Path, root: Path, address: str) -> bytes | None:
    """A picture beside the report or below; nothing outside of the folder that was named."""
    relative = _local(address)
    if relative is None:
        return None
    picture = (folder / relative).resolve()
    if not picture.is_relative_to(root.resolve()) or not picture.is_file():
        return None
    return picture.read_bytes() if picture.stat().st_size <= _LARGEST_PICTURE else None


def _from_zip(path: Path) -> Iterator[SourceFile | UnreadableFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        yield UnreadableFile(str(path), f"it is no zip that can be read ({error})")
        return
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or total > _LARGEST_ZIP_CONTENT:
        yield UnreadableFile(str(path), "it holds more than an archive of reports would")
        return
    for member in sorted(members, key=lambda m: m.filename):
        name = f"{path.name}:{member.filename}"
        if not member.filename.lower().endswith(_MARKDOWN) or member.is_dir():
            continue
        if not _is_inside(member):
            yield UnreadableFile(name, "its path leads out of the zip")
        elif member.file_size > _LARGEST_REPORT:
            yield UnreadableFile(name, _too_large(member.file_size))
        else:
            yield _member(path, member, name)


def _member(path: Path, member: zipfile.ZipInfo, name: str) -> SourceFile | UnreadableFile:
    content = _unpack(path, member.filename, _LARGEST_REPORT)
    if content is None:
        return UnreadableFile(name, "it is damaged, encrypted, or larger than it says")
    folder = PurePosixPath(member.filename).parent
    picture = partial(_picture_in_zip, path, folder)
    return SourceFile(PurePosixPath(member.filename).name, content, picture)


def _picture_in_zip(path: Path, folder: PurePosixPath, address: str) -> bytes | None:
    relative = _local(address)
    if relative is None:
        return None
    parts: list[str] = []
    for part in (*folder.parts, *relative.parts):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return _unpack(path, "/".join(parts), _LARGEST_PICTURE)


def _unpack(path: Path, name: str, limit: int) -> bytes | None:
    """The member's content; None where it is not there, damaged, or larger than `limit` bytes."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as member:
            # What a zip says of a size is not what it unpacks to.
            content = member.read(limit + 1)
    except (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return None
    return content if len(content) <= limit else None


def _is_inside(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return (
        not path.is_absolute()
        and ".." not in path.parts
        and ":" not in path.parts[0]
        and not is_link
    )


def _local(address: str) -> PurePosixPath | None:
    """The path that an address names, where it is no web address and not absolute."""
    plain = unquote(address.removeprefix("<").removesuffix(">"))
    path = PurePosixPath(plain)
    return None if "://" in plain or path.is_absolute() or "\0" in plain else path


def _too_large(size: int) -> str:
    return f"it has {size / 1_000_000:.0f} MB, which is no weekly report"
