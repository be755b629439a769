"""The command line."""

from __future__ import annotations

import sys

from bot.cli.running import run

__all__ = ["main"]

_INTERRUPTED = 130


def main() -> None:
    """The program."""
    if sys.argv[1:] == ["run"]:
        _run_lean()
    else:
        from bot.cli.commands import cli

        cli()


def _run_lean() -> None:
    """`run` without the library of the command line, of which a bot would keep 8 MiB for ever."""
    try:
        run()
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None
