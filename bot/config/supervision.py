"""What a service manager asks for, by variables of its own that nobody sets by hand."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supervision:
    """Where the service manager listens, and how many seconds of silence it takes for death."""

    address: str
    watchdog_seconds: float | None


def read_supervision(environ: Mapping[str, str]) -> Supervision | None:
    """What it asks this process for; None: nobody asks. Source: sd_watchdog_enabled(3)."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return None
    microseconds = environ.get("WATCHDOG_USEC", "")
    mine = environ.get("WATCHDOG_PID", "") in {"", str(os.getpid())}
    counts = mine and microseconds.isascii() and microseconds.isdigit() and int(microseconds) > 0
    return Supervision(address, int(microseconds) / 1_000_000 if counts else None)
