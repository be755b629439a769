"""Formatted text as the database keeps it: characters, and spans as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.domain.text import RichText, Span, Style


def spans_to_json(text: RichText) -> str:
    """The spans as `[[start, end, style, value], ...]`."""
    return json.dumps(spans_of(text))


def spans_of(text: RichText) -> list[list[object]]:
    """The spans as plain lists, to be part of a larger JSON value."""
    return [[s.start, s.end, s.style, s.value] for s in text.spans]


def from_spans(text: str, spans: Iterable[Any]) -> RichText:
    """The text with those spans: the inverse of `spans_of`."""
    return RichText(text, tuple(Span(a, b, Style(style), value) for a, b, style, value in spans))
