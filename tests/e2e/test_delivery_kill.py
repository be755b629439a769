"""Sunday under SIGKILL: a kill at any step never brings two files, and never none in silence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.schedule import WeeklyTime, due_weeks
from bot.domain.week import IsoWeek
from bot.sandbox.person import Message
from tests.e2e.processes import Theatre, theatre

_AGAIN = "上次发到一半断了"
_OFFER = "的文件可能已经发过了"
_ACCOUNTS = "收到 1 条"
_UTC = ZoneInfo("UTC")


@asynccontextmanager
async def sunday(folder: Path) -> AsyncIterator[tuple[Theatre, str]]:
    """A program at rest with one entry, whose week falls due with its next start; its file's name.

    The program goes by the machine's clock, so the schedule is what is moved: the draft was due
    a few minutes ago, and the journal is two days older than that.
    """
    async with theatre(folder, BOT_TIMEZONE="UTC", BOT_LOG_LEVEL="warning") as stage:
        now = datetime.now(UTC)
        due = now - timedelta(minutes=3)
        at = WeeklyTime(due.weekday(), time(due.hour, due.minute))
        since = now - timedelta(days=2)
        [week] = due_weeks(now, at, _UTC, since, ())
        await stage.start()
        noon = datetime.combine(week.first_day, time(12), tzinfo=UTC)
        message = await stage.person.send("#life 一周里的一件事", at=noon)
        await stage.person.wait_for_reaction(message, "✍", seconds=60)
        status, _ = await stage.program.terminate()
        assert status == 0
        stage.change(
            "UPDATE journals SET draft_at = ?, created_at = ?, next_due_at = ?",
            str(at),
            int(since.timestamp()),
            int(due.timestamp()),
        )
        yield stage, _file_name(week)


async def test_killed_before_anything_was_claimed(tmp_path: Path) -> None:
    """The next start delivers as if nothing had been."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("deleteWebhook")
        await _killed_in(stage, "deleteWebhook", calls=2)
        assert _ledger(stage) == []
        await _delivered(stage)
        assert await _said(stage) == ["preview", "accounts", file_name]


async def test_killed_before_the_preview_was_sent(tmp_path: Path) -> None:
    """It is in doubt, so it comes marked as perhaps repeated, and then the file."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendRichMessage")
        await _killed_in(stage, "sendRichMessage")
        assert _ledger(stage) == [("preview", False)]
        await _delivered(stage)
        assert await _said(stage) == ["again", "preview", "accounts", file_name]


async def test_killed_after_the_preview_was_sent(tmp_path: Path) -> None:
    """It had arrived, which nobody knew: it comes again, marked."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendRichMessage", when="after")
        await _killed_in(stage, "sendRichMessage")
        assert _ledger(stage) == [("preview", False)]
        await _delivered(stage)
        assert await _said(stage) == ["preview", "again", "preview", "accounts", file_name]


async def test_killed_between_the_preview_and_its_accounts(tmp_path: Path) -> None:
    """The preview is not done without the line under it."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendMessage", when="after")
        await _killed_in(stage, "sendMessage")
        assert _ledger(stage) == [("preview", False)]
        await _delivered(stage)
        assert await _said(stage) == [
            *("preview", "accounts"),
            *("again", "preview", "accounts"),
            file_name,
        ]


async def test_killed_between_preview_and_file(tmp_path: Path) -> None:
    """Nobody had begun the file, so it comes by itself; the preview is not repeated."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendDocument")
        await _killed_in(stage, "sendDocument")
        # No request lies between the two steps, so no fault can hold the program there.
        stage.change("DELETE FROM deliveries WHERE step = 'file'")
        await _delivered(stage)
        assert await _said(stage) == ["preview", "accounts", file_name]


async def test_killed_before_the_file_was_sent(tmp_path: Path) -> None:
    """The file is in doubt: one line offers it, and its button brings it."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendDocument")
        await _killed_in(stage, "sendDocument")
        assert _ledger(stage) == [("file", False), ("preview", True)]
        await _delivered(stage)
        assert await _said(stage) == ["preview", "accounts", "offer"]
        await _take_offer(stage)
        assert await _said(stage) == ["preview", "accounts", "offer", file_name]


async def test_killed_after_the_file_was_sent(tmp_path: Path) -> None:
    """It had arrived, which nobody knew: it never comes again by itself, only on request."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendDocument", when="after")
        await _killed_in(stage, "sendDocument")
        assert _ledger(stage) == [("file", False), ("preview", True)]
        await _delivered(stage)
        await _restarted(stage)
        assert await _said(stage) == ["preview", "accounts", file_name, "offer"]
        await _take_offer(stage)
        assert await _said(stage) == ["preview", "accounts", file_name, "offer", file_name]


async def test_killed_while_the_file_was_offered(tmp_path: Path) -> None:
    """An offer can come twice; a file cannot."""
    async with sunday(tmp_path) as (stage, file_name):
        await stage.hang("sendDocument", when="after")
        await _killed_in(stage, "sendDocument")
        await stage.hang("sendMessage", when="after")
        await _killed_in(stage, "sendMessage", calls=2)
        assert _ledger(stage) == [("file", False), ("preview", True)]
        await _delivered(stage)
        assert await _said(stage) == ["preview", "accounts", file_name, "offer", "offer"]


async def test_killed_when_all_was_sent_but_the_next_week_not_yet_set(tmp_path: Path) -> None:
    """The ledger knows better than the due time: nothing comes again."""
    async with sunday(tmp_path) as (stage, file_name):
        await _delivered(stage)
        await stage.program.kill()
        stage.change("UPDATE journals SET next_due_at = 1")
        await _delivered(stage)
        await _restarted(stage)
        assert await _said(stage) == ["preview", "accounts", file_name]


async def _killed_in(stage: Theatre, method: str, *, calls: int = 1) -> None:
    """The program was started, and killed while that method's call number `calls` hung."""
    await stage.program.start()
    await stage.called(method, calls)
    await stage.program.kill()


async def _delivered(stage: Theatre) -> None:
    """The program was started, and has set the next week's draft: nothing is due any more."""
    await stage.start()
    now = datetime.now(UTC).timestamp()
    due = "SELECT * FROM journals WHERE next_due_at <= ?"
    await stage.program.brings_about(lambda: not stage.rows(due, now))
    assert _ledger(stage) == [("file", True), ("preview", True)]


async def _restarted(stage: Theatre) -> None:
    await stage.program.terminate()
    await stage.start()
    # Its first message after the start has to wait for what is sent at the start.
    asked = await stage.person.send("#life 之后")
    await stage.person.wait_for_reaction(asked, seconds=60)


async def _take_offer(stage: Theatre) -> None:
    offer = await stage.person.wait_for_answer(_OFFER)
    await stage.person.press(offer, "发文件给我")
    _, content = await stage.person.wait_for_document(after=offer["message_id"], seconds=60)
    assert "1. 一周里的一件事\n" in content.decode()


async def _said(stage: Theatre) -> list[str]:
    """What the bot has sent, in order: files by their names, the rest by what it is."""
    return [_kind(message) for message in await stage.person.said()]


def _kind(message: Message) -> str:
    if "document" in message:
        return str(message["document"]["file_name"])
    if "rich_message" in message:
        return "preview"
    text = message["text"]
    known = {_AGAIN: "again", _OFFER: "offer", _ACCOUNTS: "accounts"}
    return next((kind for words, kind in known.items() if words in text), text)


def _ledger(stage: Theatre) -> list[tuple[str, bool]]:
    """Each step that was begun, and whether it was completed."""
    rows = stage.rows("SELECT step, completed_at FROM deliveries ORDER BY step")
    return [(row["step"], row["completed_at"] is not None) for row in rows]


def _file_name(week: IsoWeek) -> str:
    return f"{week}.md"
