"""The database: whole, of this version, and what it says is still to be done."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.shelf import Shelf
from bot.doctor.findings import Finding, counted, fault, note, ok, told
from bot.doctor.pictures import examine_awaited, examine_shelf
from bot.domain.journal import Journal
from bot.services.storage_faults import explain
from bot.storage import answers, dead_letters, integrity, journals, stocktaking
from bot.storage.database import Connection, Database
from bot.storage.dead_letters import DeadLetter
from bot.storage.integrity import DamagedDatabaseError
from bot.storage.migrations import known_schema, schema_of

# After a start the bot first takes in what it missed, and a busy Sunday takes its time.
_LATE = timedelta(minutes=10)
# Two weeks, and the hour of a changed clock.
_LONGEST_AHEAD = timedelta(days=14, hours=1)

_Look = Callable[[Connection], Awaitable[list[Finding]]]


async def examine_database(
    database: Database, shelf: Shelf, now: datetime, zone: ZoneInfo
) -> list[Finding]:
    """All that the database tells. Raises sqlite3.Error where it is none."""
    number = await asyncio.to_thread(schema_of, database.path)
    findings = [_schema(number), await _soundness(database)]
    if number != known_schema():
        return findings
    looks: list[tuple[str, _Look]] = [
        ("pictures", lambda connection: examine_shelf(connection, shelf, now)),
        ("downloads", lambda connection: examine_awaited(connection, zone)),
        ("dead letters", lambda connection: _letters(connection, zone)),
        ("schedule", lambda connection: _schedule(connection, now)),
        ("acknowledgements", _acknowledgements),
    ]
    for thing, look in looks:
        try:
            async with database.snapshot() as connection:
                findings += await look(connection)
        except (sqlite3.Error, OSError) as error:
            findings.append(await unusable(thing, error, database.path))
        except (ValueError, LookupError) as error:
            state = f"the database holds what this version does not understand: {error}"
            findings.append(fault(thing, state, "update the program, and its package tzdata"))
    return findings


async def unusable(thing: str, error: sqlite3.Error | OSError, path: Path) -> Finding:
    """A thing that the database at the path, or its disk, does not let anybody look at."""
    state, _, remedy = (await asyncio.to_thread(explain, error, path)).partition("\n  ")
    return fault(thing, state, remedy)


def _schema(found: int | None) -> Finding:
    known = known_schema()
    if found is None:
        return fault(
            "database",
            "it was made by another program",
            "move it away, or name another folder as BOT_DATA_DIR",
        )
    if found > known:
        return fault(
            "database",
            f"it has schema {found}, and this version knows {known}",
            "start the newer version again, or restore the backup made before the upgrade",
        )
    if found < known:
        return note(
            "database",
            f"it has schema {found}, and this version has {known}; the rest was not looked at",
            "start the bot of this version once: that upgrades it",
        )
    return ok("database", f"it has schema {found}, which is this version's")


async def _soundness(database: Database) -> Finding:
    try:
        problems = await integrity.check(database)
    except sqlite3.Error as error:
        return await unusable("database", error, database.path)
    if problems:
        damage = DamagedDatabaseError(database.path, problems)
        return replace(await unusable("database", damage, database.path), details=tuple(problems))
    return ok("database", "it is whole")


async def _letters(connection: Connection, zone: ZoneInfo) -> list[Finding]:
    letters = await dead_letters.every(connection)
    failed = [_described(letter, zone) for letter in letters if not letter.is_wanted]
    wanted = [_described(letter, zone) for letter in letters if letter.is_wanted]
    findings: list[Finding] = []
    if failed:
        findings.append(
            fault(
                "dead letters",
                f"{counted(len(failed), 'update')} that could not be handled, kept whole",
                "the log has each fault under its incident; once a newer version runs:"
                " weeknotes doctor --retry",
                failed,
            )
        )
    if wanted:
        findings.append(
            note(
                "dead letters",
                f"{counted(len(wanted), 'update')} to be taken up again",
                "the running bot does so within 20 seconds, else the next start of it does",
                wanted,
            )
        )
    return findings or [ok("dead letters", "there are none")]


def _described(letter: DeadLetter, zone: ZoneInfo) -> str:
    again = f", again {counted(letter.retries, 'time')}" if letter.retries else ""
    return (
        f"{letter.incident}, {told(letter.received_at, zone)}, {_kind(letter)}{again}:"
        f" {letter.fault}"
    )


def _kind(letter: DeadLetter) -> str:
    try:
        update = json.loads(letter.body)
    except ValueError:
        return "unreadable"
    names = [name for name in update if name != "update_id"] if isinstance(update, dict) else []
    return names[0] if names else "unknown"


async def _schedule(connection: Connection, now: datetime) -> list[Finding]:
    due = await stocktaking.due_instants(connection)
    found = [
        finding
        for journal in await journals.every(connection)
        for finding in _next_draft(journal, due[journal.id], now)
    ]
    return found or [ok("schedule", "there is no journal yet")]


def _next_draft(journal: Journal, due: datetime | None, now: datetime) -> Iterator[Finding]:
    thing = f"journal {journal.id}"
    setting = f"{journal.language}, draft at {journal.draft_at}"
    if due is None:
        yield note(
            thing,
            f"{setting}: its chat is closed to the bot, so no draft is sent",
            "let its person write to the bot once more (unblock it, or add it to the group again)",
        )
        return
    at = told(due, journal.zone)
    if now - due > _LATE:
        yield fault(
            thing,
            f"{setting}: the next one was due {at} and is overdue",
            "start the bot: it sends what it missed; if it runs, its log says what keeps it",
        )
    elif due - now > _LONGEST_AHEAD:
        yield note(
            thing,
            f"{setting}: the next one is due only {at}",
            "look whether this machine's clock is right, and was so when the last one was sent",
        )
    else:
        yield ok(thing, f"{setting}: the next one is due {at}")


async def _acknowledgements(connection: Connection) -> list[Finding]:
    waiting = await answers.waiting(connection)
    if not waiting:
        return [ok("acknowledgements", "every stored message shows its own")]
    chats = Counter(answer.key.chat_id for answer in waiting)
    return [
        note(
            "acknowledgements",
            f"{counted(len(waiting), 'stored message')} without one so far",
            "the running bot gives them by itself; where they stay, its log says why",
            [f"chat {chat_id}: {counted(many, 'message')}" for chat_id, many in chats.items()],
        )
    ]
