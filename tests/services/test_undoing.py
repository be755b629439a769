"""Taking back is exact: step by step to the start, and from there to the end again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_never
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.shelf import Shelf
from bot.domain.changes import ChangeId
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.schedule import WeeklyTime
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.access import Access, JournalDefaults, Visitor
from bot.services.archive import Archive, ArchiveFile
from bot.services.capture import Capture
from bot.services.configuring import Choices, Configuring
from bot.services.filing import Filing
from bot.services.incoming import Incoming, IncomingFile
from bot.services.opening import open_database
from bot.services.owners import Owners
from bot.services.reporting import Reporting
from bot.services.undoing import Undoing
from bot.storage import recording
from bot.storage.database import Database
from tests.clock import START, FakeClock

_CHAT = ChatId(1001)
_WEEK = IsoWeek(2023, 40)

_TEXTS = st.sampled_from(
    (
        "#life 吃饭",
        "#tech 写码\n第一\n第二",
        "没有标签",
        "#summary 不错",
        "#title 好的一周",
        "#tech #text 一段话",
        "- 甲\n-- 乙\n- 丙 #life",
        "#life 上周的 @last",
    )
)
_NUMBER = st.integers(0, 30)


@dataclass(frozen=True)
class Tell:
    """A message, perhaps a picture, perhaps a reply to an earlier one."""

    text: str
    reply_to: int | None
    picture: bool


@dataclass(frozen=True)
class Revise:
    """An edit of an earlier message."""

    number: int
    text: str


@dataclass(frozen=True)
class File:
    """A press of a button that files an earlier message."""

    number: int
    section: str
    last_week: bool


@dataclass(frozen=True)
class Remove:
    """A deletion."""

    number: int


@dataclass(frozen=True)
class Restore:
    """A deletion taken back by its button."""

    number: int


@dataclass(frozen=True)
class Import:
    """A file that becomes the week."""

    text: str


@dataclass(frozen=True)
class Configure:
    """A setting that the report shows."""

    authors: bool


Step = Tell | Revise | File | Remove | Restore | Import | Configure
_STEPS = st.one_of(
    st.builds(Tell, _TEXTS, st.none() | _NUMBER, st.booleans()),
    st.builds(Revise, _NUMBER, _TEXTS),
    st.builds(File, _NUMBER, st.sampled_from(("life", "tech")), st.booleans()),
    st.builds(Remove, _NUMBER),
    st.builds(Restore, _NUMBER),
    st.builds(
        Import,
        st.sampled_from(
            (
                "# 一\n\n## 生活\n\n1. 甲\n2. 乙\n",
                # The same, differing in their form only.
                "## 技术\n\n- 丙\n",
                "## 技术\n\n* 丙\n",
            )
        ),
    ),
    st.builds(Configure, st.booleans()),
)


@dataclass
class Desk:
    """A journal and all that changes it."""

    database: Database
    clock: FakeClock
    journal: Journal
    keys: list[MessageKey] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.filing = Filing(self.database)
        self.capture = Capture(self.database, self.filing, bot_username="bot", largest_file=1 << 20)
        self.reporting = Reporting(self.database)
        self.undoing = Undoing(self.database, self.clock)
        shelf = Shelf(self.database.path.with_name("pictures"))
        self.archive = Archive(self.database, self.reporting, shelf)

    async def shown(self) -> tuple[object, ...]:
        """All that a person sees of two weeks."""
        journal = await self.present()
        weeks = [await self.reporting.compile(journal, w) for w in (_WEEK, _WEEK.shifted(-1))]
        return tuple((week.document, len(week.untagged)) for week in weeks)

    async def present(self) -> Journal:
        """The journal as it is set up now."""
        [journal] = await Access(
            self.database, self.clock, Owners(self.database, ()), _DEFAULTS
        ).journals()
        return journal

    async def do(self, step: Step) -> None:
        """One step, recorded as one change."""
        async with self.database.atomic():
            await self.undoing.begin(self.journal, 1001)
            await self._do(step)
            await self.undoing.end()

    async def _do(self, step: Step) -> None:
        match step:
            case Tell():
                await self._tell(step)
            case Revise(number, text):
                if self.keys:
                    await self.capture.receive(
                        self.journal,
                        self._incoming(self.keys[number % len(self.keys)], text, edited=True),
                    )
            case File(number, section, last_week):
                week = _WEEK.shifted(-1) if last_week else _WEEK
                await self.filing.file(self.journal, EntryId(number + 1), section, week=week)
            case Remove(number):
                await self.filing.remove(self.journal, EntryId(number + 1))
            case Restore(number):
                await self.filing.restore(self.journal, EntryId(number + 1))
            case Import(text):
                file = ArchiveFile("2023-W40.md", text.encode(), _no_picture)
                found = await self.archive.inspect(self.journal, [file])
                await self.archive.take_in(self.journal, found, START, replace=True)
            case Configure(authors):
                choices = Choices(authors=authors)
                await Configuring(self.database).choose(self.journal, choices)
            case _:
                assert_never(step)

    async def _tell(self, step: Tell) -> None:
        self.clock.advance(timedelta(seconds=20))
        key = MessageKey(_CHAT, MessageId(len(self.keys) + 1))
        reply = None
        if step.reply_to is not None and self.keys:
            reply = self.keys[step.reply_to % len(self.keys)]
        file = None
        if step.picture:
            unique = f"U{key.message_id}"
            file = IncomingFile("F", unique, ".jpg", 10, is_picture=True, is_photo=True)
        incoming = self._incoming(key, step.text, reply_to=reply, file=file)
        await self.capture.receive(self.journal, incoming)
        self.keys.append(key)

    def _incoming(
        self,
        key: MessageKey,
        text: str,
        *,
        edited: bool = False,
        reply_to: MessageKey | None = None,
        file: IncomingFile | None = None,
    ) -> Incoming:
        return Incoming(
            key=key,
            sent_at=START + timedelta(seconds=20 * key.message_id),
            author_id=1001,
            author="小周",
            text=RichText(text),
            edited=edited,
            reply_to=reply_to,
            file=file,
        )


_DEFAULTS = JournalDefaults("zh", ZoneInfo("Asia/Shanghai"), WeeklyTime.parse("sun 20:00"))


async def _no_picture(_path: str) -> None:
    return None


@asynccontextmanager
async def _desk(folder: Path) -> AsyncIterator[Desk]:
    clock = FakeClock()
    async with await open_database(folder / "weeknotes.db", clock) as database:
        access = Access(database, clock, Owners(database, {_CHAT}), _DEFAULTS)
        visitor = Visitor(_CHAT, "小周", _CHAT, in_group=False, starts=False, code="")
        admission = await access.admit(visitor)
        assert admission.journal is not None
        yield Desk(database, clock, admission.journal)


@given(st.lists(_STEPS, min_size=1, max_size=14))
def test_undoing_all_returns_the_start_and_redoing_all_the_end(steps: list[Step]) -> None:
    """After each step back the weeks are what they were before it, byte for byte."""

    async def play() -> None:
        with TemporaryDirectory() as folder:
            async with _desk(Path(folder)) as desk:
                seen = [await desk.shown()]
                for step in steps:
                    await desk.do(step)
                    now = await desk.shown()
                    if now != seen[-1]:
                        seen.append(now)
                taken_back: list[ChangeId] = []
                passed = [seen[-1]]
                while (review := await desk.undoing.undo(desk.journal, 1001)) is not None:
                    assert review.done
                    taken_back.append(review.change_id)
                    now = await desk.shown()
                    if now != passed[-1]:
                        passed.append(now)
                assert passed == seen[::-1]
                for change_id in reversed(taken_back):
                    again = await desk.undoing.redo(desk.journal, 1001, change_id)
                    assert again is not None
                    assert again.done
                assert await desk.shown() == seen[-1]

    asyncio.run(play())


def test_every_column_is_recorded_or_known_not_to_be(tmp_path: Path) -> None:
    """A column that is added must be given its place in this."""
    asyncio.run(_opened_and_closed(tmp_path))
    not_recorded = {
        "entries": "id journal_id chat_id message_id media_group author_id author sent_at edits"
        " reaction reaction_shown question imported origin is_forward acknowledged_by",
        "nodes": "id entry_id journal_id folded",
        "journals": "id personal created_at next_due_at next_reminder_at called shut_at",
        "originals": "journal_id week",
        "weeks": "journal_id week",
    }
    with closing(sqlite3.connect(tmp_path / "weeknotes.db")) as connection:
        for table, recorded in (recording.ROWS | recording.WEEKS).items():
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            assert columns == {*recorded, *not_recorded[table].split()}


async def _opened_and_closed(folder: Path) -> None:
    async with _desk(folder):
        pass
