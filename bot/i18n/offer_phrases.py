"""The sentences about files that come back: what they would change, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferPhrases:
    """The sentences in one language."""

    week: str
    new_week: str
    counts: Mapping[str, str]
    to_section: str
    below: str
    to_top: str
    reordered: str
    parts: Mapping[str, str]
    more: str
    more_weeks: str
    form: str
    same: str
    missing: str
    staying: str
    late: str
    apply: str
    leave: str
    applied: str
    applied_form: str
    left: str
    meanwhile: str
    unfetched: str
    fetch: str
    fetching: str
    kept: str
    refused: str
    faults: Mapping[str, str]
