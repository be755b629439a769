"""A backup holds everything and gives it back; what is none is refused and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.adapters.backups.layout import BackupRefusedError, place_of
from bot.adapters.backups.packing import pack
from bot.adapters.backups.restoring import restore
from bot.adapters.shelf import Shelf
from bot.services.opening import open_database
from bot.services.storage_faults import UnfinishedRestoreError
from tests.clock import START, FakeClock
from tests.storage.seeding import add_picture, count, fill, scribble, seed, truncate

_PICTURES = [b"one picture", b"another picture"]


def _watch(_what: str, done: int, of: int) -> None:
    assert done <= of


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A data folder with entries and two pictures."""
    data = tmp_path / "data"
    await seed(data / "weeknotes.db", entries=50)
    for content in _PICTURES:
        add_picture(data / "weeknotes.db", await Shelf(data / "pictures").keep(content))
    return data


@pytest.fixture
def file(tmp_path: Path, data: Path) -> Path:
    """A backup of it."""
    pack(data, tmp_path / "backup.zip", replace=False, watch=_watch)
    return tmp_path / "backup.zip"


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_is_one_file_for_its_owner(tmp_path: Path, file: Path) -> None:
    """With the database and every picture; nothing is left beside it."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert sorted(names) == sorted(
        ["weeknotes.db", *(place_of(sha256(content).hexdigest()) for content in _PICTURES)]
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"data", "backup.zip"}


def test_a_restored_backup_is_what_was_backed_up(tmp_path: Path, data: Path, file: Path) -> None:
    """Entries and pictures, readable by their owner only, in a folder that was not there."""
    other = tmp_path / "new machine" / "data"
    restored = restore(file, other, START, replace=False, watch=_watch)
    assert (restored.aside, restored.missing) == (None, [])
    assert count(other / "weeknotes.db") == count(data / "weeknotes.db") == 50
    pictures = {path for path in _contents(data) if path.startswith("pictures")}
    assert len(pictures) == 2
    assert {path for path in _contents(other) if path.startswith("pictures")} == pictures
    modes = {stat.S_IMODE(path.stat().st_mode) for path in other.rglob("*")}
    assert modes == {0o600, 0o700}


def test_what_is_restored_belongs_to_the_owner_of_the_folder(tmp_path: Path, file: Path) -> None:
    """Root restores for the user that the bot runs as."""
    other = tmp_path / "data of another"
    other.mkdir()
    if os.geteuid() == 0:
        os.chown(other, 12345, 12345)
    restore(file, other, START, replace=False, watch=_watch)
    assert {path.stat().st_uid for path in other.rglob("*")} == {other.stat().st_uid}


def test_pictures_that_are_gone_or_damaged_are_named(tmp_path: Path, data: Path) -> None:
    """The backup is made all the same, with the rest; restoring it names them again."""
    gone, damaged = (place_of(sha256(content).hexdigest()) for content in _PICTURES)
    (data / gone).unlink()
    (data / damaged).write_bytes(b"flipped")
    packed = pack(data, tmp_path / "backup.zip", replace=False, watch=_watch)
    assert sorted(packed.missing) == sorted([gone, damaged])
    restored = restore(
        tmp_path / "backup.zip", tmp_path / "new", START, replace=False, watch=_watch
    )
    assert sorted(restored.missing) == sorted([gone, damaged])
    assert count(tmp_path / "new" / "weeknotes.db") == 50


def test_a_file_that_is_there_is_replaced_only_when_asked(data: Path, file: Path) -> None:
    """An earlier backup is not lost by a slip."""
    before = file.read_bytes()
    with pytest.raises(BackupRefusedError, match=r"there already\n  .*--force"):
        pack(data, file, replace=False, watch=_watch)
    assert file.read_bytes() == before
    fill(data / "weeknotes.db", 10, first=1000)
    pack(data, file, replace=True, watch=_watch)
    assert file.read_bytes() != before


def test_what_cannot_be_backed_up_is_said(tmp_path: Path, data: Path) -> None:
    """No database, a folder instead of a file, no such folder, a damaged database."""
    with pytest.raises(BackupRefusedError, match="there is no database"):
        pack(tmp_path / "nowhere", tmp_path / "backup.zip", replace=False, watch=_watch)
    with pytest.raises(BackupRefusedError, match="it is a folder"):
        pack(data, tmp_path, replace=True, watch=_watch)
    with pytest.raises(FileNotFoundError):
        pack(data, tmp_path / "nowhere" / "backup.zip", replace=False, watch=_watch)
    scribble(data / "weeknotes.db")
    with pytest.raises(sqlite3.DatabaseError):
        pack(data, tmp_path / "backup.zip", replace=False, watch=_watch)
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_a_database_that_is_there_is_moved_aside_only_when_asked(data: Path, file: Path) -> None:
    """Then it lies beside the restored one, with its pictures, and the copies stay."""
    (data / "backups").mkdir()
    (data / "backups" / "daily-2023-10-03.db").write_bytes(b"a copy")
    fill(data / "weeknotes.db", 7, first=1000)
    before = _contents(data)
    with pytest.raises(BackupRefusedError, match=r"a database is there already\n  .*--replace"):
        restore(file, data, START, replace=False, watch=_watch)
    assert _contents(data) == before
    restored = restore(file, data, START, replace=True, watch=_watch)
    assert restored.aside == data / "before-restore-20231004T120000Z"
    assert count(data / "weeknotes.db") == 50
    assert count(restored.aside / "weeknotes.db") == 57
    assert len(list(restored.aside.glob("pictures/*/*"))) == 2
    assert len(list(data.glob("pictures/*/*"))) == 2
    assert [path.name for path in (data / "backups").iterdir()] == ["daily-2023-10-03.db"]


def test_a_copy_of_the_database_alone_is_restored_beside_the_pictures(data: Path) -> None:
    """What the bot puts into `backups` by itself is such a copy."""
    copy = data / "backups" / "daily-2023-10-03.db"
    copy.parent.mkdir()
    copy.write_bytes((data / "weeknotes.db").read_bytes())
    truncate(data / "weeknotes.db")
    restored = restore(copy, data, START, replace=True, watch=_watch)
    assert restored.missing == []
    assert count(data / "weeknotes.db") == 50
    assert copy.exists()


def test_the_journal_of_the_old_database_is_not_left_to_the_new_one(data: Path, file: Path) -> None:
    """SQLite would play it into the restored one."""
    (data / "weeknotes.db-wal").write_bytes(b"of the old one")
    (data / "weeknotes.db").unlink()
    restored = restore(file, data, START, replace=True, watch=_watch)
    assert restored.aside is not None
    assert (restored.aside / "weeknotes.db-wal").read_bytes() == b"of the old one"
    assert count(data / "weeknotes.db") == 50


# Ends itself as if killed, right before it makes or renames something for the so many-th time.
_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.adapters.backups.restoring import restore

left = int(sys.argv[4])

def count(event, args):
    global left
    if event in ("os.rename", "os.mkdir"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
at = datetime.fromisoformat(sys.argv[3])
restore(Path(sys.argv[1]), Path(sys.argv[2]), at, replace=True, watch=lambda *_: None)
"""


async def test_a_restore_that_is_killed_at_any_step_can_be_done_again(
    tmp_path: Path, file: Path, data: Path, clock: FakeClock
) -> None:
    """Until it is done the bot begins with the old database, or says what to do; never with none.

    What was there before is beside it in the end, whenever that was.
    """
    fill(data / "weeknotes.db", 7, first=1000)
    found: list[int | str] = []
    for step in range(100):
        place = tmp_path / str(step)
        shutil.copytree(data, place)
        (place / "weeknotes.db-wal").write_bytes(b"of the old one")
        status = _restore_and_die(file, place, step)
        found.append(await _begun_with(place, clock))
        if status == 0:
            break
        again = START + timedelta(minutes=1)
        assert restore(file, place, again, replace=True, watch=_watch).missing == []
        assert count(place / "weeknotes.db") == 50
        assert 57 in {count(old) for old in place.glob("before-restore-*/weeknotes.db")}
        assert not list(place.glob(".unfinished-*"))
    refusal = (
        "WHERE/weeknotes.db: a restore was cut off, and what was there before is in"
        " WHERE/before-restore-20231004T120000Z\n"
        "  do it again: weeknotes restore --replace FILE"
    )
    assert list(dict.fromkeys(found)) == [57, refusal, 50]
    assert found.count(refusal) > 3


def _restore_and_die(file: Path, data: Path, step: int) -> int:
    """Exit status; 0 where there are not so many steps."""
    arguments = (str(file), str(data), START.isoformat(), str(step))
    done = subprocess.run([sys.executable, "-c", _KILLED, *arguments], check=False)  # noqa: S603 -- the test's own words
    return done.returncode


async def _begun_with(data: Path, clock: FakeClock) -> int | str:
    """How many entries the bot finds there, or what it says instead of beginning."""
    try:
        await (await open_database(data / "weeknotes.db", clock)).close()
    except UnfinishedRestoreError as error:
        return str(error).replace(str(data), "WHERE")
    return count(data / "weeknotes.db")


Spoil = Callable[[Path, dict[str, bytes]], None]


def _zip_of(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _adding(name: str) -> Spoil:
    return lambda file, members: _zip_of(file, {**members, name: b"evil"})


def _a_link(file: Path, members: dict[str, bytes]) -> None:
    """A link named like a picture, as Unix zips have them."""
    _zip_of(file, members)
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("pictures/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")


def _twice(file: Path, members: dict[str, bytes]) -> None:
    _zip_of(file, members)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("weeknotes.db", b"another")


def _cut(file: Path, members: dict[str, bytes]) -> None:
    _zip_of(file, members)
    file.write_bytes(file.read_bytes()[:-3000])


def _flip(file: Path, members: dict[str, bytes]) -> None:
    _zip_of(file, members)
    content = bytearray(file.read_bytes())
    content[9000] ^= 0xFF
    file.write_bytes(content)


def _changed(file: Path, members: dict[str, bytes], statement: str) -> None:
    database = file.with_name("changed.db")
    database.write_bytes(members["weeknotes.db"])
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)
    _zip_of(file, {**members, "weeknotes.db": database.read_bytes()})
    database.unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(_adding("../../evil"), "no backup of Weeknotes", id="a way out"),
        pytest.param(_adding("/etc/evil"), "no backup of Weeknotes", id="an absolute path"),
        pytest.param(_adding("pictures/../evil"), "no backup of Weeknotes", id="a way round"),
        pytest.param(_adding("pictures\\..\\evil"), "no backup of Weeknotes", id="backslashes"),
        pytest.param(_adding(f"pictures/ab/{'c' * 64}"), "no backup", id="a wrong folder"),
        pytest.param(_adding("weeknotes.db-wal"), "no backup of Weeknotes", id="a journal"),
        pytest.param(_a_link, "no backup of Weeknotes", id="a link"),
        pytest.param(_twice, "something twice", id="twice"),
        pytest.param(_cut, "no backup of Weeknotes", id="cut off"),
        pytest.param(_flip, "is damaged", id="a flipped byte"),
        pytest.param(
            lambda file, _: _zip_of(file, {"2023-W40.md": b"# 1"}), "no backup", id="an archive"
        ),
        pytest.param(lambda file, _: _zip_of(file, {}), "holds no weeknotes.db", id="empty"),
        pytest.param(lambda file, _: file.write_bytes(b"words " * 999), "no backup", id="words"),
        pytest.param(lambda file, _: file.write_bytes(b""), "no backup", id="nothing"),
        pytest.param(
            lambda file, members: _zip_of(file, {**members, "weeknotes.db": b"words" * 999}),
            "database is damaged",
            id="no database",
        ),
        pytest.param(
            lambda file, members: _changed(file, members, "DROP TABLE migrations"),
            "another program's",
            id="another database",
        ),
        pytest.param(
            lambda file, members: _changed(
                file, members, "INSERT INTO migrations VALUES (99, '', 0)"
            ),
            "has schema 99.*\n  install the newer version",
            id="a newer version",
        ),
    ],
)
def test_what_is_no_backup_changes_nothing(
    tmp_path: Path, data: Path, file: Path, spoil: Spoil, words: str
) -> None:
    """Not even where it may replace what is there; and nothing is written anywhere else."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bad = tmp_path / "bad.zip"
    spoil(bad, members)
    before = _contents(tmp_path)
    with pytest.raises(BackupRefusedError, match=f"bad.zip: .*{words}"):
        restore(bad, data, START, replace=True, watch=_watch)
    assert _contents(tmp_path) == before


def test_a_damaged_picture_does_not_keep_the_rest_from_being_restored(
    tmp_path: Path, file: Path
) -> None:
    """It is named; the database and the other pictures are there."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    damaged = next(name for name in members if name.startswith("pictures"))
    members[damaged] = b"something else"
    _zip_of(file, members)
    restored = restore(file, tmp_path / "new", START, replace=False, watch=_watch)
    assert restored.missing == [damaged]
    assert len(list((tmp_path / "new").glob("pictures/*/*"))) == 1
    assert count(tmp_path / "new" / "weeknotes.db") == 50
