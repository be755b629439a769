"""The real program as a process of its own, which can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.sandbox.bot_api import BotApi
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import Hook, UpdateQueue

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "bot", "run")


def program_with(constants: Mapping[str, float]) -> tuple[str, ...]:
    """The program with other waiting times, by their names (`bot.chat.receiving._BATCH`)."""
    changes = [
        f"import {module} as m; m.{name}; m.{name} = {value}"
        for (module, _, name), value in (
            (path.rpartition("."), value) for path, value in constants.items()
        )
    ]
    return (sys.executable, "-c", "; ".join([*changes, "from bot.cli import main; main()"]), "run")


# A start takes about a second; a busy machine may take many.
_PATIENCE_SECONDS = 60.0
_LOOKS_EVERY_SECONDS = 0.02


async def until(
    met: Callable[[], bool] | Callable[[], Awaitable[bool]], seconds: float = _PATIENCE_SECONDS
) -> None:
    """The condition is met; it is looked at again and again. Raises TimeoutError.

    For what tells nobody when it changes: a file, a database, the calls that were made.
    """
    async with asyncio.timeout(seconds):
        while True:
            found = met()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(_LOOKS_EVERY_SECONDS)


class WatchedQueue(UpdateQueue):
    """An update queue that tells when a program begins to ask for updates, by either way.

    A killed program's last request stays open for a while, here as with Telegram. So requests
    are counted, and `asked_at` has the instant (time.monotonic) of each, and of each time that
    a webhook was set.
    """

    def __init__(self) -> None:
        self.asked_at: list[float] = []
        self._hook = Hook()
        super().__init__(time.time)

    @property
    def hook(self) -> Hook:
        """As the stand-in has it, watched."""
        return self._hook

    @hook.setter
    def hook(self, hook: Hook) -> None:
        self._hook = hook
        if hook.url:
            self.asked_at.append(time.monotonic())

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[dict[str, Any]]:
        """As the stand-in has it, counted."""
        self.asked_at.append(time.monotonic())
        return await super().poll(offset, limit, timeout_seconds)


class ProgramEndedError(Exception):
    """The program has ended while something was expected of it."""


class Program:
    """One program in a folder, started as often as one likes; killed on leaving `async with`.

    `environ` is all the environment it gets besides what finds Python and the project; what it
    prints is collected in `output`.
    """

    def __init__(
        self, folder: Path, environ: dict[str, str], command: Sequence[str] = PROGRAM
    ) -> None:
        self._folder = folder
        # Nothing of the surroundings may steer it: neither settings nor a proxy.
        self.environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            **environ,
        }
        self.command = command
        self._process: asyncio.subprocess.Process | None = None
        self._log = folder / "output.log"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.kill()

    async def start(self) -> None:
        """It runs. Its folder has no `.env` that could reach it."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self._folder, env=self.environ, stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        """Its process id. Raises RuntimeError where it does not run."""
        if self._process is None:
            raise RuntimeError("the program was not started")
        return self._process.pid

    async def kill(self) -> None:
        """It is gone from one instruction to the next, where it runs at all."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def terminate(self) -> tuple[int, float]:
        """Exit status after SIGTERM, and the seconds that the end took. Raises TimeoutError."""
        began = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        status = await self.ended()
        return status, time.monotonic() - began

    async def ended(self) -> int:
        """The exit status, once it has ended by itself. Raises TimeoutError."""
        if self._process is None:
            raise RuntimeError("the program was not started")
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await self._process.wait()

    @property
    def output(self) -> str:
        """All that it has printed so far, over all starts."""
        return self._log.read_text(encoding="utf-8")

    async def brings_about(self, met: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> None:
        """As `until`. Raises ProgramEndedError, with what was printed last, instead of waiting."""

        async def looks() -> bool:
            if self._process is not None and self._process.returncode is not None:
                raise ProgramEndedError(f"{self._process.returncode}: {self.output[-2000:]}")
            found = met()
            return found if isinstance(found, bool) else await found

        await until(looks)

    async def has_said(self, words: str) -> None:
        """It has printed those words. Raises as `brings_about` does."""
        await self.brings_about(lambda: words in self.output)


@dataclass(frozen=True, slots=True)
class Theatre:
    """The stand-in, a person, and the program that is to be killed between them."""

    sandbox: Sandbox
    queue: WatchedQueue
    person: Person
    program: Program
    folder: Path

    async def start(self) -> None:
        """The program runs and asks for updates. Raises as `Program.brings_about` does."""
        before = len(self.queue.asked_at)
        await self.program.start()
        await self.program.brings_about(lambda: len(self.queue.asked_at) > before)

    async def hang(self, method: str, *, when: str = "before") -> None:
        """The next call of that method is never answered; `after` it has been carried out."""
        await self.person.fault(method, kind="hang", when=when)

    async def called(self, method: str, times: int = 1) -> None:
        """The program has called that method so often, over all starts. Raises as `start` does."""

        async def called() -> bool:
            return len(await self.person.get("calls", method=method)) >= times

        await self.program.brings_about(called)

    @property
    def bot_api(self) -> BotApi:
        """The stand-in's side of the calls: their records and their faults."""
        return self.sandbox._bot_api

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """What the database says, read by a connection that cannot write."""
        path = self.folder / "data" / "weeknotes.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, values).fetchall()

    def change(self, statement: str, *values: object) -> None:
        """The database of a program that does not run is changed by hand."""
        path = self.folder / "data" / "weeknotes.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement, values)


def by_webhook(port: int) -> dict[str, str]:
    """The settings by which updates are delivered to that port of this machine."""
    return {
        "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "BOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "BOT_WEBHOOK_SECRET": "a-word-that-nobody-guesses",
    }


@asynccontextmanager
async def theatre(folder: Path, **settings: str) -> AsyncIterator[Theatre]:
    """A stage on which nothing runs yet; `settings` replace those that lead to the stand-in."""
    sandbox, queue = Sandbox(), WatchedQueue()
    sandbox.world.updates = queue
    async with sandbox, Person(sandbox.url) as person:
        environ = {
            "BOT_TOKEN": sandbox.token,
            "BOT_API_URL": sandbox.url,
            "BOT_ALLOWED_USERS": "1001",
            "BOT_DATA_DIR": str(folder / "data"),
            "BOT_TIMEZONE": "Asia/Shanghai",
            **settings,
        }
        async with Program(folder, environ) as program:
            yield Theatre(sandbox, queue, person, program, folder)
