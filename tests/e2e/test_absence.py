"""After an absence longer than Telegram keeps updates, people hear what may be missing."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from bot.app import Weeknotes
from bot.sandbox.person import Person
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.processes import until

_MONDAY = datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI)
_STOP_SECONDS = 3.0


async def _heard(bot: Weeknotes) -> None:
    """The program has heard Telegram, and noted that."""

    async def noted() -> bool:
        async with bot.database.snapshot() as connection:
            return bool(list(await connection.execute_fetchall("SELECT * FROM presence")))

    await until(noted)


async def _told(scene: Scene, chat_id: int = 1001) -> list[str]:
    messages = (await scene.person.get(f"chats/{chat_id}/messages"))["messages"]
    return [m["text"] for m in messages if m["_out"] and "离线" in m.get("text", "")]


async def test_an_absence_of_more_than_a_day_is_told_once(scene: Scene) -> None:
    """With the times between which something may be missing, in the journal's zone."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await _heard(bot)
    scene.clock.set(_MONDAY + timedelta(days=3))
    async with scene.bot():
        await scene.person.wait_for_answer("离线")
    async with scene.bot() as bot:
        await scene.write("#life 之后")
        await bot.presence.tell()
    [sentence] = await _told(scene)
    assert "10 月 2 日 09:00 到 10 月 4 日 09:00" in sentence


async def test_a_day_away_is_no_absence(scene: Scene) -> None:
    """Telegram has kept everything."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await _heard(bot)
    scene.clock.set(_MONDAY + timedelta(hours=23))
    async with scene.bot() as bot:
        await scene.write("#life 之后")
        await bot.presence.hear()
        await bot.presence.tell()
    assert await _told(scene) == []


async def test_a_telegram_out_of_reach_for_days_is_an_absence_too(scene: Scene) -> None:
    """The program ran all the time, and nothing came."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await _heard(bot)
        scene.clock.set(_MONDAY + timedelta(days=2))
        await bot.presence.hear()
        for _ in range(2):
            await bot.presence.tell()
    assert len(await _told(scene)) == 1


async def test_who_was_not_active_and_who_has_blocked_the_bot_hear_nothing(scene: Scene) -> None:
    """A journal of long ago is left alone; a closed chat does not keep the others waiting."""
    for number in (2002, 2003):
        await scene.person.post("users", {"id": number, "first_name": f"{number}"})
        await scene.person.post("chats", {"type": "private", "members": [number]})
    scene.clock.set(_MONDAY - timedelta(weeks=30))
    allowed = {"BOT_ALLOWED_USERS": "2002,2003,1001"}
    async with scene.bot(**allowed) as bot:
        await _write_as(scene, 2003, "#life 很久以前")
        await _heard(bot)
        scene.clock.set(_MONDAY)
        await bot.presence.hear()
        await bot.presence.tell()
        await scene.write("#life 现在")
        await _write_as(scene, 2002, "#life 我也在")
        await scene.person.post("chats/2002", {"blocked": True})
        scene.clock.set(_MONDAY + timedelta(days=5))
        await bot.presence.hear()
        for _ in range(2):
            await bot.presence.tell()
    assert len(await _told(scene)) == 1
    assert await _told(scene, 2002) == []
    # Of the half year before, in which it had just been active.
    assert len(await _told(scene, 2003)) == 1


async def _write_as(scene: Scene, person: int, text: str) -> None:
    async with Person(scene.sandbox.url, chat_id=person, user_id=person) as writer:
        await writer.wait_for_reaction(await writer.send(text, at=scene.clock.now()))


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "hang"},
        {"kind": "status", "error_code": 429, "description": "Too Many", "retry_after": 4},
    ],
    ids=["hanging", "429"],
)
async def test_stopping_does_not_wait_for_what_cannot_be_said(
    scene: Scene, trouble: dict[str, object]
) -> None:
    """Whatever keeps the sentence from its chat; the next start says it, once."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await _heard(bot)
    scene.clock.set(_MONDAY + timedelta(days=3))
    await scene.person.fault("sendMessage", **trouble)
    async with scene.bot():
        await until(lambda: _calls(scene, "sendMessage") > 0)
        began = time.monotonic()
    assert time.monotonic() - began < _STOP_SECONDS
    scene.sandbox._bot_api.faults.clear()
    async with scene.bot():
        await scene.person.wait_for_answer("离线")
    assert len(await _told(scene)) == 1


async def test_a_chat_to_be_left_alone_hears_of_an_absence_later(scene: Scene) -> None:
    """Telegram wants a minute (429): nothing is tried before that, and the knock goes on."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await _heard(bot)
        scene.clock.set(_MONDAY + timedelta(days=3))
        await bot.presence.hear()
        await scene.person.fault(
            "sendMessage", kind="status", error_code=429, description="no", retry_after=60
        )
        began = time.monotonic()
        for _ in range(3):
            await bot.presence.tell()
        assert time.monotonic() - began < _STOP_SECONDS
        assert (_calls(scene, "sendMessage"), await _told(scene)) == (1, [])
        scene.clock.advance(timedelta(seconds=61))
        for _ in range(2):
            await bot.presence.tell()
    assert len(await _told(scene)) == 1


def _calls(scene: Scene, method: str) -> int:
    return sum(call["method"] == method for call in scene.sandbox._bot_api.calls)


async def test_a_clock_that_was_wrong_makes_no_absence(scene: Scene) -> None:
    """Set far ahead and back again: the record starts anew without a word."""
    scene.clock.set(_MONDAY + timedelta(days=300))
    async with scene.bot() as bot:
        await scene.write("#life 来自未来", at=_MONDAY)
        await _heard(bot)
        scene.clock.set(_MONDAY)
        await bot.presence.hear()
        scene.clock.set(_MONDAY + timedelta(hours=1))
        await bot.presence.hear()
        await bot.presence.tell()
    assert await _told(scene) == []
