"""Dead letters marked in the database, for the bot to take up again."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from bot.doctor.findings import Finding, counted, fault, ok
from bot.storage import dead_letters
from bot.storage.database import Database
from bot.storage.integrity import check_file
from bot.storage.migrations import known_schema, schema_of

_THING = "retry"
_MEND = "mend the database first, as it says below"


async def want_letters(path: Path) -> Finding:
    """All dead letters are to be taken up again, and it is said when that will be."""
    if not await asyncio.to_thread(path.exists):
        return ok(_THING, "there is no database, and so no dead letter")
    try:
        problems, found = await asyncio.to_thread(_look_at, path)
        if problems:
            return fault(_THING, "nothing was marked, for the database is damaged", _MEND)
        if found != known_schema():
            # It is left as it is: a bot of an earlier version may be using it right now.
            return fault(
                _THING,
                "nothing was marked, for the database is not of this version",
                "start the bot of this version once, and then ask again",
            )
        async with await Database.open(path) as database, database.atomic() as connection:
            many = await dead_letters.want_all(connection)
    except (sqlite3.Error, OSError) as error:
        return fault(_THING, f"nothing was marked: {error}", _MEND)
    if not many:
        return ok(_THING, "there is no dead letter")
    return ok(
        _THING,
        f"{counted(many, 'dead letter')} to be taken up again: by the running bot within 20"
        " seconds, else by the next start of it",
        "what is handled then is acknowledged in its chat; what fails again, `weeknotes doctor`"
        " lists as before",
    )


def _look_at(path: Path) -> tuple[list[str], int | None]:
    """What is wrong with the database, which is not touched for that, and its schema."""
    problems = check_file(path, quick=True)
    return problems, None if problems else schema_of(path)
