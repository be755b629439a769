"""Receiving by webhook."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from unittest.mock import patch

import aiohttp

from bot.services.intake import Intake
from tests.e2e.conftest import Scene

_SECRET = "a-word-that-nobody-guesses"  # noqa: S105  # opens a port of this test


@asynccontextmanager
async def _hooked(scene: Scene, port: int) -> AsyncIterator[str]:
    address = f"http://127.0.0.1:{port}/hook"
    async with scene.bot(
        BOT_WEBHOOK_URL=address,
        BOT_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
        BOT_WEBHOOK_SECRET=_SECRET,
    ):
        yield address


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
    """Only POST with the secret is heard, and only on the one path."""
    async with (
        _hooked(scene, unused_tcp_port) as address,
        aiohttp.ClientSession() as session,
    ):
        await scene.write("#life 有口令的")
        good = {"X-Telegram-Bot-Api-Secret-Token": _SECRET}
        for method, url, headers, data, status in (
            ("POST", address, {}, "{}", 403),
            ("POST", address, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, "{}", 403),
            ("GET", address, good, None, 405),
            ("POST", f"{address}/more", good, "{}", 404),
            ("POST", address, good, "no json", 400),
            ("POST", address, good, "[]", 400),
            ("POST", address, good, BytesIO(b" " * 2_000_000), 413),
        ):
            async with session.request(method, url, headers=headers, data=data) as response:
                assert response.status == status, (method, url, headers)


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
