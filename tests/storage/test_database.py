"""Transactions that keep or take back all of it, and files for the owner's eyes only."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.migrations import NewerDatabaseError, migrate
from bot.storage.schema import MIGRATIONS
from tests.clock import START


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one table of words."""
    async with await Database.open(tmp_path / "data" / "weeknotes.db") as database:
        async with database.atomic() as connection:
            await connection.execute("CREATE TABLE words (word TEXT UNIQUE)")
        yield database


async def _words(database: Database) -> list[str]:
    async with database.snapshot() as connection:
        rows = await connection.execute_fetchall("SELECT word FROM words ORDER BY rowid")
    return [row["word"] for row in rows]


async def _add(database: Database, word: str) -> None:
    async with database.atomic() as connection:
        await connection.execute("INSERT INTO words VALUES (?)", (word,))


async def _add_all(database: Database, *words: str) -> None:
    async with database.atomic():
        for word in words:
            await _add(database, word)


async def test_files_are_readable_by_the_owner_only(database: Database) -> None:
    """The folder is 0700; the database and the files beside it are 0600."""
    await _add(database, "one")
    folder = database.path.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) == {"weeknotes.db", "weeknotes.db-wal", "weeknotes.db-shm"}
    assert set(modes.values()) == {0o600}


async def test_a_commit_is_synced_to_the_disk(database: Database) -> None:
    """WAL with synchronous=FULL, on the connection that writes."""
    async with database.atomic() as connection:
        [(mode,)] = await connection.execute_fetchall("PRAGMA journal_mode")
        [(level,)] = await connection.execute_fetchall("PRAGMA synchronous")
        [(keys,)] = await connection.execute_fetchall("PRAGMA foreign_keys")
    assert (mode, level, keys) == ("wal", 2, 1)


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    """What an error interrupts is taken back, and the next one works."""
    with pytest.raises(sqlite3.IntegrityError):
        await _add_all(database, "lost", "lost")
    await _add(database, "kept")
    assert await _words(database) == ["kept"]


async def test_a_savepoint_takes_back_only_its_own(database: Database) -> None:
    """One use case of a batch fails; those before and after it are stored."""
    async with database.atomic():
        await _add(database, "before")
        with pytest.raises(sqlite3.IntegrityError):
            await _add_all(database, "inside", "before")
        await _add(database, "after")
    assert await _words(database) == ["before", "after"]


async def _fail_joining(database: Database) -> None:
    async with database.joining() as connection:
        await connection.execute("INSERT INTO words VALUES ('half')")
        await connection.execute("INSERT INTO words VALUES ('before')")


async def _catch_what_joins(database: Database, *words: str) -> None:
    async with database.atomic():
        with suppress(sqlite3.IntegrityError):
            await _fail_joining(database)
        for word in words:
            await _add(database, word)


async def test_what_joins_is_kept_or_taken_back_with_all_around_it(database: Database) -> None:
    """On its own it is a transaction like any other; a caught fault does not save the rest."""
    async with database.joining() as connection:
        await connection.execute("INSERT INTO words VALUES ('before')")
    with pytest.raises(sqlite3.IntegrityError):
        await _fail_joining(database)
    async with database.atomic():
        await _add(database, "between")
        with pytest.raises(RuntimeError, match="none of it is kept"):
            await _catch_what_joins(database, "around")
        await _add(database, "after")
    with pytest.raises(RuntimeError, match="none of it is kept"):
        await _catch_what_joins(database)
    assert await _words(database) == ["before", "between", "after"]


async def test_a_savepoint_does_not_save_what_failed_before_it(database: Database) -> None:
    """A fault that was caught is not forgotten because another one is."""

    async def add() -> None:
        async with database.atomic():
            with suppress(sqlite3.OperationalError):
                async with database.joining() as connection:
                    await connection.execute("INSERT INTO words VALUES ('half')")
                    await connection.execute("INSERT INTO nowhere VALUES (1)")
            with suppress(RuntimeError):
                await _add(database, "after")

    with pytest.raises(RuntimeError, match="none of it is kept"):
        await add()
    assert await _words(database) == []


async def test_others_do_not_see_a_transaction_before_its_commit(database: Database) -> None:
    """A reader beside an open transaction sees what was committed, and is not kept waiting."""
    async with database.atomic() as connection:
        await connection.execute("INSERT INTO words VALUES ('open')")
        assert await _words(database) == ["open"]
        assert await asyncio.create_task(_words(database)) == []
    assert await _words(database) == ["open"]


async def test_a_fault_that_ends_a_snapshot_is_told_as_it_was(database: Database) -> None:
    """SQLite takes a transaction back by itself where the disk refuses."""

    async def look() -> None:
        async with database.snapshot() as connection:
            await connection.execute("ROLLBACK")
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        await look()
    assert await _words(database) == []


async def test_writers_wait_for_each_other(database: Database) -> None:
    """Many tasks that write at once each have a transaction of their own."""

    async def write(number: int) -> None:
        async with database.atomic() as connection:
            await connection.execute("INSERT INTO words VALUES (?)", (f"{number} a",))
            await asyncio.sleep(0)
            if number % 2:
                raise ValueError(number)

    outcomes = await asyncio.gather(*map(write, range(20)), return_exceptions=True)
    assert sum(isinstance(outcome, ValueError) for outcome in outcomes) == 10
    assert await _words(database) == [f"{number} a" for number in range(0, 20, 2)]


async def test_another_program_is_waited_for_and_nothing_else_is_kept_waiting(
    database: Database,
) -> None:
    """It writes for a moment; what is to be stored meanwhile is stored after it."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        adding = asyncio.create_task(_add(database, "late"))
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert not adding.done()
        assert await _words(database) == []
        other.execute("INSERT INTO words VALUES ('early')")
        other.execute("COMMIT")
        await adding
    assert await _words(database) == ["early", "late"]


async def test_a_program_that_never_ends_is_not_waited_for_forever(database: Database) -> None:
    """Nothing is stored, it is told why, and the next one works once it can."""
    database.patience_seconds = 0.05
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await _add(database, "lost")
    await _add(database, "kept")
    assert await _words(database) == ["kept"]


async def test_what_is_in_the_log_moves_into_the_file_between_transactions(
    database: Database, tmp_path: Path
) -> None:
    """Never beside one, where SQLite may lose what that commits; what is read goes on."""
    assert await database.empty_log()
    await _add(database, "kept")
    async with database.snapshot():
        async with database.atomic() as connection:
            await connection.execute("INSERT INTO words VALUES ('late')")
            moving = asyncio.create_task(database.checkpoint())
            await asyncio.sleep(0.02)
            assert _words_of_file(database.path, tmp_path) == []
        await moving
        assert "kept" in _words_of_file(database.path, tmp_path)
    await database.checkpoint()
    assert _words_of_file(database.path, tmp_path) == ["kept", "late"]


def _words_of_file(path: Path, folder: Path) -> list[str]:
    """What is in the file itself, without the log beside it."""
    alone = folder / "alone.db"
    alone.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(alone)) as copy:
        rows = copy.execute("SELECT word FROM words ORDER BY rowid").fetchall()
    return [word for (word,) in rows]


async def test_a_cancelled_transaction_is_taken_back(database: Database) -> None:
    """A task that is cancelled inside holds neither the lock nor half a transaction."""
    inside = asyncio.Event()

    async def hang() -> None:
        async with database.atomic() as connection:
            await connection.execute("INSERT INTO words VALUES ('hanging')")
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await _add(database, "next")
    assert await _words(database) == ["next"]


async def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    """Every step is recorded in the transaction that did it."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        done = await migrate(database, START)
        assert done == [description for description, _ in MIGRATIONS]
        assert await migrate(database, START) == []


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """It says what to do, and nothing is changed."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        async with database.atomic() as connection:
            await connection.execute("INSERT INTO migrations VALUES (99, 'from the future', 0)")
        with pytest.raises(NewerDatabaseError, match="has schema 99"):
            await migrate(database, START)


async def _thread(database: Database, *, swiftly: bool, shown: bool = False) -> int:
    """The thread in which a statement is carried out."""
    threads: list[int] = []
    async with database.atomic(swiftly=swiftly) as connection:
        connection._here.create_function("here", 0, lambda: threads.append(threading.get_ident()))
        if shown:
            async with database.snapshot() as connection:
                await connection.execute_fetchall("SELECT here()")
        else:
            await connection.execute_fetchall("SELECT here()")
    return threads[-1]


async def test_many_small_statements_are_carried_out_on_the_spot(database: Database) -> None:
    """Where that is wished: on their way to a thread and back they would spend most of the time."""
    here = threading.get_ident()
    assert await _thread(database, swiftly=True) == here
    assert await _thread(database, swiftly=False) != here
    # What is to be shown may be much, and nobody else is to wait for it.
    assert await _thread(database, swiftly=True, shown=True) != here


async def test_what_is_done_on_the_spot_is_taken_back_like_anything_else(
    database: Database,
) -> None:
    """A savepoint its own part, the transaction all of it."""
    async with database.atomic(swiftly=True):
        await _add(database, "before")
        with pytest.raises(sqlite3.IntegrityError):
            await _add_all(database, "inside", "before")
    with pytest.raises(sqlite3.IntegrityError):
        async with database.atomic(swiftly=True):
            await _add_all(database, "lost", "before")
    assert await _words(database) == ["before"]
