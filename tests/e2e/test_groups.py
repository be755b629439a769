"""Groups: several people, one journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.app import Weeknotes
from bot.sandbox.person import Message, Person
from bot.services.configuring import Choices, Configuring
from tests.e2e.conftest import Scene

_TITLE = "# 2023 年第40周周报\n\n"


@asynccontextmanager
async def _group(
    scene: Scene, kind: str = "supergroup", *, privacy: bool = False
) -> AsyncIterator[tuple[Weeknotes, Person, Person, int]]:
    """The bot, two people in a group whose journal is open, and the group's id."""
    await scene.person.post("users", {"id": 3003, "first_name": "小李"})
    made = {"type": kind, "title": "小组", "members": [1001, 3003], "privacy": privacy}
    group = (await scene.person.post("chats", made))["id"]
    async with (
        scene.bot() as bot,
        Person(scene.sandbox.url, chat_id=group) as zhou,
        Person(scene.sandbox.url, chat_id=group, user_id=3003) as li,
    ):
        await zhou.send("/start", at=scene.clock.now())
        await zhou.wait_for_answer("周报")
        yield bot, zhou, li, group


async def _report(scene: Scene, person: Person) -> str:
    asked = await person.send("/draft", at=scene.clock.now())
    _, content = await person.wait_for_document(after=asked["message_id"])
    return content.decode()


async def test_items_can_carry_their_authors_names(scene: Scene) -> None:
    """A setting: each item that somebody else said than what it stands below."""
    async with _group(scene) as (bot, zhou, li, _):
        first = await zhou.send("#life 吃了火锅\n- 很辣", at=scene.clock.now())
        await zhou.wait_for_reaction(first, "✍")
        for person, text in ((li, "我也去了"), (zhou, "下次一起")):
            reply = await person.send(text, reply_to=first["message_id"], at=scene.clock.now())
            await person.wait_for_reaction(reply, "✍")
        plain = await _report(scene, zhou)
        for journal in await bot.services.access.journals():
            await Configuring(bot.database).choose(journal, Choices(authors=True))
        named = await _report(scene, zhou)
    assert plain == (
        f"{_TITLE}## 生活\n\n1. 吃了火锅\n    1. 很辣\n    2. 我也去了\n    3. 下次一起\n"
    )
    assert named == (
        f"{_TITLE}## 生活\n\n1. 吃了火锅（小周）\n    1. 很辣\n"
        "    2. 我也去了（小李）\n    3. 下次一起\n"
    )


async def test_the_bot_takes_what_is_meant_for_it_and_leaves_the_rest(scene: Scene) -> None:
    """Tags, commands and replies to itself; not talk, not replies among people."""
    async with _group(scene) as (bot, zhou, li, _):
        await li.send("有人在吗", at=scene.clock.now())
        talk = await zhou.send("在的", at=scene.clock.now())
        await li.send("好", reply_to=talk["message_id"], at=scene.clock.now())
        await zhou.send("/tech 记一条", at=scene.clock.now())
        report = await _report(scene, zhou)
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
    async with _group(scene) as (_, zhou, li, group):
        await zhou.post(f"chats/{group}", {"is_forum": True})
        first = await li.send("#tech 话题里的一条", at=scene.clock.now())
        assert first["is_topic_message"]
        await li.wait_for_reaction(first, "✍")
        below = await zhou.send("接着说", reply_to=first["message_id"], at=scene.clock.now())
        await zhou.wait_for_reaction(below, "✍")
        assert await _report(scene, zhou) == (
            f"{_TITLE}## 技术\n\n1. 话题里的一条\n    1. 接着说\n"
        )


async def test_message_ids_that_start_anew_in_a_supergroup_mix_nothing_up(scene: Scene) -> None:
    """The old and the new message of the same number are two entries; edits find their own."""
    async with _group(scene, "group") as (_, zhou, li, group):
        for number in range(5):
            old = await li.send(f"#life 旧 {number}", at=scene.clock.now())
            await li.wait_for_reaction(old, "✍")
        moved = (await zhou.post(f"chats/{group}", {"migrate": True}))["id"]
        scene.clock.advance(timedelta(minutes=1))
        async with Person(scene.sandbox.url, chat_id=moved) as there:
            fresh: list[Message] = []
            while len(fresh) < old["message_id"]:
                fresh.append(await there.send(f"#tech 新 {len(fresh)}", at=scene.clock.now()))
            await there.wait_for_reaction(fresh[-1], "✍")
            same = next(m for m in fresh if m["message_id"] == old["message_id"])
            await there.edit(same, "#tech 改过的新消息")
            await there.wait_for_reaction(same, "👌")
            report = await _report(scene, there)
    assert report.count("旧 ") == 5
    assert report.count("改过的新消息") == 1


async def test_the_group_hears_how_to_switch_privacy_mode_off(scene: Scene) -> None:
    """As it is now, not as it was when the program started."""
    async with _group(scene, privacy=True) as (_, zhou, _li, _id):
        told = await zhou.wait_for_answer("/setprivacy")
        scene.sandbox.world.reads_all = True
        again = await zhou.send("/start", at=scene.clock.now())
        await zhou.wait_for_answer("周报", after=again["message_id"])
        done = await zhou.send("/help@weeknotes_sandbox_bot", at=scene.clock.now())
        await zhou.wait_for_answer("怎么记", after=done["message_id"])
        said = [m for m in await zhou.said() if "/setprivacy" in m.get("text", "")]
    assert [m["message_id"] for m in said] == [told["message_id"]]
