"""What a trial shows: commands with what they said, as in a terminal."""

from __future__ import annotations

import sys

_MOST_LINES = 12


def show(command: str, output: str = "", *, most: int = _MOST_LINES) -> None:
    """The command and what it said, its last lines alone where they are many."""
    sys.stdout.write(f"$ {command}\n")
    lines = [line for line in output.rstrip().split("\n") if line.strip()]
    for line in lines[-most:]:
        sys.stdout.write(f"  {line[:200]}\n")
    sys.stdout.flush()


def heading(words: str) -> None:
    """What comes next."""
    sys.stdout.write(f"\n== {words}\n")
    sys.stdout.flush()
