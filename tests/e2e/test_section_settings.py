"""Sections by `/settings`: added, renamed, moved, ended, and taken up again."""

from __future__ import annotations

from tests.e2e.conftest import Scene, open_group
from tests.e2e.settings_page import Page, open_page, reply

_TITLE = "# 2023 年第40周周报\n\n"


async def _sections(scene: Scene) -> Page:
    return await open_page(scene, "/settings 栏目", "1. 生活  #life #生活\n2. 技术  #tech #技术")


async def test_a_new_section_is_written_to_by_its_tags(scene: Scene) -> None:
    """And by the buttons of an untagged message; a fault is said first, over a restart."""
    async with scene.bot():
        page = await _sections(scene)
        asked = await page.ask("＋ 加一栏", "新栏目叫什么？")
        again = await page.reply(asked, "读书 #life", "#life 已经有别的用处")
    async with scene.bot():
        await page.reply(again, "读书 #读书 #books", "改好了。栏目：生活、技术、读书")
        await page.shows("3. 读书  #读书 #books")
        await scene.write("#读书 三体")
        await scene.write("Emma #books")
        await scene.write("读书：论语")
        await scene.person.send("没有标签", at=scene.clock.now())
        await scene.person.press(await scene.person.wait_for_answer("放到哪一栏"), "读书")
        await scene.person.wait_for_answer("放进「读书」了。")
        report = await scene.report()
    assert report == f"{_TITLE}## 读书\n\n1. 三体\n2. Emma\n3. 论语\n4. 没有标签\n"


async def test_renamed_and_moved_it_takes_its_entries_along(scene: Scene) -> None:
    """The key stays, so old buttons and what was stored do too."""
    async with scene.bot():
        await scene.write("#life 火锅")
        await scene.write("#tech 泄漏")
        await scene.person.send("没有标签", at=scene.clock.now())
        question = await scene.person.wait_for_answer("放到哪一栏")
        page = await _sections(scene)
        await page.press("技术", "栏目「技术」")
        await page.press("↑ 往前", "[技术] → 生活")
        assert "↑ 往前" not in await page.buttons()
        asked = await page.ask("改名", "「技术」改叫什么？")
        await page.reply(asked, "生活", "「生活」已经用了")
        await page.reply(asked, "Summary", "「Summary」已经用了")
        await page.reply(asked, "两\n行", "做不了标题")
        await page.reply(asked, "手艺", "改好了。栏目名：手艺")
        await page.shows("栏目「手艺」")
        await scene.person.press(question, "技术")
        await scene.person.wait_for_answer("放进「手艺」了。")
        assert await scene.report() == (
            f"{_TITLE}## 手艺\n\n1. 泄漏\n2. 没有标签\n\n## 生活\n\n1. 火锅\n"
        )


async def test_other_tags_are_for_new_messages(scene: Scene) -> None:
    """What was said with a tag of before is read by that when it is edited."""
    person = scene.person
    async with scene.bot():
        page = await _sections(scene)
        await reply(
            scene, person, await page.ask("＋ 加一栏", "新栏目"), "读书 #读书 #书", "改好了"
        )
        old = await scene.write("#书 三体")
        await page.press("读书", "标签：#读书 #书")
        asked = await page.ask("改标签", "「读书」用哪些标签？")
        await page.reply(asked, "#读书 #12", "「12」做不了标签")
        await page.reply(asked, "读书，阅读", "改好了。标签：#读书 #阅读")
    async with scene.bot():
        await person.edit(old, "#书 三体，重读")
        await person.wait_for_reaction(old, "👌")
        await scene.write("#阅读 论语")
        plain = await person.send("#书 不是标签了", at=scene.clock.now())
        assert await person.wait_for_reaction(plain) == "🤔"
        assert await scene.report() == f"{_TITLE}## 读书\n\n1. 三体，重读\n2. 论语\n"


async def test_an_ended_section_loses_nothing_and_comes_back(scene: Scene) -> None:
    """Its report stays, edits of its messages too; only new ones do not go in."""
    person = scene.person
    async with scene.bot():
        tech = await scene.write("#tech 泄漏")
        page = await _sections(scene)
        await page.press("技术", "栏目「技术」")
        assert "一条都不会少" in await page.press("停用这一栏", "停用栏目")
        await page.press("停用", "停用的栏目：技术。")
        await person.edit(tech, "#tech 泄漏补好了")
        await person.wait_for_reaction(tech, "👌")
        other = await person.send("#tech 新的", at=scene.clock.now())
        assert await person.wait_for_reaction(other) == "🤔"
        question = await person.wait_for_answer("放到哪一栏")
        row = question["reply_markup"]["inline_keyboard"][0]
        assert [button["text"] for button in row] == ["生活", "丢弃"]
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 泄漏补好了\n"
    async with scene.bot():
        assert "标签：#tech #技术" in await page.press("恢复「技术」", "栏目「技术」")
        assert "停用" not in await page.press("← 返回", "2. 技术  #tech #技术")
        await scene.write("#tech 又能写了")
        assert "1. 泄漏补好了\n2. 又能写了\n" in await scene.report()


async def test_an_empty_section_is_deleted_and_the_last_one_stays(scene: Scene) -> None:
    """The page says which of it will happen."""
    async with scene.bot():
        page = await _sections(scene)
        await page.press("技术", "栏目「技术」")
        await page.press("停用这一栏", "里什么都没有")
        text = await page.press("删掉", "1. 生活  #life #生活\n\n周报里的栏目")
        assert "技术" not in text
        await page.press("生活", "栏目「生活」")
        await page.press("停用这一栏", "这是唯一的栏目")
        assert await page.buttons() == ["← 返回"]


async def test_two_people_at_once_see_what_is_true(scene: Scene) -> None:
    """A section that another has deleted: the press leads to the list as it is now."""
    async with scene.bot(), open_group(scene) as group:
        mine = await open_page(scene, "/settings 栏目", "1. 生活", group.zhou)
        theirs = await open_page(scene, "/settings 栏目", "1. 生活", group.li)
        for page in (mine, theirs):
            await page.press("技术", "栏目「技术」")
        asked = await mine.ask("改名", "「技术」改叫什么？")
        for page in (mine, theirs):
            await page.press("停用这一栏", "里什么都没有")
        await theirs.press("删掉", "1. 生活")
        await mine.press("删掉", "1. 生活  #life #生活\n\n周报里的栏目")
        await mine.reply(asked, "手艺", "这一栏已经删掉了")


async def test_taking_a_section_back_loses_nothing_that_others_wrote(scene: Scene) -> None:
    """`/undo` of the addition ends it; of what is empty nothing is left."""
    async with scene.bot(), open_group(scene) as group:
        zhou, li = group.zhou, group.li
        page = await open_page(scene, "/settings 栏目", "1. 生活", zhou)
        await page.reply(await page.ask("＋ 加一栏", "新栏目"), "读书", "改好了")
        await li.wait_for_reaction(await li.send("#读书 三体", at=scene.clock.now()), "✍")
        undone = await zhou.send("/undo", at=scene.clock.now())
        await zhou.wait_for_answer(
            "设置又和之前一样了（栏目：生活、技术）。", after=undone["message_id"]
        )
        assert await group.report(scene) == f"{_TITLE}## 读书\n\n1. 三体\n"
        page = await open_page(scene, "/settings 栏目", "停用的栏目：读书。", zhou)
        await page.reply(await page.ask("＋ 加一栏", "新栏目"), "电影", "生活、技术、电影")
        undone = await zhou.send("/undo", at=scene.clock.now())
        await zhou.wait_for_answer(
            "设置又和之前一样了（栏目：生活、技术）。", after=undone["message_id"]
        )
        page = await open_page(scene, "/settings 栏目", "停用的栏目：读书。", zhou)
        assert "电影" not in await page.shows("1. 生活")
