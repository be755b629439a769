"""What the archive costs as it grows: a journal of ten years beside one of five weeks.

Both are held by the real program, each against a stand-in of its own, and asked in turn. Measured
is the processor time of the program's process, from the command to its answer.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from statistics import quantiles
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId
from bot.domain.schedule import WeeklyTime
from bot.domain.week import IsoWeek
from bot.sandbox.person import Message, Person
from bot.sandbox.server import Sandbox
from bot.services.access import Access, JournalDefaults
from bot.services.owners import Owners
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.benchmarks.comparing import Comparison, Series
from tests.benchmarks.idle import memory
from tests.clock import FakeClock
from tests.decade import COMMON, fill
from tests.e2e.processes import Program, WatchedQueue

_ITEMS_A_WEEK: Final = 30_000 / 520
_SIZES: Final[Mapping[str, int]] = {"5 weeks": 5, "520 weeks": 520}
_ROUNDS, _ROUNDS_QUICK = 100, 10
_MOST_REPORT, _MOST_MEMORY = 1.5, 1.3
# A page shows thirteen weeks where there are so many, and the years besides.
_MOST_LIST = 1.5
_MOST_SEARCH_MILLISECONDS, _MOST_PICTURE_MILLISECONDS = 50.0, 1000.0


@dataclass(frozen=True, slots=True)
class _Bot:
    """The program with a journal of so many weeks up to the last one, and who talks to it."""

    person: Person
    program: Program
    last: IsoWeek

    async def ask(self, command: str, answered: Callable[[Message], bool]) -> float:
        """The milliseconds of processor time until the answer was there."""
        began = _processor_time(self.program.pid)
        asked = await self.person.send(command)

        def answer(chat: Sequence[Message]) -> Message | None:
            after = (m for m in chat if m["_out"] and m["message_id"] > asked["message_id"])
            return next((m for m in after if answered(m)), None)

        await self.person.wait(answer, seconds=60)
        return (_processor_time(self.program.pid) - began) * 1000


async def measure(*, quick: bool = False) -> list[Comparison]:
    """The costs of commands, and the memory after all of them; the first answers do not count."""
    spent: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    used: dict[str, float] = {}
    async with AsyncExitStack() as stack:
        bots = {name: await stack.enter_async_context(_bot(size)) for name, size in _SIZES.items()}
        for number in range((_ROUNDS_QUICK if quick else _ROUNDS) + 3):
            for size, bot in bots.items():
                for command, ask in _questions(bot, number).items():
                    spent[command][size].append(await ask())
        for size, bot in bots.items():
            await asyncio.sleep(3)
            used[size] = memory(bot.program.pid)
    return [
        _grows("/report, p99", spent["report"], _MOST_REPORT, _p99),
        _grows("/weeks", spent["weeks"], _MOST_LIST),
        _bounded(f"/search {COMMON}", spent["search"], _MOST_SEARCH_MILLISECONDS),
        _bounded("/stats", spent["stats"], _MOST_PICTURE_MILLISECONDS),
        _bounded("/stats all", spent["all"], _MOST_PICTURE_MILLISECONDS),
        Comparison(
            "memory after all of it",
            "MiB",
            Series("520 weeks", (used["520 weeks"],)),
            Series("5 weeks", (used["5 weeks"],)),
            _MOST_MEMORY,
        ),
    ]


def _questions(bot: _Bot, number: int) -> Mapping[str, Callable[[], Awaitable[float]]]:
    week = bot.last.shifted(-(number % 5))
    return {
        "report": lambda: bot.ask(f"/report {week}", lambda m: "document" in m),
        "weeks": lambda: bot.ask("/weeks", lambda m: "text" in m),
        "stats": lambda: bot.ask("/stats", lambda m: "photo" in m),
        "all": lambda: bot.ask("/stats all", lambda m: "photo" in m),
        "search": lambda: bot.ask(f"/search {COMMON}", lambda m: "text" in m),
    }


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100)[98]


def _grows(
    quantity: str,
    spent: Mapping[str, Sequence[float]],
    goal: float,
    reduce: Callable[[Sequence[float]], float] | None = None,
) -> Comparison:
    series = {}
    for size, values in spent.items():
        settled = values[3:]
        series[size] = Series(size, tuple(settled) if reduce is None else (reduce(settled),))
    return Comparison(quantity, "ms of CPU", series["520 weeks"], series["5 weeks"], goal)


def _bounded(quantity: str, spent: Mapping[str, Sequence[float]], most: float) -> Comparison:
    ours = Series("520 weeks", tuple(spent["520 weeks"][3:]))
    return Comparison(quantity, "ms of CPU", ours, Series("allowed", (most,)), 1.0)


@asynccontextmanager
async def _bot(weeks: int) -> AsyncIterator[_Bot]:
    zone, now = ZoneInfo("Asia/Shanghai"), datetime.now(UTC)
    last = IsoWeek.of(now, zone, clock.min)
    with tempfile.TemporaryDirectory(prefix="weeknotes-archive-") as folder:
        path = Path(folder) / "data" / "weeknotes.db"
        path.parent.mkdir()
        async with await Database.open(path) as database:
            await migrate(database, now)
            defaults = JournalDefaults("zh", zone, WeeklyTime.parse("sun 20:00"))
            access = Access(database, FakeClock(now), Owners(database, {1001}), defaults)
            journal = await access.open_private(ChatId(1001))
        fill(path, journal.id, weeks=weeks, items=round(_ITEMS_A_WEEK * weeks), last=last)
        sandbox, queue = Sandbox(), WatchedQueue()
        sandbox.world.updates = queue
        async with sandbox, Person(sandbox.url) as person:
            environ = {
                "BOT_TOKEN": sandbox.token,
                "BOT_API_URL": sandbox.url,
                "BOT_ALLOWED_USERS": "1001",
                "BOT_DATA_DIR": str(path.parent),
                "BOT_LOG_LEVEL": "warning",
            }
            async with Program(Path(folder), environ) as program:
                await program.start()
                await program.brings_about(lambda: bool(queue.asked_at))
                yield _Bot(person, program, last)


def _processor_time(pid: int) -> float:
    """Seconds of the processor that the process has used so far, all threads.

    Source: clock_getcpuclockid(3): the clock of a process, made of its id.
    """
    return time.clock_gettime(~pid << 3 | 2)
