"""/stats, on the phone."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene
from tests.e2e.outlines import words_on
from tests.e2e.processes import until


async def _ask(scene: Scene, words: str) -> Message:
    asked = await scene.person.send(words, at=scene.clock.now())
    return await scene.person.wait(
        lambda chat: next(
            (m for m in chat if m["_out"] and m["message_id"] > asked["message_id"]), None
        )
    )


async def _paper(person: Person, message: Message) -> tuple[int, ...]:
    """The colour of the picture's corner."""
    content = await person.download(message["photo"][-1]["file_id"])
    pixel = Image.open(BytesIO(content)).convert("RGB").getpixel((3, 3))
    assert isinstance(pixel, tuple)
    return pixel


async def _caption(scene: Scene, message: Message, words: str) -> Message:
    async def holds() -> bool:
        return words in (await scene.person.message(message["message_id"]))["caption"]

    await until(holds)
    return await scene.person.message(message["message_id"])


async def test_a_year_in_a_picture_and_the_way_to_others(scene: Scene) -> None:
    """Empty at first; then this year, in the dark, the year before, and all of them."""
    async with scene.bot():
        empty = await _ask(scene, "/stats")
        assert empty["caption"].startswith("2023 年还没有内容")
        assert words_on(empty) == ["🌙 深色"]
        await scene.write("#life 一\n- 二")
        await scene.write("#tech 三 @2022-w40")
        shown = await _ask(scene, "/stats")
        assert shown["caption"].startswith("2023 年：40 周里写了 1 周，共 2 项，1 条消息。")
        assert words_on(shown) == ["‹ 2022", "全部年份", "🌙 深色"]
        light = await _paper(scene.person, shown)
        assert min(light) > 200
        said = len(await scene.person.said())
        await scene.person.press(shown, "🌙 深色")

        async def is_dark() -> bool:
            now = await scene.person.message(shown["message_id"])
            return "☀️ 浅色" in words_on(now)

        await until(is_dark)
        dark = await scene.person.message(shown["message_id"])
        assert max(await _paper(scene.person, dark)) < 60
        await scene.person.press(dark, "‹ 2022")
        before = await _caption(scene, shown, "2022 年：13 周里写了 1 周，共 1 项")
        assert words_on(before) == ["全部年份", "2023 ›", "☀️ 浅色"]
        await scene.person.press(before, "全部年份")
        await _caption(scene, shown, "2022–2023 年：53 周里写了 2 周，共 3 项")
        assert len(await scene.person.said()) == said
        asked = await _ask(scene, "/stats 去年 深色")
        assert asked["caption"].startswith("2022 年：")
        assert max(await _paper(scene.person, asked)) < 60
        assert "没看懂「火锅」是哪一年" in (await _ask(scene, "/stats 火锅"))["text"]
        await scene.person.delete(shown)
        await scene.person.press(asked, "☀️ 浅色")
        await _ask(scene, "/stats all")
