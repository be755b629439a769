"""Zips that no program would make for anybody's good."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from tests.attacks.cost import MEGABYTE

REPORT = "# 2023 年第40周周报\n\n## 生活\n\n1. 一\n".encode()
NAME = "2023-W40.md"

_LOCAL, _CENTRAL, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_UTF8 = 0x800


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def twice(*names: str) -> bytes:
    """A zip with a member for each name, which may be the same."""
    return raw([(name.encode(), REPORT) for name in names])


def raw(
    members: Sequence[tuple[bytes, bytes]], *, attributes: int = 0, flags: int = _UTF8
) -> bytes:
    """A zip of stored members with any bytes as their names."""
    out, directory = bytearray(), bytearray()
    for name, content in members:
        crc = zlib.crc32(content)
        sizes = struct.pack("<LLLHH", crc, len(content), len(content), len(name), 0)
        at = len(out)
        out += _LOCAL + struct.pack("<HHHHH", 20, flags, 0, 0, 0x21) + sizes + name + content
        directory += (
            _CENTRAL
            + struct.pack("<HHHHHH", 0x0314, 20, flags, 0, 0, 0x21)
            + sizes
            + struct.pack("<HHHLL", 0, 0, 0, attributes, at)
            + name
        )
    return bytes(out + directory + end(len(members), len(directory), len(out)))


def end(members: int, size: int, at: int, comment: bytes = b"") -> bytes:
    """The end of a zip."""
    count = min(members, 0xFFFF)
    return _END + struct.pack("<HHHHLLH", 0, 0, count, count, size, at, len(comment)) + comment


def overlapping(members: int, size: int) -> bytes:
    """So many members that are all the same bytes, as of one bomb that is counted many times."""
    [one] = [packed({"00000.md": bytes(size)})]
    at = one.index(_CENTRAL)
    entry = one[at : one.index(_END)]
    name = entry.index(b"00000.md")
    directory = b"".join(
        entry[:name] + f"{number:05}.md".encode() + entry[name + 8 :] for number in range(members)
    )
    return one[:at] + directory + end(members, len(directory), at)


def many(members: int) -> bytes:
    """A zip that says to hold so many members, of which none is there."""
    entry = struct.pack("<4sHHHHHHLLLHHHHHLL", _CENTRAL, *(0,) * 6, 0, 0, 0, 4, *(0,) * 4, 0, 0)
    directory = b"".join(entry + f"{number % 10_000:04}".encode() for number in range(members))
    return directory + end(members, len(directory), 0)


def nested(levels: int) -> bytes:
    """A zip in a zip in a zip, at the innermost of which is a bomb."""
    content = packed({f"{number}.md": bytes(MEGABYTE) for number in range(16)})
    for level in range(levels):
        content = packed({f"{level}-{number}.zip": content for number in range(16)})
    return content


def lying(content: bytes, *, size: int | None = None, **fields: int) -> bytes:
    """The zip whose central directory says something else.

    `size` is the unpacked size of each member, `flags`, `method`, `version`, `at` other fields.
    """
    places = {"version": (6, "<H"), "flags": (8, "<H"), "method": (10, "<H"), "at": (42, "<L")}
    changed = bytearray(content)
    at = -1
    while (at := changed.find(_CENTRAL, at + 1)) >= 0:
        if size is not None:
            struct.pack_into("<L", changed, at + 24, size)
        for name, value in fields.items():
            place, form = places[name]
            struct.pack_into(form, changed, at + place, value)
    return bytes(changed)


def zip64(*extra: int) -> bytes:
    """A zip whose member is told of by a Zip64 field with these numbers, however few or large."""
    field = struct.pack(f"<HH{len(extra)}Q", 1, 8 * len(extra), *extra)
    name = NAME.encode()
    entry = (
        struct.pack("<4sHHHHHHLLLHHHHHLL", _CENTRAL, 45, 45, _UTF8, 0, 0, 0x21, 0,
            0xFFFFFFFF, 0xFFFFFFFF, len(name), len(field), 0, 0, 0, 0, 0xFFFFFFFF)
        + name + field
    )  # fmt: skip
    return entry + end(1, len(entry), 0)


def zip64_end(directory_at: int) -> bytes:
    """A zip that ends in the manner of Zip64, and whose directory stands anywhere."""
    record = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 2**60, directory_at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    return record + locator + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
