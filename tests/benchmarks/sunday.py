"""10,000 journals whose draft is due in the same minute, and people who write meanwhile.

Two programs hold such a database; in one of them the drafts are due. Both are sent the same
messages in turn, so that what else the machine is doing meets both alike.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from telegram.constants import FloodLimit

from tests.benchmarks.capture import Bot, Lean, stage
from tests.benchmarks.comparing import Comparison, Series
from tests.benchmarks.crowd import gather
from tests.e2e.processes import PROGRAM

_ROUNDS, _ROUNDS_QUICK = 9, 3
_JOURNALS: Final = 10_000
_PER_SECOND: Final = 5
_MESSAGES: Final = 50
_MOST: Final = 1.5
_IDLE, _DUE = "nothing due", "10,000 drafts due"


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Messages a second that drafts send, and milliseconds until others are answered meanwhile."""
    waits: dict[str, list[float]] = {_IDLE: [], _DUE: []}
    medians: dict[str, list[float]] = {_IDLE: [], _DUE: []}
    rates: list[float] = []

    async def prepare(name: str, path: Path) -> None:
        due_in = timedelta(minutes=-1) if name == _DUE else timedelta(days=2)
        await gather(path, journals=_JOURNALS, due_in=due_in)

    with tempfile.TemporaryDirectory(prefix="weeknotes-sunday-") as folder:
        async with stage(Path(folder), dict.fromkeys(waits, PROGRAM), prepare) as (server, bots):
            await _sends(server, bots[_DUE])
            for _ in range((_ROUNDS_QUICK if quick else _ROUNDS) + 1):
                for name, bot in bots.items():
                    round_waits, calls_at = await _round(server, bot)
                    waits[name].append(quantiles(round_waits, n=100)[98] * 1000)
                    medians[name].append(median(round_waits) * 1000)
                    if name == _DUE:
                        rates.append((len(calls_at) - _MESSAGES) / (_MESSAGES / _PER_SECOND))
    allowed = Series("permitted by Telegram", (float(FloodLimit.MESSAGES_PER_SECOND),))
    return [
        Comparison("sent for drafts", "messages/s", Series(_DUE, tuple(rates[1:])), allowed, 1.0),
        *(
            Comparison(
                f"update to answer, {name}",
                "ms",
                Series(_DUE, tuple(found[_DUE][1:])),
                Series(_IDLE, tuple(found[_IDLE][1:])),
                _MOST,
            )
            for name, found in (("p50", medians), ("p99", waits))
        ),
    ]


async def _sends(server: Lean, bot: Bot) -> None:
    """The drafts have begun to go out."""
    await server.called(bot.name, 10)


async def _round(server: Lean, bot: Bot) -> tuple[Sequence[float], Sequence[float]]:
    """How long each message waited, and when the bot made calls meanwhile."""
    await server.ask("send", bot=bot.name, count=_MESSAGES, people=50, per_second=_PER_SECOND)
    await server.answered(bot.name, _MESSAGES)
    seen = await server.ask("seen", bot=bot.name, calls=True)
    return seen["waits"], seen["calls_at"]
