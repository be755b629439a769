"""What is wrong with a value, in words: the thing, the fault, the remedy."""

from __future__ import annotations

from bot.chat.settings.changing import NotUnderstoodError
from bot.chat.settings.names import Setting
from bot.domain.picture_paths import WrongPrefixError
from bot.domain.sections import SectionError
from bot.domain.templates.errors import DocumentTemplateError
from bot.domain.titles import FIELDS, TitleTemplateError
from bot.domain.zones import is_clock
from bot.i18n import phrases_for
from bot.i18n.settings_phrases import SettingsPhrases

REFUSALS = (
    NotUnderstoodError,
    TitleTemplateError,
    SectionError,
    WrongPrefixError,
    DocumentTemplateError,
)
"""What a change of a setting may raise where the value is at fault."""

_SHOWN = 40


def fault_words(words: SettingsPhrases, error: Exception) -> str:
    """One or two sentences about the error, which is one of REFUSALS."""
    match error:
        case NotUnderstoodError(setting=Setting.ZONE, words=said) if is_clock(said):
            return words.nowhere.format(words=_short(said))
        case NotUnderstoodError():
            return words.wrong[error.setting].format(words=_short(error.words))
        case TitleTemplateError():
            fault = words.title_faults[error.fault].format(words=_short(error.words))
            return f"{fault}\n{words.title_fields.format(fields=fields())}"
        case SectionError():
            return words.section_faults[error.fault].format(words=_short(error.words))
        case WrongPrefixError():
            return words.wrong[Setting.PICTURES].format(words=_short(str(error)))
        case DocumentTemplateError():
            where = "" if error.line is None else words.template_line.format(line=error.line)
            fault = f"{where}{words.template_faults[error.fault]}"
            # The library's own words name what is in the template; they are in English only.
            return f"{fault}\n{error.reason}" if words is phrases_for("en").settings else fault
        case _:
            raise TypeError(f"{error!r} is no fault of a value")


def fields() -> str:
    """The fields of a title template, as they are written in it."""
    return " ".join(f"{{{name}}}" for name in FIELDS)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
