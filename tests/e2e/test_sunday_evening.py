"""A whole Sunday evening: the draft comes, is put right from the phone, and is done."""

from __future__ import annotations

from datetime import datetime

from bot.app import Weeknotes
from bot.sandbox.person import Message
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.outlines import listed, shown, with_button
from tests.e2e.test_live_draft import shows, text_of
from tests.e2e.test_round_trip import applied, offered, send_back

_SUNDAY_EVENING = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)

_WEEK = """# 2023 年第40周周报

## 生活

1. 国庆去了海边
    1. 水很凉
2. 看完了《三体》

## 技术

1. 升级
    1. 数据库升到 16
    2. 系统升到 12
2. 修好了登录

## 总结

歇够了，也没耽误事。
"""


async def _tell_the_week(scene: Scene) -> None:
    """What was sent in the days before; three without a tag."""
    scene.clock.set(datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI))
    for words in (
        "#生活 国庆去了海遍\n水很凉",
        "看完了《三体》",
        "#技术 数据库升到 16",
        "#技术 系统升到 12",
        "修好了登录",
        "#生活 升级",
        "打错了，不要",
    ):
        await scene.write(words)


async def _draft_comes(scene: Scene, bot: Weeknotes) -> tuple[Message, Message]:
    """The preview and its note, after which the file has come as well."""
    last = (await scene.person.messages())[-1]["message_id"]
    scene.clock.set(_SUNDAY_EVENING)
    await bot.delivering.deliver_due()
    note = await scene.person.wait_for_answer("收到 7 条 = 已归类 4 + 未归类 3", after=last)
    await scene.person.wait_for_document(after=last)
    return await scene.person.message(note["message_id"] - 1), note


async def test_ten_minutes_on_the_phone(scene: Scene) -> None:
    """Untagged filed, two joined under a third, a typo mended, summary, file edited, done."""
    person = scene.person
    async with scene.bot() as bot:
        await _tell_the_week(scene)
        preview, note = await _draft_comes(scene, bot)
        assert "1. 看完了《三体》\n2. 修好了登录\n3. 打错了，不要" in note["text"]

        # What had no tag, by the buttons under the preview.
        await person.press(note, "1 → 生活")
        note = await shows(person, note, "已归类 5 + 未归类 2")
        await person.press(note, "技术")
        note = await shows(person, note, "已归类 6 + 未归类 1")
        await person.press(note, "丢弃")
        note = await shows(person, note, "已归类 6 + 未归类 0 + 已删除 1")
        await shows(person, preview, "2. 看完了《三体》\n3. 升级")

        # One line goes to the other section and takes two others below it.
        await person.press(note, "编辑")
        outline = await person.wait_for_answer("点数字", after=note["message_id"])
        await person.press(outline, "3")
        card = await shown(person, outline, "3 · 生活", "升级")
        await person.press(card, "换栏目")
        await person.press(await with_button(person, card, "技术"), "技术")
        card = await shown(person, card, "· 技术", "升级")
        for command in ("/move 3 under 6", "/move 3 under 5"):
            outline = await listed(scene)
            await scene.write(command)
        await shown(person, outline, "3. 修好了登录\n4. 升级")
        await scene.write("/move 4 up")
        await shown(
            person, outline, "3. 升级\n  3.1. 数据库升到 16\n  3.2. 系统升到 12\n4. 修好了登录"
        )
        await scene.write("/move 4 up")
        await shown(person, outline, "3. 修好了登录\n4. 升级")
        asked = await person.send("/undo", at=scene.clock.now())
        await person.wait_for_answer("撤销了移动：「修好了登录」", after=asked["message_id"])
        await shown(person, outline, "3. 升级")

        # A typo, the summary.
        await scene.write("/edit 1 国庆去了海边")
        await person.press(note, "写总结")
        prompt = await person.wait_for_answer("写「总结」", after=note["message_id"])
        await scene.write("歇够了。", reply_to=prompt["message_id"])
        await shows(person, preview, "## 总结\n\n歇够了。")

        # The file, changed elsewhere, comes back.
        await person.press(note, "文件")
        _, content = await person.wait_for_document(after=prompt["message_id"])
        changed = content.decode().replace("歇够了。", "歇够了，也没耽误事。")
        assert changed == _WEEK
        offer = await offered(scene, await send_back(scene, changed))
        assert "歇够了，也没耽误事。" in offer["text"]
        await applied(scene, offer)
        shown_now = await shows(person, preview, "歇够了，也没耽误事。")
        assert "海边" in text_of(shown_now)

        # Done.
        note = await person.message(note["message_id"])
        await person.press(note, "完成")
        name, final = await person.wait_for_document(after=offer["message_id"])
        await shows(person, note, "✅ 这一周完成了。")
    assert (name, final.decode()) == ("2023-W40.md", _WEEK)
