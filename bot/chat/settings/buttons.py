"""The values that `/settings` offers as buttons; the present one is marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from bot.chat.callbacks import Button, ChangeSetting
from bot.chat.settings import names
from bot.chat.settings.names import Setting
from bot.chat.settings.values import View, clock, is_on, title_now, weekly, zone_name
from bot.chat.views import Row, grid
from bot.domain.schedule import WeeklyTime
from bot.domain.titles import READY_TITLES
from bot.i18n import phrases_for
from bot.services.speaking import LANGUAGES, first_words

_HOURS = (8, 9, 12, 18, 20, 21, 22, 23)
_COMMON_ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)
_REMINDERS = ("sat 20:00", "sun 10:00", "sun 12:00", "sun 18:00")
_DAY_ENDS = range(7)
_PREFIXES = ("images/", "/images/", names.NO_PREFIX)


def languages(view: View) -> list[Row]:
    """Both languages by their own names, and what else is to be in this one."""
    rows: list[Row] = [
        [
            _value(
                Setting.LANGUAGE,
                phrases_for(language).settings.language,
                language,
                now=view.journal.language == language,
            )
            for language in LANGUAGES
        ]
    ]
    return rows + translation(view)


def translation(view: View) -> list[Row]:
    """Where there is cause, the headings of this language instead of those of the other one."""
    if not first_words(view.journal, view.journal.language):
        return []
    return [[(view.words.change_words, ChangeSetting(Setting.LANGUAGE, names.TRANSLATE))]]


def common_zones(view: View) -> list[Row]:
    """Zones of many people."""
    return zones(view, _COMMON_ZONES)


def zones(view: View, found: Sequence[str]) -> list[Row]:
    """The zones with the time it is there now."""
    return grid(
        (
            _value(
                Setting.ZONE,
                f"{zone_name(view, zone)} {clock(view.now.astimezone(ZoneInfo(zone)).time())}",
                zone,
                now=view.journal.zone.key == zone,
            )
            for zone in found
        ),
        2,
    )


def times(view: View, setting: Setting, now: WeeklyTime) -> list[Row]:
    """Each day at the present hour, and common hours of the present day."""
    days = [
        _value(setting, name, str(WeeklyTime(day, now.clock)), now=day == now.weekday)
        for day, name in enumerate(view.phrases.weekdays)
    ]
    hours = [
        _value(
            setting,
            clock(time(hour)),
            str(WeeklyTime(now.weekday, time(hour))),
            now=time(hour) == now.clock,
        )
        for hour in _HOURS
    ]
    return [*grid(days, 4), *grid(hours, 4)]


def reminders(view: View) -> list[Row]:
    """Times before the usual draft, and none."""
    present = view.journal.remind_at
    some = [
        _value(Setting.REMIND, weekly(view, at), str(at), now=at == present)
        for at in map(WeeklyTime.parse, _REMINDERS)
    ]
    none = _value(Setting.REMIND, view.words.no_reminder, names.OFF, now=present is None)
    return [*grid(some, 2), [none]]


def day_ends(view: View) -> list[Row]:
    """Midnight, and hours after it."""
    hours = map(time, _DAY_ENDS)
    return grid(
        (
            _value(Setting.DAY_END, clock(at), clock(at), now=at == view.journal.day_ends_at)
            for at in hours
        ),
        4,
    )


def titles(view: View) -> list[Row]:
    """Ready titles, as they would be this week."""
    return [
        [
            _value(
                Setting.TITLE,
                title_now(view, template),
                template,
                now=template == view.journal.title_template,
            )
        ]
        for template in READY_TITLES[view.journal.language]
    ]


def documents(view: View) -> list[Row]:
    """As it is, and the ready templates."""
    words, present = view.words, view.journal.document_template
    plain = _value(Setting.DOCUMENT, words.plain, names.PLAIN, now=present is None)
    ready = [
        _value(Setting.DOCUMENT, label, name, now=name == present)
        for name, label in words.ready_documents.items()
    ]
    return [[plain], *grid(ready, 2)]


def prefixes(view: View) -> list[Row]:
    """Common folders, and none."""
    present = view.journal.pictures_prefix or names.NO_PREFIX
    return [
        [
            _value(
                Setting.PICTURES,
                view.words.no_prefix if prefix == names.NO_PREFIX else prefix,
                prefix,
                now=prefix == present,
            )
        ]
        for prefix in _PREFIXES
    ]


def acknowledgements(view: View) -> list[Row]:
    """By reaction, or in words."""
    words, in_words = view.words, view.journal.answers_in_words
    return [
        [
            _value(Setting.ACKNOWLEDGE, words.by_reaction, names.REACTION, now=not in_words),
            _value(Setting.ACKNOWLEDGE, words.in_words, names.WORDS, now=in_words),
        ]
    ]


def other_choice(view: View, setting: Setting) -> tuple[str, str]:
    """The words on the button that changes a choice, and the value it changes to."""
    if is_on(view.journal, setting):
        return view.words.turn_off, names.OFF
    return view.words.turn_on, names.ON


def _value(setting: Setting, words: str, value: str, *, now: bool) -> tuple[str, Button]:
    return f"✓ {words}" if now else words, ChangeSetting(setting, value)
