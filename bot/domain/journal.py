"""A journal and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.entry import JournalId, SectionSpec
from bot.domain.schedule import WeeklyTime
from bot.domain.sections import active
from bot.domain.week import IsoWeek, day_of

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Journal:
    """One chat's reports, with all of its settings."""

    id: JournalId
    personal: bool
    language: Language
    zone: ZoneInfo
    draft_at: WeeklyTime
    day_ends_at: time
    title_template: str
    document_template: str | None
    summary_heading: str
    all_sections: tuple[SectionSpec, ...]
    pictures_prefix: str
    created_at: datetime
    link_titles: bool = True
    shows_authors: bool = False
    keeps_location: bool = False
    answers_in_words: bool = False
    remind_at: WeeklyTime | None = None
    shows_earlier: bool = False
    name: str = ""
    is_shut: bool = False

    @property
    def sections(self) -> tuple[SectionSpec, ...]:
        """Those that can be written to; `all_sections` has also those that were ended."""
        return active(self.all_sections)

    def day_of(self, instant: datetime) -> date:
        """The person's day at that instant."""
        return day_of(instant, self.zone, self.day_ends_at)

    def week_of(self, instant: datetime) -> IsoWeek:
        """The week to which something sent at that instant belongs."""
        return IsoWeek.of(instant, self.zone, self.day_ends_at)

    def heading_of(self, section: str) -> str:
        """The heading of the section with that key; the key where there is none such."""
        return next((spec.heading for spec in self.all_sections if spec.key == section), section)
