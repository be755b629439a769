"""Members of a zip: nobody knows who has written their names."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath

LARGEST_REPORT = 2 * 1024 * 1024
LARGEST_PICTURE = 50 * 1024 * 1024
MARKDOWN = (".md", ".markdown")
DAMAGE = (zipfile.BadZipFile, EOFError, zlib.error, struct.error, ValueError, OverflowError)
"""What opening a damaged zip and reading a damaged member raises."""
FAULTS = (*DAMAGE, OSError, KeyError, RuntimeError)
"""The same, also where the file cannot be read, or the member is missing or encrypted."""

# LZMA claims as much memory as a file tells it to, up to 4 GB.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_SAYS_UTF8 = 0x800
_ENTRY = b"PK\x01\x02"


def may_hold_more(content: bytes, most: int) -> bool:
    """Whether a zip may have more members than that, told before an object is made of each.

    A zip within it counts with its members too.
    """
    return content.count(_ENTRY) > most


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The member's content up to one byte more than `limit`, for that says that it is too large.

    None where it is damaged or encrypted, or is packed so that unpacking it would claim memory for
    what it only says.
    """
    if member.compress_type not in _METHODS:
        return None
    try:
        with archive.open(member) as opened:
            # What a zip says of a size is not what it unpacks to.
            return opened.read(limit + 1)
    except FAULTS:
        return None


def member_name(member: zipfile.ZipInfo) -> str:
    """The member's name with slashes; old Windows programs write Chinese ones in GBK, unsaid."""
    name = member.filename
    if not member.flag_bits & _SAYS_UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gbk")
    return name.replace("\\", "/")


def is_inside(member: zipfile.ZipInfo) -> bool:
    """Whether its path stays within the zip, and it is no link."""
    path = PurePosixPath(member_name(member))
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    has_drive = bool(path.parts) and ":" in path.parts[0]
    return not path.is_absolute() and ".." not in path.parts and not has_drive and not is_link


def is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether it is a folder; `is_dir` fails where there is no name at all."""
    return member_name(member).endswith("/")


def is_report(member: zipfile.ZipInfo) -> bool:
    """Whether it is a Markdown file, and not what the Finder keeps about one."""
    path = PurePosixPath(member_name(member))
    is_made_by_macos = path.name.startswith("._") or "__MACOSX" in path.parts
    return path.suffix.lower() in MARKDOWN and not is_folder(member) and not is_made_by_macos
