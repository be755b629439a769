"""Files that cannot be taken in: a clear line each, and nothing half imported."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from tests.archive.files import TIDY, write_own


class Shell:
    """The command line in an empty installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str) -> Result:
        """What a command has printed, and its status."""
        environ = {
            "BOT_DATA_DIR": str(self.folder / "data"),
            "BOT_ALLOWED_USERS": "1001",
            "BOT_TIMEZONE": "Asia/Shanghai",
            "COLUMNS": "200",
        }
        return CliRunner().invoke(cli, words, env=environ)

    def weeks(self) -> set[str]:
        """The weeks that come out of an export."""
        target = self.folder / "out"
        assert self.run("export", str(target)).exit_code == 0
        return {path.name for path in target.glob("*.md")}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)


def test_a_folder_goes_in_and_comes_out(shell: Shell) -> None:
    """A table says what was imported; the export has one file for each week."""
    write_own(shell.folder / "in")
    result = shell.run("import", str(shell.folder / "in"))
    assert result.exit_code == 0
    assert "5 imported" in result.output
    assert len(shell.weeks()) == 5
    again = shell.run("import", str(shell.folder / "in"))
    assert "5 unchanged" in again.output


def test_a_zip_goes_in_with_its_pictures(shell: Shell) -> None:
    """Reports and pictures are found in folders of the zip."""
    path = shell.folder / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("weekly/2023-W40.md", TIDY)
        archive.writestr("weekly/images/sea.jpg", b"picture")
    assert shell.run("import", str(path)).exit_code == 0
    assert shell.weeks() == {"2023-W40.md"}
    assert (shell.folder / "out" / "images" / "sea.jpg").read_bytes() == b"picture"


def test_each_fault_gets_its_line_and_the_good_file_is_taken(shell: Shell) -> None:
    """Not UTF-8, no week, an impossible week, too large, not there, empty, two for a week."""
    folder = shell.folder / "in"
    write_own(folder)
    (folder / "gbk-2023-week9.md").write_bytes("# 2023 年第九周周报".encode("gbk"))
    (folder / "notes.md").write_text("只是笔记\n", encoding="utf-8")
    (folder / "2023-week60.md").write_text("# 没有这一周\n", encoding="utf-8")
    (folder / "2023-week11.md").write_text("\n", encoding="utf-8")
    (folder / "a-2023-week12.md").write_text("一\n", encoding="utf-8")
    (folder / "b-2023-week12.md").write_text("二\n", encoding="utf-8")
    with (folder / "2023-week13.md").open("wb") as large:
        os.truncate(large.fileno(), 100_000_000)
    result = shell.run("import", str(folder), str(shell.folder / "nowhere.md"))
    assert result.exit_code == 1
    for words in (
        "it is not UTF-8",
        "neither front matter, name nor title says which week it is",
        "a week that does not exist",
        "it is empty",
        "another file is for the same week 2023-W12: b-2023-week12.md",
        "it has 100 MB",
        "there is no such file",
        "5 imported",
        "8 not understood",
    ):
        assert words in result.output, result.output
    assert len(shell.weeks()) == 5


def test_zips_that_are_damaged_or_lead_outside_are_refused(shell: Shell) -> None:
    """Nothing is written outside, and a path that leads there is said so."""
    damaged = shell.folder / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 this is no zip")
    outside = shell.folder / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../2023-W40.md", TIDY)
        archive.writestr("/2023-W41.md", TIDY)
        archive.writestr("2023-W42.md", TIDY.replace("images/sea.jpg", "../../etc/passwd"))
    result = shell.run("import", str(damaged), str(outside))
    assert "it is no zip that can be read" in result.output
    assert result.output.count("its path leads out of the zip") == 2
    assert shell.weeks() == {"2023-W42.md"}
    assert not (shell.folder / "etc").exists()


def test_a_picture_outside_of_the_folder_is_left_there(shell: Shell) -> None:
    """A report cannot make the import read any file of the machine."""
    folder = shell.folder / "in"
    folder.mkdir()
    (shell.folder / "secret.txt").write_text("secret", encoding="utf-8")
    report = TIDY.replace("images/sea.jpg", "../secret.txt")
    (folder / "2023-W40.md").write_text(report, encoding="utf-8")
    assert shell.run("import", str(folder)).exit_code == 0
    assert shell.weeks() == {"2023-W40.md"}
    assert not list((shell.folder / "data").glob("pictures/*/*"))


def test_without_an_owner_the_remedy_is_said(shell: Shell) -> None:
    """There is no journal yet and nobody to make one for."""
    environ = {"BOT_DATA_DIR": str(shell.folder / "data"), "BOT_ALLOWED_USERS": ""}
    result = CliRunner().invoke(cli, ["export", str(shell.folder / "out")], env=environ)
    assert result.exit_code == 2
    assert "set BOT_ALLOWED_USERS" in result.output
