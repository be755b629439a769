"""Forwards, with a comment and without."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.person import Message
from tests.e2e.conftest import Scene, open_group
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"
_CHANNEL = {
    "type": "channel",
    "date": 1_690_000_000,
    "message_id": 12,
    "chat": {"id": -1001234567890, "type": "channel", "title": "新闻", "username": "xinwen"},
}
_PERSON = {
    "type": "user",
    "date": 1_690_000_000,
    "sender_user": {"id": 77, "is_bot": False, "first_name": "老王"},
}


async def _forward(scene: Scene, text: str, origin: object = _CHANNEL, **more: object) -> Message:
    return await scene.person.send(text, at=scene.clock.now(), forward_origin=origin, **more)


async def test_a_comment_and_its_forward_are_one_item(scene: Scene) -> None:
    """The comment comes first and rules; the forwarded text stands below it with its origin."""
    person = scene.person
    async with scene.bot():
        comment = await person.send("这个值得一看 #tech", at=scene.clock.now())
        forward = await _forward(scene, "新版本发布了 #life 别看标签\n- 第一点")
        assert await person.wait_for_reaction(comment) == "✍"
        assert await person.wait_for_reaction(forward) == "✍"
        assert await scene.report() == (
            f"{_TITLE}## 技术\n\n1. 这个值得一看\n"
            "    1. 新版本发布了 #life 别看标签 [新闻](https://t.me/xinwen/12)\n"
            "        1. 第一点\n"
        )
        await person.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0 + 已删除 0")


async def test_the_comment_is_acknowledged_without_waiting_for_a_forward(scene: Scene) -> None:
    """The forward may come much later, after a restart; it still belongs to its comment."""
    person = scene.person
    sent_at = scene.clock.now()
    async with scene.bot():
        comment = await person.send("先说一句 #tech", at=sent_at)
        await person.wait_for_reaction(comment, "✍")
    scene.clock.advance(timedelta(hours=2))
    forward = await person.send("原文", at=sent_at + timedelta(seconds=1), forward_origin=_PERSON)
    async with scene.bot():
        await person.wait_for_reaction(forward, "✍")
        assert await scene.report() == (f"{_TITLE}## 技术\n\n1. 先说一句\n    1. 原文 — 老王\n")


async def test_a_message_two_seconds_before_is_no_comment(scene: Scene) -> None:
    """Then the forward is an item of its own, asked about like any other."""
    person = scene.person
    async with scene.bot():
        await scene.write("#tech 别的事")
        scene.clock.advance(timedelta(seconds=2))
        forward = await _forward(scene, "单独转来的", _PERSON)
        assert await person.wait_for_reaction(forward) == "🤔"
        await person.press(await person.wait_for_answer("放到哪一栏"), "生活")
        await person.wait_for_reaction(forward, "✍")
        assert "## 生活\n\n1. 单独转来的 — 老王\n" in await scene.report()


async def test_a_comment_that_is_only_a_tag_files_the_forward(scene: Scene) -> None:
    """Nobody is told that a tag alone says nothing; an edit of the tag moves the forward."""
    person = scene.person
    async with scene.bot():
        comment = await person.send("#tech", at=scene.clock.now())
        forward = await _forward(scene, "正文")
        await person.wait_for_reaction(forward, "✍")
        await person.wait_for_reaction(comment, "✍")
        assert not [m for m in await person.said() if "只有标签" in m.get("text", "")]
        link = "[新闻](https://t.me/xinwen/12)"
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 正文 {link}\n"
        await person.edit(comment, "#life")
        await person.wait_for_reaction(comment, "👌")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 正文 {link}\n"
        await person.edit(comment, "#life 说点什么")
        await person.wait_for_reaction(comment, "✍")
        assert await scene.report() == (f"{_TITLE}## 生活\n\n1. 说点什么\n    1. 正文 {link}\n")


async def test_a_tag_alone_is_answered_where_no_forward_comes(scene: Scene) -> None:
    """A second later, in a sentence."""
    async with scene.bot():
        alone = await scene.person.send("#tech", at=scene.clock.now())
        assert await scene.person.wait_for_reaction(alone) == "👎"
        await scene.person.wait_for_answer("只有标签")


async def test_an_untagged_comment_asks_once_for_both(scene: Scene) -> None:
    """The button files the comment, and the forward goes along."""
    person = scene.person
    async with scene.bot():
        comment = await person.send("看这个", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        await person.wait_for_reaction(forward, "🤔")
        await person.press(await person.wait_for_answer("放到哪一栏"), "技术")
        await person.wait_for_reaction(forward, "✍")
        await person.wait_for_reaction(comment, "✍")
        assert len([m for m in await person.said() if "reply_markup" in m]) == 1
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 看这个\n    1. 正文 — 老王\n"


async def test_several_forwards_share_a_comment(scene: Scene) -> None:
    """Three messages forwarded at once stand below it in their order."""
    person = scene.person
    async with scene.bot():
        await person.send("三条 #life", at=scene.clock.now())
        for text in ("一", "二", "三"):
            last = await _forward(scene, text, _PERSON)
        await person.wait_for_reaction(last, "✍")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 三条\n    1. 一 — 老王\n    2. 二 — 老王\n    3. 三 — 老王\n"
        )
        await person.wait_for_answer("收到 1 条 = 已归类 1")


async def test_a_forward_alone_is_one_item_with_its_origin(scene: Scene) -> None:
    """Whatever its lines; a tag in it counts, as in one's own message kept elsewhere."""
    async with scene.bot():
        forward = await _forward(scene, "标题 #tech\n\n第一段\n\n第二段")
        await scene.person.wait_for_reaction(forward, "✍")
        assert await scene.report() == (
            f"{_TITLE}## 技术\n\n1. 标题 [新闻](https://t.me/xinwen/12)\n"
            "    1. 第一段\n    2. 第二段\n"
        )


async def test_an_album_is_forwarded_with_a_comment(scene: Scene) -> None:
    """The pictures go where the comment goes, and move along with it."""
    person = scene.person
    async with scene.bot():
        comment = await person.send("展览 #life", at=scene.clock.now())
        for number in range(3):
            part = await person.send_picture(
                jpeg(f"#{number}{number}{number}000"),
                "" if number else "第一张",
                media_group_id="f",
                forward_origin=_PERSON,
                at=scene.clock.now(),
            )
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("#life 之后")
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
        assert report == (
            f"{_TITLE}## 生活\n\n1. 展览\n2. 之后\n\n![第一张 — 老王](images/2023-W40-1.jpg)\n\n"
            "![老王](images/2023-W40-2.jpg)\n\n![老王](images/2023-W40-3.jpg)\n"
        )
        await person.wait_for_answer("收到 2 条 = 已归类 2")
        await person.edit(comment, "展览 #tech")
        await person.wait_for_reaction(comment, "👌")
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
        assert report.partition("## 技术")[2].count("![") == 3
        await scene.write("/delete", reply_to=comment["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 之后\n"
        assert part


async def test_ones_own_message_has_no_origin(scene: Scene) -> None:
    """Forwarded from another chat of one's own it is just what one said."""
    own = {
        "type": "user",
        "date": 1_690_000_000,
        "sender_user": {"id": 1001, "is_bot": False, "first_name": "小周"},
    }
    async with scene.bot():
        await scene.person.wait_for_reaction(await _forward(scene, "#life 自己说过的", own))
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 自己说过的\n"


async def test_an_edit_of_a_tag_moves_every_forward_that_came_with_it(scene: Scene) -> None:
    """Section, week and part; each edit looks different; with words it becomes their comment."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        for text in ("一", "二"):
            last = await _forward(scene, text, _PERSON)
        await person.wait_for_reaction(last, "✍")
        await person.wait_for_reaction(tag, "✍")
        await person.edit(tag, "#life @上周")
        await person.wait_for_reaction(tag, "👌")
        assert (await scene.report("/report 39")).endswith("1. 一 — 老王\n2. 二 — 老王\n")
        await person.edit(tag, "#life")
        await person.wait_for_reaction(tag, "✍")
        await person.edit(tag, "#life 有话说")
        await person.wait_for_reaction(tag, "✍")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 有话说\n    1. 一 — 老王\n    2. 二 — 老王\n"
        )
        await person.wait_for_answer("收到 1 条 = 已归类 1")


async def test_a_reply_to_a_tag_is_about_the_forward(scene: Scene) -> None:
    """`#life` and `/delete` in reply to it act on what came with it."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        await person.wait_for_reaction(forward, "✍")
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("#life", reply_to=tag["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 正文 — 老王\n"
        await scene.write("/delete", reply_to=tag["message_id"])
        await scene.write("#tech 别的")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 别的\n"


async def test_in_a_group_a_tag_that_becomes_words_is_kept(scene: Scene) -> None:
    """It had come with a forward, so it is meant for the bot also without its tag."""
    async with scene.bot(), open_group(scene) as group:
        zhou = group.zhou
        tag = await zhou.send("#life", at=scene.clock.now())
        forward = await zhou.send("正文", forward_origin=_PERSON, at=scene.clock.now())
        await zhou.wait_for_reaction(forward, "✍")
        await zhou.edit(tag, "改成一句话")
        await zhou.wait_for_reaction(tag, "🤔")


async def test_a_tag_names_a_week_that_does_not_exist(scene: Scene) -> None:
    """The forward is stored, asked about, and the sentence comes."""
    person = scene.person
    async with scene.bot():
        await person.send("#tech @2023-w60", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        assert await person.wait_for_reaction(forward) == "🤔"
        await person.wait_for_answer("没有「2023-w60」这一周")
        await person.wait_for_answer("放到哪一栏")


async def test_a_channels_picture_keeps_its_origin_as_a_link(scene: Scene) -> None:
    """Behind the picture; of an album, behind its last one."""
    async with scene.bot():
        for number in range(2):
            await scene.person.send_picture(
                jpeg(f"#{number}{number}0000"),
                "" if number else "展览 #life",
                media_group_id="c",
                forward_origin=_CHANNEL | {"message_id": 12 + number},
                at=scene.clock.now(),
            )
        await scene.arrived(2)
        report = (await scene.archive())["2023-W40.md"].decode()
    assert report == (
        f"{_TITLE}## 生活\n\n![展览](images/2023-W40-1.jpg)\n\n"
        "![](images/2023-W40-2.jpg) [新闻](https://t.me/xinwen/13)\n"
    )


async def test_a_tag_alone_holds_up_no_other_answer(scene: Scene) -> None:
    """It waits for its forward; the next message does not wait with it."""
    person = scene.person
    async with scene.bot():
        await person.send("#tech", at=scene.clock.now())
        after = await person.send("#life 之后", at=scene.clock.now())
        assert await person.wait_for_reaction(after, seconds=0.8) == "✍"
        await person.wait_for_answer("只有标签")


async def test_a_tag_is_answered_after_a_restart(scene: Scene) -> None:
    """The program was gone within the second in which a forward could have come."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        await scene.write("#life 之后")
        assert (await person.message(tag["message_id"]))["_reactions"] == []
    scene.clock.advance(timedelta(minutes=1))
    async with scene.bot():
        assert await person.wait_for_reaction(tag) == "👎"
        await person.wait_for_answer("只有标签")


async def test_a_reply_to_a_tag_is_about_all_that_came_with_it(scene: Scene) -> None:
    """Moved together, deleted together."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        for text in ("一", "二"):
            await _forward(scene, text, _PERSON)
        await person.wait_for_reaction(tag, "✍")
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("#life", reply_to=tag["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一 — 老王\n2. 二 — 老王\n"
        await scene.write("/delete", reply_to=tag["message_id"])
        await scene.write("#tech 别的")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 别的\n"


async def test_an_edit_of_a_tag_changes_only_what_it_says_anew(scene: Scene) -> None:
    """What was moved by hand since stays there when the tag is spelled otherwise."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        await person.wait_for_reaction(tag, "✍")
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("#life", reply_to=forward["message_id"])
        await person.edit(tag, "#Tech")
        await scene.write("#tech 之后")
        assert (await person.message(tag["message_id"]))["_reactions"] == ["✍"]
        assert "## 生活\n\n1. 正文 — 老王\n" in await scene.report()
        await person.edit(tag, "#Tech @上周")
        await person.wait_for_reaction(tag, "👌")
        assert "## 生活\n\n1. 正文 — 老王\n" in await scene.report("/report 39")


async def test_a_tag_shows_what_its_forward_shows(scene: Scene) -> None:
    """Untagged until a button files it; refused at first where the forward comes late."""
    person = scene.person
    async with scene.bot():
        sent_at = scene.clock.now()
        late = await person.send("#life", at=sent_at)
        await person.wait_for_reaction(late, "👎")
        forward = await person.send("迟到的", at=sent_at, forward_origin=_PERSON)
        await person.wait_for_reaction(forward, "✍")
        await person.wait_for_reaction(late, "✍")
        scene.clock.advance(timedelta(seconds=30))
        week = await person.send("@上周", at=scene.clock.now())
        await _forward(scene, "正文", _PERSON)
        await person.wait_for_reaction(week, "🤔")
        await person.press(await person.wait_for_answer("放到哪一栏"), "技术")
        await person.wait_for_reaction(week, "✍")


async def test_a_question_about_a_forward_becomes_one_about_its_comment(scene: Scene) -> None:
    """The tag gets words and loses its meaning: one question for both."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("@上周", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        question = await person.wait_for_answer("放到哪一栏")
        await person.edit(tag, "看这个 @上周")
        await scene.write("#life 之后")
        await person.press(await person.message(question["message_id"]), "技术")
        await person.wait_for_reaction(tag, "✍")
        await person.wait_for_reaction(forward, "✍")
        assert (await scene.report("/report 39")).endswith("1. 看这个\n    1. 正文 — 老王\n")
        asked = [m for m in await person.said() if "reply_markup" in m and "放" in m["text"]]
        assert len(asked) == 1


async def test_deleting_one_forward_does_not_tear_off_the_others(scene: Scene) -> None:
    """A late one still belongs to the comment."""
    person = scene.person
    async with scene.bot():
        sent_at = scene.clock.now()
        comment = await person.send("两条 #tech", at=sent_at)
        first = await person.send("一", at=sent_at, forward_origin=_PERSON)
        await person.wait_for_reaction(first, "✍")
        await person.send("/delete", reply_to=first["message_id"], at=sent_at)
        second = await person.send("二", at=sent_at, forward_origin=_PERSON)
        await person.wait_for_reaction(second, "✍")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 两条\n    1. 二 — 老王\n"
        assert comment


async def test_a_late_part_of_a_forwarded_album_goes_where_that_was_moved(scene: Scene) -> None:
    """Its tag has been heard once."""
    person = scene.person
    async with scene.bot():
        sent_at = scene.clock.now()
        await person.send("#tech", at=sent_at)
        parts: list[Message] = []
        for number in range(3):
            if number == 2:
                await scene.write("#life", reply_to=parts[0]["message_id"])
            parts.append(
                await person.send_picture(
                    jpeg(f"#{number}00000"),
                    "",
                    media_group_id="x",
                    forward_origin=_PERSON,
                    at=sent_at,
                )
            )
            await person.wait_for_reaction(parts[0])
        await scene.arrived(3)
        report = (await scene.archive())["2023-W40.md"].decode()
    assert "## 技术" not in report
    assert report.count("![") == 3


async def test_a_tag_that_becomes_a_picture_keeps_it(scene: Scene) -> None:
    """The message is edited into a photo with a caption: photo and forward are in."""
    person = scene.person
    async with scene.bot():
        tag = await person.send("#tech", at=scene.clock.now())
        forward = await _forward(scene, "正文", _PERSON)
        await person.wait_for_reaction(forward, "✍")
        other = await person.send_picture(jpeg(), "#life 别的图", at=scene.clock.now())
        raw = {k: v for k, v in tag.items() if not k.startswith("_") and k != "text"}
        edited = raw | {"photo": other["photo"], "caption": "#life 图", "edit_date": raw["date"]}
        edited.pop("entities", None)
        await person.post("updates", {"edited_message": edited})
        await scene.arrived(2)
        report = (await scene.archive())["2023-W40.md"].decode()
    assert "1. 正文 — 老王\n" in report
    assert "![图](images/2023-W40-2.jpg)" in report


async def test_in_a_group_a_comment_that_gets_its_tag_later_brings_its_forward(
    scene: Scene,
) -> None:
    """Neither was meant for the bot until then."""
    async with scene.bot(), open_group(scene) as group:
        li = group.li
        comment = await li.send("看这个", at=scene.clock.now())
        forward = await li.send("正文", forward_origin=_PERSON, at=scene.clock.now())
        await li.edit(comment, "看这个 #life")
        await li.wait_for_reaction(comment, "✍")
        await li.wait_for_reaction(forward, "✍")
        assert await group.report(scene) == (f"{_TITLE}## 生活\n\n1. 看这个\n    1. 正文 — 老王\n")


async def test_a_forwarded_command_is_not_carried_out(scene: Scene) -> None:
    """Somebody else has said it; it is kept like any other text."""
    person = scene.person
    async with scene.bot():
        forward = await _forward(scene, "/help 是今天的头条", _PERSON)
        assert await person.wait_for_reaction(forward) == "🤔"
        assert not [m for m in await person.said() if "怎么记" in m.get("text", "")]
