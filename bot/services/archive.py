"""An archive of Markdown reports, in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.archive.filenames import week_of_file
from bot.domain.archive.front_matter import split
from bot.domain.archive.unfolding import unfold
from bot.domain.entry import NodeId, Placement
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.journal import Journal
from bot.domain.local_pictures import leads_outside, local_pictures
from bot.domain.week import IsoWeek
from bot.services.documents import compile_canonical, read_report
from bot.services.ports import PictureShelf
from bot.services.reporting import Reporting
from bot.storage import entries, nodes, originals
from bot.storage.database import Connection, Database
from bot.storage.originals import Original

ReadPicture = Callable[[str], Awaitable[bytes | None]]
"""The content of a picture by its path below the report's folder; None where it is not there."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file to import: its name, its bytes, and a way to its pictures."""

    name: str
    content: bytes
    read_picture: ReadPicture


class Verdict(StrEnum):
    """What is to become, or has become, of a file."""

    NEW = "imported"
    REPLACES = "replaced"
    UNCHANGED = "unchanged"
    KEPT = "not replaced"
    REFUSED = "not understood"


class Reason(StrEnum):
    """Why a file was refused."""

    NOT_UTF8 = "it is not UTF-8"
    NO_WEEK = "neither front matter, name nor title says which week it is"
    NO_SUCH_WEEK = "it names a week that does not exist"
    SAME_WEEK = "another file is for the same week"
    EMPTY = "it is empty"


@dataclass(frozen=True, slots=True)
class Finding:
    """One file, its week where it has one, and the verdict with its reason."""

    file: ArchiveFile
    verdict: Verdict
    week: IsoWeek | None = None
    reason: str = ""


class Archive:
    """Imports and exports whole weeks."""

    def __init__(self, database: Database, reporting: Reporting, shelf: PictureShelf) -> None:
        self._database = database
        self._reporting = reporting
        self._shelf = shelf

    async def inspect(self, journal: Journal, files: Sequence[ArchiveFile]) -> list[Finding]:
        """What each file would do; nothing is changed."""
        found = [await self._inspect(journal, file) for file in files]
        names: dict[IsoWeek, list[str]] = defaultdict(list)
        for finding in found:
            if finding.week is not None:
                names[finding.week].append(finding.file.name)
        return [_apart(finding, names) for finding in found]

    async def take_in(
        self,
        journal: Journal,
        findings: Sequence[Finding],
        now: datetime,
        *,
        replace: bool,
        progress: Callable[[], None] = lambda: None,
    ) -> list[Finding]:
        """What has become of each file, which is stored whole or not at all.

        Weeks that hold something else stay as they are unless `replace`. Raises OSError where
        a picture cannot be kept.
        """
        done: list[Finding] = []
        for finding in findings:
            # One transaction for each, so that a bot that runs beside it is not kept waiting.
            async with self._database.atomic(swiftly=True) as connection:
                done.append(await self._take_in(connection, journal, finding, now, replace))
            progress()
        return done

    async def _take_in(
        self,
        connection: Connection,
        journal: Journal,
        finding: Finding,
        now: datetime,
        replace: bool,
    ) -> Finding:
        file, week = finding.file, finding.week
        if week is None or finding.verdict is Verdict.REFUSED:
            return finding
        if finding.verdict is Verdict.REPLACES and not replace:
            return _judged(finding, Verdict.KEPT, "the week holds something else")
        if finding.verdict is not Verdict.UNCHANGED:
            fresh = await self._inspect(journal, file)
            if fresh.verdict is Verdict.REPLACES and finding.verdict is Verdict.NEW:
                reason = "something was added to the week meanwhile"
                return _judged(finding, Verdict.KEPT, reason)
            await self._store(connection, journal, file, week, now)
        said = await self._attach(connection, journal, file, week)
        return _judged(finding, finding.verdict, said)

    async def _inspect(self, journal: Journal, file: ArchiveFile) -> Finding:
        try:
            text = file.content.decode()
        except UnicodeDecodeError as error:
            reason = f"{Reason.NOT_UTF8} (byte {error.start})"
            return Finding(file, Verdict.REFUSED, reason=reason)
        if not text.strip("\ufeff \t\r\n"):
            return Finding(file, Verdict.REFUSED, reason=Reason.EMPTY)
        front, body = split(text)
        try:
            week = week_of_file(file.name, front, body)
        except NoSuchWeekError as error:
            return Finding(file, Verdict.REFUSED, reason=f"{Reason.NO_SUCH_WEEK}: {error.words}")
        except UnknownWeekNameError:
            return Finding(file, Verdict.REFUSED, reason=Reason.NO_WEEK)
        compiled = await self._reporting.compile(journal, week)
        if not compiled.has_report:
            return Finding(file, Verdict.NEW, week)
        if compiled.document == file.content:
            return Finding(file, Verdict.UNCHANGED, week)
        return Finding(file, Verdict.REPLACES, week)

    async def _store(
        self,
        connection: Connection,
        journal: Journal,
        file: ArchiveFile,
        week: IsoWeek,
        now: datetime,
    ) -> None:
        text = file.content.decode()
        entry_id = await entries.add_import(connection, journal.id, week, now)
        await nodes.remove_week(connection, journal.id, week, entry_id)
        report = read_report(text, journal)
        leaves = unfold(report, journal.all_sections)
        ids: list[NodeId] = []
        for index, leaf in enumerate(leaves):
            parent = None if leaf.parent is None else ids[leaf.parent]
            new = nodes.NewNode(
                entry_id=entry_id,
                journal_id=journal.id,
                at=Placement(week, leaf.section, leaf.part, parent),
                # Before everything that messages add: they are sorted by their time.
                position=float(index),
                line=index,
                source=leaf.source,
                address=leaf.address,
            )
            ids.append(await nodes.add(connection, new))
        lines = await nodes.of_week(connection, journal.id, week)
        baseline = compile_canonical(journal, week, lines, report)
        await originals.keep(connection, journal.id, week, Original(file.content, baseline))

    async def _attach(
        self, connection: Connection, journal: Journal, file: ArchiveFile, week: IsoWeek
    ) -> str:
        """What there is to say about the report's pictures, which are kept where they are there."""
        _, body = split(file.content.decode())
        missing: list[str] = []
        added = 0
        for path in local_pictures(body):
            content = None if leads_outside(path) else await file.read_picture(path)
            if content is None:
                missing.append(path)
                continue
            sha256 = await self._shelf.keep(content)
            added += await originals.attach(connection, journal.id, week, path, sha256)
        if missing:
            return f"pictures not found: {', '.join(missing)}"
        return f"pictures added: {added}" if added else ""


def _apart(finding: Finding, names: dict[IsoWeek, list[str]]) -> Finding:
    if finding.week is None or len(names[finding.week]) == 1:
        return finding
    others = ", ".join(name for name in names[finding.week] if name != finding.file.name)
    reason = f"{Reason.SAME_WEEK} {finding.week}: {others or finding.file.name}"
    return _judged(finding, Verdict.REFUSED, reason)


def _judged(finding: Finding, verdict: Verdict, reason: str) -> Finding:
    return Finding(finding.file, verdict, finding.week, reason)
