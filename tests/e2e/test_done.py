"""A week can be done. What comes later is kept, and the bot asks what to do with it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.domain.entry import MessageKey
from bot.sandbox.person import Message
from bot.services.finishing import Final, Finishing
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.outlines import words_on
from tests.e2e.processes import until
from tests.e2e.test_live_draft import draft, shows


async def _finish(scene: Scene) -> tuple[Message, Message]:
    """The preview of a week that was finished, and its note."""
    preview, note = await draft(scene)
    last = (await scene.person.said())[-1]
    await scene.person.press(note, "完成")
    await scene.person.wait_for_document(after=last["message_id"])
    await shows(scene.person, note, "这一周完成了")
    return preview, note


async def _questions(scene: Scene) -> list[Message]:
    said = await scene.person.said()
    return [m for m in said if "第 40 周" in m.get("text", "") and "完成" in m["text"]]


async def test_done_sends_the_last_file_and_says_so(scene: Scene) -> None:
    """The note has other buttons then; nothing is asked as long as nothing changes."""
    async with scene.bot():
        await scene.write("#life 第一件")
        _, note = await _finish(scene)
        shown = await scene.person.message(note["message_id"])
        assert words_on(shown) == ["重新打开", "文件"]
        await asyncio.sleep(3.5)
        assert await _questions(scene) == []


async def test_what_comes_late_is_asked_about_once(scene: Scene) -> None:
    """One question for a burst, kept true; the preview shows all of it; then a new file."""
    async with scene.bot():
        await scene.write("#life 第一件")
        preview, note = await _finish(scene)
        for number in range(7):
            await scene.write(f"#life 晚来的 {number}")
        question = await scene.person.wait_for_answer("已经完成，后来又加了")
        await shows(scene.person, preview, "晚来的 6")
        shown = await shows(scene.person, note, "不是最新的")
        assert words_on(shown) == ["重新打开", "发新文件"]
        shown = await shows(scene.person, question, "还有 2 条")
        assert shown["text"].count("· 晚来的") == 5
        assert len(await _questions(scene)) == 1
        await scene.person.press(question, "发新文件")
        _, content = await scene.person.wait_for_document(after=question["message_id"])
        assert "8. 晚来的 6" in content.decode()
        await shows(scene.person, question, "最新文件已经发了")
        await shows(scene.person, note, "这一周完成了。")
        await scene.write("#tech 还有")
        again = await scene.person.wait_for_answer(
            "后来又加了", after=question["message_id"], seconds=10
        )
        assert "晚来的" not in again["text"]


async def test_an_answer_while_the_question_changes_counts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after it is asked about anew, not in the question that was answered."""
    record = Finishing.set_looked_at

    async def slowly(
        self: Finishing, final: Final, number: int, question: MessageKey | None
    ) -> None:
        await asyncio.sleep(1)
        await record(self, final, number, question)

    async with scene.bot():
        await scene.write("#life 第一件")
        await _finish(scene)
        await scene.write("#life 晚来的 0")
        question = await scene.person.wait_for_answer("后来又加了")
        monkeypatch.setattr(Finishing, "set_looked_at", slowly)
        await scene.write("#life 晚来的 1")
        await shows(scene.person, question, "晚来的 1")
        await scene.person.press(question, "发新文件")
        await shows(scene.person, question, "最新文件已经发了")
        await scene.write("#tech 还有")
        await scene.person.wait_for_answer("后来又加了", after=question["message_id"])


async def test_a_week_is_opened_again(scene: Scene) -> None:
    """By the question or the note; then nothing is asked any more."""
    async with scene.bot():
        await scene.write("#life 第一件")
        _, note = await _finish(scene)
        await scene.write("#life 晚来的")
        question = await scene.person.wait_for_answer("后来又加了")
        await scene.person.press(question, "重新打开")
        await shows(scene.person, question, "2023 年第 40 周重新打开了")
        await until(lambda: _has_button(scene, note, "完成"))
        await scene.write("#life 更晚的")
        await asyncio.sleep(3.5)
        assert await _questions(scene) == []


async def test_the_question_survives_a_restart(scene: Scene) -> None:
    """What came while the bot was stopping is asked about after the start, once."""
    async with scene.bot():
        first = await scene.write("#life 第一件")
        preview, _ = await _finish(scene)
        await scene.person.edit(first, "#life 第一件，改过")
        await scene.person.wait_for_reaction(first, "👌")
    async with scene.bot():
        question = await scene.person.wait_for_answer("已经完成，后来又改过")
        await shows(scene.person, preview, "第一件，改过")
        await scene.person.edit(first, "#life 第一件")
        await shows(scene.person, question, "最新文件已经发了")
    async with scene.bot():
        await scene.write("没有标签")
        await asyncio.sleep(3)
    assert len(await _questions(scene)) == 0


async def test_the_draft_does_not_come_for_a_done_week(scene: Scene) -> None:
    """Its people have the file; the next week's comes as ever."""
    async with scene.bot() as bot:
        await scene.write("#life 第一件")
        await _finish(scene)
        said = len(await scene.person.said())
        scene.clock.set(datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI))
        await bot.delivering.deliver_due()
        assert len(await scene.person.said()) == said
        await scene.write("#life 下一周", at=datetime(2023, 10, 10, 9, 0, tzinfo=SHANGHAI))
        scene.clock.set(datetime(2023, 10, 15, 20, 0, tzinfo=SHANGHAI))
        await bot.delivering.deliver_due()
        assert "2023-W41.md" in [
            m["document"]["file_name"] for m in await scene.person.said() if "document" in m
        ]


async def test_done_can_be_taken_back(scene: Scene) -> None:
    """By /undo, as anything else; and the note says so."""
    async with scene.bot():
        await scene.write("#life 第一件")
        _, note = await _finish(scene)
        asked = await scene.person.send("/undo", at=scene.clock.now())
        answer = await scene.person.wait_for_answer("还没有完成", after=asked["message_id"])
        await until(lambda: _has_button(scene, note, "完成"))
        await scene.person.press(answer, words_on(answer)[0])
        await shows(scene.person, note, "这一周完成了")


async def test_refresh_says_whether_something_has_changed(scene: Scene) -> None:
    """Also that a preview is not the newest one."""
    async with scene.bot():
        await scene.write("#life 第一件")
        _, old = await draft(scene)
        _, note = await draft(scene)
        assert await _notice(scene, note, "刷新") == "已经是最新的。"
        assert await _notice(scene, old, "刷新") == "这份预览旧了，最新的在下面。"
        await scene.write("#life 第二件")
        assert await _notice(scene, note, "刷新") == "刷新了。"
        assert "收到 2 条" in (await scene.person.message(note["message_id"]))["text"]


async def _notice(scene: Scene, message: Message, button: str) -> str:
    press = await scene.person.press(message, button)
    found: list[str] = []

    async def answered() -> bool:
        calls: list[Any] = await scene.person.get("calls", method="answerCallbackQuery")
        found.extend(
            str(c["params"].get("text", ""))
            for c in calls
            if str(c["params"]["callback_query_id"]) == press
        )
        return bool(found)

    await until(answered)
    return found[0]


async def _has_button(scene: Scene, message: Message, words: str) -> bool:
    return words in words_on(await scene.person.message(message["message_id"]))
