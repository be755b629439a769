"""Zips made to break whoever opens them, in the chat, in an import and in a restore."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.adapters.archive_files import SourceFile, collect
from bot.adapters.backups.layout import BackupRefusedError
from bot.adapters.backups.restoring import restore
from bot.adapters.export_files import find_export
from bot.services.exporting import CONTENT
from bot.services.returning.unpacking import unpack
from tests.attacks import zips
from tests.attacks.cost import MEGABYTE, measured
from tests.attacks.zips import NAME, REPORT, lying, packed, raw, twice

pytestmark = pytest.mark.attack

_ONE = packed({NAME: REPORT})
_TEXT = 2 * MEGABYTE
_WIDE = "😀".encode() + b"a" * (_TEXT - 4)

BOMBS: dict[str, Callable[[], bytes]] = {
    "flat bomb, 1000:1": lambda: packed({f"{n}.md": bytes(_TEXT) for n in range(60)}),
    "flat bomb of wide text": lambda: packed({f"{n}.md": _WIDE for n in range(60)}),
    "bzip2 bomb, 40000:1": lambda: packed(
        {f"{n}.md": bytes(_TEXT) for n in range(60)}, zipfile.ZIP_BZIP2
    ),
    "zips in zips in zips": lambda: zips.nested(3),
    "5000 members that are one": lambda: zips.overlapping(5000, _TEXT),
    "100 members that are one": lambda: zips.overlapping(100, _TEXT),
    "150,000 members that are none": lambda: zips.many(150_000),
    "pictures of 4 GB": lambda: lying(packed({NAME: REPORT, "a.jpg": b"a"}), size=2**32 - 2),
}

DAMAGED: dict[str, bytes] = {
    "nothing": b"",
    "a file that is no zip": b"PK" * 1000,
    "cut off in a member": packed({NAME: REPORT * 100})[:60],
    "cut off in the directory": _ONE[:-30],
    "a byte wrong in a member": bytes(b ^ (i == 60) for i, b in enumerate(_ONE)),
    "encrypted": lying(_ONE, flags=1),
    "says less than it unpacks to": lying(packed({NAME: bytes(_TEXT)}), size=10),
    "packed in an unknown way": lying(_ONE, method=99),
    "LZMA, which claims what it is told to": packed({NAME: REPORT}, zipfile.ZIP_LZMA),
    "stored though it says packed": lying(raw([(NAME.encode(), REPORT)]), method=8),
    "for a program of version 9.9": lying(_ONE, version=99),
    "begins behind its end": lying(_ONE, at=2**31),
    "a name that is no UTF-8": raw([(b"\xff\xfe.md", REPORT)]),
    "Zip64 without numbers": zips.zip64(),
    "Zip64 with one number": zips.zip64(10),
    "Zip64 with sizes of 2^63": zips.zip64(2**63, 2**63, 0),
    "Zip64 that begins at 2^64": zips.zip64(10, 10, 2**64 - 1),
    "Zip64 that begins at 2^63": zips.zip64(10, 10, 2**63),
    "Zip64 whose directory is nowhere": zips.zip64_end(2**63),
    "Zip64 whose directory is its end": zips.zip64_end(0),
}

OUTSIDE: dict[str, bytes] = {
    "up": twice("../2023-W40.md"),
    "up from a folder": twice("a/../../2023-W40.md"),
    "absolute": twice("/tmp/2023-W40.md"),  # noqa: S108 -- nothing is written there
    "a drive": twice("C:\\2023-W40.md"),
    "a drive without its root": twice("C:2023-W40.md"),
    "a server's share": twice("\\\\server\\share\\2023-W40.md"),
    "backslashes": twice("..\\..\\2023-W40.md"),
    "a symbolic link": raw([(NAME.encode(), b"/etc/passwd")], attributes=0o120777 << 16),
    "a stream of NTFS": twice("a:b/2023-W40.md"),
}

ODD: dict[str, bytes] = {
    "a member without a name": raw([(b"", b""), (NAME.encode(), REPORT)]),
    "says more than it unpacks to": lying(_ONE, size=MEGABYTE),
    "NUL in a name": raw([(b"2023-W40.md\0.jpg", REPORT)]),
    "a name of 60,000 letters": raw([(b"a" * 60_000 + b".md", REPORT)]),
    "10,000 folders deep": raw([(b"a/" * 10_000 + b"2023-W40.md", REPORT)]),
    "a comment of 64 KB": _ONE[:-2] + b"\xff\xff" + b"x" * 65_535,
    "the same name twice": twice(NAME, NAME),
    "the same name in capitals": twice("2023-W40.md", "2023-w40.MD"),
    "the same name composed otherwise": twice("é/2023-W40.md", "e\u0301/2023-W40.md"),
    "a device of Windows": twice("CON.md", "aux.md", "lpt1.md"),
    "dots and blanks at the end": twice("2023-W40.md.", "2023-W40.md ", "2023-W40.md"),
    "control and bidi characters": twice("\x1b[2J\u202edm.04W-3202.md"),
    "something before it": b"#!/bin/sh\nrm -rf ~\n" * 50 + _ONE,
    "two zips in one": _ONE + packed({"b.md": REPORT}),
    "a folder named like a report": packed({"2023-W40.md/": b"", "2023-W40.md/b.md": REPORT}),
}


BOMBS = {name: cache(bomb) for name, bomb in BOMBS.items()}


def _named(cases: dict[str, bytes]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("content", cases.values(), ids=cases)


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_in_the_chat_costs_next_to_nothing(bomb: Callable[[], bytes]) -> None:
    """Refused in a second, with less than 150 MB, whatever it would unpack to."""
    content = bomb()
    with measured() as cost:
        parcel = unpack("a.zip", content)
    assert sum(len(file.content) for file in parcel.files) <= 20 * MEGABYTE
    assert cost.seconds < 3
    assert cost.memory < 150 * MEGABYTE


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_in_an_import_is_never_whole_in_memory(
    bomb: Callable[[], bytes], tmp_path: Path
) -> None:
    """One report after another; of pictures none that nobody asks for."""
    place = tmp_path / "a.zip"
    place.write_bytes(bomb())
    with measured() as cost:
        for file in collect([place]):
            assert not isinstance(file, SourceFile) or len(file.content) <= _TEXT
    assert cost.seconds < 10
    assert cost.memory < 300 * MEGABYTE


@_named(DAMAGED)
def test_a_damaged_zip_gives_nothing(content: bytes, tmp_path: Path) -> None:
    """In the chat, in an import and as an export: no report, no fault, and a reason."""
    parcel = unpack("a.zip", content)
    assert parcel.files == ()
    assert [refusal.name for refusal in parcel.refused] != []
    place = tmp_path / "a.zip"
    place.write_bytes(content)
    assert [file for file in collect([place]) if isinstance(file, SourceFile)] == []
    place.write_bytes(content.replace(NAME.encode(), CONTENT.encode()[: len(NAME)]))
    assert find_export([place]) is None


@_named(OUTSIDE)
def test_a_path_that_leads_out_is_refused(content: bytes, tmp_path: Path) -> None:
    """In the chat and in an import, and nothing is written anywhere."""
    parcel = unpack("a.zip", content)
    assert (len(parcel.files), len(parcel.refused)) == (0, 1)
    place = tmp_path / "in" / "a.zip"
    place.parent.mkdir()
    place.write_bytes(content)
    assert [file for file in collect([place]) if isinstance(file, SourceFile)] == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [place]


@_named(ODD)
def test_an_odd_zip_is_read_without_harm(content: bytes, tmp_path: Path) -> None:
    """What it holds is what it says, and pictures of it lead nowhere else."""
    parcel = unpack("a.zip", content)
    assert all(file.content == REPORT for file in parcel.files)
    for file in parcel.files:
        for path in ("../../../etc/passwd", "/etc/passwd", "..\\x", "\0", "a" * 70_000):
            assert file.picture(path) is None
    place = tmp_path / "a.zip"
    place.write_bytes(content)
    for found in collect([place]):
        if isinstance(found, SourceFile):
            assert found.content == REPORT
            assert found.picture("../../../etc/passwd") is None


RESTORED: dict[str, bytes] = {
    **{f"damaged: {name}": content for name, content in DAMAGED.items()},
    **{f"outside: {name}": content for name, content in OUTSIDE.items()},
    "database of another program": packed({"weeknotes.db": b"SQLite format 3\0" + bytes(4000)}),
    "database that is none": packed({"weeknotes.db": b"x" * 5000}),
    "database twice": twice("weeknotes.db", "weeknotes.db"),
    "database of 4 GB that is not there": lying(packed({"weeknotes.db": b"x"}), size=2**32 - 2),
    "database of 2^62 bytes": zips.zip64(2**62, 10, 0).replace(NAME.encode(), b"weeknote.db"),
    "a picture by a name outside": packed({"weeknotes.db": b"", "pictures/../../x": b""}),
    "a picture that is a link": raw([(b"weeknotes.db", b"/etc/passwd")], attributes=0o120777 << 16),
    "150,000 members that are none": zips.many(150_000),
}


@_named(RESTORED)
def test_what_is_no_backup_changes_nothing(content: bytes, tmp_path: Path) -> None:
    """Refused with a reason; the folder is as it was."""
    place, data = tmp_path / "backup.zip", tmp_path / "data"
    place.write_bytes(content)
    data.mkdir()
    with pytest.raises(BackupRefusedError):
        restore(place, data, datetime(2023, 10, 4, tzinfo=UTC), replace=True, watch=lambda *_: None)
    assert list(data.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"backup.zip", "data"}
