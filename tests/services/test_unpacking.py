"""Files that people send are read with care: nobody knows where they have been."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping

import pytest

from bot.services.returning import unpacking
from bot.services.returning.unpacking import Fault, unpack

_MEGABYTE = 1024 * 1024


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def faults(content: bytes) -> list[tuple[str, Fault]]:
    """What is refused in a zip."""
    return [(refusal.name, refusal.fault) for refusal in unpack("a.zip", content).refused]


def test_reports_and_their_pictures_are_found_wherever_they_lie() -> None:
    """In folders, by paths from where the report lies; nothing else counts."""
    content = packed(
        {
            "2023/2023-W40.md": "一".encode(),
            "2023/images/a.jpg": b"a",
            "images/a.jpg": b"other",
            "__MACOSX/._2023-W40.md": b"\xff",
            "readme.txt": b"",
        }
    )
    parcel = unpack("a.zip", content)
    [file] = parcel.files
    assert (file.name, file.text) == ("2023/2023-W40.md", "一")
    assert file.has_picture("images/a.jpg")
    assert file.picture("images/a.jpg") == b"a"
    assert file.picture("../images/a.jpg") == b"other"
    assert not file.has_picture("../../images/a.jpg")
    assert file.picture("b.jpg") is None
    assert parcel.refused == ()


def test_an_export_is_known_as_one() -> None:
    """Its index pages are no reports; another zip is none for a file that is called like it."""
    index = "# 2023 年\n\n1. [a](../2023-W40.md)\n".encode()
    files = {"2023-W40.md": b"a", "index/2023.md": index, "weeknotes.json": b"{}"}
    parcel = unpack("a.zip", packed(files))
    assert ([file.name for file in parcel.files], parcel.is_export) == (["2023-W40.md"], True)
    assert not unpack("a.zip", packed({"2023-W40.md": b"a"})).is_export


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "C:/a.md", "b/../../a.md", "..\\a.md"])
def test_paths_that_lead_out_are_refused(path: str) -> None:
    """Even though nothing is ever written where they lead."""
    assert [fault for _, fault in faults(packed({path: b"a", "b.md": b"b"}))] == [Fault.OUTSIDE]


def test_too_many_members_are_refused() -> None:
    """Without looking at them."""
    many = {f"{number}.md": b"" for number in range(5_001)}
    assert faults(packed(many)) == [("a.zip", Fault.TOO_MUCH)]


def test_a_bomb_is_refused_by_what_it_says() -> None:
    """A little zip that says it holds much is not unpacked."""
    bomb = packed({"a.md": b"a"} | {f"{n}.jpg": bytes(31 * _MEGABYTE) for n in range(10)})
    assert len(bomb) < _MEGABYTE
    assert faults(bomb) == [("a.zip", Fault.TOO_MUCH)]


def test_a_bomb_is_refused_by_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read in all is counted, whatever the zip says of its sizes."""
    monkeypatch.setattr(unpacking, "_LARGEST_CONTENT", 3 * _MEGABYTE)
    files = {f"{n}.md": b"a" * _MEGABYTE for n in range(8)}
    content = bytearray(packed(files))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    refused = faults(bytes(content))
    assert refused
    assert {fault for _, fault in refused} <= {Fault.TOO_MUCH, Fault.DAMAGED}


def test_damage_is_refused_file_by_file() -> None:
    """What can be read is read."""
    content = bytearray(packed({"a.md": b"abc" * 100, "b.md": b"b"}))
    content[36] ^= 0xFF
    parcel = unpack("a.zip", bytes(content))
    assert [file.name for file in parcel.files] == ["b.md"]
    assert [refusal.fault for refusal in parcel.refused] == [Fault.DAMAGED]


def test_a_report_that_is_too_large_is_refused() -> None:
    """By itself and in a zip, with the limit."""
    large = b"a" * (2 * _MEGABYTE + 1)
    assert faults(packed({"a.md": large})) == [("a.md", Fault.TOO_LARGE)]
    [refusal] = unpack("a.md", large).refused
    assert (refusal.fault, refusal.detail) == (Fault.TOO_LARGE, {"limit": "2"})


def test_a_zip_without_reports_is_empty() -> None:
    """So it is a file like any other."""
    assert unpack("a.zip", packed({"a.txt": b"a"})).is_empty


def test_pictures_are_compared_without_using_up_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at can still be taken in."""
    picture = b"b" * _MEGABYTE
    monkeypatch.setattr(unpacking, "_LARGEST_CONTENT", _MEGABYTE + 10)
    [file] = unpack("a.zip", packed({"a.md": b"a", "b.jpg": picture})).files
    for _ in range(3):
        assert file.picture_sha256("b.jpg") == hashlib.sha256(picture).hexdigest()
    assert file.picture_sha256("c.jpg") is None
    assert file.picture("b.jpg") == picture
