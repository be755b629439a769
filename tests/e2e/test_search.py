"""/search, on the phone."""

from __future__ import annotations

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene
from tests.e2e.outlines import words_on
from tests.e2e.processes import until
from tests.e2e.test_live_draft import shows


async def _ask(scene: Scene, words: str) -> Message:
    asked = await scene.person.send(words, at=scene.clock.now())
    return await scene.person.wait_for_answer("", after=asked["message_id"])


async def test_from_a_word_to_its_week_and_on(scene: Scene) -> None:
    """Found, paged, opened at the line, edited there, and found as it is then."""
    async with scene.bot():
        for number in range(10):
            await scene.write(f"#life 第 {number} 顿火锅 @2023-w{number + 10}")
        await scene.write("#tech 缓存\n- 火锅店的 Wi-Fi 很快")
        page = await _ask(scene, "/search 火锅")
        assert page["text"].startswith(
            "🔍 火锅：找到 11 处。点编号，打开那一周\n\n"
            "1. 2023 年第 40 周 · 技术\n火锅店的 Wi-Fi 很快\n"
        )
        bold = [e for e in page["entities"] if e["type"] == "bold"]
        assert len(bold) == 8
        assert words_on(page) == [*map(str, range(1, 9)), "‹", "1/2", "›"]
        said = len(await scene.person.said())
        await scene.person.press(page, "›")
        second = await shows(scene.person, page, "第 0 顿火锅")
        assert words_on(second) == ["1", "2", "3", "‹", "2/2", "›"]
        assert len(await scene.person.said()) == said
        await scene.person.press(second, "3")
        week = await scene.person.wait_for_answer("👉 1. 第 0 顿火锅", after=page["message_id"])
        assert "2023 年第 10 周" in week["text"]
        edited = await scene.person.send("/edit 1 第 0 顿烤肉", at=scene.clock.now())
        await scene.person.wait_for_reaction(edited, "👌")
        found = await _ask(scene, "/search 烤肉")
        assert "2023 年第 10 周 · 生活" in found["text"]
        assert "找到 10 处" in (await _ask(scene, "/search 火锅"))["text"]
        # What is no command of ours may be about anything: here, a reply to what was found.
        kept = await scene.write("火锅真多", reply_to=found["message_id"])
        assert kept["message_id"]


async def test_asked_for_in_a_reply_and_refused_politely(scene: Scene) -> None:
    """Without words the bot asks; faults name what there is."""
    async with scene.bot(BOT_ALLOWED_USERS="1001,2002"):
        await scene.write("#life 火锅")
        assert (await _ask(scene, '/search ""'))["text"].startswith("找什么？")
        asked = await _ask(scene, "/search")
        assert asked["text"].startswith("找什么？回复这条消息。")
        reply = await scene.person.send(
            "火锅 栏目：生活", at=scene.clock.now(), reply_to=asked["message_id"]
        )
        await scene.person.wait_for_answer("找到 1 处", after=reply["message_id"])
        assert (
            "没有「厨房」这一栏。有这些：生活、技术、总结"
            in (await _ask(scene, "/search section:厨房"))["text"]
        )
        assert (
            "2019 年没有周报。有这些年：2023。"
            in (await _ask(scene, "/search 火锅 year:2019"))["text"]
        )
        assert "不是年份" in (await _ask(scene, "/search year:去年"))["text"]
        assert "没有找到「烤肉」" in (await _ask(scene, "/search 烤肉"))["text"]
        assert "去掉栏目或年份" in (await _ask(scene, "/search 火锅 #tech"))["text"]
        await _others_cannot_press(scene, await _ask(scene, "/search 火锅"))


async def _others_cannot_press(scene: Scene, page: Message) -> None:
    """The buttons of this journal's search open nothing for another one, which is told so."""
    person = scene.person
    await person.post("users", {"id": 2002, "first_name": "老王"})
    await person.post("chats", {"type": "private", "members": [2002], "id": 2002})
    [[mine]] = page["reply_markup"]["inline_keyboard"]
    chat = {"id": 2002, "type": "private", "first_name": "老王"}
    for press, data in (("77", mine["callback_data"]), ("78", "q:p:1:0")):
        query = {
            "id": press,
            "from": {"id": 2002, "is_bot": False, "first_name": "老王"},
            "chat_instance": "1",
            "message": {"message_id": 999, "date": page["date"], "chat": chat},
            "data": data,
        }
        await person.post("updates", {"callback_query": query})
    async with Person(scene.sandbox.url, chat_id=2002, user_id=2002) as other:
        await other.wait_for_reaction(await other.send("#life 烤肉", at=scene.clock.now()))
        assert await other.said() == []
    told: dict[str, str | None] = {}

    async def answered() -> bool:
        calls = await person.get("calls", method="answerCallbackQuery")
        told.update((str(c["params"]["callback_query_id"]), c["params"].get("text")) for c in calls)
        return len(told) == 2

    await until(answered)
    assert told == dict.fromkeys(("77", "78"), "这个按钮过期了。")
