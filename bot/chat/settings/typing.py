"""What can be typed: settings by their names, and the questions to which values are replies."""

from __future__ import annotations

from typing import Final

from bot.chat.settings.faults import fields
from bot.chat.settings.names import ABOUT_A_SECTION, MENU, Setting
from bot.chat.settings.values import View, listed
from bot.i18n import phrases_for
from bot.services.speaking import LANGUAGES

# In words, such as "End of the day".
_LONGEST_NAME: Final = 4


def split_command(text: str) -> tuple[str, str]:
    """The setting's name and its value behind `/settings`; what is not there is empty.

    A name may be of several words, as it stands on its button.
    """
    for count in range(_LONGEST_NAME, 1, -1):
        words = text.split(maxsplit=count + 1)[1:]
        name = " ".join(words[:count])
        if len(words) >= count and setting_called(name) is not None:
            return name, "".join(words[count:])
    _, name, value = (*text.split(maxsplit=2), "", "", "")[:3]
    return name, value


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
