"""The settings of a journal, by the names that buttons and people give them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Setting(StrEnum):
    """A page of `/settings`; the values stand in buttons, so they never change."""

    MENU = "menu"
    LANGUAGE = "language"
    ZONE = "zone"
    DRAFT = "draft"
    REMIND = "remind"
    DAY_END = "day"
    TITLE = "title"
    SECTIONS = "sections"
    SUMMARY = "summary"
    DOCUMENT = "document"
    PICTURES = "pictures"
    ACKNOWLEDGE = "answer"
    LINKS = "links"
    AUTHORS = "authors"
    LOCATION = "location"
    EARLIER = "earlier"
    # Pages about one section, whose key they are opened with.
    SECTION = "section"
    HEADING = "heading"
    TAGS = "tags"
    ENDING = "ending"


MENU: Final = (
    Setting.LANGUAGE,
    Setting.ZONE,
    Setting.DRAFT,
    Setting.REMIND,
    Setting.DAY_END,
    Setting.TITLE,
    Setting.SECTIONS,
    Setting.SUMMARY,
    Setting.ACKNOWLEDGE,
    Setting.LINKS,
    Setting.EARLIER,
    Setting.AUTHORS,
    Setting.LOCATION,
    Setting.PICTURES,
    Setting.DOCUMENT,
)
"""What `/settings` shows, in that order; each of them can be typed as well."""

ABOUT_A_SECTION: Final = frozenset({Setting.SECTION, Setting.HEADING, Setting.TAGS, Setting.ENDING})

CHOICES: Final = frozenset({Setting.LINKS, Setting.AUTHORS, Setting.LOCATION, Setting.EARLIER})
"""What is either on or off."""

ON: Final = "on"
OFF: Final = "off"
WORDS: Final = "words"
REACTION: Final = "reaction"
PLAIN: Final = "plain"
NO_PREFIX: Final = "-"
TRANSLATE: Final = "headings"
