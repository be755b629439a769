"""The present values of settings, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.chat.settings.names import CHOICES, Setting
from bot.domain.journal import Journal
from bot.domain.schedule import WeeklyTime
from bot.domain.sections import names_of
from bot.domain.titles import TitleTemplateError, week_title
from bot.domain.zones import fixed_offset, place_of
from bot.i18n import Phrases, phrases_for
from bot.i18n.settings_phrases import SettingsPhrases


@dataclass(frozen=True, slots=True)
class View:
    """A journal at an instant, with the words for it; `holds`: so does the section shown."""

    journal: Journal
    now: datetime
    holds: bool = False

    @property
    def phrases(self) -> Phrases:
        """All sentences in the journal's language."""
        return phrases_for(self.journal.language)

    @property
    def words(self) -> SettingsPhrases:
        """Those about settings."""
        return self.phrases.settings


def line(view: View, setting: Setting) -> str:
    """The setting's name with its value."""
    colon = "：" if view.journal.language == "zh" else ": "
    return f"{view.words.names[setting]}{colon}{value_of(view, setting)}"


def listed(view: View, words: Iterable[str]) -> str:
    """The words as a list within a sentence."""
    return ("、" if view.journal.language == "zh" else ", ").join(words)


def value_of(view: View, setting: Setting, about: str = "") -> str:
    """What the setting is now, on one line."""
    journal, words = view.journal, view.words
    match setting:
        case Setting.LANGUAGE:
            return words.language
        case Setting.ZONE:
            return zone_words(view, journal.zone.key)
        case Setting.DRAFT:
            return weekly(view, journal.draft_at)
        case Setting.REMIND:
            at = journal.remind_at
            return words.no_reminder if at is None else weekly(view, at)
        case Setting.DAY_END:
            return clock(journal.day_ends_at)
        case Setting.TITLE:
            return title_now(view, journal.title_template)
        case Setting.SECTIONS:
            return listed(view, (spec.heading for spec in journal.sections))
        case Setting.SUMMARY:
            return journal.summary_heading
        case Setting.DOCUMENT:
            return document_words(view, journal.document_template)
        case Setting.PICTURES:
            return journal.pictures_prefix or words.no_prefix
        case Setting.ACKNOWLEDGE:
            return words.in_words if journal.answers_in_words else words.by_reaction
        case Setting.HEADING:
            return journal.heading_of(about)
        case Setting.TAGS:
            return tags_of(view, about)
        case _:
            return words.is_on if is_on(journal, setting) else words.is_off


def is_on(journal: Journal, setting: Setting) -> bool:
    """Whether a choice is on."""
    if setting not in CHOICES:
        raise LookupError(f"{setting} is no choice")
    chosen = {
        Setting.LINKS: journal.link_titles,
        Setting.AUTHORS: journal.shows_authors,
        Setting.LOCATION: journal.keeps_location,
        Setting.EARLIER: journal.shows_earlier,
    }
    return chosen[setting]


def weekly(view: View, at: WeeklyTime) -> str:
    """The time of the week."""
    return f"{view.phrases.weekdays[at.weekday]} {clock(at.clock)}"


def clock(at: time) -> str:
    """The time of day, as `04:00`."""
    return f"{at:%H:%M}"


def zone_words(view: View, zone: str) -> str:
    """The zone: what people call it, its name, and what time it is there."""
    there = clock(view.now.astimezone(ZoneInfo(zone)).time())
    place = zone_name(view, zone)
    return view.words.zone.format(place=place, zone=zone, clock=there)


def zone_name(view: View, zone: str) -> str:
    """What people call the zone."""
    offset = fixed_offset(zone)
    if offset is not None:
        return view.words.fixed_zone.format(offset=offset)
    return place_of(zone, view.journal.language)


def title_now(view: View, template: str) -> str:
    """What the template makes of the present week."""
    try:
        return week_title(template, view.journal.week_of(view.now))
    except TitleTemplateError:
        # Kept by an earlier version that was less strict.
        return template


def document_words(view: View, template: str | None) -> str:
    """The document template: a ready one's name, none, or the person's own."""
    words = view.words
    if template is None:
        return words.plain
    return words.ready_documents.get(template, words.own_template)


def tags_of(view: View, key: str) -> str:
    """The tags of the section."""
    for spec in view.journal.all_sections:
        if spec.key == key and names_of(spec):
            return " ".join(f"#{name}" for name in names_of(spec))
    return view.words.no_tags
