"""A database that is not whole, not ours or too new is refused with a remedy, and not touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.services.opening import open_database
from bot.services.storage_faults import NotOursError, explain
from bot.storage.database import Database
from bot.storage.migrations import NewerDatabaseError, known_schema, schema_of
from tests.clock import FakeClock
from tests.storage.seeding import as_of_version, count, fill, scribble, seed, truncate


def _empty(path: Path) -> None:
    truncate(path, 0)
    backups = path.parent / "backups"
    backups.mkdir(exist_ok=True)
    (backups / "daily-2023-10-03.db").touch()


def _lose_all_but_the_journal(path: Path) -> None:
    path.unlink()
    path.with_name("weeknotes.db-wal").write_bytes(b"what can be rescued")


def _write_text(path: Path) -> None:
    path.write_text("not a database, " * 500, "utf-8")


def _write_a_little(path: Path) -> None:
    path.write_text("hello", "utf-8")


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(truncate, "the database is damaged", id="truncated"),
        pytest.param(lambda path: truncate(path, 1), "the database is damaged", id="one page left"),
        pytest.param(scribble, "the database is damaged", id="a flipped page"),
        pytest.param(lambda path: scribble(path, 1), "the file is no database", id="no header"),
        pytest.param(_empty, "it is empty or gone", id="emptied"),
        pytest.param(_lose_all_but_the_journal, "it is empty or gone", id="only its journal"),
        pytest.param(_write_text, "the file is no database", id="a text"),
        pytest.param(_write_a_little, "the file is no database", id="a few bytes"),
    ],
)
@pytest.mark.parametrize("backed_up", [True, False], ids=["with a backup", "without"])
async def test_a_damaged_database_is_refused_with_the_backup_to_restore(
    tmp_path: Path, clock: FakeClock, damage: Callable[[Path], None], words: str, backed_up: bool
) -> None:
    """The sentence has the command; where there is no backup it says what to do all the same."""
    path = tmp_path / "weeknotes.db"
    await seed(path)
    if backed_up:
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "daily-2023-10-03.db").touch()
    damage(path)
    before = _files(tmp_path)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        await open_database(path, clock)
    said = explain(caught.value, path)
    assert said.startswith(f"{path}: ")
    assert words in said
    if any(name.startswith("daily") for name in before):
        assert f"weeknotes restore --replace {tmp_path}/backups/daily-2023-10-03.db" in said
    else:
        assert "weeknotes restore --replace FILE" in said
    after = _files(tmp_path)
    assert {name: after.get(name) for name in before} == before
    # To read a database in WAL mode makes these where they are not; nothing is in them.
    assert {name for name in after if name not in before} <= {
        "weeknotes.db-wal",
        "weeknotes.db-shm",
    }


async def test_the_database_of_another_program_is_left_alone(
    tmp_path: Path, clock: FakeClock
) -> None:
    """No table is put into it, whether or not it has migrations too."""
    path = tmp_path / "weeknotes.db"
    for statement in ("CREATE TABLE songs (name)", "CREATE TABLE migrations (number INTEGER)"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
        before = path.read_bytes()
        with pytest.raises(NotOursError, match="of another program\n  move it away"):
            await open_database(path, clock)
        assert path.read_bytes() == before


async def test_the_database_of_a_newer_version_is_left_alone(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Not even its journal mode is looked after."""
    path = tmp_path / "weeknotes.db"
    await seed(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'from the future', 0)")
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match="has schema 99"):
        await open_database(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("left", ["nothing", "an empty file", "no tables"])
async def test_a_first_start_that_was_cut_off_is_a_first_start(
    tmp_path: Path, clock: FakeClock, left: str
) -> None:
    """What a kill leaves of a database in which nothing has been yet is no damage."""
    path = tmp_path / "data" / "weeknotes.db"
    if left != "nothing":
        path.parent.mkdir()
        path.touch()
    if left == "no tables":
        await (await Database.open(path)).close()
    await (await open_database(path, clock)).close()
    assert schema_of(path) == known_schema()
    assert not (path.parent / "backups").exists()


@pytest.mark.parametrize("steps", range(1, known_schema()))
async def test_the_database_is_copied_before_its_schema_is_changed(
    tmp_path: Path, clock: FakeClock, steps: int
) -> None:
    """The copy is of the old schema and has all that was in it; a second start makes none."""
    path = tmp_path / "weeknotes.db"
    as_of_version(path, steps)
    fill(path, 30)
    await (await open_database(path, clock)).close()
    await (await open_database(path, clock)).close()
    [copy] = (tmp_path / "backups").iterdir()
    assert copy.name == f"before-schema-{steps + 1}.db"
    assert (schema_of(copy), count(copy)) == (steps, 30)
    assert (schema_of(path), count(path)) == (known_schema(), 30)


async def test_a_copy_that_cannot_be_made_does_not_keep_the_bot_from_starting(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says why there is none."""
    path = tmp_path / "weeknotes.db"
    as_of_version(path, 1)
    (tmp_path / "backups").write_text("a file where the folder should be", "utf-8")
    await (await open_database(path, clock)).close()
    assert schema_of(path) == known_schema()
    assert "could not be copied before its migration: a file is where a folder" in caplog.text
