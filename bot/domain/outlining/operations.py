"""What can be done to a line, as values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import NodeId, Part
from bot.domain.outlining.moving import Way
from bot.domain.text import RichText
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class Step:
    """It goes one step."""

    way: Way


@dataclass(frozen=True, slots=True)
class Under:
    """It is the last one below that line."""

    target: NodeId


@dataclass(frozen=True, slots=True)
class Beside:
    """It stands right before, or after, that line."""

    target: NodeId
    after: bool = False


@dataclass(frozen=True, slots=True)
class ToSection:
    """It stands in the section with that key."""

    section: str


@dataclass(frozen=True, slots=True)
class ToPart:
    """It is that part of the report, as a tag would make it."""

    part: Part


@dataclass(frozen=True, slots=True)
class ToWeek:
    """It stands in that week."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class Rewrite:
    """It says this; further lines are lines of their own below it."""

    text: RichText


@dataclass(frozen=True, slots=True)
class Delete:
    """It is gone, with all below it."""


Operation = Step | Under | Beside | ToSection | ToPart | ToWeek | Rewrite | Delete
