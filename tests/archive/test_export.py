"""`weeknotes export` and `weeknotes import`: everything out, and in again elsewhere."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bot.storage.portable_tables import SETTINGS, TABLES
from tests.archive.files import OWN, real_reports, write_own
from tests.archive.test_faults import Shell

_SEA = b"not really a picture"


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell where an archive with a picture was imported."""
    shell = Shell(tmp_path / "one")
    source = tmp_path / "in"
    write_own(source)
    (source / "images").mkdir(exist_ok=True)
    (source / "images" / "sea.jpg").write_bytes(_SEA)
    assert shell.run("import", str(source)).exit_code == 0
    return shell


def _elsewhere(shell: Shell) -> Shell:
    other = Shell(shell.folder.parent / "two")
    other.folder.mkdir()
    return other


def test_a_zip_holds_everything_and_makes_the_same_journal(shell: Shell) -> None:
    """Files byte for byte, an index for each year, the picture; exported again it is the same."""
    first = shell.folder / "all.zip"
    result = shell.run("export", str(first))
    assert (result.exit_code, result.stderr) == (0, "")
    members = _members(first)
    assert members["2023-W40.md"] == OWN["2023-W40.md"].encode()
    assert members["images/sea.jpg"] == _SEA
    assert "1. [2024 年第八周周报](../2024-W08.md)" in members["index/2024.md"].decode()
    content = json.loads(members["weeknotes.json"])
    assert (content["format"], content["version"]) == ("weeknotes", 1)
    assert str(shell.folder) not in members["weeknotes.json"].decode()
    other = _elsewhere(shell)
    restored = other.run("import", str(first))
    assert restored.exit_code == 0, restored.output
    assert "The journal is what it was: weeks: 5, entries: 5, files: 1" in restored.output
    again = other.folder / "again.zip"
    assert other.run("export", str(again)).exit_code == 0
    assert again.read_bytes() == first.read_bytes()


def test_a_folder_does_the_same(shell: Shell) -> None:
    """With the same files in it."""
    target = shell.folder / "all"
    assert shell.run("export", str(target)).exit_code == 0
    zipped = shell.folder / "all.zip"
    assert shell.run("export", str(zipped)).exit_code == 0
    files = {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }
    assert files == _members(zipped)
    other = _elsewhere(shell)
    assert "The journal is what it was" in other.run("import", str(target)).output
    assert other.weeks() == shell.weeks()


def test_pictures_may_have_any_path(tmp_path: Path) -> None:
    """That of a file of the export, a folder's, one with signs of addresses: nothing is lost."""
    source = tmp_path / "in"
    for path, content in {
        "44/2023-W44.md": "![a](weeknotes.json) ![b](2023-W46.md/x.png)\n\n![c](a%23b%3F.png)\n",
        "44/weeknotes.json": '{"no": "export"}',
        "44/2023-W46.md/x.png": "x",
        "44/a#b?.png": "signs",
        "46/2023-W46.md": "![c](Weeknotes.JSON) ![d](a%23b%3F.png/c.png)\n",
        "46/Weeknotes.JSON": "another",
        "46/a#b?.png/c.png": "below",
    }.items():
        place = source / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    shell = Shell(tmp_path / "one")
    shell.folder.mkdir()
    assert shell.run("import", str(source)).exit_code == 0
    zipped, folder = shell.folder / "all.zip", shell.folder / "all"
    result = shell.run("export", str(zipped))
    assert "2023-W44: weeknotes.json is another file's place" in result.stderr
    assert shell.run("export", str(folder)).stderr == result.stderr
    members = _members(zipped)
    assert json.loads(members["weeknotes.json"])["format"] == "weeknotes"
    assert members["a#b?.png"] == b"signs"
    assert members["2023-W44/2023-W46.md/x.png"] == b"x"
    assert members["2023-W46/a#b?.png/c.png"] == b"below"
    assert members["2023-W46/Weeknotes.JSON"] == b"another"
    other = _elsewhere(shell)
    assert "weeks: 2, entries: 2, files: 5" in other.run("import", str(zipped)).output
    other.run("export", str(other.folder / "again.zip"))
    assert (other.folder / "again.zip").read_bytes() == zipped.read_bytes()


def test_a_journal_that_holds_something_is_compared_week_by_week(shell: Shell) -> None:
    """Index pages are no reports, and nothing is refused for them."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    result = shell.run("import", str(first))
    assert result.exit_code == 0
    assert "The journal holds something already" in result.output
    assert "5 unchanged" in result.output
    assert "not understood" not in result.output


def test_a_part_that_is_missing_can_come_later(shell: Shell) -> None:
    """What is missing is named, and the journal is there all the same."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    members = _members(first)
    lean, part = shell.folder / "lean.zip", shell.folder / "lean-2.zip"
    with zipfile.ZipFile(lean, "w") as archive:
        for name in members.keys() - {"images/sea.jpg"}:
            archive.writestr(name, members[name])
    with zipfile.ZipFile(part, "w") as archive:
        archive.writestr("images/sea.jpg", _SEA)
    other = _elsewhere(shell)
    result = other.run("import", str(lean))
    assert result.exit_code == 1
    assert "images/sea.jpg: it did not come with the export" in result.stderr
    lacking = other.run("export", str(other.folder / "lacking"))
    assert "images/sea.jpg: its file is gone" in lacking.stderr
    assert other.run("import", str(lean), str(part)).exit_code == 0
    other.run("export", str(other.folder / "again.zip"))
    assert _members(other.folder / "again.zip") == members


def test_an_export_that_is_damaged_changes_nothing(shell: Shell) -> None:
    """One sentence says where."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    content = json.loads(_members(first)["weeknotes.json"])
    content["lines"][0]["entry"] = 77
    bad = shell.folder / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("weeknotes.json", json.dumps(content))
    other = _elsewhere(shell)
    result = other.run("import", str(bad))
    assert result.exit_code == 1
    assert "nothing was changed: lines 1, entry: there is no such one of entries" in result.stderr
    assert other.weeks() == set()


def test_nobody_needs_to_be_allowed_to_get_a_journal_back(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export says whose it was."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    other = _elsewhere(shell)
    monkeypatch.setattr(other, "allowed", "")
    assert "The journal is what it was" in other.run("import", str(first)).output


def test_a_zip_that_cannot_be_written_leaves_nothing(shell: Shell) -> None:
    """A folder is called so; or another zip, which is replaced by the whole new one."""
    taken, place = shell.folder / "taken.zip", shell.folder / "deep" / "all.zip"
    taken.mkdir()
    result = shell.run("export", str(taken))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "taken.zip" in result.stderr
    place.parent.mkdir()
    place.write_text("an older one", encoding="utf-8")
    assert shell.run("export", str(place)).exit_code == 0
    assert "weeknotes.json" in _members(place)
    left = [path.name for path in shell.folder.rglob("*") if "unfinished" in path.name]
    assert (left, list(taken.iterdir())) == ([], [])


def test_what_is_named_beside_an_export_is_not_passed_over(shell: Shell) -> None:
    """More reports are taken in, into an empty journal as well, and what is not there is said."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    other = _elsewhere(shell)
    more = other.folder / "2021-W03.md"
    more.write_text("# 更早的\n", encoding="utf-8")
    result = other.run("import", str(more), str(first), str(other.folder / "all-2.zip"))
    assert "The journal is what it was: weeks: 5" in result.output
    assert "1 imported" in result.output
    assert "there is no such file" in result.output
    assert result.exit_code == 1
    assert "2021-W03.md" in other.weeks()


def test_two_exports_are_not_one(shell: Shell) -> None:
    """The journal is the first one, and the weeks of the other are compared with it."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    another = Shell(shell.folder.parent / "three")
    another.folder.mkdir()
    week = another.folder / "2021-W03.md"
    week.write_text("# 更早的\n", encoding="utf-8")
    another.run("import", str(week))
    second = another.folder / "second.zip"
    another.run("export", str(second))
    other = _elsewhere(shell)
    assert "1 imported" in other.run("import", str(first), str(second)).output
    assert len(other.weeks()) == 6


@pytest.mark.parametrize(("chat", "personal"), [(1001, 1), (-2002, 0)])
def test_an_export_tells_whose_it_was(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, chat: int, personal: int
) -> None:
    """A person's or a group's, where nobody is allowed yet."""
    first = shell.folder / "all.zip"
    shell.run("export", str(first))
    content = json.loads(_members(first)["weeknotes.json"])
    content["chats"] = [{"id": chat, "since": 1}]
    whose = shell.folder / "whose.zip"
    with zipfile.ZipFile(whose, "w") as archive:
        archive.writestr("weeknotes.json", json.dumps(content))
    other = _elsewhere(shell)
    monkeypatch.setattr(other, "allowed", "")
    other.run("import", str(whose))
    other.run("export", str(other.folder / "again.zip"))
    again = json.loads(_members(other.folder / "again.zip")["weeknotes.json"])
    assert again["chats"] == [{"id": chat, "since": 1}]
    assert again["journal"]["personal"] == personal


def test_real_archives_come_back_byte_for_byte(tmp_path: Path) -> None:
    """Wherever they are at hand."""
    reports = real_reports()
    shell = Shell(tmp_path / "one")
    shell.folder.mkdir()
    shell.run("import", *map(str, reports or [_own(tmp_path)]))
    first = tmp_path / "all.zip"
    shell.run("export", str(first))
    other = _elsewhere(shell)
    assert "The journal is what it was" in other.run("import", str(first)).output
    other.run("export", str(tmp_path / "again.zip"))
    assert (tmp_path / "again.zip").read_bytes() == first.read_bytes()


def _own(folder: Path) -> Path:
    write_own(folder / "in")
    return folder / "in"


def test_the_example_of_the_docs_is_a_journal(tmp_path: Path) -> None:
    """It is taken in, and its week is what one would expect."""
    docs = Path(__file__).parents[2] / "docs" / "export.md"
    example = docs.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]
    shell = Shell(tmp_path)
    path = tmp_path / "example.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("weeknotes.json", example)
    assert "weeks: 1, entries: 1, files: 0" in shell.run("import", str(path)).output
    assert shell.run("report", "2023-w40").stdout == ("# 2023 week 40\n\n## Life\n\n1. hot pot\n")


def test_the_docs_name_every_field() -> None:
    """Of the settings and of each list."""
    text = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        assert f"| `{table.key}` |" in text
        named = {key for key in table.columns.values() if f'"{key}"' in text or f"`{key}`" in text}
        assert named == {*table.columns.values()}
    assert [key for key in SETTINGS.values() if f'"{key}"' not in text] == []
