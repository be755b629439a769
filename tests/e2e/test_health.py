"""`GET /healthz`, by polling and by webhook."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any
from unittest.mock import AsyncMock, patch

import aiohttp
import pytest

from bot.services.intake import Intake
from bot.storage import entries
from tests.e2e.conftest import Scene
from tests.e2e.processes import until


async def _health(port: int) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as response,
    ):
        return response.status, await response.json()


async def test_a_bot_that_polls_is_ready_once_it_hears_telegram(
    scene: Scene, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not any more when Telegram has been silent for long, or the database does not answer."""
    async with scene.bot(BOT_HEALTH_LISTEN=f"127.0.0.1:{unused_tcp_port}") as bot:
        await scene.write("#life 一件")

        async def is_ready() -> bool:
            return (await _health(unused_tcp_port))[0] == 200

        await until(is_ready)
        assert await _health(unused_tcp_port) == (
            200,
            {"live": True, "ready": True, "telegram": True, "database": True},
        )
        with monkeypatch.context() as patch:
            patch.setattr("bot.chat.receiving._SILENCE_SECONDS", 0.0)
            status, told = await _health(unused_tcp_port)
            assert (status, told["ready"], told["telegram"]) == (503, False, False)
        monkeypatch.setattr("bot.services.health._FRESH_SECONDS", 0.0)
        with monkeypatch.context() as patch:
            patch.setattr("bot.services.health._PATIENCE_SECONDS", 0.1)
            async with bot.database.snapshot():
                # Whoever holds the reading connection for that long keeps others from it.
                status, told = await _health(unused_tcp_port)
            assert (status, told["database"]) == (503, False)
        assert (await _health(unused_tcp_port))[0] == 200
        # A database that can be read and not be written is not well either.
        with monkeypatch.context() as patch:
            patch.setattr(Intake, "take", AsyncMock(side_effect=sqlite3.OperationalError("full")))
            message = await scene.person.send("#life 还没存下", at=scene.clock.now())

            async def stores_nothing() -> bool:
                return (await _health(unused_tcp_port))[1]["database"] is False

            await until(stores_nothing)
        assert await scene.person.wait_for_reaction(message) == "✍"
        await until(is_ready)


async def test_whoever_asks_often_is_told_the_same(scene: Scene, unused_tcp_port: int) -> None:
    """A hundred questions at once are one look at the database."""
    async with scene.bot(BOT_HEALTH_LISTEN=f"127.0.0.1:{unused_tcp_port}"):
        await scene.write("#life 一件")
        with patch("bot.services.health.entries.newest", wraps=entries.newest) as newest:
            answers = await asyncio.gather(*(_health(unused_tcp_port) for _ in range(100)))
    assert {status for status, _ in answers} == {200}
    assert newest.call_count <= 2


async def test_by_webhook_the_page_stands_beside_it(scene: Scene, unused_tcp_port: int) -> None:
    """On the same address; nothing else is there, and only POST on the webhook's own path."""
    address = f"http://127.0.0.1:{unused_tcp_port}"
    async with scene.bot(
        BOT_WEBHOOK_URL=f"{address}/hook",
        BOT_WEBHOOK_LISTEN=f"127.0.0.1:{unused_tcp_port}",
        BOT_WEBHOOK_SECRET="a-word-that-nobody-guesses",  # noqa: S106 -- opens a port of this test
    ):
        await scene.write("#life 一件")
        assert (await _health(unused_tcp_port))[1]["ready"] is True
        async with aiohttp.ClientSession() as session:
            found = {}
            for method, path in (
                ("GET", "/hook"),
                ("PUT", "/hook"),
                ("POST", "/hook"),
                ("POST", "/healthz"),
                ("GET", "/"),
                ("GET", "/metrics"),
            ):
                async with session.request(method, address + path) as response:
                    found[method, path] = response.status
        assert list(found.values()) == [405, 405, 403, 405, 404, 404]
