"""A webhook that was away, and what the record of calls says of faults."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from aiohttp import web

from tests.e2e.processes import until
from tests.sandbox.conftest import RefusalError, Sides


async def test_a_webhook_set_anew_is_tried_at_once(
    sides: Sides, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the pause after many failures has become by then."""
    monkeypatch.setattr("bot.sandbox.webhook._FIRST_PAUSE_SECONDS", 30.0)
    delivered = asyncio.Event()

    async def hook(_: web.Request) -> web.Response:
        delivered.set()
        return web.Response()

    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    await sides.say("a")
    await sides.bot("setWebhook", url=url)
    await until(lambda: bool(sides.sandbox.world.updates.hook.last_error_message))
    application = web.Application()
    application.add_routes([web.post("/hook", hook)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    try:
        started = time.monotonic()
        await sides.bot("setWebhook", url=url)
        await asyncio.wait_for(delivered.wait(), 5)
        assert time.monotonic() - started < 5
    finally:
        await runner.cleanup()


async def test_the_record_tells_which_calls_met_a_fault(sides: Sides) -> None:
    """With its kind, whether or not the call was carried out."""
    await sides.person("faults", method="getMe", kind="truncate")
    with pytest.raises(json.JSONDecodeError):
        await sides.bot("getMe")
    await sides.person("faults", method="getMe", kind="status", error_code=502)
    with pytest.raises(RefusalError):
        await sides.bot("getMe")
    await sides.bot("getMe")
    calls = await sides.see("calls", method="getme")
    assert [call.get("fault") for call in calls] == ["truncate", "status", None]
