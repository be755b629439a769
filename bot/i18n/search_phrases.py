"""The sentences of `/search`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchPhrases:
    """The sentences in one language."""

    head: str
    nothing: str
    nothing_narrowed: str
    not_filed: str
    ask: str
    placeholder: str
    gone: str
    faults: Mapping[str, str]
