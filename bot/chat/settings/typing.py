"""What can be typed: settings by their names, and the questions to which values are replies."""

from __future__ import annotations

from bot.chat.settings.faults import fields
from bot.chat.settings.names import ABOUT_A_SECTION, MENU, Setting
from bot.chat.settings.values import View, listed
from bot.i18n import phrases_for
from bot.services.speaking import LANGUAGES


def split_command(text: str) -> tuple[str, str]:
    """The setting's name and its value behind `/settings`; what is not there is empty."""
    words = text.split(maxsplit=1)
    if len(words) < 2:
        return "", ""
    named = words[1].split(maxsplit=1)
    return named[0], named[1] if len(named) > 1 else ""


def setting_called(name: str) -> Setting | None:
    """The setting of that name, in either language."""
    said = name.lower()
    for setting in MENU:
        called = {setting.value}
        for language in LANGUAGES:
            words = phrases_for(language).settings
            called |= {words.names[setting].lower(), *words.typed_names[setting].split()}
        if said in called:
            return setting
    return None


def unknown(view: View, name: str) -> str:
    """That there is no such setting, and which there are."""
    names = listed(view, (typed_name(view, setting) for setting in MENU))
    return view.words.unknown_setting.format(words=name, names=names)


def typed_name(view: View, setting: Setting) -> str:
    """The name to type in the journal's language."""
    if view.journal.language == "en":
        return setting.value
    return view.words.typed_names[setting].split()[0]


def can_be_typed(view: View, setting: Setting, about: str) -> bool:
    """Whether its value can be, and the section is there that it is about."""
    if setting not in view.words.ask:
        return False
    known = {spec.key for spec in view.journal.sections}
    return setting not in ABOUT_A_SECTION or about in known


def question(view: View, setting: Setting, about: str) -> str:
    """What the bot asks for; a reply is the value."""
    heading = view.journal.heading_of(about)
    return view.words.ask[setting].format(fields=fields(), heading=heading)
