"""What a running process uses, read from outside. Linux only. Source: proc(5)."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.idle import memory
from tests.e2e.probed import PROBE
from tests.e2e.processes import Theatre

PROBED = (sys.executable, "-m", "tests.e2e.probed", "run")


@dataclass(frozen=True, slots=True)
class Reading:
    """Memory in MiB (PSS), and numbers of open files, asyncio tasks, threads and objects."""

    memory: float
    files: int
    tasks: int
    threads: int
    objects: int

    def __str__(self) -> str:
        return (
            f"{self.memory:.2f} MiB, {self.files} files, {self.tasks} tasks,"
            f" {self.threads} threads, {self.objects} objects"
        )


async def read_gauges(stage: Theatre) -> Reading:
    """What the program, started as `PROBED`, uses at this moment."""
    probe = stage.folder / PROBE
    probe.unlink(missing_ok=True)
    pid = stage.program.pid
    os.kill(pid, signal.SIGUSR1)
    await stage.program.brings_about(probe.exists)
    counts = json.loads(probe.read_text(encoding="ascii"))
    return Reading(memory(pid), _open_files(pid), **counts)


def _open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
