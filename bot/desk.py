"""The archive from the command line: the same database and use cases, without Telegram."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.archive_files import SourceFile, UnreadableFile, collect
from bot.adapters.clock import SystemClock
from bot.adapters.export_files import ExportFiles
from bot.adapters.shelf import Shelf
from bot.config import Settings
from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.domain.schedule import WeeklyTime
from bot.services.access import Access, JournalDefaults
from bot.services.archive import Archive, ArchiveFile, Finding
from bot.services.browsing import Browsing
from bot.services.configuring import Configuring
from bot.services.exporting import Export, Exporting
from bot.services.opening import open_database
from bot.services.owners import Owners
from bot.services.parcels import write_parts
from bot.services.ports import Clock
from bot.services.rebuilding import Rebuilding, Rebuilt, read_content
from bot.services.reporting import Reporting
from bot.storage.copying import workshop


class WhichJournalError(Exception):
    """There is not exactly one journal that could be meant; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One journal, and what can be done with it from outside of the chat."""

    journal: Journal
    archive: Archive
    reporting: Reporting
    browsing: Browsing
    configuring: Configuring
    clock: Clock
    shelf: Shelf
    exporting: Exporting
    rebuilding: Rebuilding

    async def inspect(self, paths: Iterable[Path]) -> tuple[list[Finding], list[UnreadableFile]]:
        """What importing the files would do, and the files that cannot be read."""
        found = list(collect(paths))
        readable = [
            ArchiveFile(file.name, file.content, file.read_picture)
            for file in found
            if isinstance(file, SourceFile)
        ]
        unreadable = [file for file in found if isinstance(file, UnreadableFile)]
        return await self.archive.inspect(self.journal, readable), unreadable

    async def take_in(
        self, findings: list[Finding], *, replace: bool, progress: Callable[[], None]
    ) -> list[Finding]:
        """What has become of each file."""
        now = self.clock.now()
        return await self.archive.take_in(
            self.journal, findings, now, replace=replace, progress=progress
        )

    async def export(
        self, target: Path, advance: Callable[[int, int], None]
    ) -> tuple[int, tuple[str, ...]]:
        """How many weeks are in the folder now, or in the zip where it is called so; what to say.

        Raises OSError.
        """
        with workshop(self.exporting.database.parent) as folder:
            export = await self.exporting.lay_out(self.journal, folder, advance)
            gone = await asyncio.to_thread(self._missing, export)
            if target.suffix.lower() == ".zip":
                await asyncio.to_thread(self._write_zip, export, folder, target)
            else:
                await asyncio.to_thread(self._write_folder, export, target)
        return export.weeks, (*export.said, *(f"{path}: its file is gone" for path in gone))

    def _missing(self, export: Export) -> list[str]:
        """The paths of files that are not on the shelf any more; they are left out."""
        gone = [path for path, s in export.files.items() if not self.shelf.path_of(s).is_file()]
        for path in gone:
            del export.files[path]
        return gone

    def _write_zip(self, export: Export, folder: Path, target: Path) -> None:
        [made] = write_parts(export, folder, "export", self.shelf.path_of, limit=None)
        # Another disk gets it bit by bit, and what was there stays until all of it is.
        beside = _make_room(target.with_name(f".{target.name}.unfinished"))
        try:
            shutil.move(made, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)

    def _write_folder(self, export: Export, target: Path) -> None:
        for path, content in export.texts.items():
            _make_room(target / path).write_bytes(content)
        for path, sha256 in export.files.items():
            shutil.copyfile(self.shelf.path_of(sha256), _make_room(target / path))

    async def rebuild(self, export: ExportFiles) -> Rebuilt | int:
        """The empty journal is the exported one; of any other, how many files came that it lacked.

        Raises NotRebuiltError, and then nothing is changed.
        """
        content = await asyncio.to_thread(read_content, export.content)
        if await self.rebuilding.is_empty(self.journal):
            return await self.rebuilding.rebuild(self.journal, content, export.read)
        return await self.rebuilding.fill(self.journal, content, export.read)


def _make_room(place: Path) -> Path:
    """The place, whose folder is there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


@asynccontextmanager
async def at_desk(
    settings: Settings,
    journal_id: int | None,
    export: ExportFiles | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Desk]:
    """The journal with that id; None takes the only one, or the first allowed person's.

    Where there is none and nobody is allowed, an export tells whose it was.

    Raises WhichJournalError, and what opening the database raises.
    """
    clock = clock or SystemClock()
    async with await open_database(settings.database, clock) as database:
        defaults = JournalDefaults(
            settings.language, settings.zone, WeeklyTime.parse(settings.draft_at)
        )
        access = Access(database, clock, Owners(database, settings.allowed_users), defaults)
        journal = await _choose(access, settings, journal_id, export)
        shelf = Shelf(settings.pictures)
        reporting = Reporting(database)
        yield Desk(
            journal,
            Archive(database, reporting, shelf),
            reporting,
            Browsing(database),
            Configuring(database),
            clock,
            shelf,
            Exporting(settings.database),
            Rebuilding(database, shelf),
        )


async def _choose(
    access: Access, settings: Settings, journal_id: int | None, export: ExportFiles | None
) -> Journal:
    present = {journal.id: journal for journal in await access.journals()}
    if journal_id is not None:
        for number, journal in present.items():
            if number == journal_id:
                return journal
        ids = ", ".join(map(str, present)) or "none"
        raise WhichJournalError(f"--journal {journal_id}: there is none; there are: {ids}")
    if len(present) == 1:
        return next(iter(present.values()))
    if settings.allowed_users:
        return await access.open_private(ChatId(settings.allowed_users[0]))
    if not present and export is not None:
        content = await asyncio.to_thread(read_content, export.content)
        chats = content.get("chats")
        for chat in chats if isinstance(chats, list) else ():
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                # The ids of groups are negative.
                make = access.open_group if chat["id"] < 0 else access.open_private
                return await make(ChatId(chat["id"]))
    if not present:
        raise WhichJournalError(
            "there is no journal yet\n"
            "  open the link that weeknotes run prints, or set BOT_ALLOWED_USERS to your Telegram "
            "user id"
        )
    raise WhichJournalError(
        f"there are several journals\n  add --journal with one of {list(present)}"
    )
