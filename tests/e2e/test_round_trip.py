"""A report goes out as a file, is changed, and comes back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from bot.sandbox.person import Message
from tests.e2e.conftest import SHANGHAI, Scene

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
    return await now_says(scene, offer, "改好了")


async def now_says(scene: Scene, message: Message, words: str) -> Message:
    """The message once it says the words."""

    def says(chat: Sequence[Message]) -> Message | None:
        return next(
            (
                m
                for m in chat
                if m["message_id"] == message["message_id"] and words in m.get("text", "")
            ),
            None,
        )

    return await scene.person.wait(says)


def buttons(message: Message) -> list[str]:
    """The words on the buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


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
        assert buttons(offer) == [APPLY, LEAVE]
        assert await scene.report() == report
        done = await applied(scene, offer)
        assert buttons(done) == []
        assert await scene.report() == edited
        await scene.person.wait_for_reaction(file, "👌")
        # What was not touched still belongs to its message.
        await scene.person.edit(ran, "#life 跑步\n早上六公里")
        await scene.person.wait_for_reaction(ran, "👌")
        assert await scene.report() == edited.replace("五公里", "六公里")
