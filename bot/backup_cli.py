"""What the commands that make and restore backups do and print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.adapters.backups.layout import Watch
from bot.adapters.backups.packing import pack
from bot.adapters.backups.restoring import restore as put_back
from bot.adapters.clock import SystemClock
from bot.bars import bars
from bot.config import Settings
from bot.doctor.findings import counted


def backup(settings: Settings, file: Path, *, force: bool) -> bool:
    """Whether the backup that was made holds everything; what it lacks is printed.

    Raises BackupRefusedError, OSError and sqlite3.Error.
    """
    with _watched() as watch:
        packed = pack(settings.data_dir, file, replace=force, watch=watch)
    pictures = counted(packed.pictures, "picture")
    typer.echo(f"{file}: the database and {pictures}, {packed.size:,} bytes")
    _name("missing from the backup, because it is not there or damaged", packed.missing)
    return not packed.missing


def restore(settings: Settings, file: Path, *, replace: bool) -> bool:
    """Whether everything that the restored database names is there; what is not is printed.

    Raises as `backup` does.
    """
    with _watched() as watch:
        restored = put_back(
            file, settings.data_dir, SystemClock().now(), replace=replace, watch=watch
        )
    typer.echo(f"{settings.data_dir}: restored from {file}")
    if restored.aside is not None:
        typer.echo(f"what was there before is in {restored.aside}")
    _name("missing, because the backup does not hold it", restored.missing)
    return not restored.missing


def _name(what: str, missing: list[str]) -> None:
    for path in missing:
        typer.echo(f"{path}: {what}", err=True)


@contextmanager
def _watched() -> Iterator[Watch]:
    """A bar for each thing that is done."""
    with bars() as shown:
        tasks = {}

        def watch(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what)
            shown.update(tasks[what], completed=done, total=of)

        yield watch
