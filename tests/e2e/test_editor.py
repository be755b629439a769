"""The editor in the chat: the list of a week, and the card of a line."""

from __future__ import annotations

from datetime import timedelta

from tests.e2e.conftest import Scene, open_group
from tests.e2e.outlines import buttons, listed, pressed, shown, with_button
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def test_from_the_list_to_a_card_and_back(scene: Scene) -> None:
    """Up, down, in, out, edit by reply, delete, put back: one message, always as things stand."""
    person = scene.person
    async with scene.bot():
        for words in ("#生活 一", "#生活 二\n二的下面", "#生活 三", "#技术 四", "没有标签"):
            await scene.write(words)
        outline = await listed(scene)
        assert outline["text"] == (
            "2023 年第 40 周。点数字，改那一行。\n\n"
            "生活\n1. 一\n2. 二\n  2.1. 二的下面\n3. 三\n\n技术\n4. 四\n\n还没归类\n5. 没有标签"
        )
        assert buttons(outline) == [["1", "2", "2.1", "3", "4", "5"]]
        await person.press(outline, "3")
        card = await shown(person, outline, "3 · 生活", "三")
        assert buttons(card) == [
            ["↑ 上移", "→ 缩进"],
            ["换栏目", "换一周"],
            ["修改", "删除"],
            ["回到列表"],
        ]
        await person.press(card, "↑ 上移")
        card = await shown(person, card, "2 · 生活", "三")
        await person.press(card, "→ 缩进")
        card = await shown(person, card, "1.1 · 生活", "三")
        await person.press(card, "← 提级")
        card = await shown(person, card, "2 · 生活", "三")
        await person.press(card, "修改")
        prompt = await person.wait_for_answer("2 改成什么")
        assert prompt["entities"][-1]["type"] == "pre"
        await scene.write("**三**改过\n三的下面", reply_to=prompt["message_id"])
        card = await shown(person, card, "三改过", "2.1. 三的下面")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 一\n2. **三**改过\n    1. 三的下面\n3. 二\n    1. 二的下面\n\n"
            "## 技术\n\n1. 四\n"
        )
        await person.press(card, "删除")
        gone = await shown(person, card, "删掉了：三改过")
        assert (await scene.report()).startswith(f"{_TITLE}## 生活\n\n1. 一\n2. 二\n")
        await person.press(gone, "放回来")
        card = await shown(person, card, "2 · 生活", "三改过", "2.1. 三的下面")
        await person.press(card, "换栏目")
        await person.press(await with_button(person, card, "技术"), "技术")
        card = await shown(person, card, "· 技术", "三改过")
        await person.press(card, "回到列表")
        await shown(
            person, card, "1. 一\n2. 二\n  2.1. 二的下面\n\n技术\n3. 三改过\n  3.1. 三的下面\n4. 四"
        )
        await person.press(await person.message(card["message_id"]), "5")
        card = await shown(person, card, "5 · 还没归类")
        await person.press(card, "生活")
        await shown(person, card, "3 · 生活", "没有标签")


async def test_a_long_week_is_paged(scene: Scene) -> None:
    """Numbers run through the pages; a card leads back to its own page."""
    person = scene.person
    async with scene.bot():
        for number in range(30):
            await scene.write(
                f"#{'生活' if number < 20 else '技术'} 第{number}件事\n下面的{number}"
            )
        outline = await listed(scene)
        assert buttons(outline)[:2] == [
            ["1", "1.1", "2", "2.1", "3", "3.1"],
            ["4", "4.1", "5", "5.1", "6", "6.1"],
        ]
        assert buttons(outline)[-1] == ["‹", "1/3", "›"]
        assert len(outline["text"]) < 1000
        await person.press(outline, "›")
        second = await shown(person, outline, "13. 第12件事", "21. 第20件事")
        assert "生活\n13. 第12件事" in second["text"]
        await person.press(second, "21.1")
        card = await shown(person, outline, "21.1 · 技术", "下面的20")
        await person.press(card, "回到列表")
        await shown(person, outline, "13. 第12件事")
        assert len([m for m in await person.said() if "text" in m]) == 1


async def test_a_stale_button_does_nothing_and_says_why(scene: Scene) -> None:
    """Edited, moved, or deleted since: the notice says which, and the card is drawn anew."""
    person = scene.person
    async with scene.bot():
        first = await scene.write("#生活 一")
        second = await scene.write("#生活 二")
        outline = await listed(scene)
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 生活")
        await person.edit(second, "#生活 二改过")
        await person.wait_for_reaction(second, "👌")
        assert "内容刚才改过" in await pressed(person, card, "↑ 上移")
        card = await shown(person, outline, "二改过")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n2. 二改过\n"
        await scene.write("/delete", reply_to=first["message_id"])
        card = await shown(person, outline, "1 · 生活", "二改过")
        await scene.write("/delete", reply_to=second["message_id"])
        assert "不在了" in await pressed(person, card, "修改")
        await shown(person, outline, "没有内容")


async def test_a_restart_in_between(scene: Scene) -> None:
    """Buttons, numbers and the question for a text mean what they meant before."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一")
        await scene.write("#生活 *二*")
        outline = await listed(scene)
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 生活")
        await person.press(card, "修改")
        prompt = await person.wait_for_answer("2 改成什么")
    async with scene.bot():
        await scene.write("二改过", reply_to=prompt["message_id"])
        card = await shown(person, outline, "2 · 生活", "二改过")
        await person.press(card, "↑ 上移")
        await shown(person, outline, "1 · 生活", "二改过")
        await scene.write("/edit 1 二又改过")
        await shown(person, outline, "1 · 生活", "二又改过")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 二又改过\n2. 一\n"


async def test_an_edit_of_what_somebody_has_changed_is_asked_about(scene: Scene) -> None:
    """Nothing is overwritten unseen; the reply itself is no entry."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#生活 原来的")
        outline = await listed(scene)
        await person.press(outline, "1")
        await person.press(await shown(person, outline, "1 · 生活"), "修改")
        prompt = await person.wait_for_answer("1 改成什么")
        await person.edit(message, "#生活 消息里改的")
        await person.wait_for_reaction(message, "👌")
        await person.send("回复里改的", reply_to=prompt["message_id"], at=scene.clock.now())
        question = await person.wait_for_answer("刚才被别人改过")
        assert "消息里改的" in question["text"]
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 消息里改的\n"
        await person.press(question, "换成我的")
        await shown(person, question, "1 · 生活", "回复里改的")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 回复里改的\n"
        await person.wait_for_answer("收到 1 条")


async def test_an_edited_reply_counts_in_its_new_words(scene: Scene) -> None:
    """As long as nobody has changed the line since."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一")
        asked = await person.send("/edit 1", at=scene.clock.now())
        prompt = await person.wait_for_answer("1 改成什么", after=asked["message_id"])
        reply = await scene.write("一改作", reply_to=prompt["message_id"])
        await person.edit(reply, "一改过")
        outline = await listed(scene)
        await shown(person, outline, "1. 一改过")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一改过\n"


async def test_an_edit_of_a_reply_that_changes_nothing_is_not_refused(scene: Scene) -> None:
    """Several lines can be said once only; the same ones again are nothing new."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一")
        asked = await person.send("/edit 1", at=scene.clock.now())
        prompt = await person.wait_for_answer("1 改成什么", after=asked["message_id"])
        reply = await scene.write("一改过\n一的下面", reply_to=prompt["message_id"])
        await scene.write("/edit 1 一又改过")
        await person.edit(reply, "一改过\n一的下面")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一又改过\n    1. 一的下面\n"
        await person.wait_for_reaction(reply, "👌")
        assert not [m for m in await person.said() if "一行一行" in m.get("text", "")]
        await person.edit(reply, "一改过\n一的下面改过")
        await person.wait_for_reaction(reply, "👎")


async def test_formats_are_kept_where_markdown_was_shown(scene: Scene) -> None:
    """What comes from entities is copied, changed and sent back without being escaped."""
    person = scene.person
    async with scene.bot():
        bold = [{"type": "italic", "offset": 4, "length": 2}]
        await scene.write("#生活 斜体字 [x](y", entities=bold)
        await person.send("/edit 1", at=scene.clock.now())
        prompt = await person.wait_for_answer("1 改成什么")
        markdown = prompt["text"].rpartition("\n")[2]
        assert markdown.startswith("*斜体*字")
        await scene.write(markdown.replace("字", "的字"), reply_to=prompt["message_id"])
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. {markdown.replace('字', '的字')}\n"
        await scene.write("/edit 1 # 标题\n\n## 又一个\n```\n没关上")
        report = await scene.report()
        assert report.startswith(f"{_TITLE}## 生活\n\n1. \\# 标题\n")
        assert report.count("\n## ") == 1


async def test_two_people_of_a_group_press_at_once(scene: Scene) -> None:
    """One press is done, the other finds the line changed; nothing is done twice."""
    async with scene.bot(), open_group(scene) as group:
        for words in ("#生活 一", "#生活 二", "#生活 三"):
            sent = await group.li.send(words, at=scene.clock.now())
            await group.li.wait_for_reaction(sent, "✍")
            scene.clock.advance(timedelta(seconds=5))
        outline = await listed(scene, "/list", group.zhou)
        await group.zhou.press(outline, "3")
        card = await shown(group.zhou, outline, "3 · 生活", "小李 · ")
        await group.zhou.press(card, "↑ 上移")
        await group.li.press(card, "↑ 上移")
        await shown(group.zhou, outline, "2 · 生活", "三")
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 一\n2. 三\n3. 二\n"
        card = await group.zhou.message(outline["message_id"])
        await group.li.press(card, "修改")
        prompt = await group.li.wait_for_answer("2 改成什么")
        assert prompt["text"].startswith("小李\n")
        assert prompt["entities"][0]["type"] == "text_mention"
        reply = await group.li.send("三改过", reply_to=prompt["message_id"], at=scene.clock.now())
        await group.li.wait_for_reaction(reply, "👌")
        assert await group.report(scene) == f"{_TITLE}## 生活\n\n1. 一\n2. 三改过\n3. 二\n"


async def test_pictures_and_paragraphs(scene: Scene) -> None:
    """Pictures move among pictures, paragraphs offer only what makes sense for them."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 #开头 开场白")
        await scene.write("#生活 一条")
        await scene.write("#生活 #正文 一段话")
        for words in ("甲 #生活", "乙 #生活"):
            photo = await person.send_picture(jpeg(), words, at=scene.clock.now())
            await person.wait_for_reaction(photo, "✍")
            scene.clock.advance(timedelta(seconds=20))
        await scene.write("#总结 这一周")
        await scene.write("#标题 新标题")
        outline = await listed(scene)
        assert outline["text"].partition("\n\n")[2] == (
            "生活\n1. 开场白\n2. 一条\n3. 一段话\n4. 🖼 甲\n5. 🖼 乙\n\n总结\n6. 这一周\n\n"
            "标题\n7. 新标题"
        )
        await person.press(outline, "5")
        card = await shown(person, outline, "5 · 生活", "🖼 乙")
        assert buttons(card)[0] == ["↑ 上移"]
        await person.press(card, "↑ 上移")
        card = await shown(person, outline, "4 · 生活", "🖼 乙")
        await person.press(card, "修改")
        prompt = await person.wait_for_answer("4 改成什么")
        await scene.write("海边 [的] 乙", reply_to=prompt["message_id"])
        await person.press(await shown(person, outline, "海边"), "换栏目")
        await person.press(await with_button(person, outline, "技术"), "技术")
        card = await shown(person, outline, "5 · 技术", "🖼")
        await scene.arrived(2)
        assert (await scene.archive())["2023-W40.md"].decode() == (
            "# 新标题\n\n## 生活\n\n开场白\n\n1. 一条\n\n一段话\n\n![甲](images/2023-W40-1.jpg)\n\n"
            "## 技术\n\n![海边 [的] 乙](images/2023-W40-2.jpg)\n\n## 总结\n\n这一周\n"
        )
        await person.press(card, "回到列表")
        await person.press(await shown(person, outline, "6. 这一周"), "6")
        card = await shown(person, outline, "6 · 总结")
        assert buttons(card)[0] == ["换栏目", "换一周"]


async def test_an_album_goes_along(scene: Scene) -> None:
    """To another section or week all its pictures go; up and down it is a single one."""
    person = scene.person
    async with scene.bot():
        parts = ((jpeg(), "一组 #生活"), (jpeg("#00ff00"), ""), (jpeg("#0000ff"), ""))
        first, *_ = await scene.send_album(*parts)
        await person.wait_for_reaction(first)
        outline = await listed(scene)
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 生活", "🖼")
        await person.press(card, "换一周")
        await person.press(await with_button(person, outline, "别的周……"), "别的周……")
        prompt = await person.wait_for_answer("放到哪一周")
        await scene.write("第 39 周", reply_to=prompt["message_id"])
        outline = await listed(scene, "/list 上周")
        assert outline["text"].count("🖼") == 3
        assert outline["text"].startswith("2023 年第 39 周")


async def test_what_waits_to_be_filed_is_filed_from_its_card(scene: Scene) -> None:
    """All of its lines that wait; the question about it says so too."""
    person = scene.person
    async with scene.bot():
        message = await person.send("- 甲\n- 乙", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        outline = await listed(scene)
        assert outline["text"].endswith("还没归类\n1. 甲\n2. 乙")
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 还没归类")
        assert buttons(card)[0] == ["生活", "技术"]
        await person.press(card, "技术")
        await shown(person, outline, "2 · 技术")
        await person.wait_for_reaction(message, "✍")
        await shown(person, question, "放进「技术」了")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 甲\n2. 乙\n"


async def test_one_line_of_what_waits_finds_its_place_and_the_other_goes_on_waiting(
    scene: Scene,
) -> None:
    """Nothing is out of sight: the draft still asks about the other one."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一")
        message = await scene.write("- 甲\n- 乙")
        await listed(scene)
        await scene.write("/move 2 到 1 下面")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 一\n    1. 甲\n"
        note = await person.wait_for_answer("收到 2 条 = 已归类 1 + 未归类 1")
        await person.press(note, "技术")
        await person.wait_for_reaction(message, "✍")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 一\n    1. 甲\n\n## 技术\n\n1. 乙\n"
        )


async def test_the_list_shows_what_other_buttons_have_done(scene: Scene) -> None:
    """Those of the question and of the preview; numbers mean what it shows then."""
    person = scene.person
    async with scene.bot():
        await scene.write("#技术 一")
        await person.send("二", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        await scene.write("#技术 三")
        outline = await listed(scene)
        await person.press(question, "生活")
        await shown(person, outline, "生活\n1. 二\n\n技术\n2. 一\n3. 三")
        await scene.write("/delete 2")
        await shown(person, outline, "生活\n1. 二\n\n技术\n2. 三")
        await person.send("四", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏", after=outline["message_id"])
        outline = await listed(scene)
        assert outline["text"].endswith("还没归类\n3. 四")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 二\n\n## 技术\n\n1. 三\n"
        note = await person.wait_for_answer("未归类 1")
        await person.press(note, "1 → 生活")
        await shown(person, outline, "生活\n1. 二\n2. 四\n\n技术\n3. 三")


async def test_what_was_done_to_a_line_is_taken_back(scene: Scene) -> None:
    """`/undo` knows of steps, edits and deletions like of any other change."""
    person = scene.person
    async with scene.bot():
        for words in ("#生活 一", "#生活 二"):
            await scene.write(words)
        outline = await listed(scene)
        await person.press(outline, "2")
        card = await shown(person, outline, "2 · 生活")
        await person.press(card, "→ 缩进")
        await shown(person, outline, "1.1 · 生活")
        await scene.write("/edit 1 一改过\n另一行")
        await scene.write("/delete 1.1")
        reports = [
            "1. 一改过\n    1. 另一行",
            "1. 一改过\n    1. 二\n    2. 另一行",
            "1. 一\n    1. 二",
            "1. 一\n2. 二",
        ]
        for number, report in enumerate(reports):
            if number:
                asked = await person.send("/undo", at=scene.clock.now())
                await person.wait_for_answer("", after=asked["message_id"])
            assert await scene.report() == f"{_TITLE}## 生活\n\n{report}\n"


async def test_a_week_without_anything(scene: Scene) -> None:
    """One line, as for a draft; a week that nobody knows is named."""
    async with scene.bot():
        await scene.person.send("/list", at=scene.clock.now())
        await scene.person.wait_for_answer("2023 年第 40 周没有内容")
        await scene.person.send("/list 火锅", at=scene.clock.now())
        await scene.person.wait_for_answer("没看懂「火锅」是哪一周")


async def test_what_was_deleted_can_be_put_back_from_the_list(scene: Scene) -> None:
    """Messages and lines, by whatever they were deleted, also weeks later; nothing comes twice."""
    person = scene.person
    async with scene.bot():
        await scene.write("#生活 一\n一的下面")
        second = await scene.write("#技术 二\n二的下面")
        outline = await listed(scene)
        await scene.write("/delete", reply_to=second["message_id"])
        await scene.write("/delete 1.1")
        await person.send("丢掉这条", at=scene.clock.now())
        await person.press(await person.wait_for_answer("放到哪一栏"), "丢弃")
        await person.wait_for_answer("不在周报里了")
    scene.clock.advance(timedelta(days=20))
    async with scene.bot():
        outline = await listed(scene, "/list 2023-w40")
        assert outline["text"].endswith("生活\n1. 一")
        await person.press(outline, "🗑 删掉的（3）")
        gone = await shown(person, outline, "1. 丢掉这条\n2. 二\n3. 一的下面")
        await person.press(gone, "2")
        gone = await shown(person, gone, "1. 丢掉这条\n2. 一的下面")
        await person.wait_for_reaction(second, "✍")
        await person.press(gone, "2")
        gone = await shown(person, gone, "1. 丢掉这条")
        await person.press(gone, "回到列表")
        await shown(person, outline, "1. 一\n  1.1. 一的下面\n\n技术\n2. 二\n  2.1. 二的下面")
