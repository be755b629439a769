"""How much a template may do, counted in work and not in time, so that it is the same each run."""

from __future__ import annotations

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault

_STEP = 50
_ITEM = 10
_ALLOWANCE = 1_000_000
_PER_CHARACTER = 16


class Fuel:
    """What is left of the work allowed for one document.

    A unit is about a character touched, and each step costs fifty besides. There are a million
    units, and sixteen more for each character of the report.
    """

    def __init__(self, characters: int) -> None:
        self._left = _ALLOWANCE + _PER_CHARACTER * characters

    def spend(self, *values: object, step: int = _STEP) -> None:
        """Pays for a step that touches the values. Raises DocumentTemplateError."""
        self._left -= step + sum(map(_weight, values))
        if self._left < 0:
            raise DocumentTemplateError(TemplateFault.TOO_MUCH, "too much work")


def _weight(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(_ITEM + (len(item) if isinstance(item, str) else 0) for item in value)
    return 1
