"""The parts of a report are asked for, and written as replies."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene, open_group
from tests.e2e.processes import until
from tests.e2e.test_live_draft import draft, shows


async def ask(person: Person, note: Message, words: str, asked: str) -> Message:
    """What the bot asks once the button with those words is pressed."""
    await person.press(note, words)
    return await person.wait_for_answer(asked, after=note["message_id"])


async def test_the_summary_is_written_as_a_reply(scene: Scene) -> None:
    """It is stored, the preview shows it, and a second one is another paragraph."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        prompt = await ask(scene.person, note, "写总结", "写「总结」：直接回复这条消息。")
        first = await scene.write("很好的一周。\n明天继续。", reply_to=prompt["message_id"])
        assert (await scene.person.message(first["message_id"]))["_reactions"] == ["✍"]
        await shows(scene.person, preview, "## 总结\n\n很好的一周。\n明天继续。")
        await scene.write("还有一句。", reply_to=prompt["message_id"])
        await shows(scene.person, preview, "明天继续。\n\n还有一句。")
        await scene.person.edit(first, "平常的一周。")
        await shows(scene.person, preview, "## 总结\n\n平常的一周。\n\n还有一句。")
        [call] = [
            call["params"]["reply_markup"]
            for call in await scene.person.get("calls", method="sendMessage")
            if "写「总结」" in call["params"].get("text", "")
        ]
        assert "force_reply" in str(call)
        assert "「总结」写什么？" in str(call)


@pytest.mark.parametrize(
    ("words", "asked", "shown"),
    [
        ("写开头", "写「开头」", "周周报\n\n刚刚好。\n\n## 生活"),
        ("写结尾", "写「结尾」", "1. 第一件\n\n刚刚好。"),
    ],
)
async def test_opening_and_closing_are_written_the_same_way(
    scene: Scene, words: str, asked: str, shown: str
) -> None:
    """They stand where `#intro` and `#outro` would put them."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        prompt = await ask(scene.person, note, words, asked)
        await scene.write("刚刚好。", reply_to=prompt["message_id"])
        await shows(scene.person, preview, shown)


async def test_a_prompt_survives_a_restart_and_a_new_week(scene: Scene) -> None:
    """It is for the week whose button was pressed, whenever it is answered."""
    async with scene.bot():
        await scene.write("#life 第一件")
        _, note = await draft(scene)
    scene.clock.advance(timedelta(days=7))
    async with scene.bot():
        prompt = await ask(scene.person, note, "写总结", "写 2023 年第 40 周的「总结」")
    async with scene.bot():
        await scene.write("上周的总结。", reply_to=prompt["message_id"])
        assert "## 总结\n\n上周的总结。" in await scene.report("/report 2023-w40")


async def test_a_reply_with_a_tag_of_its_own_goes_where_that_says(scene: Scene) -> None:
    """In the week of the prompt; one with a week mark too."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        prompt = await ask(scene.person, note, "写总结", "写「总结」")
        await scene.write("#tech 想起一条", reply_to=prompt["message_id"])
        await shows(scene.person, preview, "## 技术\n\n1. 想起一条")
        await scene.write("补上周的 @last", reply_to=prompt["message_id"])
        assert "## 总结\n\n补上周的" in await scene.report("/report last")


async def test_replies_to_the_draft_with_tags_belong_to_its_week(scene: Scene) -> None:
    """To the preview, to the note, and to the file; weeks later, too."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        file = next(m for m in await scene.person.said() if "document" in m)
        # The first look at the clock would find a draft due by then, and a newer preview be kept.
        await until(lambda: "first knock" not in {t.get_name() for t in asyncio.all_tasks()})
        scene.clock.advance(timedelta(days=14))
        await scene.write("#summary 总结一下。", reply_to=preview["message_id"])
        await scene.write("#life 第二件", reply_to=note["message_id"])
        await scene.write("#技术 第三件", reply_to=file["message_id"])
        await shows(
            scene.person, preview, "2. 第二件\n\n## 技术\n\n1. 第三件\n\n## 总结\n\n总结一下。"
        )


async def test_in_a_group_the_prompt_is_for_whoever_pressed(scene: Scene) -> None:
    """It names them, so that only their client opens a reply; anybody may answer."""
    async with scene.bot(), open_group(scene) as group:
        first = await group.zhou.send("#life 第一件", at=scene.clock.now())
        await group.zhou.wait_for_reaction(first)
        asked = await group.zhou.send("/draft", at=scene.clock.now())
        note = await group.zhou.wait_for_answer("收到", after=asked["message_id"])
        await group.li.press(note, "写总结")
        prompt = await group.li.wait_for_answer("写「总结」", after=note["message_id"])
        assert prompt["text"].startswith("小李\n")
        assert [e["type"] for e in prompt["entities"]] == ["text_mention"]
        reply = await group.li.send("我们的一周。", reply_to=prompt["message_id"])
        await group.li.wait_for_reaction(reply, "✍")
        assert "## 总结\n\n我们的一周。" in await group.report(scene)
