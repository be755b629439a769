"""What the commands that need no Telegram do and print."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.adapters.archive_files import UnreadableFile
from bot.config import Settings
from bot.desk import Desk, at_desk
from bot.domain.templates import READY, DocumentTemplateError
from bot.domain.titles import FIELDS, TitleFault, TitleTemplateError
from bot.services.archive import Finding, Verdict

_PLAIN = "plain"


class TemplateRefusedError(Exception):
    """A template has a fault; the message says where and which."""


async def import_reports(
    settings: Settings, paths: Sequence[Path], *, replace: bool, journal: int | None
) -> bool:
    """Whether every file was taken in, or was there already; a table of them is printed."""
    async with at_desk(settings, journal) as desk:
        findings, unreadable = await desk.inspect(paths)
        done = await _take_in(desk, findings, replace=replace or _may_replace(findings))
    Console().print(_table(done, unreadable))
    bad = (Verdict.REFUSED, Verdict.KEPT)
    return not unreadable and not any(finding.verdict in bad for finding in done)


async def export_reports(settings: Settings, folder: Path, journal: int | None) -> None:
    """Every week is a file in the folder, with its pictures."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with at_desk(settings, journal) as desk:
        weeks = await desk.archive.weeks(desk.journal)
        with _progress() as bar:
            for week in bar.track(weeks, description="Exporting"):
                await desk.export(folder, week)
    typer.echo(f"{len(weeks)} weeks in {folder}")


async def configure(
    settings: Settings, *, title: str | None, document: str | None, journal: int | None
) -> None:
    """The journal has those templates. Raises TemplateRefusedError, and then it has not."""
    async with at_desk(settings, journal) as desk:
        if title is not None:
            try:
                await desk.configuring.set_title(desk.journal, title)
            except TitleTemplateError as error:
                raise TemplateRefusedError(_title_fault(error)) from error
        if document is not None:
            await _set_document(desk, document)


async def _set_document(desk: Desk, document: str) -> None:
    path = Path(document)
    source = document
    if document == _PLAIN:
        await desk.configuring.set_document(desk.journal, None)
        return
    if document not in READY:
        if not await asyncio.to_thread(path.is_file):
            ready = ", ".join((_PLAIN, *READY))
            raise TemplateRefusedError(
                f"{document}: it is neither a file nor a ready template\n  there are: {ready}"
            )
        source = await asyncio.to_thread(path.read_text, "utf-8")
    try:
        await desk.configuring.set_document(desk.journal, source)
    except DocumentTemplateError as error:
        where = f", line {error.line}" if error.line else ""
        raise TemplateRefusedError(f"{document}{where}: {error.reason}") from error


def _title_fault(error: TitleTemplateError) -> str:
    fields = ", ".join(FIELDS)
    what = {
        TitleFault.UNKNOWN_FIELD: f"there is no field {error.words}",
        TitleFault.NO_OFFSET: f"{error.words} takes no offset",
        TitleFault.UNCLOSED: f"{error.words} is not closed",
        TitleFault.EMPTY: "it is empty",
        TitleFault.NO_TITLE: "it makes no title of one line",
    }[error.fault]
    return f"title, character {error.position + 1}: {what}\n  the fields are: {fields}"


async def _take_in(desk: Desk, findings: list[Finding], *, replace: bool) -> list[Finding]:
    with _progress() as bar:
        task = bar.add_task("Importing", total=len(findings))
        return await desk.take_in(findings, replace=replace, progress=lambda: bar.advance(task))


def _progress() -> Progress:
    """A bar for who watches; it leaves nothing behind, and nothing in a pipe."""
    return Progress(console=Console(stderr=True), transient=True)


def _may_replace(findings: Sequence[Finding]) -> bool:
    """Whether the person says yes; who cannot be asked has not."""
    weeks = [str(f.week) for f in findings if f.verdict is Verdict.REPLACES]
    if not weeks or not sys.stdin.isatty():
        return False
    return typer.confirm(f"{len(weeks)} weeks hold something else: {', '.join(weeks)}. Replace?")


def _table(done: Sequence[Finding], unreadable: Sequence[UnreadableFile]) -> Table:
    table = Table("file", "week", "what", "why")
    rows = [(f.file.name, str(f.week or ""), f.verdict, f.reason) for f in done]
    rows += [(file.name, "", Verdict.REFUSED, file.reason) for file in unreadable]
    for name, week, verdict, reason in rows:
        table.add_row(name, week, verdict.value, reason)
    counts = Counter(verdict for _, _, verdict, _ in rows)
    table.caption = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in counts)
    return table
