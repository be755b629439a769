"""Trouble on request: answers that fail, come late, come halved, or never."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from bot.sandbox.errors import PersonError


class Kind(StrEnum):
    """What goes wrong."""

    STATUS = "status"
    DROP = "drop"
    TRUNCATE = "truncate"
    DELAY = "delay"
    HANG = "hang"


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for the calls it fits, as often as `times` says (-1: always).

    A fault described without `times` strikes once, or always where it has a probability.

    `when` tells whether a dropped or hanging call is carried out: not `before`, but `after`.
    """

    kind: Kind
    method: str = "*"
    chat_id: int | None = None
    times: int = 1
    probability: float = 1.0
    error_code: int = 500
    description: str = ""
    retry_after: int | None = None
    when: str = "before"
    seconds: float = 1.0
    seed: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.kind = Kind(self.kind)
        self._chance = random.Random(self.seed)  # noqa: S311  # seeded: a run can be run again
        if self.when not in {"before", "after"}:
            raise ValueError("it happens neither before nor after the call")

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Self:
        """A fault as a person describes it; PersonError where the description is wrong."""
        given = {"times": -1 if "probability" in raw else 1, "kind": "", **raw}
        try:
            return cls(**given)
        except (TypeError, ValueError) as error:
            raise PersonError(f"This is no fault: {error}.") from None

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Whether this call meets the fault, which counts it."""
        fits = self.method == "*" or self.method.lower() == method.lower()
        if not fits or self.times == 0 or (self.chat_id is not None and self.chat_id != chat_id):
            return False
        if self.probability < 1 and self._chance.random() >= self.probability:
            return False
        self.times -= self.times > 0
        return True
