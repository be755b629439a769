"""What people type about lines, as operations on the lines that they mean."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.entry import Part
from bot.domain.grammar.moves import BesideNumber, Goal, InSection, UnderNumber
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import (
    Beside,
    Operation,
    Step,
    ToPart,
    ToSection,
    ToWeek,
    Under,
)
from bot.domain.outlining.outline import OutlineLine


def numbers_in(goal: Goal) -> list[str]:
    """The numbers of other lines that the goal names."""
    return [goal.number] if isinstance(goal, UnderNumber | BesideNumber) else []


def operation_of(goal: Goal, lines: Mapping[str, OutlineLine]) -> Operation:
    """What brings a line to the goal, given the lines that have the numbers in it."""
    match goal:
        case Way():
            return Step(goal)
        case UnderNumber(number):
            return Under(lines[number].id)
        case BesideNumber(number, after):
            return Beside(lines[number].id, after)
        case InSection(section):
            return ToSection(section)
        case Part():
            return ToPart(goal)
        case _:
            return ToWeek(goal)
