"""What a message costs until it is stored and answered, beside bots that store nothing.

All bots run at once, each with a queue of its own at one stand-in (`lean_server.py`), and are
given the same messages in turn, round after round: an idle bot costs the others nothing.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import aiohttp

from tests.benchmarks.comparing import Comparison, Series
from tests.e2e.processes import PROGRAM, ROOT, Program

_HERE: Final = Path(__file__).parent
_OURS, _PTB, _AIOGRAM = "weeknotes", "bare PTB bot", "bare aiogram bot"
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    _OURS: PROGRAM,
    _PTB: (sys.executable, str(_HERE / "echo_bot.py")),
    _AIOGRAM: (sys.executable, str(_HERE / "aiogram_bot.py")),
}
_PEOPLE: Final = 50
_ROUNDS, _ROUNDS_QUICK = 9, 3
_MESSAGES: Final = 1000
_BACKLOG: Final = 5000
_PER_SECOND: Final = 50
_PACED: Final = 500
# What a bot notes down after its last answer belongs to it.
_SETTLING_SECONDS: Final = 0.5
_CONNECTIONS: Final = 8


@dataclass(slots=True)
class Measured:
    """The values of one bot, one for each round."""

    per_second: list[float] = field(default_factory=list)
    stored_per_second: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Messages a second, processor time for each, and waits; the first round is not counted."""
    rounds = _ROUNDS_QUICK if quick else _ROUNDS
    found = {name: Measured() for name in COMMANDS}
    ceiling: list[float] = []
    with tempfile.TemporaryDirectory(prefix="weeknotes-capture-") as folder:
        async with stage(Path(folder), COMMANDS) as (server, bots):
            for _ in range(rounds + 1):
                ceiling.append(await server.ceiling())
                for name, bot in bots.items():
                    await _at_once(server, bot, found[name])
                for name, bot in bots.items():
                    await _paced(server, bot, found[name])
            for _ in range(3):
                await _backlog(server, bots[_OURS], found[_OURS])
            count = (rounds + 1) * (_MESSAGES + _PACED) + 3 * _BACKLOG
            await _all_are_stored(Path(folder) / _OURS, count)
    return _comparisons(found, ceiling)


def _comparisons(found: Mapping[str, Measured], ceiling: list[float]) -> list[Comparison]:
    ours, ptb, aiogram = (found[name] for name in (_OURS, _PTB, _AIOGRAM))

    def series(name: str, values: list[float]) -> Series:
        return Series(name, tuple(values[1:]))

    rates = series(_OURS, ours.per_second)
    # The bare bot confirms what lies in its memory; what it has done is what it has answered.
    echoed, aiogram_rates = series(_PTB, ptb.per_second), series(_AIOGRAM, aiogram.per_second)
    stored = series(_OURS, ours.stored_per_second)
    spent = series(_OURS, ours.milliseconds)
    alone = series("stand-in", ceiling)
    at_least = [
        Comparison("captured and answered", "messages/s", rates, echoed, 2.0, at_least=True),
        Comparison("captured and answered", "messages/s", rates, aiogram_rates, 1.0, at_least=True),
        Comparison(
            "stored of a backlog of 5,000", "messages/s", stored, echoed, 5.0, at_least=True
        ),
        Comparison("the stand-in by itself", "requests/s", alone, rates, 2.0, at_least=True),
    ]
    p50, p99 = series(_AIOGRAM, aiogram.p50), series(_AIOGRAM, aiogram.p99)
    return [
        *at_least,
        Comparison("CPU of a message", "ms", spent, series(_PTB, ptb.milliseconds), 0.6),
        Comparison("update to answer at 50/s, p50", "ms", series(_OURS, ours.p50), p50, 1.2),
        Comparison("update to answer at 50/s, p99", "ms", series(_OURS, ours.p99), p99, 2.0),
    ]


async def _at_once(server: Lean, bot: Bot, found: Measured) -> None:
    before = bot.processor_time()
    await server.ask("fill", bot=bot.name, count=_MESSAGES, people=_PEOPLE)
    seen = await server.answered(bot.name, _MESSAGES)
    await asyncio.sleep(_SETTLING_SECONDS)
    found.per_second.append(_MESSAGES / seen["seconds_to_answers"])
    found.milliseconds.append((bot.processor_time() - before) * 1000 / _MESSAGES)


async def _paced(server: Lean, bot: Bot, found: Measured) -> None:
    await server.ask("send", bot=bot.name, count=_PACED, people=_PEOPLE, per_second=_PER_SECOND)
    waits = (await server.answered(bot.name, _PACED))["waits"]
    found.p50.append(median(waits) * 1000)
    found.p99.append(quantiles(waits, n=100)[98] * 1000)


async def _backlog(server: Lean, bot: Bot, found: Measured) -> None:
    await server.ask("fill", bot=bot.name, count=_BACKLOG, people=_PEOPLE)
    seen = await server.answered(bot.name, _BACKLOG)
    found.stored_per_second.append(_BACKLOG / seen["seconds_to_stored"])


async def _all_are_stored(home: Path, count: int) -> None:
    database = (home / "data" / "weeknotes.db").as_uri()
    with closing(sqlite3.connect(f"{database}?mode=ro", uri=True)) as connection:
        [(stored,)] = connection.execute("SELECT count(*) FROM entries")
    if stored != count:
        raise LookupError(f"{stored} of {count} messages are stored")


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot under way; its name is its token at the stand-in."""

    name: str
    program: Program

    def processor_time(self) -> float:
        """Seconds of the processor that it has used so far, all threads.

        Source: clock_getcpuclockid(3): the clock of a process, made of its id.
        """
        return time.clock_gettime(~self.program.pid << 3 | 2)


class Lean:
    """The lean stand-in, in a process of its own."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._session = session

    async def ask(self, verb: str, **wish: Any) -> Any:
        """What the stand-in gives for it."""
        async with self._session.post(f"{self.url}/control/{verb}", json=wish) as answer:
            return await answer.json()

    async def answered(self, bot: str, count: int) -> dict[str, Any]:
        """What the stand-in has seen, once so many messages are answered and confirmed."""
        async with asyncio.timeout(30):
            while True:
                seen: dict[str, Any] = await self.ask("seen", bot=bot)
                if seen["answered"] >= count and not seen["waiting"]:
                    return seen
                await asyncio.sleep(0.05)

    async def called(self, bot: str, count: int) -> dict[str, Any]:
        """What the stand-in has seen, once the bot has made so many calls."""
        async with asyncio.timeout(30):
            while True:
                seen: dict[str, Any] = await self.ask("seen", bot=bot)
                if seen["calls"] >= count:
                    return seen
                await asyncio.sleep(0.02)

    async def ceiling(self) -> float:
        """Requests a second that it answers by itself, over as many connections as a bot uses."""
        count = 2000 // _CONNECTIONS
        began = time.monotonic()
        await asyncio.gather(*(self._hammer(count) for _ in range(_CONNECTIONS)))
        return count * _CONNECTIONS / (time.monotonic() - began)

    async def _hammer(self, count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        body = b"chat_id=1001&message_id=1&reaction=%5B%7B%22type%22%3A%22emoji%22%7D%5D"
        request = (
            b"POST /bot:ceiling/setMessageReaction HTTP/1.1\r\nHost: lean\r\nContent-Length: %d"
            b"\r\n\r\n" % len(body)
        ) + body
        for _ in range(count):
            writer.write(request)
            await reader.readuntil(b"\r\n\r\n")
            await reader.readuntil(b"}")
        writer.close()
        await writer.wait_closed()


def token_of(name: str) -> str:
    """The token under which the bot of that name has its queue."""
    word = "".join(filter(str.isalnum, name))
    return f"{1000000001 + sum(name.encode())}:{word}-{'x' * 30}"


@asynccontextmanager
async def stage(
    folder: Path,
    commands: Mapping[str, tuple[str, ...]],
    prepare: Callable[[str, Path], Awaitable[None]] | None = None,
) -> AsyncIterator[tuple[Lean, dict[str, Bot]]]:
    """The stand-in and the bots, each of which has asked for updates."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(_HERE / "lean_server.py"),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    if process.stdin is None or process.stdout is None:
        raise LookupError("the stand-in has no pipes")
    async with AsyncExitStack() as stack:
        stack.callback(process.stdin.close)
        port = int(await process.stdout.readline())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        server = Lean(port, session)
        bots: dict[str, Bot] = {}
        for name, command in commands.items():
            home = folder / name
            home.mkdir()
            if prepare is not None:
                await prepare(name, home / "data" / "weeknotes.db")
            bot = f"bot{token_of(name)}"
            environ = {
                "BOT_TOKEN": token_of(name),
                "BOT_API_URL": server.url,
                "BOT_ALLOWED_USERS": ",".join(str(1001 + n) for n in range(_PEOPLE)),
                "BOT_DATA_DIR": str(home / "data"),
                "BOT_LOG_LEVEL": "warning",
            }
            program = await stack.enter_async_context(Program(home, environ, command))
            await program.start()

            async def polls(bot: str = bot) -> bool:
                return bool(await server.ask("polls", bot=bot) > 0)

            await program.brings_about(polls)
            bots[name] = Bot(bot, program)
        yield server, bots
