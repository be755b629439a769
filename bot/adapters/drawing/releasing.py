"""Memory that a picture took goes back to the system."""

from __future__ import annotations

import ctypes
import sys


def release() -> None:
    """What was freed is given back at once; unasked, the C library keeps it for itself.

    Tens of MB of a picture would stay with each thread that ever drew one (malloc_trim(3)).
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    trim = getattr(library, "malloc_trim", None)
    if trim is not None:
        trim(0)
