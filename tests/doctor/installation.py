"""An installation to look at: a folder, a database in it, and the doctor."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from bot.adapters.clock import SystemClock
from bot.cli.commands import cli
from bot.domain.entry import ChatId, MessageId, MessageKey, State
from bot.domain.journal import Journal
from bot.domain.schedule import WeeklyTime
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.access import Access, JournalDefaults
from bot.services.owners import Owners
from bot.storage import dead_letters, entries, pictures
from bot.storage.database import Database
from bot.storage.dead_letters import DeadLetter
from bot.storage.migrations import migrate
from bot.storage.pictures import KeptFile, NewPicture

Findings = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder with its data below it, and the command line."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.data / "weeknotes.db"

    def doctor(self, *words: str, **settings: str) -> Result:
        """What `weeknotes doctor` has printed, and its status; without a token it asks nobody."""
        self.monkeypatch.chdir(self.folder)
        environ = {
            "BOT_DATA_DIR": str(self.data),
            "BOT_TIMEZONE": "Asia/Shanghai",
            "BOT_TOKEN": "",
            **settings,
        }
        return CliRunner().invoke(cli, ("doctor", *words), env=environ)

    def findings(self, *words: str, **settings: str) -> Findings:
        """What the doctor finds, by the thing."""
        return by_thing(self.doctor("--json", *words, **settings).stdout)

    async def found(self, now: datetime | None = None) -> tuple[Database, Journal]:
        """An open database of this version with one journal, made now or at that instant."""
        clock = _Standing(now or SystemClock().now())
        database = await Database.open(self.database)
        await migrate(database, clock.now())
        defaults = JournalDefaults("zh", ZoneInfo("Asia/Shanghai"), WeeklyTime.parse("sun 20:00"))
        access = Access(database, clock, Owners(database, ()), defaults)
        return database, await access.open_private(ChatId(1001))

    async def add_picture(self, database: Database, journal: Journal, sha256: str | None) -> None:
        """A picture of 2023-W40 that is here, or as the database says at least."""
        new = NewPicture("file", "unique", ".jpg", None, is_picture=True, is_photo=True, label="")
        async with database.atomic() as connection:
            picture = await pictures.add(
                connection, journal.id, IsoWeek(2023, 40), new, SystemClock().now()
            )
            if sha256 is not None:
                kept = KeptFile(sha256, f"2023-W40-{picture}.jpg", (1, 1), "none")
                await pictures.set_kept(connection, picture, kept)

    async def add_letter(self, database: Database, body: str, fault: str = "KeyError('x')") -> None:
        """A dead letter with the incident `k3x9bcdf`."""
        at = SystemClock().now() - timedelta(days=1)
        async with database.atomic() as connection:
            await dead_letters.bury(connection, DeadLetter("k3x9bcdf", 7, at, fault, body))

    async def add_entry(self, database: Database, journal: Journal) -> None:
        """A stored message that has not been acknowledged."""
        new = entries.NewEntry(
            journal_id=journal.id,
            key=MessageKey(ChatId(1001), MessageId(5)),
            media_group=None,
            author_id=1001,
            author="小周",
            sent_at=SystemClock().now(),
            text=RichText("一"),
            week=IsoWeek(2023, 40),
            state=State.PLACED,
            reaction="✍",
            asks=False,
        )
        async with database.atomic() as connection:
            await entries.add(connection, new)

    def change(self, statement: str, *values: object) -> None:
        """The database is changed by hand."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(statement, values)


def by_thing(output: str) -> Findings:
    """The findings of the doctor's JSON, by the thing."""
    found: Findings = {}
    for finding in json.loads(output)["findings"]:
        found.setdefault(finding["thing"], []).append(finding)
    return found


@dataclass(frozen=True, slots=True)
class _Standing:
    at: datetime

    def now(self) -> datetime:
        """That instant."""
        return self.at
