"""What is left to be cleaned away after a journal was forgotten, whatever comes between."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from bot.adapters.shelf import Shelf
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.services.acknowledging import Acknowledging
from bot.services.fetching import Fetching
from bot.services.forgetting import Forgetting
from bot.services.memory import Memory
from bot.services.presence import Presence
from bot.storage import dead_letters, entries, journals, leftovers, presence, shown
from bot.storage.dead_letters import DeadLetter
from bot.storage.shown import Shown
from tests.clock import START
from tests.services.desk import CHAT, WEEK, Desk, open_desk

_SECRET = "只有我知道"  # noqa: S105 -- only words


class _Source:
    """A file that takes until it is let go."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.given = asyncio.Event()

    async def fetch(self, file_id: str) -> bytes:
        self.asked.set()
        await self.given.wait()
        return file_id.encode()


class _Inspector:
    async def inspect(self, content: bytes, *, keep_location: bool) -> None:
        """No picture."""


async def _nobody(*_: object) -> None:
    pass


def _fetching(desk: Desk, shelf: Shelf, source: _Source) -> Fetching:
    return Fetching(desk.database, desk.clock, source, shelf, _Inspector(), _nobody)


async def _named(desk: Desk, sha256: str | None, name: str = "a.pdf") -> None:
    async with desk.database.atomic() as connection:
        await connection.execute(
            "INSERT INTO pictures (journal_id, name, file_id, is_photo, sha256, retry_at)"
            " VALUES (?, ?, 'F', 0, ?, ?)",
            (desk.journal.id, name, sha256, None if sha256 else 0),
        )


def _holding(folder: Path, words: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def _files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_what_was_deleted_before_is_gone_too(tmp_path: Path) -> None:
    """Also where it was deleted long before the first `/forget_me`, and stays in free pages."""
    path = tmp_path / "weeknotes.db"
    async with open_desk(path) as desk:
        async with desk.database.atomic() as connection:
            await connection.execute("CREATE TABLE t (words TEXT)")
            await connection.execute("INSERT INTO t VALUES (?)", (_SECRET * 2000,))
        async with desk.database.atomic() as connection:
            await connection.execute("DROP TABLE t")
        forgetting = Forgetting(desk.database, Shelf(tmp_path / "pictures"))
        await forgetting.forget(desk.journal)
        await forgetting.clean()
        assert _holding(tmp_path, _SECRET) == []


async def test_who_reads_the_database_for_ever_costs_one_rebuilding(tmp_path: Path) -> None:
    """Until it ends, each knock only looks whether the log can go; nobody waits for that."""
    path = tmp_path / "weeknotes.db"
    async with open_desk(path) as desk:
        await desk.receive(f"#life {_SECRET}")
        forgetting = Forgetting(desk.database, Shelf(tmp_path / "pictures"))
        rebuilt = 0
        rebuild = desk.database.rebuild

        async def counted() -> None:
            nonlocal rebuilt
            rebuilt += 1
            await rebuild()

        desk.database.rebuild = counted  # type: ignore[method-assign]  # the same, and counted
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entries").fetchone()
            await forgetting.forget(desk.journal)
            began = monotonic()
            for _ in range(3):
                await forgetting.clean()
            assert monotonic() - began < 4
            assert rebuilt == 1
            assert _holding(tmp_path, _SECRET) != []
        await forgetting.clean()
        assert rebuilt == 1
        assert _holding(tmp_path, _SECRET) == []
        async with desk.database.snapshot() as connection:
            assert await leftovers.every(connection) == frozenset()


async def test_what_is_forgotten_during_the_cleaning_is_cleaned_too(tmp_path: Path) -> None:
    """It is not taken for what was cleaned just before."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        await desk.receive(f"#life {_SECRET}")
        forgetting = Forgetting(desk.database, Shelf(tmp_path / "pictures"))
        async with desk.database.atomic() as connection:
            await leftovers.note(connection, [leftovers.THE_DATABASE])
        empty_log = desk.database.empty_log

        async def emptied_and_forgotten() -> bool:
            is_empty = await empty_log()
            if await _is_there(desk):
                await forgetting.forget(desk.journal)
            return is_empty

        desk.database.empty_log = emptied_and_forgotten  # type: ignore[method-assign]  # the moment after
        await forgetting.clean()
        await forgetting.clean()
        assert _holding(tmp_path, _SECRET) == []


async def test_an_answer_under_way_leaves_nothing(tmp_path: Path) -> None:
    """What it was about is gone."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        await desk.receive("不知放哪")
        async with desk.database.snapshot() as connection:
            entry = await entries.of_message(connection, MessageKey(CHAT, MessageId(1)))
        assert entry is not None
        books, memory = Acknowledging(desk.database, desk.clock), Memory(desk.database)
        question = MessageKey(CHAT, MessageId(77))
        await books.set_asked(entry.id, question)
        async with desk.database.snapshot() as connection:
            assert await shown.recall(connection, question) == Shown(entry.id, asks=True)
        await Forgetting(desk.database, Shelf(tmp_path / "pictures")).forget(desk.journal)
        await books.set_asked(entry.id, question)
        await books.remember_about(entry.id, question)
        await memory.remember_week(question, WEEK)
        async with desk.database.snapshot() as connection:
            assert await shown.recall(connection, question) is None


@pytest.mark.parametrize("chat_id", [CHAT, 10011])
async def test_a_dead_letter_that_is_no_json_hinders_nothing(tmp_path: Path, chat_id: int) -> None:
    """It goes with the journal whose chat it names, and with no other."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        body = json.dumps({"message": {"chat": {"id": chat_id}, "odd": float("nan")}})
        async with desk.database.atomic() as connection:
            await dead_letters.bury(connection, DeadLetter("a", 1, START, "odd", body))
        await Forgetting(desk.database, Shelf(tmp_path / "pictures")).forget(desk.journal)
        async with desk.database.snapshot() as connection:
            assert len(await dead_letters.every(connection)) == (chat_id != CHAT)


async def test_a_kill_before_the_cleaning_leaves_nothing(tmp_path: Path) -> None:
    """What was to be cleaned stands in the database, and the next run does it."""
    shelf = Shelf(tmp_path / "pictures")
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        await _named(desk, await shelf.keep(b"mine"))
        await Forgetting(desk.database, shelf).forget(desk.journal)
        assert len(_files(shelf.folder)) == 1
        later = Forgetting(desk.database, shelf)
        await later.clean()
        assert _files(shelf.folder) == []
        async with desk.database.snapshot() as connection:
            assert await leftovers.every(connection) == frozenset()


async def test_a_file_that_another_journal_names_meanwhile_stays(tmp_path: Path) -> None:
    """It was nobody's when the journal was forgotten, and is somebody's when it is cleaned."""
    shelf = Shelf(tmp_path / "pictures")
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        sha256 = await shelf.keep(b"shared")
        async with desk.database.atomic() as connection:
            await leftovers.note(connection, [sha256])
        await _named(desk, sha256)
        await Forgetting(desk.database, shelf).clean()
        assert _files(shelf.folder) == [sha256]


async def test_a_file_is_there_that_was_cleaned_away_just_before_it_was_named(
    tmp_path: Path,
) -> None:
    """The same content comes again while it is deleted."""
    shelf, source = Shelf(tmp_path / "pictures"), _Source()
    keep = shelf.keep
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        forgetting = Forgetting(desk.database, shelf)
        await _named(desk, None)

        async def kept_and_cleaned(content: bytes) -> str:
            sha256 = await keep(content)
            async with desk.database.atomic() as connection:
                await leftovers.note(connection, [sha256])
            await forgetting.clean()
            return sha256

        shelf.keep = kept_and_cleaned  # type: ignore[method-assign]  # the moment in between
        source.given.set()
        await _fetched(_fetching(desk, shelf, source))
        assert len(_files(shelf.folder)) == 1


async def test_a_download_under_way_leaves_no_file(tmp_path: Path) -> None:
    """It comes to an end after its journal was forgotten; the next knock deletes it."""
    shelf, source = Shelf(tmp_path / "pictures"), _Source()
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        forgetting = Forgetting(desk.database, shelf)
        await _named(desk, None)
        [picture] = await _fetching(desk, shelf, source)._waiting(1)
        under_way = asyncio.create_task(_fetching(desk, shelf, source)._fetch(picture))
        await source.asked.wait()
        await forgetting.forget(desk.journal)
        await forgetting.clean()
        source.given.set()
        await under_way
        assert len(_files(shelf.folder)) == 1
        await forgetting.clean()
        assert _files(shelf.folder) == []


class _Courier:
    """Notes whom it has told, and does something before it is the first one's turn."""

    def __init__(self, before: object = None) -> None:
        self.told: list[ChatId] = []
        self.before = before

    def expect(self, drafts: int) -> None:
        """Nothing to do."""

    async def turn(self, _: ChatId) -> None:
        """The moment in which others may do something."""
        if callable(self.before):
            await self.before()

    async def tell_absence(self, chat_id: ChatId, *_: object) -> None:
        """It is told."""
        self.told.append(chat_id)


async def test_no_absence_is_told_to_who_was_removed_or_forgotten(tmp_path: Path) -> None:
    """Not even where that happens while it waits for its turn."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        await desk.receive("#life 一")
        forgetting = Forgetting(desk.database, Shelf(tmp_path / "pictures"))
        async with desk.database.atomic() as connection:
            await presence.note_absence(connection, desk.clock.now(), desk.clock.now())
            await journals.set_shut(connection, desk.journal.id, START)
        courier = _Courier()
        told = Presence(desk.database, desk.clock, courier)  # type: ignore[arg-type]  # what is used of it
        await told.tell()
        assert courier.told == []
        async with desk.database.atomic() as connection:
            await journals.set_shut(connection, desk.journal.id, None)

        async def forget() -> None:
            await forgetting.forget(desk.journal)

        courier.before = forget
        await told.tell()
        assert courier.told == []


async def _is_there(desk: Desk) -> bool:
    async with desk.database.snapshot() as connection:
        return await journals.find(connection, desk.journal.id) is not None


async def _fetched(fetching: Fetching) -> None:
    [picture] = await fetching._waiting(1)
    await fetching._fetch(picture)
