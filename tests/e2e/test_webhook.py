"""Receiving by webhook."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import aiohttp
import pytest

from bot.app import Weeknotes
from bot.services.intake import Intake
from tests.e2e.conftest import Scene
from tests.e2e.processes import by_webhook, theatre, until

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = "a-word-that-nobody-guesses"  # noqa: S105  # opens a port of this test
_SOON_SECONDS = 6.0


@asynccontextmanager
async def _hooked(scene: Scene, port: int) -> AsyncIterator[str]:
    async with _hooked_bot(scene, port):
        yield _address(port)


@asynccontextmanager
async def _hooked_bot(scene: Scene, port: int) -> AsyncIterator[Weeknotes]:
    async with scene.bot(
        BOT_WEBHOOK_URL=_address(port),
        BOT_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
        BOT_WEBHOOK_SECRET=_SECRET,
    ) as bot:
        yield bot


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}/hook"


async def test_messages_arrive_by_webhook_and_by_polling_afterwards(
    scene: Scene, unused_tcp_port: int
) -> None:
    """What was written before, during and after the change all lands in the report, once."""
    await scene.person.send("#life 之前", at=scene.clock.now())
    async with _hooked(scene, unused_tcp_port):
        await scene.write("#life 当中")
    await scene.person.send("#life 之后", at=scene.clock.now())
    async with scene.bot():
        await scene.write("#life 最后")
        report = await scene.report()
    assert report.endswith("## 生活\n\n1. 之前\n2. 当中\n3. 之后\n4. 最后\n")


async def test_a_request_without_the_secret_is_refused(scene: Scene, unused_tcp_port: int) -> None:
    """Only POST with the secret is heard, and only on the one path; nothing else is stored."""
    async with (
        _hooked(scene, unused_tcp_port) as address,
        aiohttp.ClientSession() as session,
    ):
        message = await scene.write("#life 有口令的")
        forged = json.dumps({"update_id": 1, "message": message | {"message_id": 77_000}})
        good = {_HEADER: _SECRET}
        for method, url, headers, data, status in (
            ("POST", address, {}, forged, 403),
            ("POST", address, {_HEADER: ""}, forged, 403),
            ("POST", address, {_HEADER: "wrong"}, forged, 403),
            ("POST", address, {_HEADER: _SECRET[:-1]}, forged, 403),
            ("GET", address, good, None, 405),
            ("GET", address, good, forged, 405),
            ("PUT", address, good, forged, 405),
            ("POST", f"{address}/more", good, forged, 404),
            ("POST", address, good, "no json", 400),
            ("POST", address, good, forged[:-1], 400),
            ("POST", address, good, "", 400),
            ("POST", address, good, "[]", 400),
            ("POST", address, good, BytesIO(forged.encode() + b" " * 2_000_000), 413),
        ):
            async with session.request(method, url, headers=headers, data=data) as response:
                assert response.status == status, (method, url, headers)
        assert (await scene.report()).endswith("## 生活\n\n1. 有口令的\n")
        # The same body is taken where all is as it should be.
        async with session.post(address, headers=good, data=forged) as response:
            assert response.status == 200
        scene.clock.advance(timedelta(seconds=5))
        assert (await scene.report()).endswith("## 生活\n\n1. 有口令的\n2. 有口令的\n")


async def test_an_update_that_cannot_be_stored_is_offered_again(
    scene: Scene, unused_tcp_port: int
) -> None:
    """While the database is at fault Telegram gets no 200, so nothing is lost."""
    real, tries = Intake.take, 0

    async def failing(self: Intake, batch: object) -> object:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise sqlite3.OperationalError("disk I/O error")
        return await real(self, batch)  # type: ignore[arg-type]  # a stand-in passes on

    with patch.object(Intake, "take", failing):
        async with _hooked(scene, unused_tcp_port):
            await scene.write("#life 第二次才存上")
    assert tries >= 2


async def test_while_the_database_is_locked_nothing_is_taken(
    scene: Scene, unused_tcp_port: int
) -> None:
    """Telegram hears 503 and no message claims to be kept; then all are delivered again, once."""
    hook = scene.sandbox.world.updates
    async with _hooked_bot(scene, unused_tcp_port) as bot:
        await scene.write("#life 之前")
        bot.database.patience_seconds = 0.05
        with closing(sqlite3.connect(bot.database.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            messages = [
                await scene.person.send(f"#life 第{number}件", at=scene.clock.now())
                for number in range(3)
            ]
            await until(lambda: hook.hook.last_error_message.endswith("503 Service Unavailable"))
            chat = await scene.person.messages()
            assert [m["message_id"] for m in chat if m["_reactions"]] == [chat[0]["message_id"]]
            assert len(hook) == 3
        for message in messages:
            assert await scene.person.wait_for_reaction(message) == "✍"
        report = await scene.report()
    assert report.endswith("1. 之前\n2. 第0件\n3. 第1件\n4. 第2件\n")


async def test_updates_may_come_at_once_again_and_in_any_order(
    scene: Scene, unused_tcp_port: int
) -> None:
    """Telegram uses several connections: an edit that overtakes its message is what stays."""
    async with (
        _hooked(scene, unused_tcp_port) as address,
        aiohttp.ClientSession(headers={_HEADER: _SECRET}) as session,
    ):
        message = await scene.write("#life 之前")
        new = [message | {"message_id": 77_000 + n, "text": f"#life 第{n}件"} for n in range(5)]
        edited = new[2] | {"text": "#life 改好的", "edit_date": message["date"] + 1}
        updates = [{"update_id": 900_010 - n, "message": new[n]} for n in range(5)]
        updates.insert(0, {"update_id": 900_011, "edited_message": edited})

        async def deliver(update: object) -> int:
            async with session.post(address, json=update) as response:
                return response.status

        # An edit first, whatever is done at once after it.
        assert await deliver(updates[0]) == 200
        answers = await asyncio.gather(*(deliver(update) for update in updates * 4))
        assert set(answers) == {200}
        scene.clock.advance(timedelta(seconds=5))
        report = await scene.report()
    for words in ("之前", "第0件", "第1件", "改好的", "第3件", "第4件"):
        assert report.count(words) == 1
    assert "第2件" not in report


_CHAT = {"id": 1001, "type": "private", "first_name": "小周"}
_WRITTEN = {
    "message_id": 77_000,
    "date": 1_696_500_000,
    "chat": _CHAT,
    "from": _CHAT,
    "text": "#life",
}


@pytest.mark.attack
@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"update_id": 10**30, "message": _WRITTEN}, id="a huge id"),
        pytest.param({"update_id": -1, "message": _WRITTEN}, id="an id below nothing"),
        pytest.param({"update_id": [1], "message": _WRITTEN}, id="a list as its id"),
        pytest.param({"message": _WRITTEN}, id="no id"),
        pytest.param({"update_id": 1}, id="nothing but an id"),
        pytest.param({"update_id": 1, "message": []}, id="a list as its message"),
        pytest.param({"update_id": 1, "message": _WRITTEN | {"date": 10**15}}, id="a far day"),
        pytest.param({"update_id": 1, "message": _WRITTEN | {"date": "now"}}, id="words as a day"),
        pytest.param({"update_id": 1, "message": _WRITTEN | {"message_id": 10**30}}, id="huge"),
        pytest.param(
            {"update_id": 1, "message": _WRITTEN | {"chat": _CHAT | {"id": 10**30}}}, id="no chat"
        ),
        pytest.param(
            {"update_id": 1, "message": _WRITTEN | {"text": "\x00\ud83d\u202e" * 999}}, id="no text"
        ),
    ],
)
async def test_an_odd_update_holds_up_nobody(
    scene: Scene, unused_tcp_port: int, update: object
) -> None:
    """It is taken or kept for later, so Telegram hears 200, and the next one is stored."""
    async with (
        _hooked(scene, unused_tcp_port) as address,
        aiohttp.ClientSession(headers={_HEADER: _SECRET}) as session,
    ):
        await scene.write("#life 之前")
        for _ in range(2):
            async with session.post(address, json=update) as response:
                assert response.status == 200
        await scene.write("#life 之后")


async def test_what_a_kill_left_unanswered_is_answered_soon(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    """By webhook too: long before it is sure that Telegram has given all that waited there."""
    async with theatre(tmp_path, **by_webhook(unused_tcp_port)) as stage:
        await stage.start()
        await stage.hang("setMessageReaction")
        message = await stage.person.send("#life 还没回答")
        await stage.called("setMessageReaction")
        await stage.program.kill()
        await stage.start()
        assert await stage.person.wait_for_reaction(message, seconds=_SOON_SECONDS) == "✍"
