"""The bot of a trial: a process in a root of its own, and a person who talks to it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.person import Message, Person
from bot.sandbox.server import Sandbox
from tests.deploy.telling import show


class Guest:
    """A command that runs until it is told to stop."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environ = environ
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """It runs; whether it will run for long is another matter."""
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, env=dict(self._environ), stdout=log, stderr=log
            )

    @property
    def output(self) -> str:
        """What it has said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def stop(self) -> tuple[int, float]:
        """Its exit status after SIGTERM, and the seconds until its end."""
        if self._process is None:
            raise RuntimeError("it was not started")
        began = time.monotonic()
        os.kill(_innermost(self._process.pid), signal.SIGTERM)
        async with asyncio.timeout(20):
            status = await self._process.wait()
        return status, time.monotonic() - began

    async def ended(self) -> int:
        """Its exit status once it ends by itself."""
        if self._process is None:
            raise RuntimeError("it was not started")
        async with asyncio.timeout(60):
            return await self._process.wait()

    def clear(self) -> None:
        """Nothing of it runs any more."""
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)


@asynccontextmanager
async def visited(guest: Guest) -> AsyncIterator[Guest]:
    """The guest runs, and is gone afterwards whatever happens."""
    await guest.start()
    try:
        yield guest
    finally:
        guest.clear()


async def talk(person: Person, guest: Guest, text: str) -> Message:
    """The message, once the bot has reacted to it; that is shown."""
    message = await person.send(text)
    try:
        emoji = await person.wait_for_reaction(message, seconds=30)
    except TimeoutError:
        raise RuntimeError(f"no reaction; the bot said:\n{guest.output}") from None
    show(f"(in the chat) {text}", emoji)
    return message


async def ask(person: Person, guest: Guest, text: str) -> None:
    """The command, and what the bot answers first; that is shown."""
    before = len(await person.said())
    await person.send(text)
    try:
        async with asyncio.timeout(30):
            while len(said := await person.said()) <= before:  # noqa: ASYNC110 -- it tells nobody
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise RuntimeError(f"no answer; the bot said:\n{guest.output}") from None
    answer = said[before]
    rich = answer.get("rich_message")
    show(f"(in the chat) {text}", str(answer.get("text") or rich or sorted(answer)))


def settings_for(sandbox: Sandbox) -> dict[str, str]:
    """The settings that lead to the stand-in, without the token."""
    return {
        "BOT_API_URL": sandbox.url,
        "BOT_ALLOWED_USERS": "1001",
        "BOT_TIMEZONE": "Asia/Shanghai",
    }


def _innermost(pid: int) -> int:
    """The process that has no child, begun with this one."""
    while children := Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        pid = int(children[0])
    return pid
