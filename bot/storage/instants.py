"""Instants as the database keeps them: whole seconds of Unix time."""

from __future__ import annotations

from datetime import UTC, datetime


def to_seconds(instant: datetime) -> int:
    """Unix time of an aware instant."""
    return int(instant.timestamp())


def from_seconds(seconds: int) -> datetime:
    """The aware instant of a Unix time."""
    return datetime.fromtimestamp(seconds, UTC)
