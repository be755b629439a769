"""What is owed comes out of the database as it went in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.entry import ChatId, EntryId, MessageId
from bot.domain.owed import Owed, Prompt, Sign, Speech, WeekFile, WeekList, WeekPreview
from bot.domain.text import RichText, Span, Style
from bot.domain.week import IsoWeek
from bot.services.outbox import Outbox
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.clock import START, FakeClock
from tests.storage.seeding import count

_CHAT = ChatId(1001)
_FORMATTED = RichText(
    "一 🎉 [x]", (Span(0, 1, Style.BOLD), Span(2, 3, Style.LINK, "https://a.b/?c"))
)
_BUTTONS = ((("← 第 39 周", "w:2023-W39"), ("生活", "f:7:life")), (("丢弃", "d:7"),))


@pytest.mark.parametrize(
    "owed",
    [
        Speech(RichText("好")),
        Speech(_FORMATTED, _BUTTONS, MessageId(5), (EntryId(7), EntryId(8))),
        Speech(RichText("哪儿？"), placeholder="上海", prompt=Prompt("setting", "zone")),
        Sign(MessageId(5), "👌"),
        Sign(MessageId(5), "👎", or_words="没有存"),
        WeekPreview(IsoWeek(2026, 53)),
        WeekFile(IsoWeek(2023, 40)),
        WeekFile(IsoWeek(2023, 40), bare=True),
        WeekList(IsoWeek(2023, 40), 3),
    ],
)
async def test_what_is_owed_is_kept_as_it_is(tmp_path: Path, clock: FakeClock, owed: Owed) -> None:
    """With all that belongs to it, until it is settled."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        outbox = Outbox(database, clock)
        debt = await outbox.add(_CHAT, owed)
        assert await outbox.everything() == [debt]
        assert (debt.chat_id, debt.owed) == (_CHAT, owed)
        await outbox.settle(debt, WeekFile(IsoWeek(2023, 41)))
        [then] = await outbox.everything()
        assert (then.id, then.owed) == (debt.id, WeekFile(IsoWeek(2023, 41)))
        await outbox.settle(then)
        assert await outbox.everything() == []


async def test_what_another_version_owes_is_left_to_it(tmp_path: Path, clock: FakeClock) -> None:
    """It keeps nothing else from being sent, and is still there."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        outbox = Outbox(database, clock)
        async with database.atomic() as connection:
            for kind, body in (("song", "[1]"), ("preview", '["2023-W40", "new"]')):
                await connection.execute(
                    "INSERT INTO outbox (chat_id, kind, body, retry_at) VALUES (1, ?, ?, 0)",
                    (kind, body),
                )
        debt = await outbox.add(_CHAT, WeekPreview(IsoWeek(2023, 40)))
        assert await outbox.everything() == [debt]
    assert count(tmp_path / "weeknotes.db", "outbox") == 3


async def test_what_cannot_be_sent_is_tried_less_and_less_often(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Over some hours, and then no more."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        outbox = Outbox(database, clock)
        await outbox.add(_CHAT, Sign(MessageId(5), "👌"))
        waits: list[float] = []
        again = True
        while again:
            began = clock.now()
            while not (overdue := await outbox.overdue()):
                clock.advance(timedelta(seconds=10))
            waits.append((clock.now() - began).total_seconds())
            again = await outbox.put_off(overdue[0])
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (20, 3600)
        assert timedelta(hours=3) < clock.now() - START < timedelta(hours=12)
        assert await outbox.everything() == []
