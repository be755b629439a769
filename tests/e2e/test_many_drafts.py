"""Many journals at once, and chats that are closed to the bot."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from statistics import median
from unittest.mock import patch

import pytest

from bot.sandbox.person import Person
from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.processes import until

_MONDAY = datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI)
_SUNDAY = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)
_FIRST = 5000
_LEAVE_ALONE: dict[str, object] = {
    "kind": "status", "error_code": 429, "description": "Too Many Requests", "retry_after": 60,
}  # fmt: skip
_SOON_SECONDS = 5.0


@pytest.mark.parametrize(
    "journals", [pytest.param(60, id="60"), pytest.param(1000, id="1000", marks=pytest.mark.long)]
)
async def test_journals_due_in_the_same_minute(scene: Scene, journals: int) -> None:
    """All drafts arrive, none is refused for coming too fast, and nobody's message waits."""
    ids = range(_FIRST, _FIRST + journals)
    await scene.person.post("options", {"flood_control": True, "record_calls": False})
    for number in ids:
        await scene.person.post("users", {"id": number, "first_name": f"第{number}人"})
        await scene.person.post("chats", {"type": "private", "members": [number]})
    allowed = ",".join(["1001", *map(str, ids)])
    scene.clock.set(_MONDAY)
    async with scene.bot(BOT_ALLOWED_USERS=allowed) as bot:
        for number in ids:
            last = await scene.person.send(
                "#life 一件事", chat_id=number, from_id=number, at=scene.clock.now()
            )
        async with Person(scene.sandbox.url, chat_id=ids[-1], user_id=ids[-1]) as person:
            await person.wait_for_reaction(last, "✍", seconds=60)
        idle = [await _wait(scene) for _ in range(20)]
        scene.clock.set(_SUNDAY)
        await scene.person.post("options", {"record_calls": True})
        delivery = asyncio.create_task(bot.delivering.deliver_due())
        busy = []
        while not delivery.done():
            busy.append(await _wait(scene))
            await asyncio.sleep(0.1)
        await delivery
        refused = [c["method"] for c in scene.sandbox._bot_api.calls if not c["ok"]]
        for number in ids:
            chat = scene.sandbox.world.chats[number]
            said = [m.message for m in chat.messages.values() if m.out]
            assert ["rich_message" in m for m in said].count(True) == 1
            assert ["document" in m for m in said].count(True) == 1
    assert refused == []
    assert len(busy) > 10
    # Twice, and what a busy machine adds to single ones.
    assert median(busy) < 2 * median(idle) + 0.05


async def test_stopped_while_drafts_wait_for_their_turn(scene: Scene) -> None:
    """Only what had begun to be sent is in doubt; the others come as if nothing had been."""
    ids = range(_FIRST, _FIRST + 12)
    for number in ids:
        await scene.person.post("users", {"id": number, "first_name": f"第{number}人"})
        await scene.person.post("chats", {"type": "private", "members": [number]})
    scene.clock.set(_MONDAY)
    async with scene.bot(BOT_ALLOWED_USERS=",".join(map(str, ids))) as bot:
        for number in ids:
            async with Person(scene.sandbox.url, chat_id=number, user_id=number) as person:
                sent = await person.send("#life 一件事", at=scene.clock.now())
                await person.wait_for_reaction(sent, "✍")
        scene.clock.set(_SUNDAY)
        with patch("bot.chat.pacing._PER_SECOND", 4.0):
            delivery = asyncio.create_task(bot.delivering.deliver_due())
            await until(lambda: _sent(scene) >= 3)
            delivery.cancel()
            await asyncio.gather(delivery, return_exceptions=True)
            # What a cancel meets in the middle of a transaction ends after that.
            await until(lambda: not bot.delivering._under_way)
        calls = [c for c in scene.sandbox._bot_api.calls if c["method"] == "sendRichMessage"]
        begun = {call["params"].number("chat_id") for call in calls}
        async with bot.database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT chats.id FROM deliveries JOIN chats USING (journal_id)"
                " WHERE completed_at IS NULL"
            )
        in_doubt = {row["id"] for row in rows}
        # One may have been on its way to Telegram.
        assert len(in_doubt - begun) <= 1
        assert len(begun) < len(ids) / 2
        await bot.delivering.deliver_due()
        for number in set(ids) - begun - in_doubt:
            chat = scene.sandbox.world.chats[number]
            said = [m.message for m in chat.messages.values() if m.out]
            assert ["rich_message" in message for message in said].count(True) == 1
            assert ["document" in message for message in said].count(True) == 1
            assert "断了" not in str(said)


async def test_a_blocked_journal_is_left_alone_until_the_person_writes(scene: Scene) -> None:
    """No more tries for weeks; then what was missed comes, each week once, in order."""
    person = scene.person
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 第一周")
        await person.post("chats/1001", {"blocked": True})
        scene.clock.set(_SUNDAY)
        await bot.delivering.deliver_due()
        tries = _sent(scene)
        for day in range(1, 15):
            scene.clock.set(_SUNDAY + timedelta(days=day))
            await bot.delivering.deliver_due()
        assert _sent(scene) == tries
        await person.post("chats/1001", {"blocked": False})
        await bot.delivering.deliver_due()
        assert _sent(scene) == tries
        await scene.write("#life 第三周")
        for _ in range(3):
            await bot.delivering.deliver_due()
        files = [m["document"]["file_name"] for m in await person.said() if "document" in m]
        assert files == ["2023-W40.md", "2023-W42.md"]


def _sent(scene: Scene) -> int:
    return sum(call["method"].startswith("send") for call in scene.sandbox._bot_api.calls)


async def _wait(scene: Scene) -> float:
    """Seconds from a message to its reaction."""
    began = time.monotonic()
    message = await scene.person.send("#tech 还在记", at=scene.clock.now())
    await scene.person.wait_for_reaction(message, seconds=30)
    return time.monotonic() - began


async def test_a_file_in_doubt_stays_in_doubt_through_an_outage(scene: Scene) -> None:
    """It may have arrived before Telegram went away, so it is only offered, never sent again."""
    scene.clock.set(_MONDAY)
    async with scene.bot() as bot:
        await scene.write("#life 一件事")
        scene.clock.set(_SUNDAY)
        await scene.person.fault("sendDocument", kind="drop", when="after")
        await bot.delivering.deliver_due()
        await scene.person.fault(
            "sendMessage", kind="status", error_code=400, description="no", times=2
        )
        for _ in range(4):
            scene.clock.advance(timedelta(hours=2))
            await bot.delivering.deliver_due()
        said = await scene.person.said()
    assert ["document" in m for m in said].count(True) == 1
    assert ["文件可能已经发过了" in m.get("text", "") for m in said].count(True) == 1


@pytest.mark.parametrize("method", ["sendRichMessage", "sendDocument"])
async def test_a_chat_to_be_left_alone_holds_up_nobody(scene: Scene, method: str) -> None:
    """Telegram wants a minute (429): others' drafts come, and this one's once it is over."""
    await scene.person.post("users", {"id": 2002, "first_name": "老王"})
    await scene.person.post("chats", {"type": "private", "members": [2002]})
    scene.clock.set(_MONDAY)
    async with (
        scene.bot(BOT_ALLOWED_USERS="1001,2002") as bot,
        Person(scene.sandbox.url, chat_id=2002, user_id=2002) as other,
    ):
        await scene.write("#life 等一等")
        await other.wait_for_reaction(await other.send("#life 不用等", at=scene.clock.now()))
        await scene.person.fault(method, chat_id=1001, **_LEAVE_ALONE)
        scene.clock.set(_SUNDAY)
        async with asyncio.timeout(_SOON_SECONDS):
            await bot.delivering.deliver_due()
            assert await _files(other) == ["2023-W40.md"]
            assert await _files(scene.person) == []
        tries = _sent(scene)
        scene.clock.advance(timedelta(seconds=60))
        await bot.delivering.deliver_due()
        assert _sent(scene) == tries
        scene.clock.advance(timedelta(seconds=1))
        for _ in range(3):
            await bot.delivering.deliver_due()
        assert await _files(scene.person) == ["2023-W40.md"]
        said = await scene.person.said()
    assert ["rich_message" in message for message in said].count(True) == 1
    assert "断了" not in str(said)


async def test_a_draft_that_has_begun_is_finished_and_holds_up_nobody(scene: Scene) -> None:
    """The lines under a preview wait as long as Telegram wants; the next knock need not."""
    await scene.person.post("users", {"id": 2002, "first_name": "老王"})
    await scene.person.post("chats", {"type": "private", "members": [2002]})
    scene.clock.set(_MONDAY)
    async with (
        scene.bot(BOT_ALLOWED_USERS="1001,2002") as bot,
        Person(scene.sandbox.url, chat_id=2002, user_id=2002) as other,
    ):
        await scene.write("#life 等一等")
        await scene.person.fault("sendMessage", chat_id=1001, **_LEAVE_ALONE | {"retry_after": 7})
        scene.clock.set(_SUNDAY)
        began = time.monotonic()
        await bot.delivering.begin_due()
        await until(lambda: _sent(scene) >= 2)
        scene.clock.set(_MONDAY + timedelta(days=1))
        await other.wait_for_reaction(await other.send("#life 不用等", at=scene.clock.now()))
        scene.clock.set(_SUNDAY)
        await bot.delivering.begin_due()
        await other.wait_for_document()
        assert time.monotonic() - began < _SOON_SECONDS
        await scene.person.wait_for_document(seconds=20)
        said = await scene.person.said()
    assert ["rich_message" in message for message in said].count(True) == 1
    assert "收到 1 条" in str(said)


async def _files(person: Person) -> list[str]:
    return [m["document"]["file_name"] for m in await person.said() if "document" in m]
