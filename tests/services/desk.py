"""The use cases of one journal on a real database, without Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.journal import Journal, Language
from bot.domain.outlining.operations import Operation
from bot.domain.outlining.outline import Outline, OutlineLine
from bot.domain.schedule import WeeklyTime
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.i18n import phrases_for
from bot.services.access import default_sections
from bot.services.capture import Capture
from bot.services.editing import Edited
from bot.services.editor import Editor
from bot.services.filing import Filing
from bot.services.incoming import Incoming
from bot.services.reporting import Reporting
from bot.services.undoing import Undoing
from bot.storage import journals, recording
from bot.storage.database import Database
from bot.storage.journals import NewJournal
from bot.storage.migrations import migrate
from tests.clock import START, FakeClock

CHAT = ChatId(1001)
WEEK = IsoWeek(2023, 40)


@dataclass
class Desk:
    """A person's journal; messages come twenty seconds apart."""

    database: Database
    clock: FakeClock
    journal: Journal
    capture: Capture
    editor: Editor
    filing: Filing
    reporting: Reporting
    undoing: Undoing
    sent_at: dict[int, datetime] = field(default_factory=dict)

    async def receive(self, text: str, *, reply_to: int | None = None) -> int:
        """The id of a new message that has been taken in."""
        number = len(self.sent_at) + 1
        self.clock.advance(timedelta(seconds=20))
        self.sent_at[number] = self.clock.now()
        await self._take(number, text, reply_to, edited=False)
        return number

    async def revise(self, number: int, text: str) -> None:
        """The message has that text now."""
        await self._take(number, text, None, edited=True)

    @asynccontextmanager
    async def one_change(self) -> AsyncIterator[None]:
        """What is done in this is one change, as what comes of one update is."""
        async with self.database.atomic():
            await self.undoing.begin(self.journal, 1001)
            yield
            await self.undoing.end()

    async def apply(self, line: OutlineLine, operation: Operation) -> Edited:
        """What came of the operation."""
        edited = await self.editor.editing.apply(self.journal, line.id, operation)
        assert edited is not None
        return edited

    async def outline(self, week: IsoWeek = WEEK) -> Outline:
        """The outline of the week."""
        return (await self.editor.outlining.outline(self.journal, week)).outline

    async def line(self, number: str, week: IsoWeek = WEEK) -> OutlineLine:
        """The line with that number."""
        line = (await self.outline(week)).at(number)
        assert line is not None, number
        return line

    async def report(self, week: IsoWeek = WEEK) -> str:
        """The week's report without its title."""
        compiled = await self.reporting.compile(self.journal, week)
        return compiled.markdown.partition("\n")[2].strip("\n")

    async def _take(self, number: int, text: str, reply_to: int | None, *, edited: bool) -> None:
        incoming = Incoming(
            key=MessageKey(CHAT, MessageId(number)),
            sent_at=self.sent_at[number],
            author_id=1001,
            author="小周",
            text=RichText(text),
            edited=edited,
            reply_to=None if reply_to is None else MessageKey(CHAT, MessageId(reply_to)),
        )
        await self.capture.receive(self.journal, incoming)


@asynccontextmanager
async def open_desk(path: Path, language: Language = "zh") -> AsyncIterator[Desk]:
    """The desk over a new database."""
    clock = FakeClock()
    zone = ZoneInfo("Asia/Shanghai")
    async with await Database.open(path) as database:
        await migrate(database, START)
        await recording.install(database)
        phrases = phrases_for(language)
        async with database.atomic() as connection:
            new = NewJournal(
                personal=True,
                language=language,
                zone=zone,
                draft_at=WeeklyTime.parse("sun 20:00"),
                title_template=phrases.title_template,
                summary_heading=phrases.summary_heading,
                sections=default_sections(phrases),
                pictures_prefix="images/",
                next_due_at=START,
            )
            journal = await journals.create(connection, CHAT, new, START)
        filing = Filing(database)
        yield Desk(
            database,
            clock,
            journal,
            Capture(database, filing, bot_username="weeknotes_bot", largest_file=10**7),
            Editor.over(database, clock),
            filing,
            Reporting(database),
            Undoing(database, clock),
        )
