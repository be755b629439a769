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
        assert listed["text"].startswith("2023 年，有内容的 3 周")
        lines = [line for line in listed["text"].split("\n") if "条消息" in line]
        assert lines == [
            "✏️ 第 42 周（10/16–10/22）：1 项，1 条消息",
            "✅ 第 41 周（10/9–10/15）：1 项，1 条消息",
            "📄 第 40 周（10/2–10/8）：2 项，2 条消息",
        ]
        assert words_on(listed) == ["42", "41", "40"]
        await scene.person.press(listed, "40")
        name, _ = await scene.person.wait_for_document(after=listed["message_id"])
        assert name == "2023-W40.md"


async def test_weeks_have_pages_by_year_in_one_message(scene: Scene) -> None:
    """Buttons lead to newer and older ones and to other years; the message is the same."""
    async with scene.bot():
        for year in range(2015, 2022):
            await scene.write(f"#life 记一笔 @{year}-w52")
        await scene.write("#life 第五十三周 @2020-w53")
        for number in range(10, 40):
            await scene.write(f"#life 记一笔 @2023-w{number}")
        listed = await _ask(scene)
        said = len(await scene.person.said())
        assert "有内容的 30 周" in listed["text"]
        assert "第 1 页，共 3 页" in listed["text"]
        assert words_on(listed)[:2] == ["39", "38"]
        years = ["· 2023 ·", "2021", "2020", "2019", "2018"]
        assert words_on(listed)[-6:] == ["旧的 ›", *years]
        await scene.person.press(listed, "旧的 ›")
        second = await shows(scene.person, listed, "第 2 页")
        assert words_on(second)[-7:] == ["‹ 新的", "旧的 ›", *years]
        await scene.person.press(second, "旧的 ›")
        last = await shows(scene.person, listed, "第 3 页")
        assert words_on(last) == ["13", "12", "11", "10", "‹ 新的", *years]
        await scene.person.press(last, "2018")
        other = await shows(scene.person, listed, "2018 年")
        assert words_on(other) == ["52", "2020", "2019", "· 2018 ·", "2017", "2016"]
        await scene.person.press(other, "2020")
        border = await shows(scene.person, listed, "第 53 周（12/28–1/3）")
        assert words_on(border)[:2] == ["53", "52"]
        assert len(await scene.person.said()) == said
        asked = await scene.person.send("/weeks 2016", at=scene.clock.now())
        await scene.person.wait_for_answer("2016 年，有内容的 1 周", after=asked["message_id"])


async def test_words_that_may_mean_several_weeks(scene: Scene) -> None:
    """The latest that exists is taken and said to be; what is not understood gets suggestions."""
    async with scene.bot():
        for week in ("2020-w41", "2021-w41", "2022-w41", "2022-w42", "2023-w38"):
            await scene.write(f"#life {week} @{week}")

        async def ask(command: str) -> Message:
            asked = await scene.person.send(command, at=scene.clock.now())
            return await scene.person.wait_for_answer("", after=asked["message_id"])

        said = await ask("/report 41")
        assert said["text"] == "叫「41」的不止一周，这是 2022 年第 41 周。还有："
        assert words_on(said) == ["2021 年第 41 周", "2020 年第 41 周"]
        note = await scene.person.wait_for_answer("收到", after=said["message_id"])
        assert words_on(note)[-3:] == ["← 2021 年第 41 周", "2022 年第 42 周 →", "去年这一周"]
        name, _ = await scene.person.wait_for_document(after=note["message_id"])
        assert name == "2022-W41.md"
        await scene.person.press(said, "2020 年第 41 周")
        note = await scene.person.wait_for_answer("收到", after=note["message_id"])
        assert "去年这一周" not in words_on(note)
        await scene.person.wait_for_document(after=note["message_id"])
        # The next one that holds something is two years later, and so is that week then.
        said = await ask("/report 去年国庆那周")
        assert said["text"].startswith("没看懂「去年国庆那周」是哪一周。可以写 40")
        assert words_on(said) == ["2022 年第 42 周", "2022 年第 41 周", "2022 年的全部"]
        await scene.person.press(said, "2022 年的全部")
        await shows(scene.person, said, "2022 年，有内容的 2 周")
        said = await ask("/list 春天")
        assert words_on(said)[0] == "2023 年第 38 周"
        await scene.person.press(said, "2022 年第 41 周")
        await scene.person.wait_for_answer("1. 2022-w41", after=said["message_id"])
        said = await ask("/report 2022年10月")
        assert words_on(said)[:2] == ["2022 年第 42 周", "2022 年第 41 周"]
        assert "里没有内容" in (await ask("/report 2019"))["text"]
        assert (await ask("/draft 2019"))["text"] == "「2019」里没有内容。"
        assert "里没有内容" in (await ask("/report 2019-11"))["text"]
        assert words_on(await ask("/report 2022-10"))[:2] == words_on(said)[:2]
        said = await ask("/report 2021-w53")
        assert said["text"].startswith("没有「2021-w53」这一周")
        assert "2021 年的全部" in words_on(said)


async def test_past_weeks_are_worked_on_beside_each_other(scene: Scene) -> None:
    """Each has its own preview, prompt and state."""
    async with scene.bot():
        await scene.write("#life 三十八 @2023-w38")
        await scene.write("#life 三十九 @2023-w39")
        listed = await _ask(scene)
        notes: dict[str, Message] = {}
        after = listed["message_id"]
        for week in ("2023-W38", "2023-W39"):
            await scene.person.press(listed, week[-2:])
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
