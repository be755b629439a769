"""The program with a window in it: `python -m tests.e2e.probed run`.

On SIGUSR1 it collects its garbage and writes down how many asyncio tasks, threads and Python
objects it has, into `probe.json` of its working directory.
"""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import threading
from pathlib import Path

from bot.cli import main

PROBE = Path("probe.json")


def _look(*_: object) -> None:
    gc.collect()
    counts = {
        "tasks": len(asyncio.all_tasks()),
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
    }
    unfinished = PROBE.with_suffix(".new")
    unfinished.write_text(json.dumps(counts), encoding="ascii")
    unfinished.replace(PROBE)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _look)
    main()
