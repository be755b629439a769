"""Nobody is let in by default."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot import app
from bot.sandbox.person import Person
from tests.e2e.conftest import Scene


async def _stranger(scene: Scene) -> int:
    await scene.person.post("users", {"id": 3003, "first_name": "路人", "language_code": "en"})
    await scene.person.post("chats", {"type": "private", "members": [3003], "id": 3003})
    return 3003


async def _said_to(scene: Scene, chat_id: int) -> list[str]:
    messages = await scene.person.get(f"chats/{chat_id}/messages")
    return [m.get("text", "") for m in messages["messages"] if m["_out"]]


async def test_strangers_get_one_sentence_and_nothing_is_stored(scene: Scene) -> None:
    """Once per run of the program, in their own language, then silence."""
    stranger = await _stranger(scene)
    async with scene.bot():
        for text in ("hello", "#life let me in", "/draft"):
            await scene.person.send(text, chat_id=stranger, from_id=stranger)
        await scene.write("#life 我自己的")
    [sentence] = await _said_to(scene, stranger)
    assert sentence.startswith("This is somebody's own bot")


async def test_the_first_to_open_the_printed_link_owns_the_bot(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """The link works once; a wrong code does not; who owns the bot may use it."""
    stranger = await _stranger(scene)
    async with scene.bot(BOT_ALLOWED_USERS=""):
        link = capsys.readouterr().out
        match = re.search(r"https://t\.me/weeknotes_sandbox_bot\?start=([\w-]{22,})", link)
        assert match is not None
        await scene.person.send("/start wrong", chat_id=stranger, from_id=stranger)
        await scene.person.send(f"/start {match[1]}")
        await scene.person.wait_for_answer("归你了")
        await scene.person.send(f"/start {match[1]}", chat_id=stranger, from_id=stranger)
        await scene.write("#life 现在能记了")
    assert len(await _said_to(scene, stranger)) == 1
    capsys.readouterr()
    async with scene.bot(BOT_ALLOWED_USERS=""):
        assert "start=" not in capsys.readouterr().out


async def test_a_fresh_link_is_printed_once_the_old_one_has_expired(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the program runs, until somebody owns the bot."""
    async with scene.bot(BOT_ALLOWED_USERS="") as bot:
        capsys.readouterr()
        await app._knock(bot)
        assert "start=" not in capsys.readouterr().out
        scene.clock.advance(timedelta(minutes=15))
        await app._knock(bot)
        fresh = re.search(r"start=([\w-]{22})", capsys.readouterr().out)
        assert fresh is not None
        await scene.person.send(f"/start {fresh[1]}")
        await scene.person.wait_for_answer("归你了")
        scene.clock.advance(timedelta(minutes=15))
        await app._knock(bot)
        assert "start=" not in capsys.readouterr().out


async def test_a_group_opens_when_its_owner_says_so(scene: Scene) -> None:
    """Then its members belong to it; talk that is not for the bot is left alone."""
    await _stranger(scene)
    group = (
        await scene.person.post(
            "chats",
            {"type": "supergroup", "title": "小组", "members": [1001, 3003], "privacy": False},
        )
    )["id"]
    person = scene.person
    async with scene.bot():
        async with Person(scene.sandbox.url, chat_id=group, user_id=3003) as member:
            await member.send("#life 太早")
            await person.send("/start", chat_id=group)
            await member.send("大家好")
            await member.wait_for_reaction(await member.send("#tech 小组的第一条"))
            await member.send("/draft")
            _, content = await member.wait_for_document()
        await scene.write("#life 私下的")
        private = await scene.report()
    assert content.decode() == "# 2023 年第40周周报\n\n## 技术\n\n1. 小组的第一条\n"
    assert private == "# 2023 年第40周周报\n\n## 生活\n\n1. 私下的\n"


async def test_buttons_of_other_journals_do_nothing(scene: Scene) -> None:
    """A press with somebody else's entry is answered politely and changes nothing."""
    await scene.person.post("users", {"id": 2002, "first_name": "老王"})
    await scene.person.post("chats", {"type": "private", "members": [2002], "id": 2002})
    person = scene.person
    async with scene.bot(BOT_ALLOWED_USERS="1001,2002"):
        mine = await person.send("我的一条", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        await person.send("他的一条", chat_id=2002, from_id=2002)
        raw = {
            "callback_query": {
                "id": "77",
                "from": {"id": 2002, "is_bot": False, "first_name": "老王"},
                "chat_instance": "1",
                "message": {
                    "message_id": 999,
                    "date": mine["date"],
                    "chat": {"id": 2002, "type": "private", "first_name": "老王"},
                },
                "data": question["reply_markup"]["inline_keyboard"][0][0]["callback_data"],
            }
        }
        await person.post("updates", raw)
        await scene.write("#tech 之后")
        assert (await person.message(mine["message_id"]))["_reactions"] == ["🤔"]


async def test_a_group_keeps_its_journal_when_it_becomes_a_supergroup(scene: Scene) -> None:
    """The chat id is new and message ids begin anew; the week goes on."""
    person = scene.person
    group = (
        await person.post(
            "chats", {"type": "group", "title": "小组", "members": [1001], "privacy": False}
        )
    )["id"]
    async with scene.bot():
        async with Person(scene.sandbox.url, chat_id=group) as old:
            await old.send("/start")
            await old.wait_for_reaction(await old.send("#life 搬家之前"))
        moved = (await person.post(f"chats/{group}", {"migrate": True}))["id"]
        scene.clock.advance(timedelta(seconds=1))
        async with Person(scene.sandbox.url, chat_id=moved) as new:
            await new.send("#life 搬家之后")
            await new.send("/draft")
            _, content = await new.wait_for_document()
    assert "1. 搬家之前\n2. 搬家之后\n" in content.decode()


async def test_with_privacy_mode_on_a_group_hears_how_to_change_it(scene: Scene) -> None:
    """The bot finds out by itself that it will not see the tagged messages."""
    group = (
        await scene.person.post("chats", {"type": "group", "title": "小组", "members": [1001]})
    )["id"]
    async with scene.bot(), Person(scene.sandbox.url, chat_id=group) as person:
        await person.send("/start@weeknotes_sandbox_bot")
        told = await person.wait_for_answer("隐私模式")
    assert "/setprivacy" in told["text"]
