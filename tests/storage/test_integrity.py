"""What is wrong with a database is found, and said in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.integrity import check, check_file
from tests.storage.seeding import scribble, seed, truncate


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database that is closed."""
    path = tmp_path / "weeknotes.db"
    await seed(path)
    return path


async def test_nothing_is_wrong_with_a_whole_database(path: Path) -> None:
    """Beside the open database, and of the file alone."""
    async with await Database.open(path) as database:
        assert await check(database) == []
    assert check_file(path, quick=True) == []


@pytest.mark.parametrize("quick", [True, False])
def test_a_flipped_page_is_found(path: Path, quick: bool) -> None:
    """Also by the quick look at the start."""
    scribble(path)
    assert check_file(path, quick=quick)


def test_a_truncated_file_is_found(path: Path) -> None:
    """SQLite says so before it has looked at any row."""
    truncate(path)
    assert check_file(path, quick=True) == ["database disk image is malformed"]


async def test_rows_without_the_rows_they_belong_to_are_named(path: Path) -> None:
    """By their table and number."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO chats VALUES (7, 99, 0)")
    async with await Database.open(path) as database:
        assert await check(database) == [
            "row 7 of chats belongs to a row of journals that is not there"
        ]


def test_to_look_makes_no_database(tmp_path: Path) -> None:
    """Where there is none, there is none afterwards."""
    with pytest.raises(sqlite3.OperationalError):
        check_file(tmp_path / "weeknotes.db")
    assert list(tmp_path.iterdir()) == []
