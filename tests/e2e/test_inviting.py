"""/invite and /people: who may use the bot."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene, open_group
from tests.e2e.outlines import words_on
from tests.e2e.test_live_draft import shows


@asynccontextmanager
async def _guest(scene: Scene, number: int = 3003) -> AsyncIterator[Person]:
    await scene.person.post("users", {"id": number, "first_name": "小李"})
    await scene.person.post("chats", {"type": "private", "members": [number], "id": number})
    async with Person(scene.sandbox.url, chat_id=number, user_id=number) as guest:
        yield guest


async def _invite(scene: Scene) -> tuple[Message, str]:
    asked = await scene.person.send("/invite", at=scene.clock.now())
    answer = await scene.person.wait_for_answer("只能用一次", after=asked["message_id"])
    code = re.search(r"\?start=([\w-]{22})\n", answer["text"])
    assert code is not None
    assert f"?startgroup={code[1]}" in answer["text"]
    return answer, code[1]


async def _people(scene: Scene) -> Message:
    asked = await scene.person.send("/people", at=scene.clock.now())
    return await scene.person.wait_for_answer("能用这个机器人的", after=asked["message_id"])


async def test_a_guest_comes_and_is_shown_out_and_comes_again(scene: Scene) -> None:
    """By a link that works once, also after a restart; what they wrote is there again."""
    async with scene.bot():
        _, code = await _invite(scene)
    async with scene.bot(), _guest(scene) as guest, _guest(scene, 3004) as late:
        assert code not in str(scene.sandbox)
        await guest.send(f"/start {code}", at=scene.clock.now())
        await guest.wait_for_answer("你好，我帮你攒周报")
        await late.send(f"/start {code}", at=scene.clock.now())
        await late.wait_for_answer("这个链接用不了了")
        mine = await guest.send("#life 小李的事", at=scene.clock.now())
        await guest.wait_for_reaction(mine, "✍")
        # A member is no owner, and sees nothing of others.
        asked = await guest.send("/invite", at=scene.clock.now())
        await guest.wait_for_answer("只有机器人的主人", after=asked["message_id"])
        listed = await _people(scene)
        assert "🙂 成员：小李（3003）" in listed["text"]
        await scene.person.press(listed, "移除 小李")
        question = await shows(scene.person, listed, "移除「小李」？")
        await scene.person.press(question, "返回")
        listed = await shows(scene.person, listed, "能用这个机器人的")
        await scene.person.press(listed, "移除 小李")
        question = await shows(scene.person, listed, "移除「小李」？")
        await scene.person.press(question, "移除")
        await shows(scene.person, listed, "能用这个机器人的", lacks="小李")
        gone = await guest.send("#life 没人听", at=scene.clock.now())
        await scene.write("#life 我的")
        [unheard] = [m for m in await guest.messages() if m["message_id"] == gone["message_id"]]
        assert unheard["_reactions"] == []
        _, again = await _invite(scene)
        back = await guest.send(f"/start {again}", at=scene.clock.now())
        await guest.wait_for_answer("你好", after=back["message_id"])
        asked = await guest.send("/draft", at=scene.clock.now())
        _, content = await guest.wait_for_document(after=asked["message_id"])
        assert "小李的事" in content.decode()
        assert "没人听" not in content.decode()


async def test_who_is_shown_out_between_two_messages_of_a_batch_is_heard_only_before(
    scene: Scene,
) -> None:
    """All of it waits for the bot, and comes at once."""
    async with _guest(scene) as guest:
        async with scene.bot():
            _, code = await _invite(scene)
            await guest.send(f"/start {code}", at=scene.clock.now())
            await guest.wait_for_answer("你好，我帮你攒周报")
            listed = await _people(scene)
            await scene.person.press(listed, "移除 小李")
            question = await shows(scene.person, listed, "移除「小李」？")
        sent = [await guest.send(f"#life 还在 {n}", at=scene.clock.now()) for n in range(2)]
        await scene.person.press(question, "移除")
        sent.append(await guest.send("#life 没人听", at=scene.clock.now()))
        async with scene.bot():
            await guest.wait_for_reaction(sent[1], "✍")
            await scene.write("#life 我的")
        ids = [message["message_id"] for message in sent]
        heard = [bool(m["_reactions"]) for m in await guest.messages() if m["message_id"] in ids]
        assert heard == [True, True, False]


async def test_nothing_is_sent_to_who_was_shown_out(scene: Scene) -> None:
    """No draft comes on Sunday, and none is owed when they come back later."""
    async with scene.bot() as bot, _guest(scene) as guest:
        _, code = await _invite(scene)
        await guest.send(f"/start {code}", at=scene.clock.now())
        mine = await guest.send("#life 小李的事", at=scene.clock.now())
        await guest.wait_for_reaction(mine)
        listed = await _people(scene)
        await scene.person.press(listed, "移除 小李")
        await scene.person.press(await shows(scene.person, listed, "移除「小李」？"), "移除")
        await shows(scene.person, listed, "能用", lacks="小李")
        said = len(await guest.said())
        scene.clock.advance(timedelta(days=7))
        await bot.delivering.deliver_due()
        assert len(await guest.said()) == said


async def test_links_end(scene: Scene) -> None:
    """By a button under the link, by one on the list, and after a day."""
    async with scene.bot(), _guest(scene) as guest:
        answer, first = await _invite(scene)
        await scene.person.press(answer, "作废")
        await shows(scene.person, answer, "这个链接作废了")
        _, second = await _invite(scene)
        listed = await _people(scene)
        assert "1 号链接还没人用" in listed["text"]
        await scene.person.press(listed, "作废 1 号链接")
        await shows(scene.person, listed, "能用这个机器人的", lacks="号链接")
        _, third = await _invite(scene)
        scene.clock.advance(timedelta(hours=24))
        for code in (first, second, third, "x" * 22, ""):
            await guest.send(f"/start {code}".strip(), at=scene.clock.now())
        await scene.write("#life 我的")
        assert [m["text"][:8] for m in await guest.said()] == ["这个链接用不了了"]
        assert "号链接" not in (await _people(scene))["text"]


async def test_a_group_is_listed_and_shut(scene: Scene) -> None:
    """It is quiet then, until its owner opens it again; links are not told in it."""
    async with scene.bot(), open_group(scene) as group:
        asked = await group.zhou.send("/invite", at=scene.clock.now())
        await group.zhou.wait_for_answer("私聊里发", after=asked["message_id"])
        listed = await _people(scene)
        assert "👥 群：小组" in listed["text"]
        assert words_on(listed) == ["移除 小组"]
        await scene.person.press(listed, "移除 小组")
        await scene.person.press(await shows(scene.person, listed, "移除「小组」？"), "移除")
        await shows(scene.person, listed, "能用", lacks="小组")
        quiet = await group.li.send("#life 没人听", at=scene.clock.now())
        await scene.write("#life 我的")
        chat = await group.li.messages()
        assert [m["_reactions"] for m in chat if m["message_id"] == quiet["message_id"]] == [[]]
        opened = await group.zhou.send("/start", at=scene.clock.now())
        await group.zhou.wait_for_answer("周报", after=opened["message_id"])
        heard = await group.li.send("#life 又听了", at=scene.clock.now())
        await group.li.wait_for_reaction(heard)
