"""What something costs: processor time, and the memory at its highest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time

MEGABYTE = 1024 * 1024

_PROC = Path("/proc/self")


@dataclass
class Cost:
    """Seconds of the processor, and bytes that were in use at once beside those before."""

    seconds: float = 0.0
    memory: int = 0


@contextmanager
def measured() -> Iterator[Cost]:
    """The cost of what is done in this, known at its end; the memory on Linux only."""
    cost = Cost()
    before = _start_again()
    started = process_time()
    try:
        yield cost
    finally:
        cost.seconds = process_time() - started
        cost.memory = max(0, _number("VmHWM") - before)


def _start_again() -> int:
    """The bytes in use now, from which on the highest is counted."""
    marks = _PROC / "clear_refs"
    if not marks.exists():
        return 0
    marks.write_text("5", encoding="ascii")
    return _number("VmRSS")


def _number(name: str) -> int:
    try:
        status = (_PROC / "status").read_text(encoding="ascii")
    except OSError:
        return 0
    match = re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)
    return int(match[1]) * 1024 if match else 0
