"""What a service manager is told, by the real program."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.processes import theatre


async def test_a_program_says_that_it_is_ready_lives_and_stops(tmp_path: Path) -> None:
    """Ready not before Telegram answers; then a sign of life, again and again; at last the end."""
    address = str(tmp_path / "notify")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as line:
        line.bind(address)
        line.setblocking(False)

        async def told() -> bytes:
            async with asyncio.timeout(60):
                return await asyncio.get_running_loop().sock_recv(line, 100)

        supervised = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "200000"}
        async with theatre(tmp_path, **supervised) as stage:
            await stage.person.fault("getUpdates", kind="status", error_code=502, times=-1)
            await stage.program.start()
            await stage.called("getUpdates")
            with pytest.raises(BlockingIOError):
                line.recv(100)
            await stage.person.clear_faults()
            assert await told() == b"READY=1"
            assert [await told() for _ in range(3)] == [b"WATCHDOG=1"] * 3
            status, _ = await stage.program.terminate()
            rest = [await told()]
            while rest[-1] == b"WATCHDOG=1":
                rest.append(await told())
            assert (status, rest[-1]) == (0, b"STOPPING=1")
