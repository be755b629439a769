"""Both languages say the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from string import Formatter
from typing import Any

import pytest

from bot.domain.titles import week_title
from bot.domain.week import IsoWeek
from bot.i18n import Phrases, phrases_for

_CHINESE, _ENGLISH = phrases_for("zh-hans"), phrases_for("en")
_HAN = re.compile(r"[\u4e00-\u9fff\uff0c]")


def _sentences(phrases: Any) -> Iterator[tuple[str, str]]:
    for field in fields(phrases):
        value = getattr(phrases, field.name)
        if is_dataclass(value):
            yield from ((f"{field.name}.{name}", words) for name, words in _sentences(value))
        elif isinstance(value, Mapping):
            yield from ((f"{field.name}.{key}", words) for key, words in value.items())
        elif isinstance(value, tuple):
            yield from ((f"{field.name}.{index}", words) for index, words in enumerate(value))
        else:
            yield field.name, value


def test_both_languages_fill_in_the_same_fields() -> None:
    """No sentence lacks something in one language that it has in the other."""

    def filled(phrases: Phrases) -> dict[str, set[str | None]]:
        return {
            name: {field for _, field, _, _ in Formatter().parse(words) if field is not None}
            for name, words in _sentences(phrases)
        }

    assert filled(_CHINESE) == filled(_ENGLISH)


# A few words on purpose: what people type works in both languages.
@pytest.mark.parametrize("name", [name for name, _ in _sentences(_ENGLISH)])
def test_no_sentence_is_empty_or_mixes_languages(name: str) -> None:
    """English sentences hold no Chinese; Chinese ones are Chinese, but for a bare `.md` or so."""
    english, chinese = dict(_sentences(_ENGLISH))[name], dict(_sentences(_CHINESE))[name]
    assert english.strip()
    assert chinese.strip()
    assert not _HAN.search(english)
    assert _HAN.search(chinese)


def test_a_language_we_do_not_speak_gets_english() -> None:
    """Telegram's language codes find the nearest of ours."""
    assert phrases_for("zh") is phrases_for("zh-hant") is _CHINESE
    assert phrases_for("de") is phrases_for("") is _ENGLISH


def test_default_titles() -> None:
    """A new journal's reports are called as the contract says."""
    week = IsoWeek(2023, 40)
    assert week_title(_CHINESE.title_template, week) == "2023 年第40周周报"
    assert week_title(_ENGLISH.title_template, week) == "2023 week 40"
