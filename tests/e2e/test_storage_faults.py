"""Whatever befalls the disk: no acknowledgement of what is not stored, and no message lost."""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.app import Weeknotes
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey
from bot.services.acknowledging import Answer
from bot.storage.integrity import check_file
from tests.e2e.conftest import Scene
from tests.e2e.processes import Theatre, theatre, until
from tests.storage.seeding import count, fill, scribble, seed, truncate

# More than fits into the pages that are there.
_LONG = "很长的话" * 250
_MESSAGES = 8


@asynccontextmanager
async def _full(bot: Weeknotes) -> AsyncIterator[None]:
    """The database may not grow, which SQLite takes for a full disk."""
    async with bot.database.snapshot() as connection:
        [(pages,)] = await connection.execute_fetchall("PRAGMA page_count")
    await _set(bot, f"max_page_count = {pages}")
    yield
    await _set(bot, "max_page_count = 1000000")


@asynccontextmanager
async def _read_only(bot: Weeknotes) -> AsyncIterator[None]:
    """SQLite refuses to write, as on a disk that was mounted anew after a fault."""
    await _set(bot, "query_only = ON")
    yield
    await _set(bot, "query_only = OFF")


@asynccontextmanager
async def _locked(bot: Weeknotes) -> AsyncIterator[None]:
    """Another program writes for longer than the bot waits."""
    bot.database.patience_seconds = 0.1
    with closing(sqlite3.connect(bot.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def _set(bot: Weeknotes, pragma: str) -> None:
    # Not by a transaction: there may be none that could be begun.
    await bot.database._writer.execute(f"PRAGMA {pragma}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param(_full, "the disk is full (database or disk is full): make room", id="full"),
        pytest.param(_read_only, "the database cannot be written (attempt to", id="read only"),
        pytest.param(
            _locked,
            "another program keeps the database locked (database is locked): end that program",
            id="locked",
        ),
    ],
)
async def test_what_cannot_be_stored_is_received_again_once_it_can(
    scene: Scene,
    caplog: pytest.LogCaptureFixture,
    fault: Callable[[Weeknotes], AbstractAsyncContextManager[None]],
    words: str,
) -> None:
    """Meanwhile the log says what is wrong and what to do, and no message claims to be kept."""
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        async with fault(bot):
            messages = [
                await scene.person.send(f"#life 第 {number} 条 {_LONG}", at=scene.clock.now())
                for number in range(_MESSAGES)
            ]
            await until(lambda: words in caplog.text)
            stored = await asyncio.to_thread(count, bot.database.path)
            answered = [
                message for message in await scene.person.messages() if message["_reactions"]
            ]
            assert len(answered) <= stored < 1 + _MESSAGES
        for message in messages:
            assert await scene.person.wait_for_reaction(message, seconds=30) == "✍"
        assert await asyncio.to_thread(count, bot.database.path) == 1 + _MESSAGES
    assert "nothing was confirmed" in caplog.text
    assert check_file(bot.database.path) == []


async def test_a_full_disk_stops_the_program_from_nothing_but_storing(tmp_path: Path) -> None:
    """No file may grow (a real fault, below SQLite); it goes on by itself once files may."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.wait_for_reaction(await stage.person.send("#life 之前"))
        _, most = resource.prlimit(stage.program.pid, resource.RLIMIT_FSIZE)
        journal = (tmp_path / "data" / "weeknotes.db-wal").stat().st_size
        resource.prlimit(stage.program.pid, resource.RLIMIT_FSIZE, (journal, most))
        # What it prints goes into a file as well, which has to stay below that limit.
        messages = [await stage.person.send(f"#life {n} {_LONG}") for n in range(_MESSAGES)]
        await stage.program.has_said("nothing was confirmed: the disk")
        for message in messages:
            assert (await stage.person.message(message["message_id"]))["_reactions"] == []
        assert len(stage.rows("SELECT 1 FROM entries")) == 1
        resource.prlimit(stage.program.pid, resource.RLIMIT_FSIZE, (most, most))
        for message in messages:
            assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"
        assert len(stage.rows("SELECT 1 FROM entries")) == 1 + _MESSAGES
        status, _ = await stage.program.terminate()
        assert status == 0
        assert check_file(tmp_path / "data" / "weeknotes.db") == []


@pytest.mark.parametrize("damage", [truncate, scribble], ids=["truncated", "a flipped page"])
async def test_a_database_damaged_while_it_runs_acknowledges_nothing(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """The log says so; with the last copy restored, what was sent meanwhile is received."""
    database = tmp_path / "data" / "weeknotes.db"
    async with theatre(tmp_path) as stage:
        await _filled(stage, database)
        copy = database.read_bytes()
        await stage.start()
        damage(database)
        message = await stage.person.send("#life 之后")
        await stage.program.has_said("nothing was confirmed: the database is damaged")
        assert (await stage.person.message(message["message_id"]))["_reactions"] == []
        await stage.program.kill()
        for file in database.parent.glob("weeknotes.db*"):
            file.unlink()
        database.write_bytes(copy)
        await stage.start()
        assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"


async def _filled(stage: Theatre, database: Path) -> None:
    """A database with more entries than SQLite keeps in memory, and no program that has it open."""
    await stage.start()
    await stage.person.wait_for_reaction(await stage.person.send("#life 之前"))
    await stage.program.terminate()
    fill(database, 20_000, first=100_000)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'from the future', 0)")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(truncate, "the database is damaged", id="truncated"),
        pytest.param(scribble, "the database is damaged", id="a flipped page"),
        pytest.param(lambda path: path.write_text("words " * 999), "is no database", id="words"),
        pytest.param(_newer, "has schema 99, this version knows", id="a newer version"),
    ],
)
async def test_a_database_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, damage: Callable[[Path], None], words: str
) -> None:
    """Status 1, the file, the fault and what to do, and no traceback."""
    database = tmp_path / "data" / "weeknotes.db"
    await seed(database)
    damage(database)
    await _ends_with(tmp_path, words, BOT_DATA_DIR=str(tmp_path / "data"))


async def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    """A fault of the settings, status 2, and what is there stays."""
    (tmp_path / "data").write_text("a file", "utf-8")
    await _ends_with(tmp_path, "BOT_DATA_DIR", status=2, BOT_DATA_DIR=str(tmp_path / "data"))
    assert (tmp_path / "data").read_text("utf-8") == "a file"


async def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """In /sys nobody makes folders. Root is told by the system, others by the settings' check."""
    if os.geteuid() == 0:
        await _ends_with(tmp_path, "it cannot be written", BOT_DATA_DIR="/sys/weeknotes")
    else:
        await _ends_with(tmp_path, "not writable", status=2, BOT_DATA_DIR="/sys/weeknotes")


async def test_a_database_that_stays_locked_is_one_sentence(tmp_path: Path) -> None:
    """After the five seconds for which it waits."""
    database = tmp_path / "data" / "weeknotes.db"
    await seed(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await _ends_with(
            tmp_path, "another program keeps the database locked", BOT_DATA_DIR=str(database.parent)
        )


async def test_a_program_whose_disk_is_full_ends_when_it_is_told_to(scene: Scene) -> None:
    """With a reaction under way that cannot be recorded: no fault, and it is shown again."""
    async with scene.bot() as bot:
        message = await scene.write("#life 之前")
        await until(lambda: not bot.services.answering._shown)
        key = MessageKey(ChatId(1001), MessageId(message["message_id"]))
        shown = Answer(EntryId(1), key, "✍", reacts=True, asks=False, in_album=False)
        bot.services.answering._shown[key] = shown
        await _set(bot, "query_only = ON")
    async with scene.bot():
        assert await scene.person.wait_for_reaction(message) == "✍"


async def _ends_with(folder: Path, words: str, status: int = 1, **settings: str) -> None:
    async with theatre(folder, **settings) as stage:
        await stage.program.start()
        assert await stage.program.ended() == status
        said = stage.program.output
    assert words in said
    assert said.count("\n") == 2 or "has schema" in said
    assert "Traceback" not in said
