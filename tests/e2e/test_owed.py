"""Answers to messages that are no entries: they come, also after a kill and after a fault."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.person import Message
from tests.e2e.conftest import Scene
from tests.e2e.processes import Theatre, theatre, until


@asynccontextmanager
async def _stage(folder: Path) -> AsyncIterator[tuple[Theatre, Message]]:
    """A program that runs, and a message that it has kept."""
    async with theatre(folder, BOT_LOG_LEVEL="warning") as stage:
        await stage.start()
        kept = await stage.person.send("#life 一件事")
        await stage.person.wait_for_reaction(kept, "✍", seconds=60)
        yield stage, kept


async def _killed_after_commit_of(
    stage: Theatre, words: str, method: str, reply_to: int | None = None
) -> Message:
    """The message with those words is stored, nothing was answered, and the program runs anew."""
    await stage.hang(method)
    message = await stage.person.send(words, reply_to=reply_to)
    await stage.program.brings_about(lambda: bool(stage.rows("SELECT * FROM outbox")))
    await stage.program.kill()
    # It may have come so far as to call, or not yet.
    stage.bot_api.faults.clear()
    assert [m for m in await stage.person.said() if m["message_id"] > message["message_id"]] == []
    await stage.start()
    return message


async def _settled(stage: Theatre) -> None:
    """Nothing is owed any more, and the next start says nothing anew."""
    await stage.program.brings_about(lambda: not stage.rows("SELECT * FROM outbox"))
    said = len(await stage.person.said())
    assert (await stage.program.terminate())[0] == 0
    await stage.start()
    asked = await stage.person.send("#life 之后")
    await stage.person.wait_for_reaction(asked, seconds=60)
    assert len(await stage.person.said()) == said
    assert stage.program.output == ""


async def test_killed_right_after_the_commit_of_a_deletion(tmp_path: Path) -> None:
    """The command shows that it was heard, and the message that it is gone."""
    async with _stage(tmp_path) as (stage, kept):
        method, message_id = "setMessageReaction", kept["message_id"]
        gone = await _killed_after_commit_of(stage, "/delete", method, message_id)
        assert await stage.person.wait_for_reaction(gone, seconds=60) == "👌"
        await stage.person.wait(lambda chat: next((m for m in chat if not m["_reactions"]), None))
        await _settled(stage)


@pytest.mark.parametrize(
    ("words", "answer"),
    [("/help", "怎么记"), ("/tech", "都放进「技术」")],
)
async def test_killed_right_after_the_commit_of_what_is_answered_in_words(
    tmp_path: Path, words: str, answer: str
) -> None:
    """The sentence is there after the next start, with its buttons, once."""
    async with _stage(tmp_path) as (stage, _):
        asked = await _killed_after_commit_of(stage, words, "sendMessage")
        said = await stage.person.wait_for_answer(answer, after=asked["message_id"], seconds=60)
        assert ("reply_markup" in said) is (words == "/tech")
        await _settled(stage)
        [only] = [m for m in await stage.person.said() if m["message_id"] > asked["message_id"]]
        assert only["message_id"] == said["message_id"]


async def test_killed_right_after_the_commit_of_a_draft(tmp_path: Path) -> None:
    """Preview and file come, once."""
    async with _stage(tmp_path) as (stage, _):
        asked = await _killed_after_commit_of(stage, "/draft", "sendRichMessage")
        _, content = await stage.person.wait_for_document(after=asked["message_id"], seconds=60)
        assert "1. 一件事\n" in content.decode()
        await _settled(stage)
        assert await _kinds(stage) == ["preview", "accounts", "file"]


async def test_killed_between_preview_and_file_of_a_draft(tmp_path: Path) -> None:
    """What has come does not come again; the file does."""
    async with _stage(tmp_path) as (stage, _):
        await stage.hang("sendDocument")
        asked = await stage.person.send("/draft")
        await stage.called("sendDocument")
        await stage.program.kill()
        assert await _kinds(stage) == ["preview", "accounts"]
        await stage.start()
        await stage.person.wait_for_document(after=asked["message_id"], seconds=60)
        await _settled(stage)
        assert await _kinds(stage) == ["preview", "accounts", "file"]


async def _kinds(stage: Theatre) -> list[str]:
    return [
        "file" if "document" in m else "preview" if "rich_message" in m else "accounts"
        for m in await stage.person.said()
    ]


async def test_an_answer_that_does_not_get_through_comes_later(scene: Scene) -> None:
    """Telegram refuses every message for a while; nobody has to ask again."""
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await scene.person.fault(
            "sendMessage", kind="status", error_code=502, description="Bad Gateway", times=-1
        )
        await scene.person.send("/help", at=scene.clock.now())
        await until(lambda: bool(_tries(scene)) and not bot.afterwards._waiting)
        await bot.outgoing.try_again()
        assert await scene.person.said() == []
        scene.sandbox._bot_api.faults.clear()
        scene.clock.advance(timedelta(seconds=30))
        for _ in range(3):
            await bot.outgoing.try_again()
        await scene.person.wait_for_answer("怎么记")
        await until(lambda: not bot.afterwards._waiting)
        assert len(await scene.person.said()) == 1


def _tries(scene: Scene) -> int:
    return sum(call["method"] == "sendMessage" for call in scene.sandbox._bot_api.calls)


async def test_what_a_chat_refuses_is_not_owed_for_ever(scene: Scene) -> None:
    """Who has blocked the bot meanwhile hears nothing, and neither does a later start try."""
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        await scene.person.fault(
            "sendMessage", kind="status", error_code=403, description="Forbidden: bot was blocked"
        )
        await scene.person.send("/help", at=scene.clock.now())
        await until(lambda: _tries(scene) == 1 and not bot.afterwards._waiting)
        assert await bot.outgoing._outbox.everything() == []
    async with scene.bot():
        await scene.write("#life 又一件事")
    assert _tries(scene) == 1
