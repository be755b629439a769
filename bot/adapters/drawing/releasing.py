"""Memory that a picture took goes back to the system."""

from __future__ import annotations

import sys
from typing import Final

# M_MMAP_THRESHOLD of malloc.h
_LARGE_PIECES: Final = -3
_LARGE: Final = 4 * 1024 * 1024


def settle() -> None:
    """From now on, a large piece is given back when it is freed.

    The C library learns to keep such for reuse, tens of MB for each thread (mallopt(3)).
    """
    _ask("mallopt", _LARGE_PIECES, _LARGE)


def release() -> None:
    """Small pieces that were freed are given back as well, wherever they lie (malloc_trim(3))."""
    _ask("malloc_trim", 0)


def _ask(function: str, *arguments: int) -> None:
    """Nothing where the C library does not have the function."""
    if sys.platform != "linux":
        return
    try:
        # Where memory must never be both written and executed, the library may not load.
        from ctypes import CDLL

        asked = getattr(CDLL(None), function, None)
    except (ImportError, MemoryError, OSError):
        return
    if asked is not None:
        asked(*arguments)
