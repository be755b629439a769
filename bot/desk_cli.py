"""What the commands that need no Telegram do and print."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.adapters.archive_files import UnreadableFile
from bot.adapters.export_files import find_export
from bot.bars import bars
from bot.config import Settings
from bot.config.values import WrongValueError, parse_draft_at, parse_zone
from bot.desk import Desk, at_desk
from bot.doctor.findings import counted
from bot.domain.schedule import WeeklyTime
from bot.domain.templates import READY, DocumentTemplateError, check_template
from bot.domain.titles import FIELDS, TitleFault, TitleTemplateError, check_title_template
from bot.services.archive import Finding, Verdict
from bot.services.configuring import Choices
from bot.services.rebuilding import Rebuilt

_PLAIN = "plain"


class SetupRefusedError(Exception):
    """Something that was to be set has a fault; the message says where and which."""


async def import_reports(
    settings: Settings, paths: Sequence[Path], *, replace: bool, journal: int | None
) -> bool:
    """Whether every file was taken in, or was there already; a table of them is printed.

    An export makes an empty journal what it was. Raises NotRebuiltError.
    """
    export = await asyncio.to_thread(find_export, paths)
    is_whole = True
    async with at_desk(settings, journal, export) as desk:
        made = None if export is None else await desk.rebuild(export)
        if export is not None and isinstance(made, Rebuilt):
            is_whole = _tell_of(made)
            # There are no reports in its other parts: what else was named is no part of it.
            paths = [path for path in paths if path != export.first]
        elif made is not None:
            typer.echo(
                "The journal holds something already, so its weeks are compared with the Markdown."
            )
            if made:
                typer.echo(f"files that were missing and have come: {made}")
        findings, unreadable = await desk.inspect(paths)
        may_replace = replace or _may_replace(findings)
        done = await _take_in(desk, findings, replace=may_replace) if findings else []
    if done or unreadable or not isinstance(made, Rebuilt):
        Console().print(_table(done, unreadable))
    bad = (Verdict.REFUSED, Verdict.KEPT)
    return is_whole and not unreadable and not any(finding.verdict in bad for finding in done)


def _tell_of(made: Rebuilt) -> bool:
    """Whether all of its files came with the export."""
    typer.echo(
        f"The journal is what it was: weeks: {made.weeks}, entries: {made.entries},"
        f" files: {made.files}"
    )
    for path in made.missing:
        typer.echo(f"{path}: it did not come with the export", err=True)
    if made.missing:
        typer.echo("  name all parts of the export in one command", err=True)
    return not made.missing


async def export_reports(settings: Settings, target: Path, journal: int | None) -> bool:
    """Whether everything is in the folder or zip, each file where its report looks for it."""
    async with at_desk(settings, journal) as desk:
        with bars() as bar:
            task = bar.add_task("Exporting", total=None)

            def advance(done: int, of: int) -> None:
                bar.update(task, completed=done, total=of)

            weeks, said = await desk.export(target, advance)
    typer.echo(f"{counted(weeks, 'week')} in {target}")
    for words in said:
        typer.echo(words, err=True)
    return not said


async def configure(
    settings: Settings,
    *,
    title: str | None,
    document: str | None,
    zone: str | None,
    draft_at: str | None,
    choices: Choices,
    journal: int | None,
) -> None:
    """The journal is set up so. Raises SetupRefusedError, and then nothing was changed."""
    faults: list[str] = []
    new_zone: ZoneInfo | None = None
    new_time: WeeklyTime | None = None
    try:
        new_zone = None if zone is None else parse_zone(zone)
    except WrongValueError as error:
        faults.append("zone: {}\n  {}".format(*error.args))
    try:
        new_time = None if draft_at is None else WeeklyTime.parse(parse_draft_at(draft_at))
    except WrongValueError as error:
        faults.append("draft-at: {}\n  {}".format(*error.args))
    if title is not None:
        try:
            check_title_template(title)
        except TitleTemplateError as error:
            faults.append(_title_fault(error))
    source: str | None = None
    if document is not None:
        try:
            source = await asyncio.to_thread(_document_source, document)
        except SetupRefusedError as error:
            faults.append(str(error))
    if faults:
        raise SetupRefusedError("\n".join(faults))
    async with at_desk(settings, journal) as desk:
        if title is not None:
            await desk.configuring.set_title(desk.journal, title)
            typer.echo(f"title: {title}")
        if document is not None:
            await desk.configuring.set_document(desk.journal, source)
            typer.echo(f"document: {document}")
        if new_zone is not None or new_time is not None:
            await desk.configuring.set_schedule(desk.journal, zone=new_zone, draft_at=new_time)
            shown = (new_zone or desk.journal.zone).key
            typer.echo(f"drafts: {new_time or desk.journal.draft_at}, {shown}")
        await desk.configuring.choose(desk.journal, choices)
        for name, chosen in asdict(choices).items():
            if chosen is not None:
                typer.echo(f"{name.replace('_', '-')}: {'yes' if chosen else 'no'}")


def _document_source(document: str) -> str | None:
    """What is kept for a ready template's name, `plain`, or a file. Raises SetupRefusedError."""
    if document == _PLAIN:
        return None
    if document in READY:
        return document
    try:
        source = Path(document).read_text("utf-8")
        check_template(source)
    except OSError:
        ready = ", ".join((_PLAIN, *READY))
        raise SetupRefusedError(
            f"{document[:80]}: it is neither a file nor a ready template\n  there are: {ready}"
        ) from None
    except UnicodeDecodeError as error:
        raise SetupRefusedError(f"{document}: it is not UTF-8 (byte {error.start})") from None
    except DocumentTemplateError as error:
        where = f", line {error.line}" if error.line else ""
        raise SetupRefusedError(f"{document}{where}: {error.reason}") from None
    return source


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
    with bars() as bar:
        task = bar.add_task("Importing", total=len(findings))
        return await desk.take_in(findings, replace=replace, progress=lambda: bar.advance(task))


def _may_replace(findings: Sequence[Finding]) -> bool:
    """Whether the person says yes; who cannot be asked has not."""
    weeks = [str(f.week) for f in findings if f.verdict is Verdict.REPLACES]
    if not weeks or not sys.stdin.isatty():
        return False
    return typer.confirm(f"Replace what these weeks hold: {', '.join(weeks)}?")


def _table(done: Sequence[Finding], unreadable: Sequence[UnreadableFile]) -> Table:
    table = Table("file", "week", "what", "why")
    rows = [(f.file.name, str(f.week or ""), f.verdict, f.reason) for f in done]
    rows += [(file.name, "", Verdict.REFUSED, file.reason) for file in unreadable]
    for name, week, verdict, reason in rows:
        # As text: a file's name may look like markup.
        table.add_row(*map(Text, (name, week, verdict.value, reason)))
    counts = Counter(verdict for _, _, verdict, _ in rows)
    table.caption = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in counts)
    return table
