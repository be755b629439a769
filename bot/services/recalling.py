"""What the same week held in earlier years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.journal import Journal
from bot.domain.markdown import plain_text
from bot.domain.week import IsoWeek
from bot.storage import earlier_weeks
from bot.storage.database import Connection

_MOST: Final = 3
_SECTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class Recollection:
    """A year, how many items that week held then, and the first of its first sections, plain."""

    year: int
    items: int
    firsts: tuple[str, ...]


async def recall(
    connection: Connection, journal: Journal, same: Sequence[IsoWeek]
) -> tuple[Recollection, ...]:
    """The newest earlier years in which the same week held items, of those where it is filled."""
    order = [spec.key for spec in journal.all_sections]
    found = await earlier_weeks.filled(connection, journal.id, same, _MOST)
    return tuple(
        Recollection(
            earlier.week.year,
            earlier.items,
            tuple(plain_text(earlier.firsts[key]) for key in order if key in earlier.firsts)[
                :_SECTIONS
            ],
        )
        for earlier in found
    )
