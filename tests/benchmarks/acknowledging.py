"""How long a message waits for its reaction, while slow pages and pictures are under way.

Compared with the same bot that has nothing else to do, in turn, round after round. Everything
runs in one process, the stand-in included, so what is measured is more than a person waits.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

from bot.app import running
from bot.config import load_settings
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from tests.benchmarks.comparing import Comparison, Series
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until
from tests.e2e.web import small_web

_ROUNDS, _ROUNDS_QUICK = 7, 2
_MESSAGES = 300
_PAUSE_SECONDS = 0.02
_LINKS, _PICTURES = 50, 20
_SLOW_SECONDS = 20

# What the slow work beside it may cost an acknowledgement.
_MOST = 2.0


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Milliseconds from message to reaction, 99th percentile; the first round does not count."""
    idle: list[float] = []
    busy: list[float] = []
    for _ in range((_ROUNDS_QUICK if quick else _ROUNDS) + 1):
        idle.append(await _round(slow=False))
        busy.append(await _round(slow=True))
    return [
        Comparison(
            "message to reaction, p99",
            "ms",
            Series("50 slow links, 20 slow pictures", tuple(busy[1:])),
            Series("nothing else to do", tuple(idle[1:])),
            _MOST,
        )
    ]


async def _round(*, slow: bool) -> float:
    async with _stage() as (sandbox, person, address):
        if slow:
            await person.fault("getFile", kind="delay", seconds=_SLOW_SECONDS, times=-1)
        # As many messages before the ones that count in either case: the first ones take longer.
        for number in range(_LINKS):
            await person.send(f"#life {address}?{number}" if slow else f"#life 之前 {number}")
        for number in range(_PICTURES):
            if slow:
                await person.send_picture(jpeg(f"#0000{number:02x}"), "#life 慢")
            else:
                await person.send(f"#life 也在之前 {number}")
        await _stored(sandbox)
        sent: dict[int, float] = {}
        for number in range(_MESSAGES):
            at = time.monotonic()
            message = await person.send(f"#tech 第 {number} 条")
            sent[message["message_id"]] = at
            await asyncio.sleep(_PAUSE_SECONDS)
        await person.wait_for_reaction(message, seconds=60)
        waits: list[float] = [
            call["at"] - sent[message_id]
            for call in sandbox._bot_api.calls
            if call["method"] == "setMessageReaction"
            and (message_id := call["params"].number("message_id")) in sent
        ]
        return quantiles(waits, n=100)[98] * 1000


async def _stored(sandbox: Sandbox) -> None:
    """Everything that was sent so far is stored, and the slow work on it is under way."""

    def acknowledged() -> bool:
        calls = [call["method"] for call in sandbox._bot_api.calls]
        return calls.count("setMessageReaction") >= _LINKS + _PICTURES

    await until(acknowledged)


@asynccontextmanager
async def _stage() -> AsyncIterator[tuple[Sandbox, Person, str]]:
    """The bot against the stand-in, a person, and the address of a page that never comes."""
    with tempfile.TemporaryDirectory(prefix="weeknotes-waits-") as folder:
        async with (
            Sandbox() as sandbox,
            small_web() as web,
            Person(sandbox.url) as person,
        ):
            settings = load_settings(
                {
                    "BOT_TOKEN": sandbox.token,
                    "BOT_API_URL": sandbox.url,
                    "BOT_ALLOWED_USERS": "1001",
                    "BOT_DATA_DIR": str(Path(folder) / "data"),
                },
                None,
                require_token=True,
            )
            async with running(settings, None, web.titles(_SLOW_SECONDS)) as bot:
                receiving = asyncio.create_task(bot.receiving.run())
                try:
                    yield sandbox, person, web.address("/hang")
                finally:
                    receiving.cancel()
                    await asyncio.gather(receiving, return_exceptions=True)
