"""A journal that wants its acknowledgements in words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.sandbox.person import Message
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg
from tests.e2e.settings_page import open_page, set_by_typing


async def _to_words(scene: Scene) -> None:
    page = await open_page(scene, "/settings 回应", "现在是：点表情")
    await page.press("回一句话", "现在是：回一句话")


async def _answers(scene: Scene, to: Message) -> list[str]:
    """What the bot has answered to the message."""
    return [
        m["text"]
        for m in await scene.person.said()
        if m.get("reply_to_message", {}).get("message_id") == to["message_id"] and "text" in m
    ]


async def _says(scene: Scene, answer: Message, words: str) -> None:
    """The bot's message says so by now."""

    def found(chat: Sequence[Message]) -> Message | None:
        for message in chat:
            if message["message_id"] == answer["message_id"] and words in message["text"]:
                return message
        return None

    await scene.person.wait(found)


async def test_one_sentence_that_changes_with_the_message(scene: Scene) -> None:
    """Edits, a restart, and the end of the entry change it; nothing else is said or shown."""
    person = scene.person
    async with scene.bot():
        await _to_words(scene)
        sent = await person.send("#life 火锅", at=scene.clock.now())
        said = await person.wait_for_answer("✍ 记进「生活」了。")
        await person.edit(sent, "#tech 火锅")
        await _says(scene, said, "👌 改好了，在「技术」里。")
    async with scene.bot():
        await person.edit(sent, "#tech 火锅 @上周")
        await _says(scene, said, "✍ 记进 2023 年第 39 周的「技术」了。")
        below = await person.send("很辣", at=scene.clock.now(), reply_to=said["message_id"])
        await person.wait_for_answer("✍ 记进 2023 年第 39 周", after=below["message_id"])
        assert "1. 火锅\n    1. 很辣\n" in await scene.report("/report 上周")
        gone = await person.send("/delete", at=scene.clock.now(), reply_to=sent["message_id"])
        await _says(scene, said, "删掉了。")
        await person.wait_for_answer("👌 好了。", after=gone["message_id"])
        assert await _answers(scene, sent) == ["删掉了。"]
        assert [m["_reactions"] for m in await person.messages() if m["_reactions"]] == []


@pytest.mark.parametrize("edited", [False, True])
async def test_what_is_said_follows_the_entry(scene: Scene, edited: bool) -> None:
    """Filed by a reply, by `/move`, and back by `/undo`, with nothing new said about it."""
    person = scene.person
    async with scene.bot():
        await _to_words(scene)
        sent = await person.send("#life 火锅", at=scene.clock.now())
        said = await person.wait_for_answer("✍ 记进「生活」了。")
        if edited:
            await person.edit(sent, "#life 麻辣火锅")
            await _says(scene, said, "👌 改好了，在「生活」里。")
        await person.send("#tech", at=scene.clock.now(), reply_to=sent["message_id"])
        await _says(scene, said, "「技术」")
        await person.send("/move 1 生活", at=scene.clock.now())
        await _says(scene, said, "「生活」")
        await person.send("/undo", at=scene.clock.now())
        await _says(scene, said, "「技术」")
        assert len(await _answers(scene, sent)) == 1


async def test_the_question_says_that_it_is_stored(scene: Scene) -> None:
    """An untagged message has one answer, before and after it was filed."""
    person = scene.person
    async with scene.bot():
        await _to_words(scene)
        sent = await person.send("没有标签", at=scene.clock.now())
        asked = await person.wait_for_answer("存好了。放到哪一栏？")
        await person.press(asked, "技术")
        await _says(scene, asked, "放进「技术」了")
        await person.edit(sent, "还是没有")
        await person.wait_for_answer("👌 改好了，在「技术」里。")
        answers = await _answers(scene, sent)
        assert len(answers) == 2


async def test_an_album_and_a_forward_with_its_comment_have_one_answer(scene: Scene) -> None:
    """As they have one reaction."""
    person = scene.person
    async with scene.bot():
        await _to_words(scene)
        first, *_ = await scene.send_album((jpeg(), "#life 海"), (jpeg(), ""), (jpeg(), ""))
        await person.wait_for_answer("✍ 记进「生活」了。")
        await scene.arrived(3)
        comment = await person.send("#tech 值得看", at=scene.clock.now())
        await person.send(
            "原文",
            at=scene.clock.now(),
            forward_origin={
                "type": "hidden_user",
                "date": 1_690_000_000,
                "sender_user_name": "老王",
            },
        )
        await person.wait_for_answer("✍ 记进「技术」了。")
        report = (await scene.archive())["2023-W40.md"].decode()
        assert "1. 值得看\n    1. 原文 — 老王\n" in report
        said = [m["text"] for m in await person.said() if m.get("text", "").startswith("✍")]
    assert first["message_id"] < comment["message_id"]
    assert said == ["✍ 记进「生活」了。", "✍ 记进「技术」了。"]


async def test_reactions_of_before_do_not_say_something_else(scene: Scene) -> None:
    """An entry of before the change tells in words from its next edit on; and back again."""
    person = scene.person
    async with scene.bot():
        sent = await scene.write("#life 一")
        await _to_words(scene)
        await person.edit(sent, "#life 二")
        said = await person.wait_for_answer("👌 改好了，在「生活」里。")
        assert (await person.message(sent["message_id"]))["_reactions"] == []
        await set_by_typing(scene, "answer reaction", "改好了。怎么回应：点表情")
        # What was told in words goes on in words; new messages get their reaction.
        await person.edit(sent, "#life 三")
        await _says(scene, said, "✍ 记进「生活」了。")
        await person.wait_for_reaction(await person.send("#life 新的", at=scene.clock.now()), "✍")


async def test_an_answer_that_was_deleted_is_said_anew(scene: Scene) -> None:
    """Never silence."""
    person = scene.person
    async with scene.bot():
        await _to_words(scene)
        sent = await person.send("#life 一", at=scene.clock.now())
        said = await person.wait_for_answer("✍ 记进「生活」了。")
        await person.post("deletions", {"chat_id": 1001, "message_id": said["message_id"]})
        await person.edit(sent, "#life 二")
        again = await person.wait_for_answer("👌 改好了", after=said["message_id"])
        assert again["reply_to_message"]["message_id"] == sent["message_id"]
