"""Where the files of an export lie."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.export_paths import ExportPaths, can_be_written
from bot.domain.week import IsoWeek

_WEEK = IsoWeek(2023, 40)
_NAMES = st.sampled_from(["a", "b", "2023-W40.md", "weeknotes.json", "unplaced", "2023-W40", "2"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)


@given(st.lists(st.tuples(_PATHS, st.sampled_from("xyz"), st.booleans()), max_size=12))
def test_every_file_has_a_place_of_its_own(files: list[tuple[str, str, bool]]) -> None:
    """No path is another file's, a folder as well, or one of the export's own."""
    paths = ExportPaths()
    for path, sha256, is_placed in files:
        place = paths.put(path, sha256, _WEEK) if is_placed else paths.put_unplaced(path, sha256)
        assert place is not None
        assert paths.files[place] == sha256
        assert place.endswith(path)
    folders = {str(folder) for path in paths.files for folder in PurePosixPath(path).parents}
    assert not folders & paths.files.keys()
    assert not {"2023-W40.md", "weeknotes.json"} & (folders | paths.files.keys())


def test_the_same_file_lies_there_once() -> None:
    """Also where several weeks show it."""
    paths = ExportPaths()
    assert [paths.put("images/a.jpg", "a", IsoWeek(2023, n)) for n in (1, 2)] == [
        "images/a.jpg"
    ] * 2
    assert paths.put("images/a.jpg", "b", _WEEK) == "2023-W40/images/a.jpg"
    assert paths.files == {"images/a.jpg": "a", "2023-W40/images/a.jpg": "b"}


@pytest.mark.attack
@pytest.mark.parametrize(
    "path",
    [
        *("..", "../a", "a/../../b", "/etc/passwd", "", ".", "a//b", "./a", "a/"),
        *("C:/a", "a\\b", "a\nb", "a\0b", "x" * 256, "字" * 86, "a/" * 600 + "b"),
    ],
)
def test_what_a_disk_could_not_take_has_no_place(path: str) -> None:
    """Or would take outside of the folder."""
    assert not can_be_written(path)
    assert ExportPaths().put(path, "a", _WEEK) is None


@pytest.mark.parametrize("path", ["a", "图片/海 1.jpg", "a#b?.png", "100%25.png", "..a", "x" * 255])
def test_other_paths_stay_as_they_are(path: str) -> None:
    """Signs that mean something in an address mean nothing on a disk."""
    assert ExportPaths().put(path, "a", _WEEK) == path
