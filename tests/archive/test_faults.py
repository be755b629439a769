"""Files that cannot be taken in: a clear line each, and nothing half imported."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.commands import cli
from tests.archive.files import TIDY, write_own


class Shell:
    """The command line in an empty installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.allowed = "1001"

    def run(self, *words: str) -> Result:
        """What a command has printed, and its status."""
        environ = {
            "BOT_DATA_DIR": str(self.folder / "data"),
            "BOT_ALLOWED_USERS": self.allowed,
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


def test_pictures_come_along_however_they_are_written(shell: Shell) -> None:
    """In items, in the summary, with titles, blanks, percent signs, as HTML; or it is said."""
    folder = shell.folder / "in"
    (folder / "images").mkdir(parents=True)
    names = ["a b.png", "c%d.png", "e.png", "f.png", "g.png", "h.png", "i.png", "j.png"]
    for name in names:
        (folder / "images" / name).write_bytes(name.encode())
    (folder / "2023-W40.md").write_text(
        "# 2023 年第40周周报\n\n## 生活\n\n1. 里面 ![e](images/e.png)\n2. 二\n\n"
        "![ab](<images/a b.png>)\n\n"
        '![cd](images/c%25d.png "title")\n\n![f](images/f.png) ![g](./images/g.png?raw=1)\n\n'
        '<img src="images/h.png">\n\n![i](images\\i.png)\n\n![web](https://example.org/x.png)\n\n'
        "![没有](images/none.png)\n\n## 总结\n\n![j](images/j.png)\n",
        encoding="utf-8",
    )
    result = shell.run("import", str(folder))
    assert "pictures not found: images/none.png" in result.output
    shell.weeks()
    out = shell.folder / "out" / "images"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        name: name.encode() for name in names
    }
    again = Shell(shell.folder / "again")
    again.folder.mkdir()
    again.run("import", str(shell.folder / "out"))
    again.weeks()
    assert len(list((again.folder / "out" / "images").iterdir())) == len(names)


def test_a_picture_that_comes_later_is_taken(shell: Shell) -> None:
    """The report is unchanged, and its picture is found this time."""
    path = shell.folder / "2023-W40.md"
    path.write_text(TIDY, encoding="utf-8")
    assert "pictures not found: images/sea.jpg" in shell.run("import", str(path)).output
    (shell.folder / "images").mkdir()
    (shell.folder / "images" / "sea.jpg").write_bytes(b"sea")
    again = shell.run("import", str(path))
    assert "unchanged" in again.output
    assert "pictures added: 1" in again.output
    shell.weeks()
    assert (shell.folder / "out" / "images" / "sea.jpg").read_bytes() == b"sea"


def test_two_weeks_with_different_pictures_of_one_name(shell: Shell) -> None:
    """Neither is lost, and it is said where the second one lies."""
    for number in (1, 2):
        folder = shell.folder / "in" / f"week{number}"
        folder.mkdir(parents=True)
        (folder / f"2023-W0{number}.md").write_text("![c](cover.jpg)\n", encoding="utf-8")
        (folder / "cover.jpg").write_bytes(b"%d" % number)
    assert shell.run("import", str(shell.folder / "in")).exit_code == 0
    out = shell.folder / "out"
    result = shell.run("export", str(out))
    assert result.exit_code == 1
    assert "it is at 2023-W02/cover.jpg" in result.output
    assert (out / "cover.jpg").read_bytes() == b"1"
    assert (out / "2023-W02" / "cover.jpg").read_bytes() == b"2"


def test_zips_of_other_programs(shell: Shell) -> None:
    """What the Finder adds is passed over; Chinese names of old Windows programs are read."""
    path = shell.folder / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/w/._2023-W40.md", b"\x00\x05\x16\x07")
        archive.writestr("w/2023-W40.md", TIDY)
        archive.writestr("placeholder.md_", "1. 一\n")
    # The library would say that such a name is UTF-8; the old programs say nothing.
    gbk = "2023年第41周.md".encode("gbk")
    path.write_bytes(path.read_bytes().replace(b"placeholder.md_", gbk))
    result = shell.run("import", str(path))
    assert "._2023" not in result.output
    assert "2023年第41周.md" in result.output
    assert result.exit_code == 0
    assert shell.weeks() == {"2023-W40.md", "2023-W41.md"}


def test_names_that_look_like_markup_are_shown_as_they_are(shell: Shell) -> None:
    """The table is text."""
    (shell.folder / "in").mkdir()
    (shell.folder / "in" / "[draft] 2023-W42.md").write_text("1. 一\n", encoding="utf-8")
    faulty = "---\ntitle: '[/b] 2023 week 60'\n---\n1. 一\n"
    (shell.folder / "in" / "x.md").write_text(faulty, encoding="utf-8")
    result = shell.run("import", str(shell.folder / "in"))
    assert "[draft] 2023-W42.md" in result.output
    assert "a week that does not exist" in result.output
    assert shell.weeks() == {"2023-W42.md"}


def test_the_same_file_named_twice_is_one(shell: Shell) -> None:
    """A folder and a file in it."""
    write_own(shell.folder / "in")
    result = shell.run("import", str(shell.folder / "in"), str(shell.folder / "in" / "post.md"))
    assert "5 imported" in result.output
    assert result.exit_code == 0


def test_an_import_without_lines_is_unchanged_the_second_time(shell: Shell) -> None:
    """Only front matter: it is a week all the same."""
    path = shell.folder / "2023-W40.md"
    path.write_text("---\ntitle: x\n---\n", encoding="utf-8")
    assert "1 imported" in shell.run("import", str(path)).output
    assert "1 unchanged" in shell.run("import", str(path)).output


def test_configure_tells_all_faults_and_sets_nothing(shell: Shell) -> None:
    """A good title beside a bad document is not set either."""
    path = shell.folder / "2023-W40.md"
    path.write_text(TIDY, encoding="utf-8")
    shell.run("import", str(path))
    latin = shell.folder / "latin.tpl"
    latin.write_bytes(b"{{ body }} \xe9")
    both = shell.run("configure", "--title", "{wek}", "--document", str(latin))
    assert both.exit_code == 2
    assert "there is no field" in both.output
    assert "it is not UTF-8 (byte 11)" in both.output
    assert shell.run("configure").exit_code == 2
    long = shell.run("configure", "--document", "x{{ body }}" * 60)
    assert long.exit_code == 2
    assert "neither a file" in long.output
