"""`/undo`: the last change taken back, whatever it was."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene, open_group
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def _undo(scene: Scene, words: str, person: Person | None = None) -> Message:
    """The bot's answer to `/undo`, which holds those words."""
    person = person or scene.person
    asked = await person.send("/undo", at=scene.clock.now())
    return await person.wait_for_answer(words, after=asked["message_id"])


async def test_a_week_is_taken_back_step_by_step_over_a_restart(scene: Scene) -> None:
    """A message, a button, an edit, a deletion, a move: each is undone, the last one first."""
    person = scene.person
    async with scene.bot():
        first = await scene.write("#life 吃了火锅\n毛肚")
        second = await scene.write("修了漏水")
        await person.press(await person.wait_for_answer("放到哪一栏"), "技术")
        await person.wait_for_reaction(second, "✍")
        await person.edit(first, "#life 吃了火锅\n毛肚\n鸭肠")
        await person.wait_for_reaction(first, "👌")
        await scene.write("/delete", reply_to=second["message_id"])
        await scene.write("#tech", reply_to=first["message_id"])
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 吃了火锅\n    1. 毛肚\n    2. 鸭肠\n"
        await _undo(scene, "撤销了移动：「吃了火锅」又在「生活」里。")
        await _undo(scene, "撤销了删除：「修了漏水」又回来了。")
        await person.wait_for_reaction(second, "✍")
    async with scene.bot():
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 吃了火锅\n    1. 毛肚\n    2. 鸭肠\n\n## 技术\n\n1. 修了漏水\n"
        )
        await _undo(scene, "撤销了修改")
        await _undo(scene, "撤销了归类：「修了漏水」又没有归类了。")
        await person.wait_for_reaction(second, "🤔")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 吃了火锅\n    1. 毛肚\n"
        await _undo(scene, "撤销了：「修了漏水」不在周报里了。")
        await _undo(scene, "撤销了：「吃了火锅」不在周报里了。")
        await _undo(scene, "没有可以撤销的了")
        asked = await person.send("/draft", at=scene.clock.now())
        await person.wait_for_answer("没有内容。", after=asked["message_id"])


async def test_what_was_taken_back_can_be_made_again(scene: Scene) -> None:
    """The button under the answer brings it back, with its reaction; later edits still count."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#life 看了电影")
        answer = await _undo(scene, "「看了电影」不在周报里了")
        await person.press(answer, "恢复")
        await person.wait_for_answer("「看了电影」又在周报里了")
        await person.wait_for_reaction(message, "✍")
        await person.edit(message, "#life 看了两场电影")
        await person.wait_for_reaction(message, "👌")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 看了两场电影\n"
        answer = await _undo(scene, "现在又是「看了电影」")
        await person.press(answer, "恢复")
        await person.wait_for_answer("现在是「看了两场电影」")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 看了两场电影\n"


async def test_an_album_and_a_comment_with_its_forward_are_one_change(scene: Scene) -> None:
    """However many updates they came in."""
    async with scene.bot():
        await scene.write("#life 前面的")
        parts = await scene.send_album(
            *((jpeg(f"#{n}{n}0000"), "#life 山" * (n == 2)) for n in range(3))
        )
        await scene.person.wait_for_reaction(parts[0], "✍")
        await scene.arrived(3)
        scene.clock.advance(timedelta(minutes=1))
        comment = await scene.person.send("#tech 值得一读", at=scene.clock.now())
        origin = {"type": "hidden_user", "sender_user_name": "老王"}
        await scene.person.send("转来的", at=scene.clock.now(), forward_origin=origin)
        await scene.person.wait_for_reaction(comment, "✍")
        await _undo(scene, "「值得一读」不在周报里了")
        await _undo(scene, "「山」和另外 2 条不在周报里了")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 前面的\n"


async def test_in_a_group_everybody_takes_back_their_own(scene: Scene) -> None:
    """What somebody else did since stays, and what they changed of it is left alone."""
    async with scene.bot(), open_group(scene) as group:
        zhou = await group.zhou.send("#life 小周的", at=scene.clock.now())
        await group.zhou.wait_for_reaction(zhou, "✍")
        li = await group.li.send("#tech 小李的", at=scene.clock.now())
        await group.li.wait_for_reaction(li, "✍")
        await _undo(scene, "「小周的」不在周报里了", group.zhou)
        assert await group.report(scene) == f"{_TITLE}## 技术\n\n1. 小李的\n"
        again = await group.zhou.send("#life 又来一条", at=scene.clock.now())
        await group.zhou.wait_for_reaction(again, "✍")
        moved = await group.zhou.send("#tech", reply_to=again["message_id"], at=scene.clock.now())
        await group.zhou.wait_for_reaction(moved, "👌")
        back = await group.li.send("#life", reply_to=again["message_id"], at=scene.clock.now())
        await group.li.wait_for_reaction(back, "👌")
        await _undo(scene, "「又来一条」后来又被改过", group.zhou)
        await _undo(scene, "「又来一条」不在周报里了", group.zhou)
        assert await group.report(scene) == f"{_TITLE}## 技术\n\n1. 小李的\n"


async def test_what_others_have_added_below_stays(scene: Scene) -> None:
    """Where the message stood that was taken back; their own undo is about their own."""
    async with scene.bot(), open_group(scene) as group:
        zhou = await group.zhou.send("#life 小周的\n细节", at=scene.clock.now())
        await group.zhou.wait_for_reaction(zhou, "✍")
        reply = {"reply_to": zhou["message_id"], "at": scene.clock.now()}
        added = await group.li.send("小李的补充", **reply)
        await group.li.wait_for_reaction(added, "✍")
        await _undo(scene, "「小周的」不在周报里了", group.zhou)
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 小李的补充\n"
        await _undo(scene, "「小李的补充」不在周报里了", group.li)


async def test_done_taken_back_settles_what_was_asked(scene: Scene) -> None:
    """The question about what came late says that the week is open."""
    async with scene.bot(), open_group(scene) as group:
        first = await group.zhou.send("#life 第一件", at=scene.clock.now())
        await group.zhou.wait_for_reaction(first, "✍")
        asked = await group.zhou.send("/draft", at=scene.clock.now())
        note = await group.zhou.wait_for_answer("收到", after=asked["message_id"])
        await group.zhou.press(note, "完成")
        await group.zhou.wait_for_answer("这一周完成了")
        # What comes before the second file is in it.
        await group.zhou.wait(
            lambda chat: chat[-1] if sum("document" in m for m in chat) == 2 else None
        )
        late = await group.li.send("#life 晚来的", at=scene.clock.now())
        await group.li.wait_for_reaction(late, "✍")
        question = await group.li.wait_for_answer("已经完成，后来又加了")
        undo = await group.zhou.send("/undo", at=scene.clock.now())
        await group.zhou.wait_for_answer("这一周还没有完成", after=undo["message_id"])
        await group.zhou.wait_for_answer("重新打开了", after=question["message_id"] - 1)


async def test_in_a_group_nothing_untrue_is_said_and_no_words_of_others_go(scene: Scene) -> None:
    """What is gone is passed over; a line that somebody else has worded stays."""
    async with scene.bot(), open_group(scene) as group:

        async def says(person: Person, words: str, **more: object) -> Message:
            message = await person.send(words, at=scene.clock.now(), **more)
            await person.wait_for_reaction(message)
            return message

        one = await says(group.zhou, "#life 一")
        await says(group.li, "#tech", reply_to=one["message_id"])
        await _undo(scene, "「一」不在周报里了", group.zhou)
        await _undo(scene, "没有可以撤销的了", group.li)
        await says(group.zhou, "#life 二")
        await says(group.li, "/edit 1 小李的话")
        await _undo(scene, "「小李的话」后来又被改过", group.zhou)
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 小李的话\n"
        await group.zhou.send("/settings 一天 04:00", at=scene.clock.now())
        await group.zhou.wait_for_answer("04:00")
        await group.li.send("/settings 一天 05:00", at=scene.clock.now())
        await group.li.wait_for_answer("05:00")
        await _undo(scene, "「一天到几点」后来又被改过", group.zhou)


async def test_an_edit_that_nobody_sees_is_no_step(scene: Scene) -> None:
    """A message left with its tag alone keeps its words, and one undo goes further back."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#life 有话")
        await person.edit(message, "#life 有话说")
        await person.wait_for_reaction(message, "👌")
        await person.edit(message, "#life")
        await person.wait_for_answer("只剩标签了")
        await _undo(scene, "现在又是「有话」")
        await _undo(scene, "「有话」不在周报里了")


async def test_what_was_brought_back_by_its_own_button_is_not_made_again(scene: Scene) -> None:
    """The other button is out of date then."""
    person = scene.person
    async with scene.bot():
        await person.send("没有标签", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        answer = await _undo(scene, "「没有标签」不在周报里了")
        await person.wait(
            lambda chat: next((m for m in chat if "放回来" in str(m.get("reply_markup", ""))), None)
        )
        await person.press(await person.message(question["message_id"]), "放回来")
        await person.wait_for_answer("放到哪一栏")
        await person.press(answer, "恢复")
        await _undo(scene, "「没有标签」又不在周报里了")
        await _undo(scene, "没有可以撤销的了")
