"""The reports in a file that somebody sends: a Markdown file, or a zip of them with pictures.

A zip is read in memory, never written to the disk, and no more of it than a week's pictures need.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.archive.indexing import is_index
from bot.services.exporting import CONTENT
from bot.services.zipmembers import (
    FAULTS,
    LARGEST_PICTURE,
    LARGEST_REPORT,
    MARKDOWN,
    is_folder,
    is_inside,
    is_report,
    may_hold_more,
    member_name,
    read_member,
)

_MOST_MEMBERS = 5_000
_MOST_ENTRIES = 8 * _MOST_MEMBERS  # with those of files that are zips themselves
_LARGEST_CONTENT = 300 * 1024 * 1024
# Texts stay in memory, and a single emoji makes four bytes of each letter.
_LARGEST_TEXTS = 20 * 1024 * 1024


class Fault(StrEnum):
    """Why a file is refused."""

    NOT_UTF8 = "not UTF-8"
    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep"
    NO_WEEK = "no week"
    NO_SUCH_WEEK = "no such week"
    OTHER_WEEK = "other week"
    OTHER_WEEK_SAID = "other week said"
    SAME_WEEK = "same week"
    OUTSIDE = "outside"
    DAMAGED = "damaged"
    NO_ZIP = "no zip"
    TOO_MUCH = "too much"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken, why, and what there is to say about it by name."""

    name: str
    fault: Fault
    detail: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A file is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.fault)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A report as it came back: its name, its text, its bytes."""

    name: str
    text: str
    content: bytes

    def has_picture(self, path: str) -> bool:
        """Whether a picture came along for that path in the report."""
        del path
        return False

    def picture(self, path: str) -> bytes | None:
        """The picture's bytes, None where it is not there. Blocking."""
        del path
        return None

    def picture_sha256(self, path: str) -> str | None:
        """The SHA-256 (hex) of the picture, None where it is not there. Blocking."""
        del path
        return None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a message has brought: reports, and files that are none that can be taken.

    An export of a journal holds more than its reports.
    """

    files: tuple[ReturnedFile, ...] = ()
    refused: tuple[Refusal, ...] = ()
    is_export: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no Markdown in it."""
        return not self.files and not self.refused


def unpack(name: str, content: bytes) -> Parcel:
    """The reports in the file. Blocking: a zip may take a while."""
    try:
        if name.lower().endswith(MARKDOWN):
            return Parcel((_report(name, content),))
        return _Zip(name, content).parcel()
    except RefusedError as error:
        return Parcel(refused=(error.refusal,))


def _report(name: str, content: bytes) -> ReturnedFile:
    """The file as a report. Raises RefusedError."""
    if len(content) > LARGEST_REPORT:
        raise _too_large(name)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        detail = {"line": str(line), "byte": byte, "at": str(error.start)}
        raise RefusedError(Refusal(name, Fault.NOT_UTF8, detail)) from None
    if not text.strip("\ufeff \t\r\n"):
        raise RefusedError(Refusal(name, Fault.EMPTY))
    return ReturnedFile(name, text, content)


def _too_large(name: str) -> RefusedError:
    limit = f"{LARGEST_REPORT // 1024**2}"
    return RefusedError(Refusal(name, Fault.TOO_LARGE, {"limit": limit}))


class _Zip:
    def __init__(self, name: str, content: bytes) -> None:
        """Raises RefusedError."""
        self._name = name
        self._room = _LARGEST_CONTENT
        if may_hold_more(content, _MOST_ENTRIES):
            raise RefusedError(Refusal(name, Fault.TOO_MUCH))
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except FAULTS:
            raise RefusedError(Refusal(name, Fault.NO_ZIP)) from None
        members = self._archive.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > _MOST_MEMBERS or total > _LARGEST_CONTENT:
            raise RefusedError(Refusal(name, Fault.TOO_MUCH))
        self._members = members
        self._sha256: dict[int, str | None] = {}
        self._inside = {
            member_name(member): member
            for member in members
            if is_inside(member) and not is_folder(member)
        }

    def parcel(self) -> Parcel:
        """Its reports, in the order of their names. Raises RefusedError."""
        files: list[ReturnedFile] = []
        refused: list[Refusal] = []
        room = _LARGEST_TEXTS
        for member in sorted(self._members, key=member_name):
            if is_report(member):
                try:
                    file = self._file(member)
                    room -= len(file.content)
                    if room < 0:
                        raise RefusedError(Refusal(self._name, Fault.TOO_MUCH))
                    if not is_index(file.name, file.text):
                        files.append(file)
                except RefusedError as error:
                    if error.refusal.fault is Fault.TOO_MUCH:
                        raise
                    refused.append(error.refusal)
        return Parcel(tuple(files), tuple(refused), is_export=CONTENT in self._inside)

    def _file(self, member: zipfile.ZipInfo) -> ReturnedFile:
        path = member_name(member)
        if not is_inside(member):
            raise RefusedError(Refusal(path, Fault.OUTSIDE))
        if member.file_size > LARGEST_REPORT:
            raise _too_large(path)
        content = self.read(member, LARGEST_REPORT)
        if content is None:
            raise RefusedError(Refusal(path, Fault.DAMAGED))
        read = _report(path, content)
        return _ZippedFile(path, read.text, content, self)

    def member(self, report: str, path: str) -> zipfile.ZipInfo | None:
        """The member that a report names by a path from where it lies."""
        folder = posixpath.dirname(report)
        return self._inside.get(posixpath.normpath(posixpath.join(folder, path)))

    def read(self, member: zipfile.ZipInfo, limit: int) -> bytes | None:
        """The member's content; None where it is damaged, packed oddly, or more than `limit`.

        Raises RefusedError where all that was read is more than a zip may hold.
        """
        content = read_member(self._archive, member, min(limit, self._room))
        if content is None:
            return None
        if len(content) > self._room:
            raise RefusedError(Refusal(self._name, Fault.TOO_MUCH))
        self._room -= len(content)
        return content if len(content) <= limit else None

    def sha256(self, member: zipfile.ZipInfo) -> str | None:
        """The SHA-256 (hex) of a picture's content; None where that cannot be read.

        Each is read once for it, which leaves as much room as there was to take it in.
        Raises RefusedError where there is not so much.
        """
        at = member.header_offset
        if at not in self._sha256:
            room = self._room
            content = self.read(member, LARGEST_PICTURE)
            self._room = room
            self._sha256[at] = None if content is None else hashlib.sha256(content).hexdigest()
        return self._sha256[at]


@dataclass(frozen=True, slots=True)
class _ZippedFile(ReturnedFile):
    """A report in a zip, whose pictures lie there too."""

    archive: _Zip

    def has_picture(self, path: str) -> bool:
        return self.archive.member(self.name, path) is not None

    def picture(self, path: str) -> bytes | None:
        """Raises RefusedError where the pictures so far are more than a zip may hold."""
        member = self.archive.member(self.name, path)
        return None if member is None else self.archive.read(member, LARGEST_PICTURE)

    def picture_sha256(self, path: str) -> str | None:
        """Raises RefusedError where the picture is more than the zip may still hold."""
        member = self.archive.member(self.name, path)
        return None if member is None else self.archive.sha256(member)
