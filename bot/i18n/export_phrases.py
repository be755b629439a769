"""The sentences of `/export`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportPhrases:
    """The sentences in one language."""

    caption: str
    part: str
    nothing: str
    too_much: str
    under_way: str
    only_weeks: str
