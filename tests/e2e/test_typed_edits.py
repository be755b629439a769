"""`/edit`, `/move` and `/delete` as people type them."""

from __future__ import annotations

import pytest

from bot.sandbox.person import Message
from tests.e2e.conftest import Scene, open_group
from tests.e2e.outlines import buttons, listed, shown
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def _done(scene: Scene, words: str, **more: object) -> Message:
    """The command, once it shows that it was done."""
    message = await scene.person.send(words, at=scene.clock.now(), **more)
    assert await scene.person.wait_for_reaction(message) == "👌", words
    return message


async def _refused(scene: Scene, words: str, **more: object) -> str:
    """What the bot says to a command that it does not carry out."""
    message = await scene.person.send(words, at=scene.clock.now(), **more)
    assert await scene.person.wait_for_reaction(message) == "👎", words
    answer = await scene.person.wait_for_answer("", after=message["message_id"])
    return str(answer["text"])


async def test_by_number(scene: Scene) -> None:
    """The outline that was shown last says what a number means, and is redrawn in place."""
    person = scene.person
    async with scene.bot():
        for words in ("#生活 一", "#生活 二", "#生活 三", "#技术 四"):
            await scene.write(words)
        outline = await listed(scene)
        await _done(scene, "/move 3 上移")
        await shown(person, outline, "2. 三\n3. 二")
        await _done(scene, "/move 3 under 1")
        await shown(person, outline, "1. 一\n  1.1. 二\n2. 三")
        await _done(scene, "/move 2 到 1.1 前面")
        await shown(person, outline, "1. 一\n  1.1. 三\n  1.2. 二\n\n技术\n2. 四")
        await _done(scene, "/move １．２ #技术")
        await shown(person, outline, "技术\n2. 二\n3. 四")
        await _done(scene, "/edit 3 四改过 **粗**\n四的下面")
        await shown(person, outline, "3. 四改过 粗\n  3.1. 四的下面")
        await _done(scene, "/delete 3.1")
        await _done(scene, "/move 1.1 out")
        await shown(person, outline, "1. 一\n2. 三\n\n技术\n3. 二\n4. 四改过 粗")
        await _done(scene, "/move 2 @上周")
        await shown(person, outline, "生活\n1. 一\n\n技术\n2. 二")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 一\n\n## 技术\n\n1. 二\n2. 四改过 **粗**\n"
        )
        assert (await scene.report("/report 上周")).endswith("## 生活\n\n1. 三\n")


async def test_without_a_list_numbers_are_those_of_this_week(scene: Scene) -> None:
    """Nothing has to be asked for first."""
    async with scene.bot():
        await scene.write("#生活 上周的 @上周")
        await scene.write("#生活 一")
        await _done(scene, "/edit 1 一改过")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一改过\n"


async def test_numbers_are_those_of_the_week_that_was_listed(scene: Scene) -> None:
    """Also the next day, and in whatever week it is by then."""
    async with scene.bot():
        await scene.write("#生活 上周的 @上周")
        await scene.write("#生活 一")
        await listed(scene, "/list -1")
        await _done(scene, "/delete 1")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n"
        await scene.person.send("/report 上周", at=scene.clock.now())
        await scene.person.wait_for_answer("没有内容")


async def test_a_number_whose_line_has_changed_is_asked_about(scene: Scene) -> None:
    """It never hits the wrong line; a tap does what was meant."""
    person = scene.person
    async with scene.bot():
        first = await scene.write("#生活 一")
        await scene.write("#生活 二")
        await scene.write("#生活 三")
        await listed(scene)
        # A reply to the message says nothing of numbers, and the list is not looked at anew.
        await person.edit(first, "一 #技术")
        await person.wait_for_reaction(first, "👌")
        asked = await person.send("/delete 2", at=scene.clock.now())
        question = await person.wait_for_answer("变过了", after=asked["message_id"])
        assert question["text"].endswith("2. 三\n\n要删掉这一条吗？")
        assert buttons(question) == [["就是它", "看列表"]]
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 二\n2. 三\n\n## 技术\n\n1. 一\n"
        await person.press(question, "就是它")
        await shown(person, question, "删掉了：三")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 二\n\n## 技术\n\n1. 一\n"
        asked = await person.send("/move 3 up", at=scene.clock.now())
        gone = await person.wait_for_answer("没有 3 了", after=asked["message_id"])
        await person.press(gone, "看列表")
        await shown(person, gone, "1. 二\n\n技术\n2. 一")
        await _done(scene, "/edit 2 一改过")


async def test_numbers_that_nobody_was_shown_mean_nothing(scene: Scene) -> None:
    """The list was deleted by hand, so what has moved on since is asked about."""
    person = scene.person
    async with scene.bot():
        for words in ("一", "二", "三", "四", "五"):
            await scene.write(f"#生活 {words}")
        outline = await listed(scene)
        await person.delete(outline)
        await _done(scene, "/delete 2")
        # What comes of it in the chat comes before the report.
        assert "1. 一\n2. 三\n3. 四\n4. 五\n" in await scene.report()
        asked = await person.send("/delete 3", at=scene.clock.now())
        question = await person.wait_for_answer("变过了", after=asked["message_id"])
        assert "3. 四" in question["text"]
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n2. 三\n3. 四\n4. 五\n"
        await person.press(question, "看列表")
        await shown(person, question, "2. 三\n3. 四\n4. 五")
        await _done(scene, "/delete 3")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n2. 三\n3. 五\n"


async def test_numbers_of_a_card_that_nobody_was_shown_mean_nothing(scene: Scene) -> None:
    """A card that was deleted by hand moves on with its line, but nobody sees where."""
    person = scene.person
    async with scene.bot():
        for words in ("一", "二", "三"):
            await scene.write(f"#生活 {words}")
        outline = await listed(scene)
        await person.press(outline, "3")
        card = await shown(person, outline, "3 · 生活")
        await person.delete(card)
        await _done(scene, "/move 3 up")
        assert "1. 一\n2. 三\n3. 二\n" in await scene.report()
        asked = await person.send("/delete 2", at=scene.clock.now())
        question = await person.wait_for_answer("变过了", after=asked["message_id"])
        assert "2. 三" in question["text"]
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n2. 三\n3. 二\n"


async def test_in_reply_to_a_message(scene: Scene) -> None:
    """The entry itself is meant, whatever its number; also by the bot's question about it."""
    person = scene.person
    async with scene.bot():
        first = await scene.write("#生活 一\n一的下面")
        second = await scene.write("#生活 二")
        untagged = await person.send("三", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        await _done(scene, "/edit 3 个苹果", reply_to=second["message_id"])
        await _done(scene, "/move up", reply_to=second["message_id"])
        await _done(scene, "/move 技术", reply_to=first["message_id"])
        await _done(scene, "/move 生活", reply_to=question["message_id"])
        await person.wait_for_reaction(untagged, "✍")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 3 个苹果\n2. 三\n\n## 技术\n\n1. 一\n    1. 一的下面\n"
        )
        await _done(scene, "/move under 1", reply_to=untagged["message_id"])
        await _done(scene, "/edit 一的下面改过", reply_to=first["message_id"], quote="一的下面")
        await _done(scene, "/delete", reply_to=second["message_id"])
        assert await scene.report() == (f"{_TITLE}## 技术\n\n1. 一\n    1. 一的下面改过\n")
        assert "不在了" in await _refused(scene, "/edit 又来", reply_to=second["message_id"])


async def test_in_reply_to_a_card(scene: Scene) -> None:
    """The card is about its line."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一")
        await scene.write("#生活 二")
        outline = await listed(scene)
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 生活")
        await _done(scene, "/move 上移", reply_to=card["message_id"])
        await shown(person, outline, "1 · 生活", "二")
        await _done(scene, "/edit 二改过", reply_to=card["message_id"])
        await shown(person, outline, "二改过")
        await _done(scene, "/delete", reply_to=card["message_id"])
        await shown(person, outline, "生活\n1. 一")


async def test_in_reply_to_a_card_that_is_not_the_newest(scene: Scene) -> None:
    """However many lists and cards came after it, it is about its line and no other."""
    person = scene.person
    async with scene.bot():
        await scene.write("- 甲\n- 乙 #生活")
        first = await listed(scene)
        await person.press(first, "1")
        await shown(person, first, "1 · 生活", "甲")
        second = await listed(scene)
        await person.press(second, "2")
        await shown(person, second, "2 · 生活", "乙")
        await listed(scene)
    async with scene.bot():
        await _done(scene, "/edit 新的", reply_to=first["message_id"])
        await scene.write("甲的下面", reply_to=first["message_id"])
        assert await scene.report() == (f"{_TITLE}## 生活\n\n1. 新的\n    1. 甲的下面\n2. 乙\n")
        await _done(scene, "/delete", reply_to=second["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 新的\n    1. 甲的下面\n"


async def test_in_reply_to_a_card_whose_line_is_gone(scene: Scene) -> None:
    """The other lines of its entry are left alone; put back, it can be replied to again."""
    person = scene.person
    async with scene.bot():
        await scene.write("- 甲\n- 乙 #生活")
        outline = await listed(scene)
        await person.press(outline, "1")
        card = await shown(person, outline, "1 · 生活", "甲")
        await person.press(card, "删除")
        card = await shown(person, outline, "删掉了：甲")
        for words in ("/delete", "/edit", "/edit 新的", "/move 技术", "#技术"):
            assert "不在了" in await _refused(scene, words, reply_to=card["message_id"])
        await scene.write("补一句", reply_to=card["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 乙\n"
        await person.wait_for_answer("已归类 1 + 未归类 1")
        await person.press(card, "放回来")
        await shown(person, card, "1 · 生活", "甲")
        await _done(scene, "/edit 新的", reply_to=card["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 新的\n2. 乙\n"


async def test_in_a_group_a_card_stays_about_its_line(scene: Scene) -> None:
    """Whatever list somebody else looks at meanwhile."""
    async with scene.bot(), open_group(scene) as group:
        sent = await group.zhou.send("- 甲\n- 乙 #生活", at=scene.clock.now())
        await group.zhou.wait_for_reaction(sent, "✍")
        outline = await listed(scene, "/list", group.zhou)
        await group.zhou.press(outline, "1")
        card = await shown(group.zhou, outline, "1 · 生活", "甲")
        await listed(scene, "/list", group.li)
        reply = {"reply_to": card["message_id"]}
        sent = await group.zhou.send("/edit 新的", at=scene.clock.now(), **reply)
        await group.zhou.wait_for_reaction(sent, "👌")
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 新的\n2. 乙\n"


async def test_a_message_in_reply_to_a_list_or_card(scene: Scene) -> None:
    """It adds to the week of the list, and below the line of the card."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 上周的\n下面的 @上周")
        outline = await listed(scene, "/list 上周")
        await scene.write("#生活 补一条", reply_to=outline["message_id"])
        await person.press(outline, "1.1")
        card = await shown(person, outline, "1.1 · 生活")
        await scene.write("再下面", reply_to=card["message_id"])
        assert (await scene.report("/report 上周")).endswith(
            "## 生活\n\n1. 上周的\n    1. 下面的\n        1. 再下面\n2. 补一条\n"
        )


async def test_a_line_becomes_another_part_of_the_report(scene: Scene) -> None:
    """As with a tag, where it is all of its message."""
    async with scene.bot():
        await scene.write("#生活 一")
        await scene.write("#生活\n二\n三")
        await _done(scene, "/move 1 总结")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 二\n2. 三\n\n## 总结\n\n一\n"
        assert "放不到那里" in await _refused(scene, "/move 1 总结")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/edit", "/edit 3"),
        ("/edit 一", "/edit 3"),
        ("/edit 9 不存在", "没有 9"),
        ("/move", "/move 3 技术"),
        ("/move 1", "/move 3 技术"),
        ("/move 技术", "/move 3 技术"),
        ("/move 1 厨房", "不知道「厨房」"),
        ("/move 1 2", "不知道「2」"),
        ("/move 1 under 7", "没有 7"),
        ("/move 1 @2023-w60", "没有「@2023-w60」这一周"),
        ("/move 1 up", "最前面"),
        ("/move 1 out", "最外层"),
        ("/move 1 under 1", "自己下面"),
        ("/move 1 before 2", "放不到那里"),
        ("/move 1 生活", "已经在那里了"),
        ("/delete", "/delete 3"),
        ("/delete 1.1", "没有 1.1"),
        ("/delete 1 2", "一次删一行"),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_in_one_sentence(
    scene: Scene, words: str, answer: str
) -> None:
    """With an example, and nothing has changed."""
    async with scene.bot():
        await scene.write("#生活 一")
        photo = await scene.person.send_picture(jpeg(), "甲 #生活", at=scene.clock.now())
        await scene.person.wait_for_reaction(photo, "✍")
        assert answer in await _refused(scene, words)
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
        assert report == f"{_TITLE}## 生活\n\n1. 一\n\n![甲](images/2023-W40-1.jpg)\n"
