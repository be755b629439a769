"""Groups: several people, one journal."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.person import Message, Person
from bot.services.configuring import Choices, Configuring
from tests.e2e.conftest import Scene, open_group
from tests.e2e.processes import until

_TITLE = "# 2023 年第40周周报\n\n"


async def test_items_can_carry_their_authors_names(scene: Scene) -> None:
    """A setting: each item that somebody else said than what it stands below."""
    async with scene.bot() as bot, open_group(scene) as group:
        zhou, li = group.zhou, group.li
        first = await zhou.send("#life 吃了火锅\n- 很辣", at=scene.clock.now())
        await zhou.wait_for_reaction(first, "✍")
        for person, text in ((li, "我也去了"), (zhou, "下次一起")):
            reply = await person.send(text, reply_to=first["message_id"], at=scene.clock.now())
            await person.wait_for_reaction(reply, "✍")
        plain = await group.report(scene)
        for journal in await bot.services.access.journals():
            await Configuring(bot.database).choose(journal, Choices(authors=True))
        named = await group.report(scene)
    assert plain == (
        f"{_TITLE}## 生活\n\n1. 吃了火锅\n    1. 很辣\n    2. 我也去了\n    3. 下次一起\n"
    )
    assert named == (
        f"{_TITLE}## 生活\n\n1. 吃了火锅（小周）\n    1. 很辣\n"
        "    2. 我也去了（小李）\n    3. 下次一起\n"
    )


async def test_the_bot_takes_what_is_meant_for_it_and_leaves_the_rest(scene: Scene) -> None:
    """Tags, commands and replies to itself; not talk, not replies among people."""
    async with scene.bot() as bot, open_group(scene) as group:
        zhou, li = group.zhou, group.li
        await li.send("有人在吗", at=scene.clock.now())
        talk = await zhou.send("在的", at=scene.clock.now())
        await li.send("好", reply_to=talk["message_id"], at=scene.clock.now())
        await zhou.send("/tech 记一条", at=scene.clock.now())
        report = await group.report(scene)
        note = await zhou.wait_for_answer("收到 1 条")
        answer = await li.send("补一条", reply_to=note["message_id"], at=scene.clock.now())
        assert await li.wait_for_reaction(answer) == "🤔"
        async with bot.database.snapshot() as connection:
            rows = await connection.execute_fetchall("SELECT text FROM entries")
            assert {row["text"] for row in rows} == {"/tech 记一条", "补一条"}
            assert list(await connection.execute_fetchall("SELECT * FROM strays")) == []
    assert report == f"{_TITLE}## 技术\n\n1. 记一条\n"


async def test_in_a_forum_the_opening_of_a_topic_is_no_reply(scene: Scene) -> None:
    """Messages there carry it as their reply; they are items all the same."""
    async with scene.bot(), open_group(scene) as group:
        zhou, li = group.zhou, group.li
        await zhou.post(f"chats/{group.id}", {"is_forum": True})
        first = await li.send("#tech 话题里的一条", at=scene.clock.now())
        assert first["is_topic_message"]
        await li.wait_for_reaction(first, "✍")
        below = await zhou.send("接着说", reply_to=first["message_id"], at=scene.clock.now())
        await zhou.wait_for_reaction(below, "✍")
        assert await group.report(scene) == (f"{_TITLE}## 技术\n\n1. 话题里的一条\n    1. 接着说\n")


async def test_message_ids_that_start_anew_in_a_supergroup_mix_nothing_up(scene: Scene) -> None:
    """The old and the new message of the same number are two entries; edits find their own."""
    async with scene.bot(), open_group(scene, "group") as group:
        zhou, li = group.zhou, group.li
        for number in range(5):
            old = await li.send(f"#life 旧 {number}", at=scene.clock.now())
            await li.wait_for_reaction(old, "✍")
        moved = (await zhou.post(f"chats/{group.id}", {"migrate": True}))["id"]
        scene.clock.advance(timedelta(minutes=1))
        async with Person(scene.sandbox.url, chat_id=moved) as there:
            fresh: list[Message] = []
            while len(fresh) < old["message_id"]:
                fresh.append(await there.send(f"#tech 新 {len(fresh)}", at=scene.clock.now()))
            await there.wait_for_reaction(fresh[-1], "✍")
            same = next(m for m in fresh if m["message_id"] == old["message_id"])
            await there.edit(same, "#tech 改过的新消息")
            await there.wait_for_reaction(same, "👌")
            group.zhou = there
            report = await group.report(scene)
    assert report.count("旧 ") == 5
    assert report.count("改过的新消息") == 1


async def test_the_group_hears_how_to_switch_privacy_mode_off(scene: Scene) -> None:
    """As it is now, not as it was when the program started; the welcome says what is kept."""
    async with scene.bot(), open_group(scene, privacy=True) as group:
        zhou = group.zhou
        await zhou.wait_for_answer("我只记带标签的消息、命令和对我的回复")
        told = await zhou.wait_for_answer("/setprivacy")
        scene.sandbox.world.reads_all = True
        again = await zhou.send("/start", at=scene.clock.now())
        await zhou.wait_for_answer("周报", after=again["message_id"])
        done = await zhou.send("/help@weeknotes_sandbox_bot", at=scene.clock.now())
        await zhou.wait_for_answer("怎么记", after=done["message_id"])
        said = [m for m in await zhou.said() if "/setprivacy" in m.get("text", "")]
    assert [m["message_id"] for m in said] == [told["message_id"]]


async def test_what_sticks_is_the_persons_own_business(scene: Scene) -> None:
    """Somebody else's press on their buttons changes nothing and says so."""
    async with scene.bot(), open_group(scene) as group:
        zhou, li = group.zhou, group.li
        await zhou.wait_for_reaction(await zhou.send("/tech", at=scene.clock.now()))
        said = await zhou.wait_for_answer("没写标签的都放进「技术」")
        press = await li.press(said, "停止自动归类")
        await _answered(scene, press, "这个按钮是给别人的")
        await zhou.wait_for_reaction(await zhou.send("还在记", at=scene.clock.now()), "✍")
        await zhou.press(said, "停止自动归类")
        await zhou.wait_for_answer("好，之后没写标签的")
        await zhou.send("闲聊", at=scene.clock.now())
        assert await group.report(scene) == f"{_TITLE}## 技术\n\n1. 还在记\n"


async def _answered(scene: Scene, press: str, words: str) -> None:
    """The press with that id was answered so."""

    async def answered() -> bool:
        changes = (await scene.person.get("events"))["changes"]
        answers = (c for c in changes if c.get("callback_query_id") == press)
        return any(words in change["text"] for change in answers)

    await until(answered)
