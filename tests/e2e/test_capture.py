"""What becomes of single messages."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock, patch

from bot.app import Weeknotes
from bot.chat.answering import Answering
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until


async def test_an_untagged_message_is_stored_at_once_and_filed_by_a_button(scene: Scene) -> None:
    """It shows 🤔 and one row of buttons; a tap files it, and the question says so."""
    person = scene.person
    async with scene.bot():
        message = await person.send("忘了写标签", at=scene.clock.now())
        assert await person.wait_for_reaction(message) == "🤔"
        question = await person.wait_for_answer("放到哪一栏")
        [row] = question["reply_markup"]["inline_keyboard"]
        assert [button["text"] for button in row] == ["生活", "技术", "丢弃"]
        await person.press(question, "技术")
        await person.wait_for_reaction(message, "✍")
        filed = await person.wait_for_answer("放进「技术」了")
        assert filed["message_id"] == question["message_id"]
        assert "## 技术\n\n1. 忘了写标签\n" in await scene.report()


async def test_a_discarded_message_can_be_put_back(scene: Scene) -> None:
    """Discarding takes it out of the report and offers the way back."""
    person = scene.person
    async with scene.bot():
        message = await person.send("随便说说", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        await person.press(question, "丢弃")
        discarded = await person.wait_for_answer("不在周报里了")
        await person.press(discarded, "放回来")
        await person.wait_for_reaction(message, "🤔")
        again = await person.wait_for_answer("放到哪一栏")
        await person.press(again, "生活")
        await person.wait_for_answer("放进「生活」了")
        assert "1. 随便说说\n" in await scene.report()


async def test_a_reply_with_a_bare_tag_moves_the_entry(scene: Scene) -> None:
    """`#tech` in reply files what it replies to, with all that hangs below it."""
    async with scene.bot():
        message = await scene.write("#生活 其实是技术的事")
        await scene.write("细节", reply_to=message["message_id"])
        await scene.write("#tech", reply_to=message["message_id"])
        report = await scene.report()
    assert report == "# 2023 年第40周周报\n\n## 技术\n\n1. 其实是技术的事\n    1. 细节\n"


async def test_a_reply_with_a_bare_part_tag_makes_it_that_part(scene: Scene) -> None:
    """`#总结` in reply makes an item the summary, with all that hangs below it, and back."""
    async with scene.bot():
        message = await scene.write("#生活 这周没有虚度\n- 真的")
        await scene.write("#生活 别的")
        await scene.write("下周继续", reply_to=message["message_id"])
        await scene.write("#总结", reply_to=message["message_id"])
        assert await scene.report() == (
            "# 2023 年第40周周报\n\n## 生活\n\n1. 别的\n\n"
            "## 总结\n\n这周没有虚度\n\n1. 真的\n2. 下周继续\n"
        )
        await scene.write("#生活", reply_to=message["message_id"])
        assert await scene.report() == (
            "# 2023 年第40周周报\n\n## 生活\n\n"
            "1. 这周没有虚度\n    1. 真的\n    2. 下周继续\n2. 别的\n"
        )


async def test_a_wrong_tap_is_mended_by_another(scene: Scene) -> None:
    """The question keeps the other sections on offer once it was answered."""
    person = scene.person
    async with scene.bot():
        await person.send("放错了", at=scene.clock.now())
        await person.press(await person.wait_for_answer("放到哪一栏"), "生活")
        await person.press(await person.wait_for_answer("放进「生活」了"), "技术")
        await person.wait_for_answer("放进「技术」了")
        assert await scene.report() == "# 2023 年第40周周报\n\n## 技术\n\n1. 放错了\n"


async def test_an_edit_that_changes_the_part_loses_nothing(scene: Scene) -> None:
    """An item with replies below becomes the summary and an item again; all lines stay."""
    async with scene.bot():
        message = await scene.write("#tech 原来的话\n- 子项")
        await scene.write("回复", reply_to=message["message_id"])
        await scene.person.edit(message, "#summary 原来的话\n- 子项")
        await scene.person.wait_for_reaction(message, "👌")
        report = await scene.report()
        assert report.startswith(
            "# 2023 年第40周周报\n\n## 总结\n\n原来的话\n\\- 子项\n\n1. 回复\n"
        )
        await scene.person.edit(message, "#tech 原来的话\n- 子项")
        await scene.person.wait_for_reaction(message, "✍")
        assert await scene.report() == (
            "# 2023 年第40周周报\n\n## 技术\n\n1. 原来的话\n    1. 子项\n    2. 回复\n"
        )


async def test_a_reply_with_delete_removes_the_entry(scene: Scene) -> None:
    """`/delete` takes the entry out of the report and its reaction off the message."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 留下的")
        message = await scene.write("#生活 说错了")
        await scene.write("/delete", reply_to=message["message_id"])
        report = await scene.report()
        assert "说错了" not in report
        assert "1. 留下的\n" in report
        assert (await person.message(message["message_id"]))["_reactions"] == []
        await person.edit(message, "#生活 说错了又改")
        await scene.write("#生活 之后的")
        assert "说错了" not in await scene.report()


async def test_replies_nest_to_any_depth_and_below_the_quoted_line(scene: Scene) -> None:
    """A reply goes below the line it quotes, else below the last item; replies nest."""
    async with scene.bot():
        first = await scene.write("#tech\n- 甲\n- 乙\n-- 乙一")
        await scene.write("甲的下面", reply_to=first["message_id"], quote="甲")
        below = await scene.write("乙的下面", reply_to=first["message_id"])
        deeper = await scene.write("再深一层", reply_to=below["message_id"])
        await scene.write("又一层", reply_to=deeper["message_id"])
        await scene.write("#life 另起一条", reply_to=first["message_id"])
        report = await scene.report()
    assert report == (
        "# 2023 年第40周周报\n\n## 生活\n\n1. 另起一条\n\n## 技术\n\n"
        "1. 甲\n    1. 甲的下面\n"
        "2. 乙\n    1. 乙一\n    2. 乙的下面\n        1. 再深一层\n            1. 又一层\n"
    )


async def test_edits_change_the_entry_in_place(scene: Scene) -> None:
    """Text, outline, tag and week follow the edit; replies below stay; the reaction alternates."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#life 一号\n- 旧的子项\n- 留着的子项")
        await scene.write("#life 二号")
        await scene.write("回复在这", reply_to=message["message_id"])
        await person.edit(message, "#life 一号改\n- 留着的子项\n- 新的子项")
        assert await person.wait_for_reaction(message, "👌") == "👌"
        assert "1. 一号改\n    1. 留着的子项\n    2. 新的子项\n    3. 回复在这\n2. 二号\n" in (
            await scene.report()
        )
        await person.edit(message, "#tech 一号改\n- 留着的子项\n- 新的子项")
        await person.wait_for_reaction(message, "✍")
        report = await scene.report()
        assert (
            "## 技术\n\n1. 一号改\n    1. 留着的子项\n    2. 新的子项\n    3. 回复在这\n" in report
        )
        await person.edit(message, "一号改\n- 留着的子项\n- 新的子项")
        await person.wait_for_reaction(message, "🤔")
        await person.wait_for_answer("放到哪一栏")
        await person.edit(message, "#tech @last 一号改\n- 留着的子项\n- 新的子项")
        await person.wait_for_reaction(message, "✍", "👌")
        assert "一号改" not in await scene.report()
        last = await scene.report("/report 39")
    assert last == (
        "# 2023 年第39周周报\n\n## 技术\n\n"
        "1. 一号改\n    1. 留着的子项\n    2. 新的子项\n    3. 回复在这\n"
    )


async def test_an_edit_with_the_tag_untouched_leaves_the_entry_where_it_was_moved(
    scene: Scene,
) -> None:
    """What was moved since stays moved when only the words are corrected."""
    async with scene.bot():
        message = await scene.write("#life 手误")
        await scene.write("#tech", reply_to=message["message_id"])
        await scene.person.edit(message, "#life 没有手误")
        await scene.person.wait_for_reaction(message, "👌")
        report = await scene.report()
    assert report == "# 2023 年第40周周报\n\n## 技术\n\n1. 没有手误\n"


async def test_pictures_of_an_album_go_where_its_caption_says(scene: Scene) -> None:
    """The tag on one part files all of them, in their order, whichever part carries it."""
    person = scene.person
    async with scene.bot():
        parts = [
            await person.send_picture(
                jpeg(f"#{number}0{number}0ff"), caption, media_group_id="7", at=scene.clock.now()
            )
            for number, caption in enumerate(("", "", "#生活 三张猫"))
        ]
        # Telegram shows a reaction to any part on the first one.
        await person.wait_for_reaction(parts[0], "✍")
        name, _ = await scene.report_file()
        assert name == "2023-W40.zip"
        note = await person.wait_for_answer("收到 1 条 = 已归类 1")
    assert "未归类 0" in note["text"]


async def test_weeks_follow_the_messages_own_date_in_the_journals_zone(scene: Scene) -> None:
    """Monday 00:30 is the new week, Sunday 23:59 the old one, a backlog lands in its own."""
    for text, at in (
        ("周日 23:59", datetime(2023, 10, 1, 23, 59, tzinfo=SHANGHAI)),
        ("周一 00:30", datetime(2023, 10, 2, 0, 30, tzinfo=SHANGHAI)),
        ("上周三", datetime(2023, 9, 27, 12, 0, tzinfo=SHANGHAI)),
    ):
        await scene.person.send(f"#life {text}", at=at)
    async with scene.bot():
        await scene.write("#life 此刻")
        this = await scene.report()
        last = await scene.report("/report")
    assert "1. 周一 00:30\n2. 此刻\n" in this
    assert "1. 上周三\n2. 周日 23:59\n" in last


async def test_new_years_day_2027_is_in_week_53_of_2026(scene: Scene) -> None:
    """The year of a week is that of its Thursday."""
    scene.clock.set(datetime(2027, 1, 1, 12, 0, tzinfo=SHANGHAI))
    async with scene.bot():
        await scene.write("#life 新年快乐")
        name, content = await scene.report_file()
    assert name == "2026-W53.md"
    assert content.decode().startswith("# 2026 年第53周周报\n")


async def test_both_clock_changes_in_new_york(scene: Scene) -> None:
    """The week ends at the person's midnight, whatever the offset is that day."""
    scene.zone = "America/New_York"
    spring = datetime(2026, 3, 9, 3, 59, tzinfo=UTC)  # Sunday 23:59, already UTC-4
    autumn = datetime(2026, 11, 2, 4, 59, tzinfo=UTC)  # Sunday 23:59, again UTC-5
    async with scene.bot():
        for name, instant, week in (("春", spring, "2026-W10"), ("秋", autumn, "2026-W44")):
            scene.clock.set(instant + timedelta(hours=1))
            await scene.write(f"#life {name}", at=instant)
            await scene.write(f"#life {name}之后", at=instant + timedelta(minutes=1))
            report = await scene.report(f"/report {week}")
            assert f"1. {name}\n" in report
            assert "之后" not in report


async def test_bad_input_gets_a_sentence_and_loses_nothing(scene: Scene) -> None:
    """A week that does not exist, a foreign command, an empty tag, brackets without end."""
    person = scene.person
    async with scene.bot():
        odd = await person.send("#life 未来 @2026-W60", at=scene.clock.now())
        assert await person.wait_for_reaction(odd) == "🤔"
        await person.wait_for_answer("没有「2026-W60」这一周")
        foreign = await person.send("/etc/hosts 里多了一行", at=scene.clock.now())
        assert await person.wait_for_reaction(foreign) == "🤔"
        empty = await person.send("#life", at=scene.clock.now())
        assert await person.wait_for_reaction(empty) == "👎"
        await person.wait_for_answer("只有标签")
        brackets = await person.send("#tech " + "[" * 4090, at=scene.clock.now())
        assert await person.wait_for_reaction(brackets) == "✍"
        report = await scene.report()
        note = await person.wait_for_answer("收到 3 条 = 已归类 1 + 未归类 2")
    assert report.count("[") == 4090
    assert "/etc/hosts" in note["text"]


async def test_a_picture_too_large_to_fetch_is_said_so_and_its_caption_stays(scene: Scene) -> None:
    """Bots may fetch 20 MB; above it the person learns what to do."""
    person = scene.person
    large = jpeg() + b"\0" * 21_000_000
    file_id = await person.upload(large, "large.jpg", "image/jpeg")
    async with scene.bot():
        message = await person.send(
            "#life 很大的图", kind="document", file_id=file_id, at=scene.clock.now()
        )
        assert await person.wait_for_reaction(message) == "👎"
        await person.wait_for_answer("21 MB")
        await person.send("/draft", at=scene.clock.now())
        await person.wait_for_answer("这些文件没存下来：2023-W40-1.jpg")


async def test_a_repeated_update_changes_nothing(scene: Scene) -> None:
    """The same message offered again is neither stored twice nor answered twice."""
    person = scene.person
    async with scene.bot():
        message = await person.send("没有标签的一条", at=scene.clock.now())
        await person.wait_for_answer("放到哪一栏")
        raw = {key: value for key, value in message.items() if not key.startswith("_")}
        await person.post("updates", {"message": raw})
        await scene.write("#life 之后")
        said = [m.get("text", "") for m in await person.said()]
        assert sum("放到哪一栏" in text for text in said) == 1
        await person.send("/draft", at=scene.clock.now())
        await person.wait_for_answer("收到 2 条 = 已归类 1 + 未归类 1")


async def test_a_chat_that_forbids_the_reaction_gets_it_as_a_message(scene: Scene) -> None:
    """Never silence: the acknowledgement comes as an answer to the message."""
    person = scene.person
    await person.post("chats/1001", {"allowed_reactions": []})
    async with scene.bot():
        message = await person.send("#life 不让点表情", at=scene.clock.now())
        answer = await person.wait_for_answer("✍")
    assert answer["reply_to_message"]["message_id"] == message["message_id"]


async def test_an_update_that_cannot_be_handled_is_kept_and_its_sender_told(scene: Scene) -> None:
    """It does not hold up the others, and its whole text is in the dead letters."""
    person = scene.person
    async with scene.bot() as bot:
        poison = {
            "message": {"message_id": 5, "chat": {"id": 1001, "type": "private"}, "text": "毒"}
        }
        await person.post("updates", poison)
        await scene.write("#life 后面的照样存")
        told = await person.wait_for_answer("原样留着了")
        async with bot.database.snapshot() as connection:
            [letter] = await connection.execute_fetchall("SELECT * FROM dead_letters")
    assert letter["incident"] in told["text"]
    assert json.loads(letter["body"])["message"] == poison["message"]


async def test_the_parts_of_a_report(scene: Scene) -> None:
    """Opening, closing, title and summary, alone and with a section; a text between two lists."""
    async with scene.bot():
        await scene.write("#title 一个自己的标题")
        await scene.write("#intro 开场白\n换一行\n\n第二段")
        await scene.write("#tech #intro 技术开场")
        await scene.write("#tech 一")
        await scene.write("#tech #text - 夹在中间的话")
        await scene.write("#tech 二")
        await scene.write("#tech #outro 技术收尾")
        await scene.write("#outro 全文收尾")
        await scene.write("#summary 总结一")
        await scene.write("#总结 总结二")
        report = await scene.report()
    assert report == (
        "# 一个自己的标题\n\n开场白\n换一行\n\n第二段\n\n## 技术\n\n技术开场\n\n1. 一\n\n"
        "\\- 夹在中间的话\n\n1. 二\n\n技术收尾\n\n全文收尾\n\n## 总结\n\n总结一\n\n总结二\n"
    )


async def test_formats_survive(scene: Scene) -> None:
    """Telegram's entities become CommonMark, typed Markdown stays as typed."""
    text = "看 粗体 和 代码，还有 [链接](https://example.org) 与 setup.py"
    entities = [
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "code", "offset": 7, "length": 2},
    ]
    async with scene.bot():
        message = await scene.person.send(f"{text} #tech", entities=entities, at=scene.clock.now())
        await scene.person.wait_for_reaction(message, "✍")
        report = await scene.report()
    wanted = "1. 看 **粗体** 和 `代码`，还有 [链接](https://example.org) 与 setup.py\n"
    assert report.endswith(wanted)


async def test_what_messages_show_is_recorded_along_with_the_next_batch(scene: Scene) -> None:
    """It needs no commit of its own while people write; here nothing else would record it."""

    async def shown(bot: Weeknotes) -> list[str | None]:
        async with bot.database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT reaction_shown FROM entries ORDER BY id"
            )
        return [row["reaction_shown"] for row in rows]

    with patch.object(Answering, "run", AsyncMock()):
        async with scene.bot() as bot:
            await scene.write("#life 一")
            assert await shown(bot) == [None]
            await scene.write("#life 二")
            assert await shown(bot) == ["✍", None]


async def test_what_cannot_be_answered_yet_is_stored_all_the_same(scene: Scene) -> None:
    """A fault on the way to the answers is told in the log, and a knock finds what is owed."""
    fault = AsyncMock(side_effect=ValueError("a fault of ours"))
    async with scene.bot() as bot:
        with patch.object(Answering, "conclude", fault):
            message = await scene.person.send("#life 存了", at=scene.clock.now())
            await until(lambda: fault.await_count == 1)
        assert await scene.report() == "# 2023 年第40周周报\n\n## 生活\n\n1. 存了\n"
        await bot.services.answering.settle()
        assert await scene.person.wait_for_reaction(message) == "✍"
