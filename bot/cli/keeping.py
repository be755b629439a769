"""Commands about the whole installation: backups, and what is wrong with it."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ending import without_a_journal
from bot.config import SettingsError, load_settings


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes, for example backup.zip.")],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Put everything into one file, beside the running bot."""
    from bot import backup_cli

    without_a_journal(partial(backup_cli.backup, file=file, force=force))


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or one of data/backups.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what is there, and restore then.")
    ] = False,
) -> None:
    """Put a backup back; the bot must not be running."""
    from bot import backup_cli

    without_a_journal(partial(backup_cli.restore, file=file, replace=replace))


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
