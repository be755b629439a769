"""A reminder before the draft: what is still untagged or missing, once, where it is wished for."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app import Weeknotes
from bot.domain.schedule import WeeklyTime
from bot.sandbox.person import Message
from bot.services.configuring import Configuring
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.outlines import buttons
from tests.e2e.processes import until

_WEDNESDAY = datetime(2023, 10, 4, 12, 0, tzinfo=SHANGHAI)
_REMINDER = datetime(2023, 10, 8, 12, 0, tzinfo=SHANGHAI)
_DRAFT = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)
_WORDS = "还差"


async def _set_up(bot: Weeknotes, at: str = "sun 12:00") -> None:
    [journal] = await bot.services.access.journals()
    await Configuring(bot.database).set_reminder(journal, WeeklyTime.parse(at))
    await bot.reminding.remind_due()


async def _reminders(scene: Scene) -> list[Message]:
    return [m for m in await scene.person.said() if _WORDS in m.get("text", "")]


async def test_it_comes_once_before_the_draft_and_says_what_is_missing(scene: Scene) -> None:
    """With buttons that file, and that ask for what is missing; it is mended as that is done."""
    scene.clock.set(_WEDNESDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await scene.write("没有标签")
        await _set_up(bot)
        scene.clock.set(_REMINDER - timedelta(seconds=1))
        await bot.reminding.remind_due()
        assert await _reminders(scene) == []
        scene.clock.set(_REMINDER)
        for _ in range(3):
            await bot.reminding.remind_due()
        [reminder] = await _reminders(scene)
        assert "周日 20:00发这一周的草稿" in reminder["text"]
        assert "还空着：技术" in reminder["text"]
        assert "总结还没写" in reminder["text"]
        assert buttons(reminder) == [["1 → 生活", "技术", "丢弃"], ["写「技术」"], ["写总结"]]
        await scene.person.press(reminder, "写「技术」")
        prompt = await scene.person.wait_for_answer("写「技术」：直接回复这条消息")
        await scene.write("修好了\n- 真的", reply_to=prompt["message_id"])
        await scene.person.press(reminder, "1 → 生活")

        async def shows_the_rest() -> bool:
            shown = await scene.person.message(reminder["message_id"])
            return buttons(shown) == [["写总结"]]

        await until(shows_the_rest)
        assert "1. 一件事\n2. 没有标签\n\n## 技术\n\n1. 修好了\n    1. 真的" in await scene.report()
    scene.clock.set(_REMINDER + timedelta(weeks=1))
    async with scene.bot() as bot:
        await bot.reminding.remind_due()
        await scene.person.wait_for_answer("还空着：生活 技术", after=prompt["message_id"])


async def test_where_nothing_is_missing_nobody_is_reminded(scene: Scene) -> None:
    """Nor is where the week is done."""
    scene.clock.set(_WEDNESDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await scene.write("#tech 一件事")
        await scene.write("#summary 很好")
        await _set_up(bot)
        scene.clock.set(_REMINDER)
        await bot.reminding.remind_due()
        assert await _reminders(scene) == []
        scene.clock.set(_REMINDER + timedelta(days=1))
        await scene.write("没有标签")
        [journal] = await bot.services.access.journals()
        week = journal.week_of(scene.clock.now())
        await bot.services.board.finishing.finish(journal, week)
        scene.clock.set(_REMINDER + timedelta(weeks=1))
        await bot.reminding.remind_due()
        assert await _reminders(scene) == []


async def test_after_an_absence_it_comes_late_but_never_after_the_draft(scene: Scene) -> None:
    """An hour late is as good; once the draft is due it would say the same."""
    scene.clock.set(_WEDNESDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await _set_up(bot)
    scene.clock.set(_REMINDER + timedelta(hours=1))
    async with scene.bot():
        await scene.person.wait_for_answer(_WORDS)
    scene.clock.set(_DRAFT + timedelta(weeks=1))
    async with scene.bot() as bot:
        await bot.reminding.remind_due()
        assert len(await _reminders(scene)) == 1
        scene.clock.set(_REMINDER + timedelta(weeks=2))
        await bot.reminding.remind_due()
        assert len(await _reminders(scene)) == 2


async def test_one_in_doubt_is_not_repeated_and_one_refused_is(scene: Scene) -> None:
    """A kill after it was sent leaves it in doubt; 429 leaves it due."""
    scene.clock.set(_WEDNESDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await _set_up(bot)
        scene.clock.set(_REMINDER)
        await scene.person.fault(
            "sendMessage", kind="status", error_code=429, retry_after=60, times=1
        )
        await bot.reminding.remind_due()
        assert await _reminders(scene) == []
        scene.clock.advance(timedelta(minutes=2))
        await scene.person.fault("sendMessage", kind="drop", when="after", times=1)
        await bot.reminding.remind_due()
        assert len(await _reminders(scene)) == 1
        scene.clock.advance(timedelta(minutes=2))
        await bot.reminding.remind_due()
        async with bot.database.atomic() as connection:
            await connection.execute("UPDATE journals SET next_reminder_at = 0")
        scene.clock.set(_REMINDER + timedelta(hours=1))
        await bot.reminding.remind_due()
        assert len(await _reminders(scene)) == 1


async def test_off_it_never_comes(scene: Scene) -> None:
    """That is how a journal begins; one that was set can be switched off again."""
    scene.clock.set(_WEDNESDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(_REMINDER)
        await bot.reminding.remind_due()
        [journal] = await bot.services.access.journals()
        await _set_up(bot, "sun 13:00")
        await Configuring(bot.database).set_reminder(journal, None)
        scene.clock.set(_REMINDER + timedelta(hours=2))
        await bot.reminding.remind_due()
        assert await _reminders(scene) == []
