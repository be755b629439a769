"""`python -m tests.benchmarks`: runs the benchmarks and prints one table."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tests.benchmarks import acknowledging, archive, capture, editing, idle, markdown
from tests.benchmarks.comparing import Comparison, table

BENCHMARKS: Final[Mapping[str, Callable[..., Awaitable[list[Comparison]]]]] = {
    "idle": idle.measure,
    "capture": capture.measure,
    "markdown": markdown.measure,
    "acknowledging": acknowledging.measure,
    "editing": editing.measure,
    "archive": archive.measure,
}


def main() -> int:
    """0 where every goal is reached, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=BENCHMARKS, help="run one benchmark")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: an impression")
    wish = parser.parse_args()
    names = [wish.only] if wish.only else list(BENCHMARKS)
    comparisons = asyncio.run(_measure(names, quick=wish.quick))
    sys.stdout.write(table(comparisons) + "\n")
    return 0 if all(one.reached for one in comparisons) else 1


async def _measure(names: list[str], *, quick: bool) -> list[Comparison]:
    return [one for name in names for one in await BENCHMARKS[name](quick=quick)]


if __name__ == "__main__":
    sys.exit(main())
