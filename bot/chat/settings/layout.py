"""How pages of `/settings` are put together."""

from __future__ import annotations

from bot.chat.callbacks import OpenSetting
from bot.chat.settings.names import Setting
from bot.chat.settings.values import View
from bot.chat.views import Row, Saying
from bot.domain.text import RichText, Span, Style
from bot.domain.titles import READY_TITLES


def titled(title: str, text: str, *rows: Row) -> Saying:
    """A message whose first line is bold."""
    bold = RichText(title, (Span(0, len(title), Style.BOLD),))
    return Saying(bold + RichText(f"\n\n{text}"), rows)


def about_words(view: View, setting: Setting) -> str:
    """What the setting is for, with an example."""
    example = READY_TITLES[view.journal.language][1]
    return view.words.about[setting].format(example=example, offset="{week-35}")


def back(view: View) -> Row:
    """The way to the list of settings."""
    return [(view.words.back_to_menu, OpenSetting(Setting.MENU))]
