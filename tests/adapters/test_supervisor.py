"""Signs of life come while there is life, and not otherwise."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.adapters.supervisor import Supervisor
from bot.services.health import Condition, Health


class _SetHealth(Health):
    """A health as the test sets it."""

    def __init__(self) -> None:
        self.condition = Condition(telegram=True, database=True, readable=True)

    async def look(self) -> Condition:
        """The condition that was set."""
        return self.condition


@contextmanager
def _line(address: str) -> Iterator[socket.socket]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as line:
        line.bind(address)
        line.setblocking(False)
        yield line


def _heard(line: socket.socket) -> set[bytes]:
    heard = set()
    try:
        while True:
            heard.add(line.recv(100))
    except BlockingIOError:
        return heard


async def test_a_database_that_does_not_answer_ends_the_signs(tmp_path: Path) -> None:
    """A Telegram that is silent, or a full disk, does not: starting anew would not mend it."""
    health = _SetHealth()
    with _line(str(tmp_path / "notify")) as line:
        running = asyncio.create_task(Supervisor(str(tmp_path / "notify"), 0.02, health).run())
        await asyncio.sleep(0.05)
        assert _heard(line) == {b"READY=1", b"WATCHDOG=1"}
        health.condition = Condition(telegram=False, database=False, readable=True)
        await asyncio.sleep(0.05)
        assert _heard(line) == {b"WATCHDOG=1"}
        health.condition = Condition(telegram=True, database=False, readable=False)
        await asyncio.sleep(0.05)
        _heard(line)
        await asyncio.sleep(0.05)
        assert _heard(line) == set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_an_address_may_be_abstract(tmp_path: Path) -> None:
    """Such a one begins with @ and is no file."""
    name = f"weeknotes-{tmp_path}"
    with _line("\0" + name) as line:
        await Supervisor(f"@{name}", None, _SetHealth()).run()
        assert _heard(line) == {b"READY=1"}


async def test_nobody_who_listens_is_no_fault(tmp_path: Path) -> None:
    """Without a watchdog the bot says that it is ready, to whom it may concern, and no more."""
    await Supervisor(str(tmp_path / "nobody"), None, _SetHealth()).run()
