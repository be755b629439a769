"""Memory that a picture took goes back to the system."""

from __future__ import annotations

import sys


def release() -> None:
    """What was freed is given back at once; unasked, the C library keeps it for itself.

    Tens of MB of a picture would stay with the thread that drew it (malloc_trim(3)).
    """
    if sys.platform != "linux":
        return
    try:
        # Where memory must never be both written and executed, the library may not load.
        from ctypes import CDLL

        trim = getattr(CDLL(None), "malloc_trim", None)
    except (ImportError, MemoryError, OSError):
        return
    if trim is not None:
        trim(0)
