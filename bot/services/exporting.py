"""Everything of a journal, as files: Markdown, pictures, index pages, and all of it as JSON."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.archive.export_paths import ExportPaths
from bot.domain.archive.front_matter import split
from bot.domain.archive.indexing import FOLDER, index_page
from bot.domain.journal import Journal
from bot.domain.parse import parse
from bot.domain.week import IsoWeek
from bot.services.reporting import CompiledWeek, Reporting
from bot.storage import filled_weeks, journals, portable
from bot.storage.copying import copy_database
from bot.storage.database import Database
from bot.storage.portable import Values

CONTENT: Final = "weeknotes.json"
FORMAT: Final = "weeknotes"
VERSION: Final = 1


def _unheard(_done: int, _of: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: texts by their paths, and files of the shelf (SHA-256) by theirs.

    `said` names what could not be put where a report looks for it.
    """

    weeks: int
    texts: dict[str, bytes]
    files: dict[str, str]
    said: tuple[str, ...] = ()


class Exporting:
    """Lays out exports, all of it as it is at one moment."""

    def __init__(self, database: Path) -> None:
        self.database = database

    async def lay_out(
        self,
        journal: Journal,
        workshop: Path,
        advance: Callable[[int, int], None] = _unheard,
    ) -> Export:
        """The journal's export; `workshop` is a folder for what is needed on the way.

        `advance` hears how many weeks are done, of how many. Raises sqlite3.Error and OSError.
        """
        # In a copy nothing changes meanwhile, and who writes need not wait.
        copy = workshop / "export.db"
        await asyncio.to_thread(copy_database, self.database, copy, _unheard)
        async with await Database.open(copy) as database:
            reporting = Reporting(database)
            async with database.snapshot() as connection:
                # Its settings as they are in the copy, which the JSON tells as well.
                journal = await journals.get(connection, journal.id)
                content = await portable.dump(connection, journal.id)
                weeks = sorted(await filled_weeks.every(connection, journal.id))
            layout = _Layout(journal)
            for number, week in enumerate(weeks, 1):
                layout.add(await reporting.compile(journal, week))
                advance(number, len(weeks))
        return await asyncio.to_thread(layout.finished, content)


class _Layout:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._texts: dict[str, bytes] = {}
        self._paths = ExportPaths()
        self._titles: dict[int, list[tuple[str, IsoWeek]]] = defaultdict(list)
        self._said: list[str] = []

    def add(self, week: CompiledWeek) -> None:
        """The week's file and pictures have their places."""
        self._texts[f"{week.week}.md"] = week.document
        front, _ = split(week.document.decode())
        title = parse(week.markdown).title or front.title
        self._titles[week.week.year].append((title, week.week))
        for picture in week.pictures:
            path = picture.place
            place = None
            if picture.sha256 is not None and path is not None:
                place = self._paths.put(path, picture.sha256, week.week)
            if place is None:
                self._said.append(f"{week.week}: {picture.path!r} could not be put there")
            elif place != path:
                words = f"{week.week}: {path} is another file's place; it is at {place}"
                self._said.append(words)

    def finished(self, content: Values) -> Export:
        """All of it. Blocking."""
        weeks = len(self._texts)
        for year, reports in self._titles.items():
            page = index_page(year, self._journal.language, reports)
            self._texts[f"{FOLDER}{year}.md"] = page.encode()
        files = self._paths.files
        known = set(files.values())
        for file in content["files"]:
            if file["sha256"] is not None and file["sha256"] not in known:
                known.add(file["sha256"])
                self._paths.put_unplaced(file["name"], file["sha256"])
        for attached in content["attachments"]:
            if attached["sha256"] not in known:
                known.add(attached["sha256"])
                self._paths.put_unplaced(attached["sha256"][:16], attached["sha256"])
        paths: dict[str, str] = {}
        for path, sha256 in sorted(files.items()):
            paths.setdefault(sha256, path)
        whole = {"format": FORMAT, "version": VERSION, **content, "paths": paths}
        self._texts[CONTENT] = (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
        return Export(weeks, self._texts, dict(sorted(files.items())), tuple(self._said))
