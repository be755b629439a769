"""The sentences about messages that could not be handled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailingPhrases:
    """The sentences in one language."""

    kept_for_later: str
    many_kept: str
