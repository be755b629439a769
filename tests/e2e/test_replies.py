"""Replies: to anything, at any depth."""

from __future__ import annotations

from datetime import timedelta

from tests.e2e.conftest import Scene, open_group
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def test_a_reply_to_a_picture_without_caption_is_its_caption(scene: Scene) -> None:
    """Its tag files the picture; an edit changes the caption, a deletion takes it away."""
    person = scene.person
    async with scene.bot():
        photo = await person.send_picture(jpeg(), "", at=scene.clock.now())
        assert await person.wait_for_reaction(photo) == "🤔"
        scene.clock.advance(timedelta(seconds=5))
        reply = await scene.write("窗台上的猫 #life", reply_to=photo["message_id"])
        await person.wait_for_reaction(photo, "✍")
        name = "images/2023-W40-1.jpg"
        assert await _markdown(scene) == f"{_TITLE}## 生活\n\n![窗台上的猫]({name})\n"
        await person.edit(reply, "窗台上的两只猫 #life")
        await person.wait_for_reaction(reply, "👌")
        assert await _markdown(scene) == f"{_TITLE}## 生活\n\n![窗台上的两只猫]({name})\n"
        await scene.write("/delete", reply_to=reply["message_id"])
        assert await _markdown(scene) == f"{_TITLE}## 生活\n\n![]({name})\n"


async def test_a_reply_to_a_picture_with_caption_is_an_item_of_its_section(scene: Scene) -> None:
    """And a picture that waited for a section joins that of the reply."""
    person = scene.person
    async with scene.bot():
        photo = await person.send_picture(jpeg(), "猫", at=scene.clock.now())
        await person.wait_for_reaction(photo, "🤔")
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("它睡了一天 #life", reply_to=photo["message_id"])
        await person.wait_for_reaction(photo, "✍")
        await scene.write("又睡了一夜", reply_to=photo["message_id"])
        assert await _markdown(scene) == (
            f"{_TITLE}## 生活\n\n1. 它睡了一天\n2. 又睡了一夜\n\n![猫](images/2023-W40-1.jpg)\n"
        )


async def test_a_picture_in_reply_goes_along_with_what_it_answers(scene: Scene) -> None:
    """It stands with the pictures of the section, also when the item moves later."""
    person = scene.person
    async with scene.bot():
        item = await scene.write("爬山 #life")
        await person.wait_for_reaction(
            await person.send_picture(
                jpeg(), "山顶", reply_to=item["message_id"], at=scene.clock.now()
            ),
            "✍",
        )
        await scene.write("#tech", reply_to=item["message_id"])
        assert await _markdown(scene) == (
            f"{_TITLE}## 技术\n\n1. 爬山\n\n![山顶](images/2023-W40-1.jpg)\n"
        )
        await scene.write("#总结", reply_to=item["message_id"])
        assert await _markdown(scene) == (
            f"{_TITLE}## 总结\n\n爬山\n\n![山顶](images/2023-W40-1.jpg)\n"
        )


async def test_a_reply_to_the_bots_answers_and_to_past_weeks(scene: Scene) -> None:
    """Below the entry that the answer is about, in the week where that is."""
    person = scene.person
    async with scene.bot():
        last = await scene.write("上周的事 @上周 #life")
        untagged = await person.send("没标签", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        scene.clock.advance(timedelta(seconds=5))
        await person.wait_for_reaction(
            await person.send("问题下面", reply_to=question["message_id"], at=scene.clock.now())
        )
        await person.press(question, "技术")
        await person.wait_for_reaction(untagged, "✍")
        scene.clock.advance(timedelta(weeks=3))
        await scene.write("三周后想起来的", reply_to=last["message_id"])
        assert (await scene.report("/report 2023-w40")).endswith(
            "## 技术\n\n1. 没标签\n    1. 问题下面\n"
        )
        assert (await scene.report("/report 2023-w39")).endswith(
            "## 生活\n\n1. 上周的事\n    1. 三周后想起来的\n"
        )


async def test_replies_nest_thirty_deep(scene: Scene) -> None:
    """Each below the one before it; nothing is lost and nothing flattened."""
    async with scene.bot():
        message = await scene.write("#tech 0")
        for number in range(1, 30):
            message = await scene.write(str(number), reply_to=message["message_id"])
        report = await scene.report()
    lines = report.removeprefix(f"{_TITLE}## 技术\n\n").rstrip("\n").split("\n")
    assert lines == [f"{' ' * 4 * number}1. {number}" for number in range(30)]


async def test_in_a_group_a_reply_to_somebody_elses_message(scene: Scene) -> None:
    """It nests below what was kept; a bare tag takes in what was not, as its author's."""
    async with scene.bot(), open_group(scene) as group:
        zhou, li = group.zhou, group.li
        kept = await li.send("#tech 小李的发现", at=scene.clock.now())
        await li.wait_for_reaction(kept, "✍")
        await zhou.wait_for_reaction(
            await zhou.send("小周补充", reply_to=kept["message_id"], at=scene.clock.now()), "✍"
        )
        talk = await li.send("今天的面真好吃", at=scene.clock.now())
        tag = await zhou.send("#life", reply_to=talk["message_id"], at=scene.clock.now())
        await zhou.wait_for_reaction(tag, "👌")
        await li.wait_for_reaction(talk, "✍")
        assert await group.report(scene) == (
            f"{_TITLE}## 生活\n\n1. 今天的面真好吃\n\n## 技术\n\n1. 小李的发现\n    1. 小周补充\n"
        )


async def _markdown(scene: Scene) -> str:
    await scene.arrived()
    return (await scene.archive())["2023-W40.md"].decode()


async def test_a_reply_that_is_more_than_plain_words_is_no_caption(scene: Scene) -> None:
    """A link has no place in an alt text: it is an item beside the picture."""
    async with scene.bot():
        photo = await scene.person.send_picture(jpeg(), "", at=scene.clock.now())
        await scene.person.wait_for_reaction(photo)
        scene.clock.advance(timedelta(seconds=5))
        reply = "看 [文章](https://example.org/b) #life"
        await scene.write(reply, reply_to=photo["message_id"])
        assert await _markdown(scene) == (
            f"{_TITLE}## 生活\n\n1. 看 [文章](https://example.org/b)\n\n![](images/2023-W40-1.jpg)\n"
        )


async def test_a_caption_stays_when_its_picture_becomes_something_else(scene: Scene) -> None:
    """What was said about it is an item below then."""
    async with scene.bot():
        picture = await scene.write("#life ![](https://example.org/a.jpg)")
        await scene.write("海边", reply_to=picture["message_id"])
        assert await scene.report() == (f"{_TITLE}## 生活\n\n![海边](https://example.org/a.jpg)\n")
        await scene.person.edit(picture, "#life 看 ![](https://example.org/a.jpg)")
        await scene.person.wait_for_reaction(picture, "👌")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 看 ![](https://example.org/a.jpg)\n    1. 海边\n"
        )


async def test_a_bare_part_tag_never_takes_a_line_out_of_the_report(scene: Scene) -> None:
    """`#正文` keeps the section; a picture stays a picture of its section."""
    async with scene.bot():
        item = await scene.write("#life 一段话")
        await scene.write("#正文", reply_to=item["message_id"])
        photo = await scene.person.send_picture(jpeg(), "猫 #life", at=scene.clock.now())
        await scene.person.wait_for_reaction(photo, "✍")
        await scene.write("#总结", reply_to=photo["message_id"])
        assert await _markdown(scene) == (
            f"{_TITLE}## 生活\n\n一段话\n\n![猫](images/2023-W40-1.jpg)\n"
        )
        await scene.person.wait_for_answer("收到 2 条 = 已归类 2 + 未归类 0")


async def test_a_tag_in_reply_to_a_command_files_nothing(scene: Scene) -> None:
    """What a command said is nothing to keep."""
    async with scene.bot():
        command = await scene.person.send("/help", at=scene.clock.now())
        tag = await scene.person.send("#life", reply_to=command["message_id"])
        assert await scene.person.wait_for_reaction(tag) == "👎"
        await scene.write("#tech 之后")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 之后\n"
