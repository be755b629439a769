"""From the words of a value, typed or on a button, to the change; and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.settings import names
from bot.chat.settings.names import Setting
from bot.domain.clocks import parse_clock
from bot.domain.journal import Journal, Language
from bot.domain.schedule import WeeklyTime
from bot.domain.sections import added, moved, renamed, resumed, retagged, tags_in
from bot.services.configuring import Choices, Configuring
from bot.services.documents import summary_headings

_WORD = re.compile(r"\w+\Z")
_MEANINGS: Final = {
    names.ON: {"on", "yes", "1", "开", "打开", "是", "要"},
    names.OFF: {"off", "no", "0", "none", "关", "关掉", "否", "不要", "无", "不提醒"},
    names.REACTION: {"reaction", "reactions", "emoji", "表情"},
    names.WORDS: {"words", "text", "文字", "回话"},
    names.PLAIN: {"plain", "none", "原样"},
    names.NO_PREFIX: {"-", "none", "无"},
}
_LANGUAGES: Final[Mapping[Language, frozenset[str]]] = {
    "zh": frozenset({"zh", "中文", "chinese"}),
    "en": frozenset({"en", "英文", "english"}),
}


class NotUnderstoodError(ValueError):
    """The words are no value of that setting."""

    def __init__(self, setting: Setting, words: str) -> None:
        super().__init__(f"{setting}: {words!r}")
        self.setting = setting
        self.words = words


class SeveralZonesError(ValueError):
    """The words may mean any of these time zones."""

    def __init__(self, words: str, zones: list[str]) -> None:
        super().__init__(f"{words!r} may be {zones}")
        self.words = words
        self.zones = zones


async def change(
    configuring: Configuring,
    journal: Journal,
    setting: Setting,
    words: str,
    now: datetime,
    about: str = "",
) -> None:
    """The setting has the value that the words mean `now`; `about` is the key of a section.

    Raises NotUnderstoodError, SeveralZonesError, and what the service raises; then nothing is
    changed.
    """
    words = words.strip()
    match setting:
        case Setting.LANGUAGE if words == names.TRANSLATE:
            await configuring.translate(journal)
        case Setting.LANGUAGE:
            await _set_language(configuring, journal, words)
        case Setting.ZONE:
            zone = await _zone(configuring, words, now)
            await configuring.set_schedule(journal, zone=zone)
        case Setting.DRAFT:
            await configuring.set_schedule(journal, draft_at=_weekly(setting, words))
        case Setting.REMIND:
            at = None if _means(words, names.OFF) else _weekly(setting, words)
            await configuring.set_reminder(journal, at)
        case Setting.DAY_END:
            await _set_day_end(configuring, journal, words)
        case Setting.TITLE:
            await configuring.set_title(journal, words)
        case Setting.SUMMARY:
            await configuring.set_summary_heading(journal, words)
        case Setting.DOCUMENT:
            await configuring.set_document(journal, _document(words))
        case Setting.PICTURES:
            await configuring.set_pictures_prefix(
                journal, "" if _means(words, names.NO_PREFIX) else words
            )
        case Setting.ACKNOWLEDGE:
            in_words = _either(setting, words, names.WORDS, names.REACTION)
            await configuring.choose(journal, Choices(words=in_words))
        case Setting.LINKS:
            shows = _either(setting, words, names.ON, names.OFF)
            await configuring.choose(journal, Choices(link_titles=shows))
        case Setting.AUTHORS:
            shows = _either(setting, words, names.ON, names.OFF)
            await configuring.choose(journal, Choices(authors=shows))
        case Setting.LOCATION:
            keeps = _either(setting, words, names.ON, names.OFF)
            await configuring.choose(journal, Choices(location=keeps))
        case Setting.EARLIER:
            shows = _either(setting, words, names.ON, names.OFF)
            await configuring.choose(journal, Choices(earlier=shows))
        case _:
            await _change_sections(configuring, journal, setting, words, about)


async def _change_sections(
    configuring: Configuring, journal: Journal, setting: Setting, words: str, about: str
) -> None:
    match setting:
        case Setting.SECTIONS:
            await configuring.change_sections(
                journal, lambda j: added(j.all_sections, words, summary_headings(j))
            )
        case Setting.HEADING:
            await configuring.change_sections(
                journal, lambda j: renamed(j.all_sections, about, words, summary_headings(j))
            )
        case Setting.TAGS:
            tags = tags_in(words)
            await configuring.change_sections(
                journal, lambda j: retagged(j.all_sections, about, tags)
            )
        case Setting.ENDING:
            await configuring.end_section(journal, words)
        case Setting.SECTION:
            verb, _, key = words.partition(" ")
            if verb == "resume":
                await configuring.change_sections(journal, lambda j: resumed(j.all_sections, key))
            elif verb in {"up", "down"}:
                by = 1 if verb == "down" else -1
                await configuring.change_sections(journal, lambda j: moved(j.all_sections, key, by))
        case _:
            # The list of settings has no value; only a button that was made up would say so.
            return


async def _set_language(configuring: Configuring, journal: Journal, words: str) -> None:
    for language, called in _LANGUAGES.items():
        if words.lower() in called:
            await configuring.set_language(journal, language)
            return
    raise NotUnderstoodError(Setting.LANGUAGE, words)


async def _zone(configuring: Configuring, words: str, now: datetime) -> ZoneInfo:
    found, is_exact = await configuring.find_zones(words, now)
    if not found:
        raise NotUnderstoodError(Setting.ZONE, words)
    if not is_exact:
        raise SeveralZonesError(words, found)
    return ZoneInfo(found[0])


async def _set_day_end(configuring: Configuring, journal: Journal, words: str) -> None:
    try:
        await configuring.set_day_end(journal, parse_clock(words))
    except ValueError:
        raise NotUnderstoodError(Setting.DAY_END, words) from None


def _document(words: str) -> str | None:
    """A ready template's name, a template's source, or None for none."""
    if _means(words, names.PLAIN):
        return None
    if words.lower() in _ready():
        return words.lower()
    if _WORD.match(words):
        # Of a template it would be all that every file says.
        raise NotUnderstoodError(Setting.DOCUMENT, words)
    return words


def _weekly(setting: Setting, words: str) -> WeeklyTime:
    try:
        return WeeklyTime.parse(words)
    except ValueError:
        raise NotUnderstoodError(setting, words) from None


def _either(setting: Setting, words: str, yes: str, no: str) -> bool:
    if _means(words, yes):
        return True
    if _means(words, no):
        return False
    raise NotUnderstoodError(setting, words)


def _means(words: str, value: str) -> bool:
    return words.lower() in _MEANINGS[value]


def _ready() -> frozenset[str]:
    from bot.domain.templates.ready import READY

    return frozenset(READY)
