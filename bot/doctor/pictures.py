"""Pictures and other files: what the database names, against what lies on the shelf."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.adapters.shelf import Shelf
from bot.doctor.findings import Finding, counted, fault, note, ok, told
from bot.storage import stocktaking
from bot.storage.database import Connection
from bot.storage.stocktaking import AwaitedFile

# A file is on the shelf before the database says so; an import puts many there first.
_SETTLED = timedelta(hours=1)


async def examine_shelf(connection: Connection, shelf: Shelf, now: datetime) -> list[Finding]:
    """Files that are missing, and files that nobody names. Raises OSError."""
    named = await stocktaking.kept_files(connection)
    held = await shelf.held()
    here = {file.sha256 for file in held if file.sha256 is not None}
    missing = {sha256: names for sha256, names in named.items() if sha256 not in here}
    settled = now.timestamp() - _SETTLED.total_seconds()
    orphaned = [f for f in held if f.sha256 not in named and f.changed_at < settled]
    findings: list[Finding] = []
    if missing:
        findings.append(
            fault(
                "pictures",
                f"{counted(len(missing), 'file')} missing from {shelf.folder}",
                "put back the folder from a backup",
                [f"{', '.join(names)} ({sha256})" for sha256, names in missing.items()],
            )
        )
    if orphaned:
        size = sum(file.size for file in orphaned)
        findings.append(
            note(
                "pictures",
                f"{counted(len(orphaned), 'file')} with {size / 1_000_000:.1f} MB that no report"
                " names",
                f"they do no harm; for the room, remove them from {shelf.folder}",
                [file.path for file in orphaned],
            )
        )
    return findings or [ok("pictures", f"{counted(len(named), 'file')}, and each is there")]


async def examine_awaited(connection: Connection, zone: ZoneInfo) -> list[Finding]:
    """Files that are still to be fetched, or were given up."""
    awaited = await stocktaking.awaited_files(connection)
    waiting = [_described(file, zone) for file in awaited if file.retry_at is not None]
    given_up = [_described(file, zone) for file in awaited if file.retry_at is None]
    findings: list[Finding] = []
    if waiting:
        findings.append(
            note(
                "downloads",
                f"{counted(len(waiting), 'file')} still to be fetched from Telegram",
                "the running bot fetches them by itself",
                waiting,
            )
        )
    if given_up:
        findings.append(
            note(
                "downloads",
                f"{counted(len(given_up), 'file')} given up; the sender was told",
                "send them to the bot once more, and delete the entries without a file",
                given_up,
            )
        )
    return findings or [ok("downloads", "nothing waits")]


def _described(file: AwaitedFile, zone: ZoneInfo) -> str:
    following = "" if file.retry_at is None else f", next at {told(file.retry_at, zone)}"
    cause = f" ({file.fault})" if file.fault else ""
    return f"{file.name}: tried {counted(file.tries, 'time')}{following}{cause}"
