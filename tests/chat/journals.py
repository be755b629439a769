"""Journals to show."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.entry import JournalId
from bot.domain.journal import Journal, Language
from bot.domain.schedule import WeeklyTime
from bot.i18n import phrases_for
from bot.services.access import default_sections

_NOW = datetime(2026, 11, 25, 13, 35, tzinfo=UTC)


def journal_of(language: Language) -> Journal:
    """A journal that speaks the language, as it was at first."""
    words = phrases_for(language)
    return Journal(
        id=JournalId(1),
        personal=True,
        language=language,
        zone=ZoneInfo("America/Argentina/Buenos_Aires"),
        draft_at=WeeklyTime.parse("sun 20:00"),
        day_ends_at=time(4),
        title_template=words.title_template,
        document_template=None,
        summary_heading=words.summary_heading,
        all_sections=default_sections(words),
        pictures_prefix="images/",
        created_at=_NOW,
    )
