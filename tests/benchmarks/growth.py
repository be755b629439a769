"""What a message and a report cost as a database grows: more weeks in a journal, more journals."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.capture import Bot, Lean, stage
from tests.benchmarks.comparing import Comparison, Series
from tests.benchmarks.crowd import gather
from tests.e2e.processes import PROGRAM

_ROUNDS, _ROUNDS_QUICK = 15, 4
_MESSAGES: Final = 100
_REPORTS: Final = 5
_MOST: Final = 1.2


@dataclass(frozen=True, slots=True)
class Size:
    """How many journals there are, of how many weeks."""

    journals: int
    weeks: int


# The first of each is what the others are compared with.
BY_WEEKS: Final[Mapping[str, Size]] = {
    "5 weeks": Size(1, 5),
    "52 weeks": Size(1, 52),
    "520 weeks": Size(1, 520),
}
BY_JOURNALS: Final[Mapping[str, Size]] = {
    "1 journal": Size(1, 5),
    "10 journals": Size(10, 5),
    "100 journals": Size(100, 5),
    "1,000 journals": Size(1000, 5),
}


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Milliseconds of the processor for a message and for `/report`."""
    found: list[Comparison] = []
    for sizes in (BY_WEEKS, BY_JOURNALS):
        found += await _grow(sizes, _ROUNDS_QUICK if quick else _ROUNDS)
    return found


async def _grow(sizes: Mapping[str, Size], rounds: int) -> list[Comparison]:
    spent: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    async def prepare(name: str, path: Path) -> None:
        await gather(path, journals=sizes[name].journals, weeks=sizes[name].weeks)

    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="weeknotes-growth-")))
        commands = dict.fromkeys(sizes, PROGRAM)
        server, bots = await stack.enter_async_context(stage(folder, commands, prepare))
        for _ in range(rounds + 1):
            for name, bot in bots.items():
                spent["message"][name].append(await _messages(server, bot))
            for name, bot in bots.items():
                spent["/report -1"][name].append(await _reports(server, bot))
    first, *others = sizes
    return [
        Comparison(
            f"a {quantity}" if quantity == "message" else quantity,
            "ms of CPU",
            Series(other, tuple(values[other][1:])),
            Series(first, tuple(values[first][1:])),
            _MOST,
        )
        for quantity, values in spent.items()
        for other in others
    ]


async def _messages(server: Lean, bot: Bot) -> float:
    before = bot.processor_time()
    await server.ask("fill", bot=bot.name, count=_MESSAGES, people=1)
    await server.answered(bot.name, _MESSAGES)
    await asyncio.sleep(0.3)
    return (bot.processor_time() - before) * 1000 / _MESSAGES


async def _reports(server: Lean, bot: Bot) -> float:
    before = bot.processor_time()
    for _ in range(_REPORTS):
        await server.ask("say", bot=bot.name, text="/report -1")
        # The preview, its note, and the file.
        await server.called(bot.name, 3)
    await asyncio.sleep(0.3)
    return (bot.processor_time() - before) * 1000 / _REPORTS
