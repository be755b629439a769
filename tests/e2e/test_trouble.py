"""Stories of faults: what the person sees stays true."""

from __future__ import annotations

import asyncio
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from unittest.mock import AsyncMock, patch

import aiohttp
import pytest

from bot.sandbox.person import Person
from bot.services.acknowledging import Acknowledging
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.pictures import jpeg

_SUNDAY = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)


async def _kinds(scene: Scene) -> list[str]:
    """What the bot has sent, in a word each."""
    return [
        "file" if "document" in m else "preview" if "rich_message" in m else m["text"]
        for m in await scene.person.said()
    ]


async def test_a_note_that_fails_does_not_repeat_the_preview(scene: Scene) -> None:
    """The accounts under the preview are refused: preview and file come once all the same."""
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(_SUNDAY)
        await scene.person.fault(
            "sendMessage", kind="status", error_code=400, description="no", times=1
        )
        for _ in range(3):
            await bot.delivering.deliver_due()
        assert await _kinds(scene) == ["preview", "file"]


async def test_a_preview_whose_answer_never_comes_is_not_sent_without_end(scene: Scene) -> None:
    """A few more tries, marked, at growing distance; then the file, once."""
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(_SUNDAY)
        await scene.person.fault("sendRichMessage", kind="drop", when="after", times=-1)
        for _ in range(12):
            await bot.delivering.deliver_due()
            scene.clock.advance(timedelta(hours=1))
        kinds = await _kinds(scene)
    assert kinds.count("preview") == 6
    assert sum("断了" in kind for kind in kinds) == 5
    assert kinds[-1] == "file"
    assert kinds.count("file") == 1


@pytest.mark.parametrize(
    "outage",
    [
        {"kind": "drop", "when": "before"},
        {"kind": "status", "error_code": 502, "description": "Bad Gateway"},
        {"kind": "status", "error_code": 429, "description": "Too Many", "retry_after": 0},
    ],
    ids=["dropped", "502", "429"],
)
async def test_an_outage_on_sunday_evening_delays_the_draft_and_no_more(
    scene: Scene, outage: dict[str, object]
) -> None:
    """A quarter of an hour without sending: then the draft comes, or at the least its offer."""
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(_SUNDAY)
        for method in ("sendRichMessage", "sendMessage", "sendDocument"):
            await scene.person.fault(method, times=-1, **outage)
        for _ in range(9):
            await bot.delivering.deliver_due()
            scene.clock.advance(timedelta(seconds=100))
        assert await _kinds(scene) == []
        async with aiohttp.ClientSession(scene.sandbox.url) as session:
            await session.delete("/sandbox/faults")
        for _ in range(3):
            scene.clock.advance(timedelta(hours=1))
            await bot.delivering.deliver_due()
        kinds = await _kinds(scene)
    assert kinds.count("preview") == 1
    assert kinds[-1] == "file"
    assert kinds.count("file") == 1


async def test_a_question_whose_answer_is_lost_is_not_asked_without_end(scene: Scene) -> None:
    """It may have arrived, so it is not repeated; the entry can be filed in the draft."""
    person = scene.person
    async with scene.bot() as bot:
        await scene.person.fault("sendMessage", kind="drop", when="after", times=1)
        await scene.write("没有标签")
        for _ in range(3):
            await bot.services.answering.settle()
            await asyncio.sleep(0.1)
        said = [m["text"] for m in await person.said()]
        assert sum("放到哪一栏" in words for words in said) == 1


async def test_an_album_moves_as_one_when_its_caption_is_edited(scene: Scene) -> None:
    """The tag on the captioned part counts for all, also when it is changed."""
    person = scene.person
    async with scene.bot():
        parts = [
            await person.send_picture(
                jpeg(f"#{number}0{number}0ff"), caption, media_group_id="8", at=scene.clock.now()
            )
            for number, caption in enumerate(("#life 猫", ""))
        ]
        await person.wait_for_reaction(parts[0], "✍")
        await scene.write("#life 之后")
        await person.edit(parts[0], "#tech 猫")
        await person.wait_for_reaction(parts[0], "👌")
        _, content = await scene.report_file()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        report = archive.read("2023-W40.md").decode()
    life, _, tech = report.partition("## 技术")
    assert "images" not in life
    assert tech.count("images/") == 2


async def test_what_went_with_its_parent_can_be_put_back_by_itself(scene: Scene) -> None:
    """Two questions; the parent is discarded; the button under the child's brings the child."""
    person = scene.person
    async with scene.bot():
        parent = await person.send("甲", at=scene.clock.now())
        about_parent = await person.wait_for_answer("放到哪一栏")
        scene.clock.advance(timedelta(seconds=5))
        child = await person.send("乙", reply_to=parent["message_id"], at=scene.clock.now())
        about_child = await person.wait_for_answer("放到哪一栏", after=about_parent["message_id"])
        await person.press(about_parent, "丢弃")
        gone = await person.wait_for_answer("不在周报里了", after=about_parent["message_id"])
        assert gone["message_id"] == about_child["message_id"]
        await person.press(gone, "放回来")
        await person.wait_for_reaction(child, "🤔")
        again = await person.wait_for_answer("放到哪一栏", after=about_parent["message_id"])
        await person.press(again, "生活")
        await person.wait_for_reaction(child, "✍")
        assert (await scene.report()).endswith("## 生活\n\n1. 乙\n")


async def test_the_draft_waits_for_what_came_while_the_bot_was_away(scene: Scene) -> None:
    """Down until after eight on Sunday: what was sent before is in the report."""
    scene.clock.set(_SUNDAY - timedelta(days=2))
    async with scene.bot():
        await scene.write("#life 周五的事")
    for minute in range(130):
        scene.clock.set(_SUNDAY - timedelta(hours=4) + timedelta(minutes=minute))
        await scene.person.send(f"#life 周日的第 {minute} 件", at=scene.clock.now())
    scene.clock.set(_SUNDAY + timedelta(hours=3))
    async with scene.bot():
        _, content = await scene.person.wait_for_document(seconds=30)
    assert content.decode().count("周日的第") == 130


async def test_the_draft_of_a_group_follows_it_into_the_supergroup(scene: Scene) -> None:
    """The group was upgraded in the middle of the week."""
    made = {"type": "group", "title": "小组", "members": [1001], "privacy": False}
    group = (await scene.person.post("chats", made))["id"]
    async with scene.bot() as bot:
        async with Person(scene.sandbox.url, chat_id=group) as old:
            await old.send("/start")
            await old.wait_for_reaction(await old.send("#life 搬家之前"))
        scene.clock.advance(timedelta(minutes=1))
        moved = (await scene.person.post(f"chats/{group}", {"migrate": True}))["id"]
        async with Person(scene.sandbox.url, chat_id=moved) as new:
            await new.wait_for_reaction(await new.send("#life 搬家之后"))
            scene.clock.set(_SUNDAY)
            await bot.delivering.deliver_due()
            name, _ = await new.wait_for_document()
    assert name == "2023-W40.md"


_ZHOU = {"id": 1001, "is_bot": False, "first_name": "小\ud83d"}


async def test_half_a_surrogate_pair_is_stored_as_what_it_shows(scene: Scene) -> None:
    """Such a character cannot be stored; it holds up nobody."""
    async with scene.bot():
        await scene.person.post(
            "updates",
            {
                "message": {
                    "message_id": 77_000,
                    "date": int(scene.clock.now().timestamp()),
                    "chat": {"id": 1001, "type": "private", "first_name": "小周"},
                    "from": _ZHOU,
                    "text": "#life 半个\ud83d表情",
                }
            },
        )
        scene.clock.advance(timedelta(seconds=1))
        await scene.write("#life 后面的")
        assert "1. 半个\ufffd表情\n2. 后面的\n" in await scene.report()
        command = {"type": "bot_command", "offset": 0, "length": len("/search")}
        searched = {"text": "/search \ud83d", "message_id": 77_001, "entities": [command]}
        chat = {"id": 1001, "type": "private", "first_name": "小周"}
        said = {"date": int(scene.clock.now().timestamp()), "chat": chat, "from": _ZHOU}
        await scene.person.post("updates", {"message": said | searched})
        await scene.person.wait_for_answer("找到 1 处")


async def test_where_reactions_are_forbidden_commands_are_answered_in_words(scene: Scene) -> None:
    """`/delete` gets its acknowledgement as a message; replies to such messages find the entry."""
    person = scene.person
    await person.post("chats/1001", {"allowed_reactions": []})
    async with scene.bot():
        await person.send("#life 一", at=scene.clock.now())
        shown = await person.wait_for_answer("✍")
        reply = await person.send("下面", reply_to=shown["message_id"], at=scene.clock.now())
        await person.wait_for_answer("✍", after=reply["message_id"])
        assert "1. 一\n    1. 下面\n" in await scene.report()
        gone = await person.send("/delete", reply_to=reply["message_id"])
        await person.wait_for_answer("👌", after=gone["message_id"])
        assert "下面" not in await scene.report()


async def test_a_press_whose_answer_fails_is_shown_all_the_same(scene: Scene) -> None:
    """The entry is filed, so the question says so, and nobody hears that something failed."""
    person = scene.person
    await person.fault(
        "answerCallbackQuery", kind="status", error_code=502, description="Bad Gateway"
    )
    async with scene.bot():
        await person.send("没有标签", at=scene.clock.now())
        await person.press(await person.wait_for_answer("放到哪一栏"), "生活")
        await person.wait_for_answer("放进「生活」了", seconds=30)
        assert not [m for m in await person.said() if "没做成" in m.get("text", "")]


async def test_what_was_put_back_is_in_the_report(scene: Scene) -> None:
    """A reply comes back although what it answered is still gone; what was gone before stays so."""
    person = scene.person
    async with scene.bot():
        parent = await person.send("甲", at=scene.clock.now())
        about_parent = await person.wait_for_answer("放到哪一栏")
        await person.press(about_parent, "生活")
        child = await scene.write("乙", reply_to=parent["message_id"])
        other = await scene.write("丙", reply_to=parent["message_id"])
        await scene.write("/delete", reply_to=other["message_id"])
        await scene.write("/delete", reply_to=parent["message_id"])
        await person.wait(
            lambda chat: next(
                (m for m in chat if m["message_id"] == child["message_id"] and not m["_reactions"]),
                None,
            )
        )
        gone = await person.wait_for_answer("不在周报里了")
        await person.press(gone, "放回来")
        await person.wait_for_reaction(child, "✍")
        assert (await scene.report()).endswith("## 生活\n\n1. 甲\n    1. 乙\n")


async def test_replies_below_what_became_the_summary_stay_filed(scene: Scene) -> None:
    """They are in the report, so they are neither untagged nor asked about."""
    async with scene.bot():
        parent = await scene.write("#life 甲")
        child = await scene.write("乙", reply_to=parent["message_id"])
        await scene.person.edit(parent, "#summary 甲")
        await scene.person.wait_for_reaction(parent, "👌")
        assert (await scene.report()).endswith("## 总结\n\n甲\n\n1. 乙\n")
        assert (await scene.person.message(child["message_id"]))["_reactions"] == ["✍"]
        note = await scene.person.wait_for_answer("收到 2 条")
    assert "未归类 0" in note["text"]


async def test_stopping_in_the_middle_of_a_commit_stops(scene: Scene) -> None:
    """A cancel while SQLite syncs neither hangs nor is mistaken for a fault of the disk."""
    async with scene.bot() as bot:

        async def hold() -> None:
            async with bot.database.atomic() as connection:
                await connection.execute("CREATE TABLE held (x)")

        for delay in range(30):
            task = asyncio.create_task(hold())
            await asyncio.sleep(delay / 10_000)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            async with bot.database.atomic() as connection:
                await connection.execute("DROP TABLE IF EXISTS held")
        await scene.write("#life 还能存")


async def test_a_kill_between_a_reaction_and_its_record_makes_no_reaction_lie(scene: Scene) -> None:
    """✍, an edit shows 👌, a kill before that is noted, a second edit: it is ✍ again."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#life 一")
    # As if killed: what is shown from here on is never recorded.
    with patch.object(Acknowledging, "set_shown", AsyncMock()):
        async with scene.bot():
            await person.edit(message, "#life 一，改过")
            await person.wait_for_reaction(message, "👌")
    async with scene.bot():
        await person.edit(message, "#life 一，又改过")
        await person.wait_for_reaction(message, "✍")
