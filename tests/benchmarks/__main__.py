"""`python -m tests.benchmarks`: runs the benchmarks and prints one table."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from tests.benchmarks import (
    acknowledging,
    archive,
    capture,
    editing,
    growth,
    idle,
    importing,
    markdown,
    sunday,
)
from tests.benchmarks.comparing import Comparison, as_json, table

BENCHMARKS: Final[Mapping[str, Callable[..., Awaitable[list[Comparison]]]]] = {
    "idle": idle.measure,
    "capture": capture.measure,
    "markdown": markdown.measure,
    "acknowledging": acknowledging.measure,
    "editing": editing.measure,
    "archive": archive.measure,
    "growth": growth.measure,
    "sunday": sunday.measure,
    "importing": importing.measure,
}


def main() -> int:
    """0 where every goal is reached, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=BENCHMARKS, help="run one benchmark")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: an impression")
    wish = parser.parse_args()
    names = [wish.only] if wish.only else list(BENCHMARKS)
    comparisons = asyncio.run(_measure(names, quick=wish.quick))
    sys.stdout.write(table(comparisons) + "\n")
    if wish.json is not None:
        wish.json.write_text(as_json(comparisons), "utf-8")
    return 0 if all(one.reached for one in comparisons) else 1


async def _measure(names: list[str], *, quick: bool) -> list[Comparison]:
    return [one for name in names for one in await BENCHMARKS[name](quick=quick)]


if __name__ == "__main__":
    sys.exit(main())
