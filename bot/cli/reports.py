"""Commands about one journal's reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import WRONG_SETTINGS, at_desk, end, print_bytes

JournalOption = Annotated[
    int | None, typer.Option("--journal", help="Which journal, where there are several.")
]


def report(
    week: Annotated[
        list[str] | None,
        typer.Argument(help="40, 2023-w40, -1, last, 上周, 2023-10-05; none: the last finished."),
    ] = None,
    *,
    html: Annotated[
        bool, typer.Option("--html", help="A page for the browser, its pictures in it.")
    ] = False,
    journal: JournalOption = None,
) -> None:
    """Print a week's report."""
    from bot import report_cli

    work = partial(report_cli.report, words=" ".join(week or ()), html=html, journal=journal)
    try:
        printed = at_desk(work)
    except report_cli.WrongWeekError as error:
        end(str(error), WRONG_SETTINGS)
    except report_cli.NoReportError as error:
        end(str(error), 1)
    print_bytes(printed)


def import_reports(
    paths: Annotated[list[Path], typer.Argument(help="Markdown files, folders of them, or zips.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace weeks that hold something else.")
    ] = False,
    journal: JournalOption = None,
) -> None:
    """Import an archive of Markdown reports."""
    from bot import desk_cli

    work = partial(desk_cli.import_reports, paths=paths, replace=replace, journal=journal)
    from bot.services.rebuilding import NotRebuiltError

    try:
        done = at_desk(work)
    except NotRebuiltError as error:
        end(f"the export is refused, and nothing was changed: {error}", 1)
    if not done:
        raise SystemExit(1)


def export_reports(
    target: Annotated[Path, typer.Argument(help="A folder, made if it is not there, or a .zip.")],
    *,
    journal: JournalOption = None,
) -> None:
    """Export everything: every week as Markdown, pictures, index pages, and all of it as JSON."""
    from bot import desk_cli

    if not at_desk(partial(desk_cli.export_reports, target=target, journal=journal)):
        raise SystemExit(1)


def configure(
    *,
    title: Annotated[
        str | None, typer.Option(help="How reports are called: '{year} 年第{week_zh}周周报'.")
    ] = None,
    document: Annotated[
        str | None, typer.Option(help="What files look like: hugo, hexo, …, plain, or a file.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="The time zone: Asia/Shanghai.")] = None,
    draft_at: Annotated[str | None, typer.Option(help="When the draft comes: 'sun 20:00'.")] = None,
    link_titles: Annotated[
        bool | None, typer.Option(help="Show links by the titles of their pages.")
    ] = None,
    authors: Annotated[
        bool | None, typer.Option(help="Put their authors' names behind the items.")
    ] = None,
    location: Annotated[
        bool | None, typer.Option(help="Keep in picture files where they were taken.")
    ] = None,
    earlier: Annotated[
        bool | None, typer.Option(help="Tell below previews what that week held in earlier years.")
    ] = None,
    journal: JournalOption = None,
) -> None:
    """Set up a journal: its templates, and what it shows and keeps."""
    from bot.services.configuring import Choices

    choices = Choices(link_titles, authors, location, earlier=earlier)
    texts = (title, document, zone, draft_at)
    if choices == Choices() and texts == (None, None, None, None):
        end("nothing to set\n  weeknotes configure --help tells what there is", WRONG_SETTINGS)
    from bot import desk_cli

    work = partial(
        desk_cli.configure,
        title=title,
        document=document,
        zone=zone,
        draft_at=draft_at,
        choices=choices,
        journal=journal,
    )
    try:
        at_desk(work)
    except desk_cli.SetupRefusedError as error:
        end(str(error), WRONG_SETTINGS)
