"""What a bot costs that has nothing to do: its memory, and its time to the first request.

Compared with a bare bot on the same library, each started in turn against one stand-in, so
that what else the machine is doing meets both alike.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.benchmarks.comparing import Comparison, Series
from tests.e2e.processes import PROGRAM, Program, WatchedQueue

_ECHO = (sys.executable, str(Path(__file__).with_name("echo_bot.py")))
_ROUNDS, _ROUNDS_QUICK = 9, 3
_SETTLING_SECONDS = 3.0

# What the bot may cost in terms of the bare one.
_MOST_MEMORY = 1.5
_MOST_TIME = 1.8


@dataclass(frozen=True, slots=True)
class Idle:
    """One start: seconds to the first request, and memory in MiB some seconds later."""

    start_seconds: float
    memory: float


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Memory and start of both programs; the first start of each is not counted.

    That one writes bytecode and makes the database, which no later start does.
    """
    rounds = _ROUNDS_QUICK if quick else _ROUNDS
    sandbox, queue = Sandbox(), WatchedQueue()
    sandbox.world.updates = queue
    starts: dict[str, list[Idle]] = {"echo": [], "weeknotes": []}
    commands = {"echo": _ECHO, "weeknotes": PROGRAM}
    with tempfile.TemporaryDirectory(prefix="weeknotes-idle-") as folder:
        async with sandbox:
            for _ in range(rounds + 1):
                for name, command in commands.items():
                    home = Path(folder) / name
                    home.mkdir(exist_ok=True)
                    starts[name].append(await _start(sandbox, queue, home, command))
    ours, theirs = (starts[name][1:] for name in ("weeknotes", "echo"))
    return [
        Comparison(
            "memory when idle",
            "MiB",
            Series("weeknotes", tuple(one.memory for one in ours)),
            Series("bare bot", tuple(one.memory for one in theirs)),
            _MOST_MEMORY,
        ),
        Comparison(
            "start to first poll",
            "s",
            Series("weeknotes", tuple(one.start_seconds for one in ours)),
            Series("bare bot", tuple(one.start_seconds for one in theirs)),
            _MOST_TIME,
        ),
    ]


async def _start(sandbox: Sandbox, queue: WatchedQueue, home: Path, command: Sequence[str]) -> Idle:
    environ = {
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.url,
        "BOT_ALLOWED_USERS": "1001",
        "BOT_DATA_DIR": str(home / "data"),
        "BOT_LOG_LEVEL": "warning",
    }
    async with Program(home, environ, command) as program:
        before = len(queue.asked_at)
        began = time.monotonic()
        await program.start()
        await program.brings_about(lambda: len(queue.asked_at) > before)
        await asyncio.sleep(_SETTLING_SECONDS)
        return Idle(queue.asked_at[before] - began, memory(program.pid))


def memory(pid: int) -> float:
    """The memory that is the process's own, in MiB: shared pages count by their share (PSS).

    Source: proc(5), /proc/pid/smaps_rollup.
    """
    report = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    [kibibytes] = [line.split()[1] for line in report.split("\n") if line.startswith("Pss:")]
    return int(kibibytes) / 1024
