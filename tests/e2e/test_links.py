"""Links become the titles of their pages, after the acknowledgement, if they have one."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Weeknotes
from bot.services.configuring import Choices, Configuring
from tests.e2e.conftest import Scene
from tests.e2e.processes import until
from tests.e2e.web import Web, small_web

_TITLE = "# 2023 年第40周周报\n\n"


async def _asked(web: Web, *paths: str) -> None:
    await until(lambda: set(paths) <= set(web.asked))


async def _until_links(bot: Weeknotes, condition: str, many: int) -> None:
    """So many of the addresses that were sent are in that condition."""

    async def are() -> bool:
        async with bot.database.snapshot() as connection:
            query = f"SELECT 1 FROM links WHERE {condition}"  # noqa: S608 -- the tests' own words
            return len(list(await connection.execute_fetchall(query))) == many

    await until(are)


async def _report(scene: Scene, words: str) -> str:
    """The report as soon as it holds those words."""
    found = ""

    async def holds() -> bool:
        nonlocal found
        found = await scene.report()
        return words in found

    await until(holds, 20)
    return found


async def test_a_link_becomes_the_title_of_its_page(scene: Scene) -> None:
    """With entities decoded, tracking dropped, and several in one message."""
    async with small_web(
        page="<title>一只猫 &amp; [两只]&lt;狗&gt;</title>",
        og='<meta property="og:title" content="更好的标题"><title>差的 | 站名</title>',
    ) as web:
        scene.pages = web.titles()
        first, second = web.address("/page"), web.address("/og")
        async with scene.bot():
            await scene.write(f"#life 看 {first}?utm_source=tg&a=1 和 {second}#x")
            report = await _report(scene, "更好的标题")
            report = await _report(scene, "一只猫")
    assert report == (
        f"{_TITLE}## 生活\n\n"
        f"1. 看 [一只猫 & \\[两只\\]<狗>]({first}?a=1) 和 [更好的标题]({second}#x)\n"
    )


async def test_a_page_in_gbk_is_read(scene: Scene) -> None:
    """Whether it says so in itself or not at all."""
    html = "<meta charset='gb2312'><title>汉字的标题镕</title>"
    bare = "<title>没说编码的标题</title>"
    async with small_web(gbk=html.encode("gbk"), bare=bare.encode("gbk")) as web:
        scene.pages = web.titles()
        async with scene.bot():
            await scene.write(f"#life {web.address('/gbk')} {web.address('/bare')}")
            assert "[汉字的标题镕](" in await _report(scene, "汉字的标题")
            assert "[没说编码的标题](" in await _report(scene, "没说编码的标题")


async def test_a_github_issue_is_called_by_its_own_title(scene: Scene) -> None:
    """Without the number, the repository and the site behind it."""
    title = "<title>WAL grows without bound · Issue #9 · a/b · GitHub</title>"
    async with small_web(**{"a/b/issues/9": title}) as web:
        scene.pages = web.titles()
        address = f"http://github.com:{web.port}/a/b/issues/9"
        async with scene.bot():
            await scene.write(f"#tech {address}")
            report = await _report(scene, "WAL grows")
    assert report.endswith(f"1. [WAL grows without bound]({address})\n")


async def test_a_server_that_hangs_holds_up_nothing(scene: Scene) -> None:
    """Neither the acknowledgement nor the report nor other links wait for it."""
    async with small_web(page="<title>快的</title>") as web:
        scene.pages = web.titles(seconds=60)
        slow = web.address("/hang")
        async with scene.bot():
            message = await scene.person.send(f"#life {slow}", at=scene.clock.now())
            assert await scene.person.wait_for_reaction(message, seconds=2) == "✍"
            await until(lambda: web.hanging == 1)
            assert await scene.report() == f"{_TITLE}## 生活\n\n1. <{slow}>\n"
            await scene.write(f"#life {web.address('/page')}")
            assert "[快的](" in await _report(scene, "快的")


async def test_a_link_that_leads_inward_is_not_followed(scene: Scene) -> None:
    """A redirect to 127.0.0.1, an address there, odd spellings: nobody is asked."""
    async with small_web() as web:
        scene.pages = web.titles()
        inward = [
            web.address("/inward"),
            f"http://127.0.0.1:{web.private_port}/direct",
            f"http://[::ffff:127.0.0.1]:{web.private_port}/mapped",
        ]
        async with scene.bot() as bot:
            await scene.write("#life " + "\n".join(inward))
            await _asked(web, "/inward")
            await _until_links(bot, "retry_at IS NULL", len(inward))
            report = await scene.report()
    assert web.asked_privately == []
    assert all(f"<{address}>" in report for address in inward)


async def test_of_a_page_of_50_mb_only_the_beginning_is_read(scene: Scene) -> None:
    """Its title is known all the same."""
    async with small_web() as web:
        scene.pages = web.titles()
        async with scene.bot():
            await scene.write(f"#life {web.address('/huge')}")
            assert "[huge](" in await _report(scene, "[huge]")
    assert web.sent < 20_000_000


async def test_a_failure_leaves_the_link_and_is_tried_again(scene: Scene) -> None:
    """A page that is away for a while gets its title later; one that is not there never."""
    async with small_web() as web:
        scene.pages = web.titles()
        async with scene.bot() as bot:
            web.failing = 2
            await scene.write(f"#life {web.address('/later')} {web.address('/never')}")
            await _asked(web, "/later", "/never")
            await _until_links(bot, "tries = 1", 2)
            assert f"1. <{web.address('/later')}> <" in await scene.report()
            web.pages["/later"] = "<title>来晚了</title>"
            scene.clock.advance(timedelta(minutes=30))
            bot.services.titling.wake()
            await _report(scene, "[来晚了](")
            assert f"<{web.address('/never')}>" in await scene.report()
            scene.clock.advance(timedelta(minutes=30))
            bot.services.titling.wake()
            await _until_links(bot, "retry_at IS NULL", 2)
            scene.clock.advance(timedelta(days=2))
            bot.services.titling.wake()
            await scene.report()
    assert web.asked.count("/later") == web.asked.count("/never") == 2


async def test_what_the_person_wrote_wins_over_a_title(scene: Scene) -> None:
    """An edit that names the link keeps that name, whenever the page's own title comes."""
    async with small_web(page="<title>网页的标题</title>") as web:
        scene.pages = web.titles()
        address = web.address("/page")
        async with scene.bot():
            message = await scene.write(f"#life {address}")
            await _report(scene, "网页的标题")
            await scene.person.edit(message, f"#life [我的标题]({address})")
            await scene.person.wait_for_reaction(message, "👌")
            assert await scene.report() == f"{_TITLE}## 生活\n\n1. [我的标题]({address})\n"
            await scene.person.edit(message, f"#life 改回来 {address}")
            await scene.person.wait_for_reaction(message, "✍")
            assert f"1. 改回来 [网页的标题]({address})\n" in await scene.report()


async def test_titles_can_be_switched_off(scene: Scene) -> None:
    """Then nothing is asked, and what was known is not shown."""
    async with small_web(page="<title>标题</title>") as web:
        scene.pages = web.titles()
        async with scene.bot() as bot:
            await scene.write(f"#life {web.address('/page')}")
            await _report(scene, "标题]")
            for journal in await bot.services.access.journals():
                await Configuring(bot.database).choose(journal, Choices(link_titles=False))
            await scene.write(f"#life {web.address('/other')}")
            report = await scene.report()
            assert web.asked == ["/page"]
    assert report.endswith(f"1. <{web.address('/page')}>\n2. <{web.address('/other')}>\n")


async def test_code_and_named_links_are_left_alone(scene: Scene) -> None:
    """Only a bare link is asked about: no code, no `[t](u)`, no file name that looks like one."""
    async with small_web(page="<title>标题</title>") as web:
        scene.pages = web.titles()
        address = web.address("/page")
        async with scene.bot():
            await scene.write(f"#tech `{address}` 和 [名字]({address}) 和 setup.py")
            report = await scene.report()
    assert web.asked == []
    assert report.endswith(f"1. `{address}` 和 [名字]({address}) 和 setup.py\n")
