"""Libraries without what they load for others as soon as they are imported."""

from __future__ import annotations

import ssl
import sys


def import_sparingly() -> None:
    """httpx and aiohttp are there, without a command line and without authorities of their own.

    For the bot alone: a program that ends soon does not keep them for months.
    """
    # Its command line brings Rich, click and Pygments: 30 ms of the start, and 5 MiB for ever.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # it cannot be imported
    # aiohttp reads the system's authorities, twice, for who brings none: 35 ms and 3 MiB. Each
    # of our connections has a context of its own; one that had not would trust nobody.
    ssl.SSLContext.set_default_verify_paths = _read_none  # type: ignore[assignment]  # for now
    try:
        import aiohttp as _  # noqa: F401 -- what it makes on its import is made here
    finally:
        del ssl.SSLContext.set_default_verify_paths  # the inherited one is back


def _read_none(_: ssl.SSLContext) -> None:
    """No authority is known."""
