"""Progress on the console."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress


def bars() -> Progress:
    """Bars for who watches; they leave nothing behind, and nothing at all in a pipe."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)
