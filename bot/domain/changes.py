"""What somebody did to a journal, in one word."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

ChangeId = NewType("ChangeId", int)


class ChangeKind(StrEnum):
    """What a message, an edit or a press has done."""

    CAPTURED = "captured"
    EDITED = "edited"
    MOVED = "moved"
    DELETED = "deleted"
    RESTORED = "restored"
    REPLACED = "replaced"
    """A week became what a file says."""
    CONFIGURED = "configured"
    FINISHED = "finished"
    """A week is done."""
    REOPENED = "reopened"
    MIXED = "mixed"
