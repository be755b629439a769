"""What a benchmark yields: ours beside another one's, and the table that shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one quantity for one program, one for each round."""

    program: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle, which a busy moment of the machine does not move."""
        return median(self.values)

    @property
    def spread(self) -> str:
        """Least and greatest value."""
        return f"{min(self.values):.2f} to {max(self.values):.2f}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One quantity of two programs, measured in turn; `goal` is the ratio not to be exceeded.

    Where more is better, it is the ratio that is reached `at_least`.
    """

    quantity: str
    unit: str
    ours: Series
    theirs: Series
    goal: float
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Ours by theirs."""
        return self.ours.median / self.theirs.median

    @property
    def reached(self) -> bool:
        """Whether the ratio keeps within the goal."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    @property
    def wanted(self) -> str:
        """The goal in a word."""
        return f"{'≥' if self.at_least else '≤'} {self.goal:.2f} {'yes' if self.reached else 'NO'}"


def as_json(comparisons: Sequence[Comparison]) -> str:
    """Every value of the comparisons, for other programs to read."""
    return json.dumps(
        [{**asdict(one), "ratio": one.ratio, "reached": one.reached} for one in comparisons],
        ensure_ascii=False,
        indent=1,
    )


def table(comparisons: Sequence[Comparison]) -> str:
    """The comparisons as aligned lines, two for each, with a heading."""
    rows = [("quantity", "program", "median", "spread", "ratio", "goal")]
    for one in comparisons:
        quantity = f"{one.quantity} ({one.unit})"
        for series, ratio, goal in (
            (one.theirs, "", ""),
            (one.ours, f"{one.ratio:.2f}", one.wanted),
        ):
            rows.append(
                (quantity, series.program, f"{series.median:.2f}", series.spread, ratio, goal)
            )
            quantity = ""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)
