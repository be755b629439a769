"""The preview that was shown last stays true, where it stands."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg, picture, tells_a_place
from tests.e2e.processes import until


async def draft(scene: Scene) -> tuple[Message, Message]:
    """The newest preview's first message, and the note under it."""
    asked = await scene.person.send("/draft", at=scene.clock.now())
    note = await scene.person.wait_for_answer("收到", after=asked["message_id"])
    await scene.person.wait_for_document(after=asked["message_id"])
    return await scene.person.message(asked["message_id"] + 1), note


async def shows(person: Person, message: Message, words: str = "", lacks: str = "\0") -> Message:
    """The message, as soon as it holds those words, and does not hold the others."""

    async def shows() -> bool:
        text = text_of(await person.message(message["message_id"]))
        return words in text and lacks not in text

    await until(shows)
    return await person.message(message["message_id"])


def text_of(message: Message) -> str:
    rich: dict[str, Any] = message.get("rich_message", {})
    return str(rich.get("markdown") or message.get("text", ""))


async def _edits(scene: Scene) -> int:
    return len(await scene.person.get("calls", method="editMessageText"))


async def test_what_comes_late_is_edited_in(scene: Scene) -> None:
    """New, edited, moved, filed and deleted entries; no second preview is sent."""
    async with scene.bot():
        first = await scene.write("#life 第一件")
        preview, note = await draft(scene)
        said = len(await scene.person.said())
        late = await scene.write("#tech 晚来的")
        await shows(scene.person, preview, "## 技术\n\n1. 晚来的")
        await shows(scene.person, note, "收到 2 条 = 已归类 2")
        await scene.person.edit(late, "#tech 晚来的，改过")
        await shows(scene.person, preview, "1. 晚来的，改过")
        await scene.person.send("#life", at=scene.clock.now(), reply_to=late["message_id"])
        shown = await shows(scene.person, preview, "1. 第一件\n2. 晚来的，改过")
        assert "## 技术" not in text_of(shown)
        await scene.person.send("/delete", at=scene.clock.now(), reply_to=first["message_id"])
        await shows(scene.person, preview, "## 生活\n\n1. 晚来的，改过")
        await shows(scene.person, note, "已删除 1")
        assert len(await scene.person.said()) == said
        untagged = await scene.write("没有标签")
        await shows(scene.person, note, "1. 没有标签")
        question = await scene.person.wait_for_answer("放到哪一栏", after=untagged["message_id"])
        await scene.person.press(question, "生活")
        await shows(scene.person, preview, "2. 没有标签")
        shown = await shows(scene.person, note, "未归类 0")
        assert "点一下" not in shown["text"]


async def test_a_burst_makes_few_edits(scene: Scene) -> None:
    """Twenty messages one after the other; the acknowledgements do not wait for the preview."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        before = await _edits(scene)
        for number in range(20):
            await scene.write(f"#life 第 {number} 条")
            await asyncio.sleep(0.05)
        await shows(scene.person, preview, "第 19 条")
        await shows(scene.person, note, "收到 21 条")
        assert await _edits(scene) - before <= 8


async def test_what_changed_while_the_bot_was_away_from_telegram_is_made_up_for(
    scene: Scene,
) -> None:
    """A restart in the middle, and a Telegram that refuses edits for a while."""
    async with scene.bot() as bot:
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        await scene.person.fault("editMessageText", kind="status", error_code=500, times=-1)
        await scene.write("#life 第二件")
        await until(lambda: _is_stale(bot))
        assert "第二件" not in text_of(await scene.person.message(preview["message_id"]))
    await scene.person.clear_faults()
    async with scene.bot():
        await shows(scene.person, preview, "2. 第二件")
        await shows(scene.person, note, "收到 2 条")


async def test_too_many_requests_are_waited_out(scene: Scene) -> None:
    """429 loses no edit."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, _ = await draft(scene)
        await scene.person.fault(
            "editMessageText", kind="status", error_code=429, retry_after=1, times=2
        )
        await scene.write("#life 第二件")
        await shows(scene.person, preview, "2. 第二件")


async def test_a_message_deleted_by_hand_is_forgotten(scene: Scene) -> None:
    """The note goes on being true without the preview, and nothing is tried without both."""
    async with scene.bot() as bot:
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        await scene.person.delete(preview)
        await scene.write("#life 第二件")
        await shows(scene.person, note, "收到 2 条")
        await scene.person.delete(note)
        await scene.write("#life 第三件")
        await until(lambda: _has_previews(bot, 0))
        assert "rich_message" not in (await scene.person.said())[-1]


async def test_only_the_newest_preview_is_kept_true(scene: Scene) -> None:
    """An older one stays as it was; previews of several weeks do not get in each other's way."""
    async with scene.bot():
        await scene.write("#life 上周的 @last")
        await scene.write("#life 第一件")
        old, _ = await draft(scene)
        new, _ = await draft(scene)
        asked = await scene.person.send("/report last", at=scene.clock.now())
        await scene.person.wait_for_document(after=asked["message_id"])
        last = await scene.person.message(asked["message_id"] + 1)
        await scene.write("#life 第二件")
        await scene.write("#life 上周补的 @last")
        await shows(scene.person, new, "2. 第二件")
        await shows(scene.person, last, "2. 上周补的")
        assert "第二件" not in text_of(await scene.person.message(old["message_id"]))


async def test_without_rich_messages_the_parts_are_edited(scene: Scene) -> None:
    """Where the report gets longer or shorter, messages are added and taken away at its end."""
    await scene.person.post("options", {"rich_messages": False})
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await draft(scene)
        long = [await scene.write(f"#tech 第 {number} 条" + "很长。" * 900) for number in range(2)]
        await shows(scene.person, note, "很长")
        new = await scene.person.wait_for_answer("收到 3 条", after=note["message_id"])
        for message in long:
            await scene.person.send("/delete", at=scene.clock.now(), reply_to=message["message_id"])
        await shows(scene.person, note, "已删除 2")
        assert text_of(await scene.person.message(preview["message_id"])).endswith("第一件")
        await until(lambda: _is_gone(scene, new))


async def test_what_cannot_be_deleted_any_more_says_so(scene: Scene) -> None:
    """Telegram lets bots delete for two days; a part that is too much then points upwards."""
    await scene.person.post("options", {"rich_messages": False})
    async with scene.bot():
        await scene.write("#life 第一件")
        long = [await scene.write(f"#tech 第 {number} 条" + "很长。" * 900) for number in range(2)]
        _, note = await draft(scene)
        scene.clock.advance(timedelta(days=3))
        for message in long:
            await scene.person.send("/delete", at=scene.clock.now(), reply_to=message["message_id"])
        await shows(scene.person, note, "到上面为止")


async def test_pictures_that_arrive_take_their_place(scene: Scene) -> None:
    """One that was still being downloaded when the draft was asked for, and its line is gone."""
    async with scene.bot():
        await scene.write("#life 第一件")
        await scene.person.fault("getFile", kind="status", error_code=500, times=1)
        picture = await scene.person.send_picture(jpeg(), "#life 海", at=scene.clock.now())
        await scene.person.wait_for_reaction(picture)
        _, note = await draft(scene)
        assert "还在下载" in note["text"]
        scene.clock.advance(timedelta(minutes=1))
        await scene.write("#life 第二件")
        await scene.arrived()
        shown = await shows(scene.person, note, "收到 3 条")

        async def arrived() -> bool:
            return "还在下载" not in text_of(await scene.person.message(shown["message_id"]))

        await until(arrived)


async def _is_stale(bot: Any) -> bool:
    return bool(await bot.services.board.previewing.stale())


async def _has_previews(bot: Any, many: int) -> bool:
    async with bot.database.snapshot() as connection:
        return len(list(await connection.execute_fetchall("SELECT 1 FROM previews"))) == many


async def _is_gone(scene: Scene, message: Message) -> bool:
    return bool((await scene.person.message(message["message_id"]))["_deleted"])


async def test_pictures_of_any_type_are_shown_in_the_preview(scene: Scene) -> None:
    """A PNG sent as a file goes along as a small JPEG, once; a file that is no picture does not."""
    async with scene.bot():
        await scene.write("#life 第一件")
        large = picture("PNG", size=(3000, 2000), place=True)
        sent = await scene.send_file(large, "地图.png", "image/png", "#life 地图")
        await scene.person.wait_for_reaction(sent)
        sent = await scene.send_file(b"%PDF-1.7", "票.pdf", "application/pdf", "#life 票")
        await scene.person.wait_for_reaction(sent)
        await scene.arrived(2)
        asked = await scene.person.send("/draft", at=scene.clock.now())
        note = await scene.person.wait_for_answer("收到", after=asked["message_id"])
        preview = await scene.person.message(asked["message_id"] + 1)
        assert '![](tg://photo?id=p1 "地图")' in text_of(preview)
        [medium] = preview["rich_message"]["media"]
        shown = await scene.person.download(medium["media"]["media"])
        with Image.open(BytesIO(shown)) as image:
            assert (image.format, max(image.size)) == ("JPEG", 1280)
        assert not tells_a_place(shown)
        await scene.person.wait_for_document(after=note["message_id"])
        await scene.write("#life 第二件")
        await shows(scene.person, preview, "第二件")
        [call] = [
            call
            for call in await scene.person.get("calls", method="editMessageText")
            if "第二件" in str(call["params"].get("rich_message", ""))
        ]
        assert "attach://" not in str(call["params"]["rich_message"])
        assert (await scene.person.message(preview["message_id"]))["rich_message"]["media"] == [
            medium
        ]


async def test_a_picture_with_which_the_preview_is_refused_is_named(scene: Scene) -> None:
    """Then it goes without, as a line with the caption; and still as a rich message."""
    async with scene.bot():
        sent = await scene.send_file(picture("PNG"), "地图.png", "image/png", "#life 地图")
        await scene.person.wait_for_reaction(sent)
        await scene.arrived()
        await scene.person.fault(
            "sendRichMessage", kind="status", error_code=400, description="no files", times=1
        )
        preview, _ = await draft(scene)
        assert "🖼 地图" in text_of(preview)
        assert "rich_message" in preview
