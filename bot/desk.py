"""The archive from the command line: the same database and use cases, without Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.archive_files import SourceFile, UnreadableFile, collect
from bot.adapters.clock import SystemClock
from bot.adapters.shelf import Shelf
from bot.config import Settings
from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.domain.local_pictures import leads_outside, local_path
from bot.domain.schedule import WeeklyTime
from bot.domain.week import IsoWeek
from bot.services.access import Access, JournalDefaults
from bot.services.archive import Archive, ArchiveFile, Finding
from bot.services.configuring import Configuring
from bot.services.opening import open_database
from bot.services.reporting import Reporting


class WhichJournalError(Exception):
    """There is not exactly one journal that could be meant; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One journal, and what can be done with it from outside of the chat."""

    journal: Journal
    archive: Archive
    reporting: Reporting
    configuring: Configuring
    clock: SystemClock
    shelf: Shelf

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

    async def export(self, folder: Path, week: IsoWeek, taken: dict[str, str]) -> list[str]:
        """What there is to say; the week's file and its pictures, where it names them, are there.

        `taken` holds the pictures that other weeks have put there, by path.
        """
        compiled = await self.reporting.compile(self.journal, week)
        said: list[str] = []
        files = [(f"{week}.md", compiled.document)]
        for picture in compiled.pictures:
            path = local_path(picture.path)
            if picture.sha256 is None or path is None or leads_outside(path):
                said.append(f"{week}: {picture.path} could not be put there")
                continue
            if taken.setdefault(path, picture.sha256) != picture.sha256:
                said.append(f"{week}: another week has a different {path}; it is at {week}/{path}")
                path = f"{week}/{path}"
            files.append((path, await self.shelf.read(picture.sha256)))
        await asyncio.to_thread(_write, folder, files)
        return said


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@asynccontextmanager
async def at_desk(settings: Settings, journal_id: int | None) -> AsyncIterator[Desk]:
    """The journal with that id; None takes the only one, or the first allowed person's.

    Raises WhichJournalError, and what opening the database raises.
    """
    clock = SystemClock()
    async with await open_database(settings.database, clock) as database:
        defaults = JournalDefaults(
            settings.language, settings.zone, WeeklyTime.parse(settings.draft_at)
        )
        access = Access(database, clock, frozenset(settings.allowed_users), defaults)
        journal = await _choose(access, settings, journal_id)
        shelf = Shelf(settings.pictures)
        reporting = Reporting(database)
        yield Desk(
            journal,
            Archive(database, reporting, shelf),
            reporting,
            Configuring(database),
            clock,
            shelf,
        )


async def _choose(access: Access, settings: Settings, journal_id: int | None) -> Journal:
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
    if not present:
        raise WhichJournalError(
            "there is no journal yet\n  set BOT_ALLOWED_USERS to your Telegram user id"
        )
    raise WhichJournalError(
        f"there are several journals\n  add --journal with one of {list(present)}"
    )
