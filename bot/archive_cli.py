"""What `weeknotes import` and `weeknotes export` do and print."""

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
from bot.services.archive import Finding, Verdict


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
