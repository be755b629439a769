"""The sentences of `/forget_me`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForgettingPhrases:
    """The sentences in one language."""

    ask: str
    yes: str
    no: str
    gone: str
    gone_from_group: str
    kept: str
    owners_only: str
