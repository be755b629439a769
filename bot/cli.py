"""The command line."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.config import Settings, SettingsError, load_settings

_WRONG_SETTINGS = 2

T = TypeVar("T")

cli = typer.Typer(
    name="weeknotes",
    help="Message a Telegram bot all week; get the finished Markdown report on Sunday.",
    no_args_is_help=True,
    add_completion=False,
    # A traceback drawn by the library would show what the log takes care to hide.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """The program."""
    cli()


@cli.command()
def run() -> None:
    """Run the bot; settings come from the environment or .env."""
    try:
        settings = load_settings(os.environ, Path(".env"), require_token=True)
    except SettingsError as error:
        _end(str(error), _WRONG_SETTINGS)
    # Not before the settings are known to be right: these imports are most of the start.
    from telegram.error import InvalidToken

    from bot import app
    from bot.adapters import logs
    from bot.services.storage_faults import StartRefusedError, explain
    from bot.storage.migrations import NewerDatabaseError

    logs.configure(settings.log_level, settings.secrets())
    logs.log_uncaught()
    for warning in settings.warnings:
        logging.getLogger("bot").warning("%s: %s", warning.setting, warning)
    try:
        _until_stopped(app.run(settings))
    except InvalidToken:
        _end(
            "BOT_TOKEN is not accepted by Telegram\n  copy it again from @BotFather into .env",
            _WRONG_SETTINGS,
        )
    except (NewerDatabaseError, StartRefusedError) as error:
        _end(str(error), 1)
    except (OSError, sqlite3.Error) as error:
        _end(explain(error, settings.database), 1)


@cli.command()
def sandbox(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a week, print the finished report, and end.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the chat page is served.")
    ] = 8081,
) -> None:
    """Try the bot on this machine: a chat page in the browser, no account, no token."""
    from bot import playground
    from bot.adapters import logs

    logs.configure("warning")
    logs.log_uncaught()
    try:
        if demo:
            sys.stdout.write(asyncio.run(playground.play_demo(os.environ)))
        else:
            _until_stopped(playground.serve(os.environ, port))
    except SettingsError as error:
        _end(str(error), _WRONG_SETTINGS)
    except OSError as error:
        _end(f"port {port}: {error.strerror or error}\n  choose another one with --port", 1)


JournalOption = Annotated[
    int | None, typer.Option("--journal", help="Which journal, where there are several.")
]


@cli.command("import")
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
    if not _at_desk(work):
        raise SystemExit(1)


@cli.command("export")
def export_reports(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made if it is not there.")],
    *,
    journal: JournalOption = None,
) -> None:
    """Export every week as a Markdown file, with its pictures."""
    from bot import desk_cli

    if not _at_desk(partial(desk_cli.export_reports, folder=folder, journal=journal)):
        raise SystemExit(1)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes, for example backup.zip.")],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Put everything into one file, beside the running bot."""
    from bot import backup_cli

    _without_a_journal(partial(backup_cli.backup, file=file, force=force))


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or one of data/backups.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what is there, and restore then.")
    ] = False,
) -> None:
    """Put a backup back; the bot must not be running."""
    from bot import backup_cli

    _without_a_journal(partial(backup_cli.restore, file=file, replace=replace))


@cli.command()
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
    journal: JournalOption = None,
) -> None:
    """Set up a journal: its templates, and what it shows and keeps."""
    from bot.services.configuring import Choices

    choices = Choices(link_titles, authors, location)
    texts = (title, document, zone, draft_at)
    if choices == Choices() and texts == (None, None, None, None):
        _end("nothing to set\n  weeknotes configure --help tells what there is", _WRONG_SETTINGS)
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
        _at_desk(work)
    except desk_cli.SetupRefusedError as error:
        _end(str(error), _WRONG_SETTINGS)


@cli.command()
def doctor(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for machines.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Have the bot take up its dead letters again.")
    ] = False,
) -> None:
    """Say what is wrong with this installation, and what to do; also while the bot runs."""
    from bot.adapters import logs
    from bot.doctor.examining import examine, refused

    env_file = Path(".env")
    try:
        settings = load_settings(os.environ, env_file)
    except SettingsError as error:
        diagnosis = refused(error)
    else:
        level = "debug" if settings.log_level == "debug" else "warning"
        logs.configure(level, settings.secrets())
        diagnosis = asyncio.run(examine(settings, env_file, retry=retry))
    typer.echo(diagnosis.as_json() if as_json else diagnosis.as_text(), nl=False)
    raise SystemExit(diagnosis.status)


def _at_desk(work: Callable[[Settings], Coroutine[Any, Any, T]]) -> T:
    """What the work gives; what keeps it from being done is said in a sentence."""
    from bot.adapters import logs
    from bot.desk import WhichJournalError
    from bot.services.storage_faults import StartRefusedError, explain
    from bot.storage.migrations import NewerDatabaseError

    try:
        settings = load_settings(os.environ, Path(".env"))
        logs.configure("warning", settings.secrets())
        return asyncio.run(work(settings))
    except (SettingsError, WhichJournalError) as error:
        _end(str(error), _WRONG_SETTINGS)
    except (NewerDatabaseError, StartRefusedError) as error:
        _end(str(error), 1)
    except sqlite3.Error as error:
        _end(explain(error, settings.database), 1)
    except OSError as error:
        _end(str(error), 1)


def _without_a_journal(work: Callable[[Settings], bool]) -> None:
    """The work is done; exit status 1 where not all of it could be, said in a sentence."""
    from bot.adapters import logs
    from bot.adapters.backups.layout import BackupRefusedError
    from bot.services.storage_faults import explain

    try:
        settings = load_settings(os.environ, Path(".env"))
        logs.configure("warning", settings.secrets())
        if not work(settings):
            raise SystemExit(1)
    except SettingsError as error:
        _end(str(error), _WRONG_SETTINGS)
    except BackupRefusedError as error:
        _end(str(error), 1)
    except (OSError, sqlite3.Error) as error:
        _end(explain(error, settings.database), 1)


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """The work has run until it ended, or until SIGINT or SIGTERM asked it to."""

    async def guarded() -> None:
        from bot.adapters import logs

        loop = asyncio.get_running_loop()
        logs.log_loop_errors(loop)
        task = asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            return

    asyncio.run(guarded())


def _end(words: str, status: int) -> NoReturn:
    typer.echo(words, err=True)
    raise SystemExit(status)
