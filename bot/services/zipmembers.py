"""Members of a zip: nobody knows who has written their names."""

from __future__ import annotations

import stat
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath

LARGEST_REPORT = 2 * 1024 * 1024
LARGEST_PICTURE = 50 * 1024 * 1024
MARKDOWN = (".md", ".markdown")
FAULTS = (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError)
"""What reading a damaged or encrypted member raises."""

_SAYS_UTF8 = 0x800


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


def is_report(member: zipfile.ZipInfo) -> bool:
    """Whether it is a Markdown file, and not what the Finder keeps about one."""
    path = PurePosixPath(member_name(member))
    is_made_by_macos = path.name.startswith("._") or "__MACOSX" in path.parts
    return path.suffix.lower() in MARKDOWN and not member.is_dir() and not is_made_by_macos
