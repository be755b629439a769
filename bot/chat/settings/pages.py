"""The pages of `/settings`: the list, and one page for each setting. Pure."""

from __future__ import annotations

from bot.chat.callbacks import ChangeSetting, OpenSetting, TypeSetting
from bot.chat.settings import buttons, section_pages
from bot.chat.settings.layout import about_words, back, titled
from bot.chat.settings.names import ABOUT_A_SECTION, CHOICES, MENU, Setting
from bot.chat.settings.values import View, line, title_now, value_of
from bot.chat.views import Row, Saying, grid, say
from bot.domain.schedule import reminder_lead
from bot.domain.text import RichText
from bot.services.speaking import first_words

_IN_A_ROW = 2


def page(view: View, setting: Setting, about: str = "") -> Saying:
    """The setting's page as it is true now; of a section that is gone, the list of sections."""
    if setting is Setting.MENU:
        return menu(view)
    if setting in ABOUT_A_SECTION:
        return section_pages.section(view, setting, about)
    if setting is Setting.SECTIONS:
        return section_pages.sections(view)
    return titled(
        view.words.names[setting],
        f"{_present(view, setting)}\n\n{about_words(view, setting)}",
        *_rows(view, setting),
        back(view),
    )


def menu(view: View) -> Saying:
    """All settings with their present values, and a button into each."""
    words = view.words
    lines = [line(view, setting) for setting in MENU]
    into = [(words.names[setting], OpenSetting(setting)) for setting in MENU]
    return titled(words.menu, "\n".join(lines), *grid(into, _IN_A_ROW))


def done(view: View, setting: Setting, about: str = "") -> Saying:
    """That the setting has its value now; of a language, what else could be in it."""
    name, value = view.words.names[setting], value_of(view, setting, about)
    said = view.words.done.format(name=name, value=value)
    if setting is Setting.LANGUAGE and (rows := buttons.translation(view)):
        return say(f"{said}\n\n{view.words.other_words}", *rows)
    return say(said)


def zones_found(view: View, words: str, zones: list[str]) -> Saying:
    """The question which of the zones is meant."""
    question = view.words.this_zone if len(zones) == 1 else view.words.which_zone
    return Saying(
        RichText(question.format(words=words)),
        (
            *buttons.zones(view, zones),
            [(view.words.type_it, TypeSetting(Setting.ZONE))],
            [(view.words.back, OpenSetting(Setting.ZONE))],
        ),
    )


def _present(view: View, setting: Setting) -> str:
    """What is so now, and what that looks like."""
    words, journal = view.words, view.journal
    value = journal.title_template if setting is Setting.TITLE else value_of(view, setting)
    now = words.now.format(value=value)
    match setting:
        case Setting.LANGUAGE if pairs := first_words(journal, journal.language):
            changes = "\n".join(
                f"{title_now(view, before)} → {title_now(view, after)}" for before, after in pairs
            )
            return f"{now}\n\n{words.other_words}\n{changes}"
        case Setting.REMIND if journal.remind_at is not None:
            late = reminder_lead(journal.remind_at, journal.draft_at) is None
            return f"{now}\n{words.too_late}" if late else now
        case Setting.TITLE:
            return f"{now}\n{words.title_now}\n{value_of(view, setting)}"
        case Setting.PICTURES:
            path = f"{journal.pictures_prefix}{journal.week_of(view.now)}-1.jpg"
            return f"{now}\n{words.picture_now}\n![…]({path})"
        case _:
            return now


def _rows(view: View, setting: Setting) -> list[Row]:
    words = view.words
    type_it: Row = [(words.type_it, TypeSetting(setting))]
    match setting:
        case Setting.LANGUAGE:
            return buttons.languages(view)
        case Setting.ZONE:
            return [*buttons.common_zones(view), type_it]
        case Setting.DRAFT:
            return [*buttons.times(view, setting, view.journal.draft_at), type_it]
        case Setting.REMIND:
            return [*buttons.reminders(view), type_it]
        case Setting.DAY_END:
            return [*buttons.day_ends(view), type_it]
        case Setting.TITLE:
            return [*buttons.titles(view), type_it]
        case Setting.DOCUMENT:
            return [*buttons.documents(view), type_it]
        case Setting.PICTURES:
            return [*buttons.prefixes(view), type_it]
        case Setting.ACKNOWLEDGE:
            return buttons.acknowledgements(view)
        case _ if setting in CHOICES:
            turn, value = buttons.other_choice(view, setting)
            return [[(turn, ChangeSetting(setting, value))]]
        case _:
            return [type_it]
