"""A section that sticks for ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.e2e.conftest import Scene, open_group
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def test_the_next_ones_too(scene: Scene) -> None:
    """After a tap, messages without a tag go there for ten minutes; the message says so."""
    person = scene.person
    async with scene.bot():
        await person.send("第一条", at=scene.clock.now())
        await person.press(await person.wait_for_answer("放到哪一栏"), "技术")
        filed = await person.wait_for_answer("放进「技术」了")
        await person.press(filed, "接下来的也放这里")
        # Noon in UTC is eight in the evening in Shanghai.
        shown = await person.wait_for_answer("20:10 之前，没写标签的也都放这里")
        assert shown["message_id"] == filed["message_id"]
        scene.clock.advance(timedelta(minutes=5))
        for text in ("第二条", "第三条 #life"):
            await scene.write(text)
        await person.wait_for_reaction(
            await person.send_picture(jpeg(), "图也一样", at=scene.clock.now()), "✍"
        )
        scene.clock.advance(timedelta(minutes=5))
        late = await person.send("过了时间", at=scene.clock.now())
        assert await person.wait_for_reaction(late) == "🤔"
        report = (await scene.archive())["2023-W40.md"].decode()
    assert report == (
        f"{_TITLE}## 生活\n\n1. 第三条\n\n## 技术\n\n1. 第一条\n2. 第二条\n\n"
        "![图也一样](images/2023-W40-1.jpg)\n"
    )


async def test_a_command_alone_does_the_same_and_survives_a_restart(scene: Scene) -> None:
    """`/tech`, a restart, a message sent meanwhile and another one: all are in."""
    person = scene.person
    async with scene.bot():
        command = await person.send("/tech", at=scene.clock.now())
        assert await person.wait_for_reaction(command) == "👌"
        said = await person.wait_for_answer("20:10 之前，没写标签的都放进「技术」")
    scene.clock.advance(timedelta(minutes=1))
    await person.send("关机时写的", at=scene.clock.now())
    async with scene.bot():
        scene.clock.advance(timedelta(minutes=1))
        await scene.write("开机后写的")
        await person.press(said, "停止自动归类")
        await person.wait_for_answer("好，之后没写标签的")
        after = await person.send("之后的", at=scene.clock.now())
        assert await person.wait_for_reaction(after) == "🤔"
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 关机时写的\n2. 开机后写的\n"


async def test_a_backlog_counts_by_the_time_it_was_written(scene: Scene) -> None:
    """Written within the ten minutes, received hours later: it goes there all the same."""
    person = scene.person
    began = scene.clock.now()
    async with scene.bot():
        await person.wait_for_reaction(await person.send("/life", at=began))
    await person.send("九分钟时", at=began + timedelta(minutes=9))
    await person.send("十一分钟时", at=began + timedelta(minutes=11))
    scene.clock.advance(timedelta(hours=5))
    async with scene.bot():
        await person.wait_for_answer("放到哪一栏")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 九分钟时\n"


async def test_in_a_group_it_sticks_for_the_person_alone(scene: Scene) -> None:
    """What others say meanwhile is talk."""
    async with scene.bot(), open_group(scene) as group:
        zhou, li = group.zhou, group.li
        await zhou.wait_for_reaction(await zhou.send("/life", at=scene.clock.now()))
        await li.send("插一句话", at=scene.clock.now())
        await zhou.wait_for_reaction(await zhou.send("小周的话", at=scene.clock.now()), "✍")
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 小周的话\n"


@pytest.mark.parametrize(
    ("command", "name", "line"),
    [
        ("/summary", "总结", "## 总结\n\n这样\n"),
        ("/intro", "开头", "这样\n"),
        ("/outro@weeknotes_sandbox_bot", "结尾", "这样\n"),
        ("/title", "标题", "# 这样\n"),
    ],
)
async def test_part_commands_alone_ask_for_words(
    scene: Scene, command: str, name: str, line: str
) -> None:
    """A reply is the part; what comes after without being one is not, for nothing sticks."""
    async with scene.bot():
        await scene.person.send(command, at=scene.clock.now())
        asked = await scene.person.wait_for_answer(f"写「{name}」：直接回复这条消息。")
        assert asked["_reply_markup"]["force_reply"] is True
        after = await scene.person.send("之后的", at=scene.clock.now())
        assert await scene.person.wait_for_reaction(after) == "🤔"
        # Clients send the next command as a reply to the question, which is still open.
        again = await scene.person.send(command, at=scene.clock.now(), reply_to=asked["message_id"])
        await scene.person.wait_for_answer(f"写「{name}」", after=again["message_id"])
        said = await scene.person.send("这样", at=scene.clock.now(), reply_to=asked["message_id"])
        assert await scene.person.wait_for_reaction(said) == "✍"
        assert line in await scene.report()


async def test_a_part_command_in_reply_files_what_it_answers(scene: Scene) -> None:
    """As the tag does."""
    async with scene.bot():
        sent = await scene.write("#life 火锅")
        await scene.person.send("/summary", at=scene.clock.now(), reply_to=sent["message_id"])
        await scene.person.wait_for_reaction(sent, "✍")
        assert "## 总结\n\n火锅\n" in await scene.report()
