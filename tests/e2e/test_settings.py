"""`/settings` on the phone: times, language, title, and the small choices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.schedule import WeeklyTime
from tests.e2e.conftest import Scene, open_group
from tests.e2e.settings_page import open_page, reply, set_by_typing
from tests.e2e.test_live_draft import draft, shows


@pytest.mark.parametrize(
    ("language", "menu", "value", "back"),
    [
        ("zh", "设置", "时区：上海（Asia/Shanghai，那里现在 20:00）", "← 全部设置"),
        (
            "en",
            "Settings",
            "Time zone: Shanghai (Asia/Shanghai, now 20:00 there)",
            "← All settings",
        ),
    ],
)
async def test_one_message_leads_everywhere_and_back(
    scene: Scene, language: str, menu: str, value: str, back: str
) -> None:
    """Every page has its value, and a way back; old buttons work after a restart."""
    scene.language = language
    async with scene.bot():
        page = await open_page(scene, shows=menu)
        whole = await page.shows(value)
    async with scene.bot():
        for button in await page.buttons():
            shown = await page.press(button, f"{button}\n\n")
            assert shown != whole
            assert await page.press(back, value) == whole
        assert len(await scene.person.said()) == 1


async def test_the_time_zone_by_name_by_offset_and_by_the_present_time(scene: Scene) -> None:
    """By a button, by words that may mean several, and by what the clock says there."""
    async with scene.bot():
        page = await open_page(scene, "/settings 时区", "现在是：上海")
        await page.press("东京 21:00", "现在是：东京（Asia/Tokyo，那里现在 21:00）")
        asked = await page.ask("✏️ 自己写", "你在哪儿？")
        found = await page.reply(asked, "火星", "没找到「火星」是哪个时区")
    async with scene.bot():
        # Either question stays open, also over a restart.
        await reply(scene, scene.person, found, "纽约", "改好了。时区：纽约（America/New_York")
        choice = await reply(scene, scene.person, found, "17:45", "「17:45」是这里吗？")
        await scene.person.press(choice, "加德满都 17:45")
        await scene.person.wait_for_answer("现在是：加德满都（Asia/Kathmandu")
        # Nine in the evening in Tokyo and Seoul; Tokyo is what more people mean.
        choice = await reply(scene, scene.person, asked, "21:03", "「21:03」是哪一个？")
        rows = choice["reply_markup"]["inline_keyboard"]
        assert [button["text"] for button in rows[0]] == ["东京 21:00", "首尔 21:00"]
        choice = await reply(scene, scene.person, asked, "UTC+8", "「UTC+8」是哪一个？")
        names = [b["text"] for row in choice["reply_markup"]["inline_keyboard"] for b in row]
        assert names[0] == "上海 20:00"
        assert "固定 UTC+8 20:00" in names
        await reply(scene, scene.person, asked, "asia/seoul", "改好了。时区：首尔（Asia/Seoul")
        await page.shows("现在是：首尔")


async def test_the_draft_comes_at_the_new_time_and_once(scene: Scene) -> None:
    """A button for the day, a typed time; a week that was delivered does not come again."""
    async with scene.bot() as bot:
        await scene.write("#life 火锅")
        page = await open_page(scene, "/settings 草稿", "现在是：周日 20:00")
        await page.press("周三", "现在是：周三 20:00")
        asked = await page.ask("✏️ 自己写", "草稿什么时候来？")
        await page.reply(asked, "礼拜八", "没看懂「礼拜八」是什么时候。写星期和时间")
    async with scene.bot() as bot:
        await page.reply(asked, "周四 9:30", "改好了。草稿时间：周四 09:30")
        await page.shows("现在是：周四 09:30")
        for _ in range(4 * 12):
            scene.clock.advance(timedelta(hours=6))
            await bot.delivering.deliver_due()
        files = [m["document"]["file_name"] for m in await scene.person.said() if "document" in m]
        assert files == ["2023-W40.md"]


async def test_late_at_night_is_still_the_day_before(scene: Scene) -> None:
    """From when it is set on; what was stored before stays in its week."""
    monday = scene.clock.now() + timedelta(days=4, hours=6, minutes=30)  # 02:30 in Shanghai
    async with scene.bot():
        await scene.write("#life 凌晨", at=monday)
        page = await open_page(scene, "/settings 一天到几点", "现在是：00:00")
        await page.press("04:00", "现在是：04:00")
        await scene.write("#life 又一个凌晨", at=monday + timedelta(minutes=1))
        asked = await page.ask("✏️ 自己写", "一天到几点算完？")
        await page.reply(asked, "13:00", "「13:00」不行。写个时间，最晚到 12:00")
        await page.reply(asked, "睡着以后", "「睡着以后」不行")
        await page.reply(asked, "凌晨5点半", "改好了。一天到几点：05:30")
        assert await scene.report() == "# 2023 年第40周周报\n\n## 生活\n\n1. 又一个凌晨\n"
        assert "1. 凌晨\n" in await scene.report("/report 2023-w41")


async def test_a_title_is_seen_before_it_is_sent(scene: Scene) -> None:
    """Ready ones by their looks, own ones by a reply; a fault names what there is."""
    async with scene.bot():
        await scene.write("#life 火锅")
        page = await open_page(scene, "/settings 标题", "这一周的标题会是：\n2023 年第40周周报")
        await page.press("2023 年第四十周", "这一周的标题会是：\n2023 年第四十周\n")
        asked = await page.ask("✏️ 自己写", "{week_of_month_zh}")
        again = await page.reply(asked, "第{weak}周", "没有 {weak} 这个字段")
        assert "{first_day}" in again["text"]
    async with scene.bot():
        await page.reply(again, "攒了 {week-35} 周", "改好了。标题：攒了 5 周")
        await page.shows("这一周的标题会是：\n攒了 5 周\n")
        assert (await scene.report()).startswith("# 攒了 5 周\n")


async def test_another_language_offers_its_headings_and_takes_nothing_away(scene: Scene) -> None:
    """Only what nobody had chosen is offered; until then the report is as it was."""
    async with scene.bot():
        await scene.write("#life 火锅")
        await scene.write("#tech 泄漏")
        await set_by_typing(scene, "标题 手记 {week}", "改好了。标题：手记 40")
        page = await open_page(scene, "/settings 语言", "现在是：中文")
        shown = await page.press("English", "Now: English")
        assert "生活 → Life\n技术 → Tech\n总结 → Summary" in shown
        assert "手记" not in shown
        assert "## 生活" in await scene.report()
    async with scene.bot():
        shown = await page.press(
            "Change to English", "Now: English\n\nThe language in which I speak"
        )
        assert await scene.report() == "# 手记 40\n\n## Life\n\n1. 火锅\n\n## Tech\n\n1. 泄漏\n"
        await scene.person.send("没有标签", at=scene.clock.now())
        await scene.person.wait_for_answer("Stored. Where does it go?")
        await set_by_typing(scene, "语言 中文", "改好了。语言：中文\n\n周报里还有原来语言的叫法。")
        await set_by_typing(scene, "language en", "Done. Language: English")


async def test_choices_are_set_and_not_toggled(scene: Scene) -> None:
    """A second press on an old button changes nothing back; typed words do the same."""
    async with scene.bot() as bot:
        page = await open_page(scene, "/settings links", "链接标题")
        other = await open_page(scene, "/settings links", "链接标题")
        await page.press("关掉", "现在是：关")
        # On the other message the same button is still there.
        await other.press("关掉", "现在是：关")
        assert await page.buttons() == ["打开", "← 全部设置"]
        await set_by_typing(scene, "署名 开", "改好了。署名：开")
        await set_by_typing(scene, "location on", "改好了。拍摄地点：开")
        await set_by_typing(scene, "location 也许", "没看懂「也许」。写 开 或者 关。")
        [journal] = await bot.services.access.journals()
    assert (journal.link_titles, journal.shows_authors, journal.keeps_location) == (
        False,
        True,
        True,
    )


async def test_a_preview_tells_of_earlier_years_where_it_is_wished_for(scene: Scene) -> None:
    """Below the draft, by the setting alone; it goes as it came."""
    async with scene.bot():
        await scene.write("#life 搬进新家 @2022-w40")
        await scene.write("#life 今年的")
        _, note = await draft(scene)
        assert "往年" not in note["text"]
        page = await open_page(scene, "/settings 往年", "现在是：关")
        await page.press("打开", "现在是：开")
        await shows(scene.person, note, "往年这一周：\n2022 年，1 项：搬进新家")
        await page.press("关掉", "现在是：关")
        await shows(scene.person, note, lacks="往年")


async def test_the_summary_heading_the_paths_and_the_document(scene: Scene) -> None:
    """Each by a reply, with what is wrong said first."""
    async with scene.bot():
        await scene.write("#总结 不错的一周")
        page = await open_page(scene, "/settings 总结", "现在是：总结")
        asked = await page.ask("✏️ 自己写", "总结的标题叫什么？")
        await page.reply(asked, "生活", "「生活」已经用了")
        await page.reply(asked, "这一周", "改好了。总结的标题：这一周")
        page = await open_page(scene, "/settings 图片", "![…](images/2023-W40-1.jpg)")
        asked = await page.ask("✏️ 自己写", "图片路径以什么开头？")
        await page.reply(asked, "my pics/", "路径不能以「my pics/」开头")
        await page.reply(asked, "/img/", "改好了。图片路径：/img/")
        await page.shows("![…](/img/2023-W40-1.jpg)")
    async with scene.bot():
        page = await open_page(scene, "/settings 文件", "现在是：原样")
        await page.press("Hugo（博客）", "现在是：Hugo")
        assert 'week: "2023-W40"\n' in await scene.report()
        asked = await page.ask("✏️ 自己写", "里面要有 {{ body }}")
        again = await page.reply(asked, "{{ body }}\n{{ boddy }}", "第 2 行：")
        assert again["text"] == "第 2 行：用了没有的变量或过滤器。"
        again = await page.reply(again, "hguo", "没有「hguo」这种格式。可以写 plain、hugo")
        again = await page.reply(again, "正文 呢", "模板里没有周报正文，要写上 {{ body }}。")
        await page.reply(again, "开头\n{{ body }}", "改好了。文件格式：自己的模板")
        assert await scene.report() == "开头\n## 这一周\n\n不错的一周\n"


async def test_a_reminder_can_be_set_and_taken_back(scene: Scene) -> None:
    """One after the draft is said to be too late."""
    async with scene.bot() as bot:
        page = await open_page(scene, "/settings 提醒", "现在是：不提醒")
        assert "注意" not in await page.press("周日 12:00", "现在是：周日 12:00")
        asked = await page.ask("✏️ 自己写", "什么时候提醒？")
        await page.reply(asked, "周一 08:00", "改好了。提醒：周一 08:00")
        await page.shows("注意：提醒排在草稿后面了")
        [journal] = await bot.services.access.journals()
        assert journal.remind_at == WeeklyTime.parse("mon 08:00")
        await page.press("不提醒", "现在是：不提醒")
        [journal] = await bot.services.access.journals()
        assert journal.remind_at is None


async def test_an_edited_reply_is_used_again_and_is_no_entry(scene: Scene) -> None:
    """A slip in a reply is put right where it was made; the report knows nothing of it."""
    async with scene.bot():
        page = await open_page(scene, "/settings title", "标题")
        asked = await page.ask("✏️ 自己写", "标题怎么写？")
        more = {"reply_to": asked["message_id"]}
        sent = await scene.person.send("第{week}舟", at=scene.clock.now(), **more)
        await scene.person.wait_for_answer("改好了。标题：第40舟")
        await scene.person.edit(sent, "第{week}周")
        await scene.person.wait_for_answer("改好了。标题：第40周")
        asked = await scene.person.send("/draft", at=scene.clock.now())
        await scene.person.wait_for_answer("没有内容", after=asked["message_id"])


async def test_an_edit_of_a_reply_that_changes_nothing_has_no_effect(scene: Scene) -> None:
    """What was set since stays, also after a restart; a link's preview comes as such an edit."""
    async with scene.bot():
        page = await open_page(scene, "/settings 草稿", "现在是：周日 20:00")
        asked = await page.ask("✏️ 自己写", "草稿什么时候来？")
        more = {"reply_to": asked["message_id"]}
        sent = await scene.person.send("周四 9:30", at=scene.clock.now(), **more)
        await scene.person.wait_for_answer("改好了。草稿时间：周四 09:30")
        await set_by_typing(scene, "草稿 周六 10:00", "改好了。草稿时间：周六 10:00")
    async with scene.bot():
        await scene.person.edit(sent, "周四 9:30")
        await open_page(scene, "/settings 草稿", "现在是：周六 10:00")
        await scene.person.edit(sent, "周五 9:30")
        await scene.person.wait_for_answer("改好了。草稿时间：周五 09:30")
        await scene.person.edit(sent, "周四 9:30")
        await scene.person.wait_for_answer(
            "改好了。草稿时间：周四 09:30", after=sent["message_id"] + 1
        )


async def test_a_command_while_a_question_is_open_is_a_command(scene: Scene) -> None:
    """Clients send it as a reply, because they were asked for one."""
    async with scene.bot():
        page = await open_page(scene, "/settings title", "标题")
        asked = await page.ask("✏️ 自己写", "标题怎么写？")
        await page.reply(asked, "/help", "怎么记")
        await page.reply(asked, "/summary", "写「总结」")


async def test_what_cannot_be_set_is_answered_with_what_can(scene: Scene) -> None:
    """In the words of the language."""
    async with scene.bot():
        said = await set_by_typing(scene, "colour red", "没有「colour」这项设置")
        assert "语言、时区、草稿" in said
        assert await set_by_typing(scene, "zone Asia/Tokyo", "改好了。时区：东京")
        assert await set_by_typing(scene, "draft sun 19:00", "改好了。草稿时间：周日 19:00")
        assert await set_by_typing(scene, "draft later", "没看懂「later」是什么时候")
        assert await set_by_typing(scene, "timezone tokyo", "改好了。时区：东京（Asia/Tokyo")


@pytest.mark.parametrize(
    ("typed", "wrong", "better", "done"),
    [
        ("title {foo}", "改一改再回复一次。", "第{week}周", "改好了。标题：第40周"),
        ("sections 生活", "换一个名字再回复一次。", "读书", "改好了。栏目：生活、技术、读书"),
        ("links 也许", "写 开 或者 关。", "关", "改好了。链接标题：关"),
        ("draft 礼拜八", "写星期和时间", "周五 9:00", "改好了。草稿时间：周五 09:00"),
    ],
)
async def test_a_reply_to_what_is_wrong_is_no_entry(
    scene: Scene, typed: str, wrong: str, better: str, done: str
) -> None:
    """Typed behind the command, a wrong value asks for a better one as a button's question does."""
    async with scene.bot():
        sent = await scene.person.send(f"/settings {typed}", at=scene.clock.now())
        asked = await scene.person.wait_for_answer(wrong, after=sent["message_id"])
        assert asked["_reply_markup"]["force_reply"] is True
    async with scene.bot():
        await reply(scene, scene.person, asked, better, done)
        sent = await scene.person.send("/draft", at=scene.clock.now())
        await scene.person.wait_for_answer("没有内容", after=sent["message_id"])


async def test_in_a_group_the_question_names_who_is_asked(scene: Scene) -> None:
    """Every member can set things; one page shows what another has set."""
    async with scene.bot(), open_group(scene) as group:
        page = await open_page(scene, "/settings", "设置", group.zhou)
        theirs = await open_page(scene, "/settings title", "标题", group.li)
        asked = await theirs.ask("✏️ 自己写", "小李\n标题怎么写？")
        assert asked["_reply_markup"]["selective"] is True
        assert asked["entities"][0]["user"]["id"] == 3003
        await theirs.reply(asked, "小组 {week}", "改好了。标题：小组 40")
        await page.press("标题", "这一周的标题会是：\n小组 40")


async def test_a_setting_can_be_taken_back(scene: Scene) -> None:
    """By `/undo`, as anything else; the draft comes when it came before."""
    async with scene.bot():
        page = await open_page(scene, "/settings 草稿", "现在是：周日 20:00")
        await page.press("周五", "现在是：周五 20:00")
        await page.press("21:00", "现在是：周五 21:00")
        await page.reply(
            await (await open_page(scene, "/settings 提醒", "不提醒")).ask(
                "✏️ 自己写", "什么时候提醒？"
            ),
            "周五 12:00",
            "改好了。提醒",
        )
        await set_by_typing(scene, "回应 文字", "改好了。怎么回应：回一句话")
        for now in (
            "怎么回应：点表情",
            "提醒：不提醒",
            "草稿时间：周五 20:00",
            "草稿时间：周日 20:00",
        ):
            sent = await scene.person.send("/undo", at=scene.clock.now())
            said = await scene.person.wait_for_answer("又和之前一样", after=sent["message_id"])
            assert said["text"] == f"设置又和之前一样了（{now}）。"
        menu = await open_page(scene)
        text = await menu.shows("草稿时间：周日 20:00\n提醒：不提醒")
        assert "怎么回应：点表情" in text
