"""/weeks: what weeks there are, how far each has come, and how to get to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sandbox.person import Message
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.outlines import words_on
from tests.e2e.test_live_draft import draft, shows

_MONDAY = datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI)


async def _ask(scene: Scene) -> Message:
    asked = await scene.person.send("/weeks", at=scene.clock.now())
    return await scene.person.wait_for_answer("", after=asked["message_id"])


async def test_the_weeks_with_their_counts_and_how_far_they_are(scene: Scene) -> None:
    """Newest first: one that is being written, one that is done, one with its draft sent."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        assert "还没有周报" in (await _ask(scene))["text"]
        await scene.write("#life 一件事\n- 又一件")
        await scene.write("没有标签")
        gone = await scene.write("#life 不要了")
        await scene.person.send("/delete", at=scene.clock.now(), reply_to=gone["message_id"])
        await scene.person.wait_for_reaction(gone)
        scene.clock.set(_MONDAY + timedelta(days=6, hours=12))
        await bot.delivering.deliver_due()
        scene.clock.set(_MONDAY + timedelta(weeks=1))
        await scene.write("#life 第二周")
        _, note = await draft(scene)
        await scene.person.press(note, "完成")
        await shows(scene.person, note, "完成了")
        scene.clock.set(_MONDAY + timedelta(weeks=2))
        await scene.write("#life 第三周")
        listed = await _ask(scene)
        lines = [line for line in listed["text"].split("\n") if "条消息" in line]
        assert lines == [
            "✏️ 2023 年第 42 周：1 项，1 条消息",
            "✅ 2023 年第 41 周：1 项，1 条消息",
            "📄 2023 年第 40 周：3 项，2 条消息",
        ]
        assert words_on(listed) == ["2023-W42", "2023-W41", "2023-W40"]
        await scene.person.press(listed, "2023-W40")
        name, _ = await scene.person.wait_for_document(after=listed["message_id"])
        assert name == "2023-W40.md"


async def test_many_weeks_have_pages_in_one_message(scene: Scene) -> None:
    """Buttons lead to newer and older ones; the message is the same."""
    async with scene.bot():
        for number in range(20, 40):
            await scene.write(f"#life 记一笔 @2023-w{number}")
        listed = await _ask(scene)
        said = len(await scene.person.said())
        assert "第 1 页，共 3 页" in listed["text"]
        assert words_on(listed)[:2] == ["2023-W39", "2023-W38"]
        assert words_on(listed)[-1] == "旧的 ›"
        await scene.person.press(listed, "旧的 ›")
        second = await shows(scene.person, listed, "第 2 页")
        assert words_on(second)[-2:] == ["‹ 新的", "旧的 ›"]
        await scene.person.press(second, "旧的 ›")
        last = await shows(scene.person, listed, "第 3 页")
        assert words_on(last) == ["2023-W21", "2023-W20", "‹ 新的"]
        assert len(await scene.person.said()) == said


async def test_past_weeks_are_worked_on_beside_each_other(scene: Scene) -> None:
    """Each has its own preview, prompt and state."""
    async with scene.bot():
        await scene.write("#life 三十八 @2023-w38")
        await scene.write("#life 三十九 @2023-w39")
        listed = await _ask(scene)
        notes: dict[str, Message] = {}
        after = listed["message_id"]
        for week in ("2023-W38", "2023-W39"):
            await scene.person.press(listed, week)
            notes[week] = await scene.person.wait_for_answer("收到", after=after)
            await scene.person.wait_for_document(after=notes[week]["message_id"])
            after = notes[week]["message_id"]
        prompts = {}
        for week, number in (("2023-W38", "38"), ("2023-W39", "39")):
            await scene.person.press(notes[week], "写总结")
            prompts[week] = await scene.person.wait_for_answer(
                f"写 2023 年第 {number} 周的「总结」"
            )
        await scene.person.press(notes["2023-W38"], "完成")
        await shows(scene.person, notes["2023-W38"], "完成了")
        await scene.write("三十九的总结", reply_to=prompts["2023-W39"]["message_id"])
        await scene.write("三十八的总结", reply_to=prompts["2023-W38"]["message_id"])
        await shows(scene.person, notes["2023-W38"], "不是最新的")
        await scene.person.wait_for_answer("第 38 周已经完成，后来又加了：\n· 三十八的总结")
        assert "三十八的总结" in await scene.report("/report 2023-w38")
        report = await scene.report("/report 2023-w39")
        assert "三十九的总结" in report
        assert "三十八" not in report
