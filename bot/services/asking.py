"""Parts of a week's report that the bot asks for, as what it remembers of such a prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.entry import Part
from bot.domain.owed import Prompt
from bot.domain.week import IsoWeek

_KIND: Final = "part"


@dataclass(frozen=True, slots=True)
class WantedPart:
    """A part of the whole report of a week; with a section, an item of that."""

    week: IsoWeek
    part: Part
    section: str | None = None


def prompt_for(wanted: WantedPart) -> Prompt:
    """What is remembered of a prompt that asks for the part."""
    return Prompt(_KIND, f"{wanted.part} {wanted.week} {wanted.section or ''}".strip())


def read_part(prompt: Prompt) -> WantedPart | None:
    """The inverse of `prompt_for`; None for prompts that ask for something else."""
    if prompt.kind != _KIND:
        return None
    part, week, *section = prompt.detail.split(" ", 2)
    return WantedPart(IsoWeek.parse(week), Part(part), section[0] if section else None)
