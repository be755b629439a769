"""What is left to be cleaned away after a journal was forgotten, whatever comes between."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.adapters.shelf import Shelf
from bot.domain.entry import ChatId
from bot.services.fetching import Fetching
from bot.services.forgetting import Forgetting
from bot.services.presence import Presence
from bot.storage import journals, leftovers, presence
from tests.clock import START
from tests.services.desk import Desk, open_desk

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


async def _fetched(fetching: Fetching) -> None:
    [picture] = await fetching._waiting(1)
    await fetching._fetch(picture)
