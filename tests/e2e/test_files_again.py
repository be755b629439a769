"""A file is sent back when something has happened since it went out."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.week import IsoWeek
from tests.e2e.conftest import Scene
from tests.e2e.outlines import listed, shown, words_on
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until
from tests.e2e.test_round_trip import (
    APPLY,
    LEAVE,
    MONDAY,
    applied,
    draft,
    notice,
    offered,
    offers,
    packed,
    send_back,
)

WEEK = IsoWeek(2023, 40)


async def _done(scene: Scene, words: str) -> None:
    """The command has been carried out."""
    message = await scene.person.send(words, at=scene.clock.now())
    assert await scene.person.wait_for_reaction(message) == "👌", words


async def test_what_a_file_added_a_second_one_removes(scene: Scene) -> None:
    """Both reply to the same draft: what the first one brought is not late, only out of favour."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        message, report = await draft(scene)
        scene.clock.advance(timedelta(minutes=5))
        more: dict[str, Any] = {"reply_to": message["message_id"]}
        first = await send_back(scene, report + "2. 多写的\n", **more)
        await applied(scene, await offered(scene, first))
        scene.clock.advance(timedelta(minutes=5))
        await scene.write("#tech 后来发的")
        offer = await offered(scene, await send_back(scene, report, **more))
        assert "− 生活 · 多写的" in offer["text"]
        assert "又记了 1 行" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == report + "\n## 技术\n\n1. 后来发的\n"


async def test_whatever_came_into_the_week_later_stays(scene: Scene) -> None:
    """However old its message is: by an edit, by `/edit`, from another week, by being filed."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        edited = await scene.write("#life 第一件")
        await scene.write("#life 第二件")
        await scene.write("#life 别的一周 @2023-w39")
        waiting = await scene.write("没有标签的")
        question = await scene.person.wait_for_answer("放到哪一栏", after=waiting["message_id"])
        message, report = await draft(scene)
        assert report.endswith("1. 第一件\n2. 第二件\n")
        scene.clock.advance(timedelta(minutes=5))
        await scene.person.edit(edited, "#life 第一件\n改出来的")
        await scene.person.wait_for_reaction(edited, "👌")
        await _done(scene, "/edit 2 第二件\n添上的")
        await listed(scene, "/list 2023-w39")
        await _done(scene, "/move 1 @2023-w40")
        await scene.person.press(question, "生活")
        await scene.person.wait_for_reaction(waiting, "✍")
        now = await scene.report()
        for late in ("改出来的", "添上的", "别的一周", "没有标签的"):
            assert late in now
        file = await send_back(scene, report, reply_to=message["message_id"])
        await offered(scene, file, "没有要改的")
        changed = report.replace("第二件", "第二件事")
        offer = await offered(
            scene, await send_back(scene, changed, reply_to=message["message_id"])
        )
        assert "改 1 行\n" in offer["text"]
        assert "又记了 4 行" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == now.replace("第二件", "第二件事")


async def test_what_was_moved_within_its_week_was_in_the_file(scene: Scene) -> None:
    """So a file without it removes it, though it went elsewhere and came back since."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 第一件")
        await scene.write("#life 第二件")
        message, report = await draft(scene)
        scene.clock.advance(timedelta(minutes=5))
        for week, words in (
            ("2023-w40", "/move 2 @2023-w39"),
            ("2023-w39", "/move 1 @2023-w40"),
            ("2023-w40", "/move 2 tech"),
        ):
            await listed(scene, f"/list {week}")
            await _done(scene, words)
        without = report.replace("2. 第二件\n", "")
        file = await send_back(scene, without, reply_to=message["message_id"])
        offer = await offered(scene, file)
        assert "− 技术 · 第二件" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == without


async def test_a_picture_that_came_with_a_file_is_gone_when_that_is_undone(scene: Scene) -> None:
    """The week's file is what it was before, and a week that is done has not outgrown its own."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        [journal] = await bot.services.access.journals()
        before = await bot.services.reporting.compile(journal, WEEK)
        _, report = await draft(scene)
        sea = "\n![海](images/%E6%B5%B7.jpg)\n\n![](images/b.jpg)\n"
        files = {
            "2023-W40.md": (report + sea).encode(),
            "images/海.jpg": jpeg(),
            "images/b.jpg": jpeg("#ff0000"),
        }
        await applied(scene, await offered(scene, await send_back(scene, packed(files), "a.zip")))
        assert await scene.archive() == files
        asked = await scene.person.send("/undo", at=scene.clock.now())
        await scene.person.wait_for_answer("收到文件之前的样子", after=asked["message_id"])
        assert await scene.report() == report
        after = await bot.services.reporting.compile(journal, WEEK)
        assert after.pictures == ()
        assert after.fingerprint == before.fingerprint


async def test_another_picture_at_a_known_path(scene: Scene) -> None:
    """One that came with a file is exchanged; one that is a message stays, which is said."""
    scene.clock.set(MONDAY)
    old, new = jpeg("#ff0000"), jpeg("#00ff00")
    async with scene.bot():
        await scene.person.send_picture(jpeg(), "#life 猫", at=scene.clock.now())
        await scene.arrived()
        files = await scene.archive()
        report = files["2023-W40.md"].decode() + "\n![海](sea.jpg)\n"
        files |= {"2023-W40.md": report.encode(), "sea.jpg": old}
        await applied(scene, await offered(scene, await send_back(scene, packed(files), "a.zip")))
        assert await scene.archive() == files
        same = await send_back(scene, packed(files), "a.zip")
        assert "图" not in (await offered(scene, same, "没有要改的"))["text"]
        other = {**files, "sea.jpg": new}
        export = packed({**other, "weeknotes.json": b"{}"})
        offer = await offered(scene, await send_back(scene, export, "a.zip"))
        assert "带来 1 张图" in offer["text"]
        assert "放进去的只有周报和图片" in offer["text"]
        await applied(scene, offer)
        assert await scene.archive() == other
        cat = {**other, "images/2023-W40-1.jpg": old}
        answer = await offered(scene, await send_back(scene, packed(cat), "a.zip"), "没有要改的")
        assert "还是当初发的样子：images/2023-W40-1.jpg" in answer["text"]
        assert await scene.archive() == other


async def test_a_file_that_is_exchanged_while_it_is_looked_at(scene: Scene) -> None:
    """Only the new one is offered, however long the old one takes to come."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        await scene.person.fault("getFile", kind="delay", seconds=2)
        file = await send_back(scene, report + "2. 先前的\n")
        await until(lambda: all(f.times == 0 for f in scene.sandbox._bot_api.faults.values()))
        new = f"{report}2. 换过的\n".encode()
        file_id = await scene.person.upload(new, "2023-W40.md", "text/markdown")
        raw = {key: value for key, value in file.items() if not key.startswith("_")}
        document = raw["document"] | {"file_id": file_id, "file_unique_id": "another"}
        edited = raw | {"document": document, "edit_date": raw["date"]}
        await scene.person.post("updates", {"edited_message": edited})
        offer = await offered(scene, file)
        assert "+ 生活 · 换过的" in offer["text"]
        await asyncio.sleep(2)
        assert not any("先前的" in message.get("text", "") for message in await scene.person.said())
        await applied(scene, offer)
        assert await scene.report() == new.decode()


@pytest.mark.parametrize("again", [APPLY, LEAVE], ids=["apply again", "leave again"])
@pytest.mark.parametrize(
    ("words", "told"), [(APPLY, "改好了：加 1 行"), (LEAVE, "没有改")], ids=["applied", "left"]
)
async def test_a_decision_that_nobody_was_told_of(
    scene: Scene, words: str, told: str, again: str
) -> None:
    """The bot ended right after the commit: another press of any button says what came of it."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        offer = await offered(scene, await send_back(scene, report + "2. 文件里的\n"))
        await scene.person.fault("editMessageText", kind="hang", times=-1, seconds=30)
        await scene.person.press(offer, words)
        await until(lambda: all(state in {"applied", "left"} for state in offers(scene)))
    scene.sandbox._bot_api.faults.clear()
    async with scene.bot():
        press = await scene.person.press(offer, again)
        assert await notice(scene, press) == "这个按钮过期了。"
        done = await shown(scene.person, offer, told)
        assert words_on(done) == []
        assert ("文件里的" in await scene.report()) == (words == APPLY)
