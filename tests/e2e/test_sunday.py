"""The draft goes out by itself: once for each week, also when the bot was away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule import WeeklyTime
from bot.services.configuring import Configuring
from tests.e2e.conftest import SHANGHAI, Scene

MONDAY = datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI)
SUNDAY = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)


async def _files(scene: Scene) -> list[str]:
    return [m["document"]["file_name"] for m in await scene.person.said() if "document" in m]


async def test_the_draft_comes_on_sunday_evening_and_once(scene: Scene) -> None:
    """Not a second before the set time, then once, however often the scheduler knocks."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(SUNDAY - timedelta(seconds=1))
        await bot.delivering.deliver_due()
        assert await _files(scene) == []
        scene.clock.set(SUNDAY)
        for _ in range(3):
            await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md"]
    async with scene.bot() as bot:
        await bot.delivering.deliver_due()
    assert await _files(scene) == ["2023-W40.md"]
    [preview] = [m for m in await scene.person.said() if "rich_message" in m]
    assert "1. 一件事" in preview["rich_message"]["markdown"]
    note = await scene.person.wait_for_answer("收到 1 条")
    assert note["message_id"] > preview["message_id"]


async def test_more_than_fits_under_a_draft_is_counted(scene: Scene) -> None:
    """The lines and buttons are for fifteen untagged messages; the others are not kept secret."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        for number in range(17):
            await scene.write(f"没有标签 {number}")
        await scene.person.send("/draft", at=scene.clock.now())
        note = await scene.person.wait_for_answer("还没归类的")
    assert "15. 没有标签 14\n……还有 2 条" in note["text"]


async def test_missed_sundays_are_made_up_for_in_order(scene: Scene) -> None:
    """After three weeks away each week with entries comes, oldest first; empty ones do not."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 第一周")
        scene.clock.set(MONDAY + timedelta(weeks=2))
        await scene.write("#life 第三周")
    scene.clock.set(SUNDAY + timedelta(weeks=2, days=1))
    async with scene.bot() as bot:
        await bot.delivering.deliver_due()
        await scene.person.wait_for_document()
        assert await _files(scene) == ["2023-W40.md", "2023-W42.md"]
        await bot.delivering.deliver_due()
    assert await _files(scene) == ["2023-W40.md", "2023-W42.md"]


async def test_an_empty_week_gets_one_short_line(scene: Scene) -> None:
    """No file, no preview: one sentence, once."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.person.send("/start", at=scene.clock.now())
        await scene.person.wait_for_answer("周报")
        scene.clock.set(SUNDAY)
        await bot.delivering.deliver_due()
        await scene.person.wait_for_answer("2023 年第 40 周没有内容")
        said = len(await scene.person.said())
        await bot.delivering.deliver_due()
        assert len(await scene.person.said()) == said


async def test_a_time_from_monday_to_thursday_means_the_week_just_ended(scene: Scene) -> None:
    """With `mon 08:00` the report of a week comes on the Monday after it."""
    scene.clock.set(MONDAY)
    async with scene.bot(BOT_DRAFT_AT="mon 08:00") as bot:
        await scene.write("#life 上一周的事")
        scene.clock.set(datetime(2023, 10, 9, 8, 0, tzinfo=SHANGHAI))
        await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md"]


async def test_both_clock_changes_bring_one_draft(scene: Scene) -> None:
    """At an hour that the night skips, and at one that it repeats."""
    scene.zone = "America/New_York"
    for sunday, week in (
        (datetime(2026, 3, 8, tzinfo=UTC), "2026-W10"),
        (datetime(2026, 11, 1, tzinfo=UTC), "2026-W44"),
    ):
        scene.clock.set(sunday - timedelta(days=4))
        scene.folder = scene.folder / week
        async with scene.bot(BOT_DRAFT_AT="sun 02:30" if "10" in week else "sun 01:30") as bot:
            await scene.write("#life 换钟的一周")
            before = await _files(scene)
            for minutes in range(0, 24 * 60, 10):
                scene.clock.set(sunday + timedelta(minutes=minutes))
                await bot.delivering.deliver_due()
            assert await _files(scene) == [*before, f"{week}.md"]


@pytest.mark.parametrize(
    ("zone", "time"),
    [
        ("America/Los_Angeles", None),
        ("Pacific/Kiritimati", None),
        (None, "sat 12:00"),
        (None, "mon 08:00"),
        ("Asia/Tokyo", "fri 18:00"),
    ],
)
@pytest.mark.parametrize("hours", [-30, -1, 1, 30], ids=lambda hours: f"{hours} h")
async def test_a_schedule_changed_around_sunday_brings_one_draft_a_week(
    scene: Scene, zone: str | None, time: str | None, hours: int
) -> None:
    """Whether before or after the draft, whether the new time has passed already or not."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 这一周")
        await scene.write("#life 下一周", at=MONDAY + timedelta(weeks=1))
        for hour in range(-40, 24 * 9, 4):
            for moment in (hour, hour + 2):
                scene.clock.set(SUNDAY + timedelta(hours=moment))
                if hour <= hours < hour + 4 and moment == hour + 2:
                    [journal] = await bot.services.access.journals()
                    await Configuring(bot.database).set_schedule(
                        journal,
                        zone=None if zone is None else ZoneInfo(zone),
                        draft_at=None if time is None else WeeklyTime.parse(time),
                    )
                await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md", "2023-W41.md"]


async def test_a_clock_that_is_set_back_brings_no_second_draft(scene: Scene) -> None:
    """By hours and by weeks; the following week comes in its time."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 这一周")
        for back in (timedelta(), timedelta(hours=3), timedelta(weeks=2)):
            scene.clock.set(SUNDAY - back)
            await bot.delivering.deliver_due()
            scene.clock.set(SUNDAY + timedelta(minutes=1))
            await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md"]
        await scene.write("#life 下一周", at=MONDAY + timedelta(weeks=1))
        scene.clock.set(SUNDAY + timedelta(weeks=1))
        await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md", "2023-W41.md"]


async def test_without_rich_messages_the_preview_is_text_with_entities(scene: Scene) -> None:
    """An older server gets formatted text, split within Telegram's limits; nothing is lost."""
    await scene.person.post("options", {"rich_messages": False})
    async with scene.bot():
        for number in range(12):
            await scene.write(f"#tech **第 {number} 条** " + "很长的一条内容。" * 60)
        asked = await scene.person.send("/draft", at=scene.clock.now())
        await scene.person.wait_for_document(after=asked["message_id"])
    previews = [
        m
        for m in await scene.person.said()
        if m["message_id"] > asked["message_id"] and "很长的一条内容" in m.get("text", "")
    ]
    assert len(previews) > 1
    assert sum(m["text"].count("很长的一条内容。") for m in previews) == 12 * 60
    bold = [e for m in previews for e in m["entities"] if e["type"] == "bold"]
    assert len(bold) >= 12


async def test_a_blocked_chat_keeps_nobody_else_waiting(scene: Scene) -> None:
    """One person has blocked the bot; the other one's draft comes all the same."""
    await scene.person.post("users", {"id": 2002, "first_name": "老王"})
    await scene.person.post("chats", {"type": "private", "members": [2002], "id": 2002})
    scene.clock.set(MONDAY)
    async with scene.bot(BOT_ALLOWED_USERS="2002,1001") as bot:
        other = await scene.person.send(
            "#life 老王的一周", chat_id=2002, from_id=2002, at=scene.clock.now()
        )
        assert other["chat"]["id"] == 2002
        await scene.write("#life 小周的一周")
        await scene.person.post("chats/2002", {"blocked": True})
        scene.clock.set(SUNDAY)
        await bot.delivering.deliver_due()
        assert await _files(scene) == ["2023-W40.md"]
