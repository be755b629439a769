"""Copies made beside a busy writer are whole, or there is none."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.copying import (
    CopyInterruptedError,
    copy_database,
    files_named,
    put,
    workshop,
)
from bot.storage.integrity import DamagedDatabaseError, check_file
from tests.storage.seeding import add_picture, as_of_version, count, fill, scribble, seed


def _ignore(_done: int, _of: int) -> None:
    """For a copy that nobody watches."""


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database of some hundred pages."""
    path = tmp_path / "weeknotes.db"
    await seed(path, entries=2000)
    return path


def test_a_copy_beside_a_busy_writer_ends_and_is_one_moment(path: Path, tmp_path: Path) -> None:
    """Commits go on between its steps, and it has what was there when it began, all of it."""
    written = threading.Semaphore(0)
    steps: list[int] = []

    def write() -> None:
        for number in range(20):
            fill(path, 5, first=10_000 + 5 * number)
            written.release()

    writer = threading.Thread(target=write)

    def advance(done: int, of: int) -> None:
        if not steps:
            writer.start()
        # A commit between any two steps would make a copy without a snapshot begin anew.
        written.acquire(timeout=10)
        steps.append(done)
        assert done <= of

    target = tmp_path / "copy.db"
    copy_database(path, target, advance)
    writer.join()
    assert steps == sorted(steps)
    assert len(steps) >= 3
    assert (count(target), count(path)) == (2000, 2100)


def test_a_copy_is_one_file_for_its_owner(path: Path, tmp_path: Path) -> None:
    """Nothing lies beside it, and nobody else reads it."""
    with workshop(tmp_path) as folder:
        copy_database(path, folder / "copy.db", _ignore)
        assert [file.name for file in folder.iterdir()] == ["copy.db"]
        put(folder / "copy.db", tmp_path / "kept.db")
    assert stat.S_IMODE((tmp_path / "kept.db").stat().st_mode) == 0o600
    assert check_file(tmp_path / "kept.db") == []
    assert not [file for file in tmp_path.iterdir() if file.is_dir()]


def test_a_damaged_database_is_not_taken_for_a_backup(path: Path, tmp_path: Path) -> None:
    """A copy of it would only hide the fault and push out the good ones."""
    scribble(path)
    with pytest.raises(DamagedDatabaseError):
        copy_database(path, tmp_path / "copy.db", _ignore)


def test_a_copy_ends_when_it_is_told_to(path: Path, tmp_path: Path) -> None:
    """Who stops the bot does not wait for it."""
    asked = 0

    def is_over() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with pytest.raises(CopyInterruptedError):
        copy_database(path, tmp_path / "copy.db", _ignore, is_over)


def test_the_files_of_every_table_are_named(path: Path, tmp_path: Path) -> None:
    """Of a database of any version."""
    add_picture(path, "ab" * 32)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO attachments VALUES (1, '2023-W40', 'x.jpg', 'cd')")
    assert files_named(path) == ["ab" * 32, "cd"]
    old = tmp_path / "old.db"
    as_of_version(old, 1)
    assert files_named(old) == []
