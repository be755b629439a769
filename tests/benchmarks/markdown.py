"""Markdown to report and back, beside a formatter of Markdown that does the same.

Both read a report and write it again. The formatter knows all of Markdown and checks its own
result; this is about what canonical form costs by either road, not about which program is better.
Compared are real reports where they are at hand, else the tests' own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bot.domain.parse import parse
from bot.domain.render import render
from tests.benchmarks.comparing import Comparison, Series

_OWN = Path(__file__).parents[1] / "domain" / "cases" / "report.md"
_ARCHIVE = Path(__file__).parents[3] / "shared" / "reports"
_ROUNDS, _ROUNDS_QUICK = 15, 5

# A tenth of the formatter's time.
_MOST_TIME = 0.1


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Milliseconds for a report, read and written; the first round is not counted."""
    # Only the group `bench` has it, and types are checked without.
    formatted: Callable[[str], str] = import_module("mdformat").text
    sources = reports()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range((_ROUNDS_QUICK if quick else _ROUNDS) + 1):
        ours.append(_milliseconds(lambda source: render(parse(source)), sources))
        theirs.append(_milliseconds(formatted, sources))
    return [
        Comparison(
            "parse and render",
            "ms a report",
            Series("weeknotes", tuple(ours[1:])),
            Series("mdformat", tuple(theirs[1:])),
            _MOST_TIME,
        )
    ]


def reports() -> list[str]:
    """Real reports where they are at hand, else the tests' own."""
    real = [path.read_text("utf-8") for path in sorted(_ARCHIVE.glob("*-week*.md"))]
    return real or [_OWN.read_text("utf-8")]


def _milliseconds(work: Callable[[str], str], reports: list[str]) -> float:
    began = time.perf_counter()
    for report in reports:
        work(report)
    return (time.perf_counter() - began) * 1000 / len(reports)
