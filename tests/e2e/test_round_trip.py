"""A report goes out as a file, is changed, and comes back."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from bot.desk import at_desk
from bot.domain.week import IsoWeek
from bot.sandbox.person import Message
from bot.services.configuring import Choices, Configuring
from bot.storage import links
from tests.archive.files import UNTIDY
from tests.e2e.conftest import SHANGHAI, Scene, open_group
from tests.e2e.outlines import listed, shown, words_on
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until

MONDAY = datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI)
APPLY, LEAVE = "就这么改", "不改"


async def send_back(
    scene: Scene, text: str | bytes, name: str = "2023-W40.md", caption: str = "", **more: Any
) -> Message:
    """The message with the file."""
    content = text if isinstance(text, bytes) else text.encode()
    kind = "application/zip" if name.endswith(".zip") else "text/markdown"
    return await scene.send_file(content, name, kind, caption, **more)


async def offered(scene: Scene, file: Message, words: str = "照这个文件") -> Message:
    """What the bot answers to the file."""
    return await scene.person.wait_for_answer(words, after=file["message_id"])


async def applied(scene: Scene, offer: Message) -> Message:
    """What the bot says once the button was pressed and all is done."""
    await scene.person.press(offer, APPLY)
    return await shown(scene.person, offer, "改好了")


async def notice(scene: Scene, press: str) -> str:
    """What the press was answered with."""
    found: list[str] = []

    async def answered() -> bool:
        events = (await scene.person.get("events", after="0", timeout="0"))["changes"]
        found[:] = [e["text"] for e in events if e.get("callback_query_id") == press]
        return bool(found)

    await until(answered)
    return found[0]


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


async def draft(scene: Scene) -> tuple[Message, str]:
    """The message with the draft's file, and its Markdown."""
    asked = await scene.person.send("/draft", at=scene.clock.now())
    _, content = await scene.person.wait_for_document(after=asked["message_id"])
    said = [m for m in await scene.person.said() if "document" in m]
    return said[-1], content.decode()


async def test_an_edited_file_becomes_the_week(scene: Scene) -> None:
    """The reply shows line by line what would change; pressed, the week is the file."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        ran = await scene.write("#life 跑步\n早上五公里")
        await scene.write("#life 吃了火锅")
        await scene.write("#tech 修好了泄漏")
        await scene.write("#tech 没用的一条")
        message, report = await draft(scene)
        edited = (
            report.replace("吃了火锅", "吃了糟粕醋火锅")
            .replace("2. 没用的一条\n", "")
            .replace("1. 修好了泄漏", "1. 写了测试\n2. 修好了泄漏")
            .replace("\n\n## 技术", "\n3. 新的一条\n\n## 技术")
        )
        file = await send_back(scene, edited, "x.md", reply_to=message["message_id"])
        offer = await offered(scene, file)
        assert "删 1 行 · 改 1 行 · 加 2 行" in offer["text"]
        assert "− 技术 · 没用的一条" in offer["text"]
        assert "✎ 生活 · 吃了火锅 → 吃了糟粕醋火锅" in offer["text"]
        assert "+ 生活 · 新的一条" in offer["text"]
        assert words_on(offer) == [APPLY, LEAVE]
        assert await scene.report() == report
        done = await applied(scene, offer)
        assert words_on(done) == []
        assert await scene.report() == edited
        await scene.person.wait_for_reaction(file, "👌")
        # What was not touched still belongs to its message.
        await scene.person.edit(ran, "#life 跑步\n早上六公里")
        await scene.person.wait_for_reaction(ran, "👌")
        assert await scene.report() == edited.replace("五公里", "六公里")


async def test_the_list_shows_what_the_file_has_changed(scene: Scene) -> None:
    """Where it stands, so that numbers mean what is to be seen."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一")
        await scene.write("#life 二")
        message, report = await draft(scene)
        outline = await listed(scene)
        edited = report.replace("1. 一\n2. 二", "1. 新的\n2. 一\n3. 二")
        file = await send_back(scene, edited, "x.md", reply_to=message["message_id"])
        await applied(scene, await offered(scene, file))
        await shown(scene.person, outline, "1. 新的\n2. 一\n3. 二")


async def test_moves_are_told_and_keep_their_messages(scene: Scene) -> None:
    """To another section, below another item, to another place; replies still find their line."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        first = await scene.write("#life 第一件")
        await scene.write("#life 第二件")
        await scene.write("#life 第三件")
        cat = await scene.write("#tech 家里的猫")
        _, report = await draft(scene)
        assert "## 生活\n\n1. 第一件\n2. 第二件\n3. 第三件\n" in report
        edited = report.replace(
            "1. 第一件\n2. 第二件\n3. 第三件\n\n## 技术\n\n1. 家里的猫\n",
            "1. 家里的猫\n2. 第三件\n    1. 第一件\n3. 第二件\n",
        )
        offer = await offered(scene, await send_back(scene, edited))
        assert "↕ 技术 · 家里的猫（挪到「生活」）" in offer["text"]
        assert "↕ 生活 · 第一件（挪到「第三件」下面）" in offer["text"]
        assert "（换了位置）" in offer["text"]
        assert "删" not in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited
        await scene.write("下面的", reply_to=first["message_id"])
        await scene.write("罐头", reply_to=cat["message_id"])
        await scene.write("#life 后来的")
        assert await scene.report() == edited.replace(
            "    1. 第一件\n", "    1. 第一件\n        1. 下面的\n"
        ).replace("1. 家里的猫\n", "1. 家里的猫\n    1. 罐头\n", 1).replace(
            "3. 第二件\n", "3. 第二件\n4. 后来的\n"
        )


async def test_a_changed_line_goes_on_with_its_message(scene: Scene) -> None:
    """A later edit of the message applies only what it changes, and `/delete` still deletes."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        message = await scene.write("#life 火锅\n很辣\n很香")
        _, report = await draft(scene)
        edited = report.replace("火锅", "糟粕醋火锅")
        await applied(scene, await offered(scene, await send_back(scene, edited)))
        await scene.person.edit(message, "#life 火锅\n特别辣\n很香")
        await scene.person.wait_for_reaction(message, "👌")
        assert await scene.report() == edited.replace("很辣", "特别辣")
        await scene.person.send("/delete", at=scene.clock.now(), reply_to=message["message_id"])
        asked = await scene.person.send("/draft", at=scene.clock.now())
        await scene.person.wait_for_answer("没有内容", after=asked["message_id"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 2023 年第39周周报\n\n## 生活\n\n1. 一件事\n2. 又一件\n", "2023-W39.md"),
        ("# 2023 年第39周周报\n\n## 生活\n\n1. 一件事\n2. 又一件\n", "report.md"),
        ("---\nweek: 2023-W39\n---\n\n# 周报\n\n## 生活\n\n1. 一件事\n2. 又一件\n", "x.markdown"),
    ],
    ids=["name", "title", "front matter"],
)
async def test_the_week_is_told_by_the_file(scene: Scene, text: str, name: str) -> None:
    """By its name, its title or its front matter; it need not be a reply."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事 @2023-w39")
        offer = await offered(scene, await send_back(scene, text, name))
        assert "+ 生活 · 又一件" in offer["text"]
        await applied(scene, offer)
        assert await scene.report("/report 2023-w39") == text


async def test_a_file_without_changes_is_said_to_be_the_same(scene: Scene) -> None:
    """There is nothing to press."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        message, report = await draft(scene)
        file = await send_back(scene, report, reply_to=message["message_id"])
        answer = await offered(scene, file, "没有要改的")
    assert words_on(answer) == []


async def test_only_the_form_differs(scene: Scene) -> None:
    """Bullets and blank lines are the author's own, and stay as they are in the file."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        edited = report.replace("1. ", "- ").replace("\n\n## ", "\n## ")
        offer = await offered(scene, await send_back(scene, edited), "字句都没变")
        done = await applied(scene, offer)
        assert done["text"] == "2023 年第 40 周改好了，字句没变，写法和文件一样了。"
        assert await scene.report() == edited
        await scene.write("#life 又一件")
        assert await scene.report() == edited + "- 又一件\n"


async def test_the_week_has_changed_meanwhile(scene: Scene) -> None:
    """Nothing is applied blindly: the new difference is shown, and asked about again."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        offer = await offered(scene, await send_back(scene, report + "2. 文件里的\n"))
        await scene.write("#life 刚刚发的")
        await scene.person.press(offer, APPLY)
        again = await shown(scene.person, offer, "内容又变了")
        assert "− 生活 · 刚刚发的" in again["text"] or "✎ 生活 · 刚刚发的" in again["text"]
        assert words_on(again) == [APPLY, LEAVE]
        assert "刚刚发的" in await scene.report()
        await applied(scene, again)
        assert await scene.report() == report + "2. 文件里的\n"


async def test_lines_that_came_after_the_file_went_out_stay(scene: Scene) -> None:
    """They cannot be in the file that is sent back in reply, so nobody has removed them."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        old = await scene.write("#life 有回复的")
        message, report = await draft(scene)
        scene.clock.advance(timedelta(minutes=5))
        await scene.write("#life 后来的")
        await scene.write("后来回复的", reply_to=old["message_id"])
        same = await send_back(scene, report, reply_to=message["message_id"])
        await offered(scene, same, "没有要改的")
        edited = report.replace("一件事", "一件大事")
        file = await send_back(scene, edited, reply_to=message["message_id"])
        offer = await offered(scene, file)
        assert "改 1 行\n" in offer["text"]
        assert "又记了 2 行" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == (
            edited.replace("2. 有回复的\n", "2. 有回复的\n    1. 后来回复的\n3. 后来的\n")
        )


async def test_what_was_decided_is_decided(scene: Scene) -> None:
    """Left is left; a second press is answered politely."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        offer = await offered(scene, await send_back(scene, report + "2. 文件里的\n"))
        await scene.person.fault("editMessageText", kind="delay", seconds=1)
        await scene.person.press(offer, LEAVE)
        press = await scene.person.press(offer, APPLY)
        assert await notice(scene, press) == "这个按钮过期了。"
        await shown(scene.person, offer, "没有改")
        assert await scene.report() == report


async def test_a_restart_between_file_and_press(scene: Scene) -> None:
    """What the button needs is in the database, and so is a file that nobody has answered yet."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        offer = await offered(scene, await send_back(scene, report + "2. 文件里的\n"))
    file = await send_back(scene, report + "2. 另一个文件\n")
    async with scene.bot():
        await applied(scene, offer)
        assert await scene.report() == report + "2. 文件里的\n"
        second = await offered(scene, file)
        assert "✎ 生活 · 文件里的 → 另一个文件" in second["text"]


async def test_an_answer_that_got_lost_is_given_by_the_next_start(scene: Scene) -> None:
    """The bot is gone between the commit and the answer."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        await scene.person.fault("getFile", kind="hang", times=-1, seconds=30)
        file = await send_back(scene, report + "2. 文件里的\n")
        await until(lambda: offers(scene) == ["waiting"])
    scene.sandbox._bot_api.faults.clear()
    async with scene.bot():
        await applied(scene, await offered(scene, file))
        assert await scene.report() == report + "2. 文件里的\n"


async def test_a_download_that_fails_can_be_tried_again(scene: Scene) -> None:
    """It is said, with a button; then it goes on as if nothing had been."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        await scene.person.fault("getFile", kind="status", error_code=400, description="Bad")
        file = await send_back(scene, report + "2. 文件里的\n")
        failed = await offered(scene, file, "没能从 Telegram 下载")
        await scene.person.press(failed, "再试一次")
        await applied(scene, await offered(scene, file))
        assert await scene.report() == report + "2. 文件里的\n"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"# 2023 \xb5\xda40\n", "2023-W40.md", "第 1 行不是 UTF-8"),
        (b"# 2023\n\n## \xc9\n", "2023-W40.md", "第 3 行不是 UTF-8 编码（第 11 个字节是 0xC9"),
        (b" \n", "2023-W40.md", "里面是空的"),
        (b"# 2023\n" * 400_000, "2023-W40.md", "超过了 2 MB"),
        (b"# 2023\n", "2023-W60.md", "没有「2023-W60」这一周"),
        (b"no zip", "2023-W40.zip", "不是能打开的压缩包"),
        (packed({"../2023-W40.md": b"# a\n"}), "a.zip", "指到压缩包外面去了"),
        (packed({"2023-W40.md": b"a", "b/2023-W40.md": b"b"}), "a.zip", "说的是同一周"),
    ],
    ids=["first line", "byte", "empty", "large", "no such week", "no zip", "outside", "same week"],
)
async def test_what_cannot_be_understood_is_refused(
    scene: Scene, content: bytes, name: str, words: str
) -> None:
    """With the reason; the week stays as it is."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        report = await scene.report()
        file = await send_back(scene, content, name)
        answer = await offered(scene, file, words)
        assert words_on(answer) == []
        await scene.person.wait_for_reaction(file, "👎")
        assert await scene.report() == report


async def test_a_file_of_another_week_than_it_replies_to(scene: Scene) -> None:
    """Neither week is touched."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        message, report = await draft(scene)
        file = await send_back(scene, report, "2023-W39.md", reply_to=message["message_id"])
        await offered(scene, file, "它写的是 2023-W39，可你回复的是 2023-W40")
        assert await scene.report() == report


async def test_a_file_of_another_week_than_its_caption_names(scene: Scene) -> None:
    """Nobody has replied to anything, so that is not what the answer says."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        _, report = await draft(scene)
        file = await send_back(scene, report, "2023-W40.md", caption="@上周")
        await offered(scene, file, "它写的是 2023-W40，可你的消息写的是 2023-W39")


async def test_a_file_whose_week_cannot_be_told_is_kept_like_any_other(scene: Scene) -> None:
    """And the answer says why; one with a tag is an entry as ever."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        notes = await send_back(scene, "# 会议记录\n", "notes.md")
        await scene.person.wait_for_reaction(notes, "🤔")
        await offered(scene, notes, "看不出「notes.md」是哪一周的周报")
        await offered(scene, notes, "放到哪一栏")
        tagged = await send_back(scene, "# 2023 年第40周周报\n", "2023-W40.md", "#tech 存档")
        await scene.person.wait_for_reaction(tagged, "✍")
        await scene.arrived(2)
        files = await scene.archive()
    assert "1. 存档 [2023-W40.md](images/2023-W40-2.md)" in files["2023-W40.md"].decode()


async def test_a_zip_without_reports_is_just_a_file(scene: Scene) -> None:
    """It is stored and asked about, and nothing is said of reports."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        file = await send_back(scene, packed({"a.txt": b"a"}), "stuff.zip")
        await scene.person.wait_for_reaction(file, "🤔")
        await offered(scene, file, "放到哪一栏")
        assert not any("周报" in m.get("text", "") for m in await scene.person.said())


async def test_an_archive_with_pictures_fills_its_weeks(scene: Scene) -> None:
    """Several weeks at one press; pictures that come along are kept, others are named."""
    scene.clock.set(MONDAY)
    new = "# 2023 年第39周周报\n\n## 生活\n\n1. 看海\n\n![海](images/sea.jpg)\n\n![山](hill.jpg)\n"
    async with scene.bot():
        await scene.write("#life 一件事")
        await scene.person.send_picture(jpeg(), "#life 猫", at=scene.clock.now())
        await scene.arrived()
        files = await scene.archive()
        report = files["2023-W40.md"].decode()
        edited = report.replace("一件事", "一件大事").replace("![猫]", "![大猫]")
        back = {**files, "2023-W40.md": edited.encode(), "old/2023-W39.md": new.encode()}
        back["old/images/sea.jpg"] = jpeg("#ff0000")
        offer = await offered(scene, await send_back(scene, packed(back), "weeks.zip"))
        assert "2023 年第 39 周还是空的" in offer["text"]
        assert "带来 1 张图" in offer["text"]
        assert "hill.jpg" in offer["text"]
        assert "✎ 生活 · 一件事 → 一件大事" in offer["text"]
        assert "✎ 生活 · 猫 → 大猫" in offer["text"]
        await applied(scene, offer)
        changed = await scene.archive()
        assert changed == {**files, "2023-W40.md": edited.encode()}
        filled = await scene.archive("/report 2023-w39")
    assert filled == {"2023-W39.md": new.encode(), "images/sea.jpg": jpeg("#ff0000")}


async def test_an_imported_week_comes_back(scene: Scene) -> None:
    """Untidy as it came, edited as a file, and byte for byte what the file says."""
    source = scene.folder / "in"
    source.mkdir()
    (source / "2023-W40.md").write_bytes(UNTIDY.encode())
    scene.clock.set(MONDAY)
    async with at_desk(scene.settings(), None, clock=scene.clock) as desk:
        findings, _ = await desk.inspect([source])
        await desk.take_in(findings, replace=False, progress=lambda: None)
    async with scene.bot():
        await scene.write("#summary 再说一句")
        message, report = await draft(scene)
        edited = report.replace("3. 从三开始", "3. 从三开始，不改数字").replace("第二项", "")
        file = await send_back(scene, edited, "第六周.md", reply_to=message["message_id"])
        offer = await offered(scene, file)
        assert "从三开始 → 从三开始，不改数字" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited


async def test_what_waits_to_be_filed_is_not_touched(scene: Scene) -> None:
    """It is in no file, so its absence says nothing."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        waiting = await scene.write("没有标签的")
        _, report = await draft(scene)
        await applied(scene, await offered(scene, await send_back(scene, report + "2. 新的\n")))
        question = await scene.person.wait_for_answer("放到哪一栏", after=waiting["message_id"])
        await scene.person.press(question, "生活")
        await scene.person.wait_for_reaction(waiting, "✍")
        assert await scene.report() == report + "2. 新的\n3. 没有标签的\n"


async def test_removed_lines_can_be_put_back(scene: Scene) -> None:
    """They are gone as if deleted: the message shows it, and its question can bring it back."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事")
        waiting = await scene.write("没有标签的")
        question = await scene.person.wait_for_answer("放到哪一栏", after=waiting["message_id"])
        await scene.person.press(question, "生活")
        await shown(scene.person, question, "放进「生活」了")
        _, report = await draft(scene)
        edited = report.replace("2. 没有标签的\n", "")
        await applied(scene, await offered(scene, await send_back(scene, edited)))
        assert await scene.report() == edited
        gone = await shown(scene.person, question, "不在周报里了")
        await scene.person.press(gone, "放回来")
        await shown(scene.person, question, "放进「生活」了")
        assert await scene.report() == report


async def test_titles_and_paragraphs_count(scene: Scene) -> None:
    """Title, opening, paragraphs of sections, summary, headings of one's own."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#intro 开头的话")
        await scene.write("#life 一件事")
        await scene.write("#summary 总结的话")
        _, report = await draft(scene)
        edited = (
            "# 我的一周\n\n开头的话，改过\n\n## 生活\n\n先说两句\n\n1. 一件事\n\n就这样\n\n"
            "## 读书\n\n1. 一本书\n\n## 总结\n\n总结的话\n\n再一段\n"
        )
        offer = await offered(scene, await send_back(scene, edited))
        assert "✎ 标题 · 2023 年第40周周报 → 我的一周" in offer["text"]
        assert "✎ 开头 · 开头的话 → 开头的话，改过" in offer["text"]
        assert "+ 读书 · 一本书" in offer["text"]
        assert "+ 总结 · 再一段" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited
        assert report != edited


async def test_the_front_matter_of_the_template_is_no_content(scene: Scene) -> None:
    """Only the report in it counts, and a new title there is the week's title."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        [journal] = await bot.services.access.journals()
        await Configuring(bot.database).set_document(journal, "hugo")
        message, document = await draft(scene)
        assert document.startswith("---\ntitle: ")
        edited = document.replace("一件事", "一件大事")
        file = await send_back(scene, edited, reply_to=message["message_id"])
        offer = await offered(scene, file)
        assert "改 1 行\n✎ 生活 · 一件事 → 一件大事" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited
        named = edited.replace("2023 年第40周周报", "我的一周")
        await applied(scene, await offered(scene, await send_back(scene, named)))
        assert await scene.report() == named
        await Configuring(bot.database).set_document(journal, None)
        assert await scene.report() == "# 我的一周\n\n## 生活\n\n1. 一件大事\n"


async def test_the_first_of_several_lines_is_deleted(scene: Scene) -> None:
    """Those after it are still lines, whatever CommonMark would make of their numbers."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 猫\n大的\n中的\n小的")
        _, report = await draft(scene)
        edited = report.replace("    1. 大的\n", "")
        offer = await offered(scene, await send_back(scene, edited))
        assert "删 1 行\n− 生活 · 大的" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited.replace("    2. 中的", "    1. 中的")


async def test_many_changes_fit_one_message(scene: Scene) -> None:
    """What has no room is counted."""
    scene.clock.set(MONDAY)
    lines = "".join(f"{number}. 第 {number} 件{'很长的一件事' * 9}\n" for number in range(1, 201))
    async with scene.bot():
        await scene.write("#life 一件事")
        report = f"# 2023 年第40周周报\n\n## 生活\n\n{lines}"
        offer = await offered(scene, await send_back(scene, report))
        assert len(offer["text"]) <= 4096
        shown = offer["text"].count("\n+ ") + offer["text"].count("\n− ")
        assert f"……还有 {201 - shown} 处" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == report


async def test_many_weeks_fit_one_message(scene: Scene) -> None:
    """An archive of years is taken in at one press."""
    scene.clock.set(MONDAY)
    weeks = [IsoWeek(2020, 1).shifted(number) for number in range(130)]
    files = {f"{week}.md": f"# {week}\n\n## 生活\n\n1. 事 {week}\n".encode() for week in weeks}
    files |= {f"notes-{number}.md": b"# notes\n" for number in range(30)}
    async with scene.bot():
        offer = await offered(scene, await send_back(scene, packed(files), "a.zip"), "还是空的")
        assert len(offer["text"]) <= 4096
        assert re.search("……还有 [0-9]+ 周", offer["text"])
        assert "……还有 20 处" in offer["text"]
        done = await applied(scene, offer)
        assert len(done["text"]) <= 4096
        report = await scene.report(f"/report {weeks[-1]}")
        assert report.encode() == files[f"{weeks[-1]}.md"]


async def test_in_a_group_a_reply_to_the_draft_is_meant(scene: Scene) -> None:
    """By anybody, for anybody to decide; a file that people send each other is their own."""
    scene.clock.set(MONDAY)
    async with scene.bot(), open_group(scene) as group:
        await group.zhou.send("#life 一件事", at=scene.clock.now())
        report = await group.report(scene)
        sent = [m for m in await group.zhou.said() if "document" in m][-1]
        file_id = await group.li.upload(
            f"{report}2. 小李加的\n".encode(), "2023-W40.md", "text/markdown"
        )
        more: dict[str, Any] = {"kind": "document", "file_id": file_id, "at": scene.clock.now()}
        await group.li.send("", **more)
        file = await group.li.send("", reply_to=sent["message_id"], **more)
        offer = await group.li.wait_for_answer("照这个文件")
        assert offer["reply_to_message"]["message_id"] == file["message_id"]
        await group.zhou.press(offer, APPLY)
        await group.zhou.wait_for_answer("改好了")
        assert await group.report(scene) == f"{report}2. 小李加的\n"


async def test_the_same_in_english(scene: Scene) -> None:
    """Sentences and buttons."""
    scene.clock.set(MONDAY)
    scene.language = "en"
    async with scene.bot():
        await scene.write("#life hot pot")
        _, report = await draft(scene)
        edited = report.replace("hot pot", "hot pot with the neighbours")
        offer = await offered(scene, await send_back(scene, edited), "This file would change")
        assert "2023 week 40: 1 changed\n✎ Life · hot pot → hot pot with" in offer["text"]
        await scene.person.press(offer, "Apply")
        await shown(scene.person, offer, "2023 week 40 is changed: 1 changed")
        assert await scene.report() == edited


async def test_a_file_can_be_taken_back(scene: Scene) -> None:
    """`/undo` gives the week back as it was, whether it had come as a file or by messages."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        await scene.write("#life 一件事\n下面")
        await scene.write("#tech 另一件")
        _, report = await draft(scene)
        untidy = report.replace("1. 一件事\n    1. 下面\n", "- 一件大事\n").replace(
            "\n\n## 技", "\n## 技"
        )
        tidy = report.replace("1. 另一件\n", "1. 新的\n2. 另一件\n").replace("    1. 下面\n", "")
        for text in (untidy, tidy):
            await applied(scene, await offered(scene, await send_back(scene, text)))
            assert await scene.report() == text
        for text in (untidy, report):
            asked = await scene.person.send("/undo", at=scene.clock.now())
            await scene.person.wait_for_answer("收到文件之前的样子", after=asked["message_id"])
            assert await scene.report() == text


async def test_a_file_that_was_kept_can_be_taken_back(scene: Scene) -> None:
    """It is the last thing that was done, though it was stored a moment later."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        notes = await send_back(scene, "# 会议记录\n", "notes.md")
        await scene.person.wait_for_reaction(notes, "🤔")
        await offered(scene, notes, "放到哪一栏")
        asked = await scene.person.send("/undo", at=scene.clock.now())
        await scene.person.wait_for_answer("撤销", after=asked["message_id"])
        asked = await scene.person.send("/draft", at=scene.clock.now())
        await scene.person.wait_for_answer("没有内容", after=asked["message_id"])


def offers(scene: Scene) -> list[str]:
    """How far it has come with each file."""
    path = (scene.folder / "data" / "weeknotes.db").as_uri()
    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM offers ORDER BY id")]


async def test_files_and_names_that_the_report_adds_are_no_words(scene: Scene) -> None:
    """A changed line keeps its file; one whose link is gone lets go of it."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        kept = await scene.send_file(b"a", "表.pdf", "application/pdf", "#life 一张表")
        await scene.person.wait_for_reaction(kept)
        scene.clock.advance(timedelta(seconds=20))
        lost = await scene.send_file(b"b", "图.pdf", "application/pdf", "#life 另一张")
        await scene.person.wait_for_reaction(lost)
        await scene.arrived(2)
        [journal] = await bot.services.access.journals()
        await Configuring(bot.database).choose(journal, Choices(authors=True))
        files = await scene.archive()
        report = files["2023-W40.md"].decode()
        assert "1. 一张表 [表.pdf](images/2023-W40-1.pdf)（" in report
        edited = report.replace("一张表", "一张好表").replace(
            " [图.pdf](images/2023-W40-2.pdf)", ""
        )
        await applied(scene, await offered(scene, await send_back(scene, edited)))
        changed = await scene.archive()
        assert changed["2023-W40.md"].decode() == edited
        assert set(changed) == {"2023-W40.md", "images/2023-W40-1.pdf"}
        await scene.person.edit(kept, "#life 一张大表")
        await scene.person.wait_for_reaction(kept, "👌")
        changed = await scene.archive()
        assert changed["2023-W40.md"].decode() == edited.replace("一张好表", "一张大表")


async def test_page_titles_may_be_there_or_not(scene: Scene) -> None:
    """A link whose title was fetched after the file had gone out has not been changed."""
    scene.clock.set(MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 看 https://example.org/a 这篇")
        _, report = await draft(scene)
        assert "看 <https://example.org/a> 这篇" in report
        async with bot.database.atomic() as connection:
            await links.set_title(connection, "https://example.org/a", "标题")
        edited = report + "2. 又一条\n"
        offer = await offered(scene, await send_back(scene, edited))
        assert "加 1 行\n+ 生活 · 又一条" in offer["text"]
        await applied(scene, offer)
        assert await scene.report() == edited


async def test_a_picture_outlives_the_item_that_it_hangs_below(scene: Scene) -> None:
    """What is removed takes nothing along that the file still has."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        above = await scene.write("#life 一件事")
        await scene.write("#tech 别的")
        scene.clock.advance(timedelta(seconds=20))
        picture = await scene.person.send_picture(
            jpeg(), "海", at=scene.clock.now(), reply_to=above["message_id"]
        )
        await scene.person.wait_for_reaction(picture)
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
        edited = report.replace("1. 一件事\n\n", "")
        await applied(scene, await offered(scene, await send_back(scene, edited)))
        files = await scene.archive()
        assert files["2023-W40.md"].decode() == edited
        assert files["images/2023-W40-1.jpg"] == jpeg()
        gone = edited.replace("## 生活\n\n![海](images/2023-W40-1.jpg)\n\n", "")
        await applied(scene, await offered(scene, await send_back(scene, gone)))
        assert await scene.report() == gone


async def test_what_hangs_below_an_item_goes_along_but_pictures_stay(scene: Scene) -> None:
    """A picture stands in the section where the file has it, wherever its item goes."""
    scene.clock.set(MONDAY)
    async with scene.bot():
        above = await scene.write("#life 一件事\n下面")
        await scene.write("#tech 别的")
        picture = await scene.person.send_picture(
            jpeg(), "海", at=scene.clock.now(), reply_to=above["message_id"]
        )
        await scene.person.wait_for_reaction(picture)
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
        edited = report.replace("1. 一件事\n    1. 下面\n\n", "").replace(
            "1. 别的\n", "1. 别的\n2. 一件事\n    1. 下面\n"
        )
        offer = await offered(scene, await send_back(scene, edited))
        assert "挪 1 行\n" in offer["text"]
        await applied(scene, offer)
        assert (await scene.archive())["2023-W40.md"].decode() == edited
