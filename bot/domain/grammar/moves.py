"""Where a line is to go, as people type it: `tech`, `@last`, `under 2`, `到 5 前面`, `上移`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.domain.entry import Part, SectionSpec
from bot.domain.errors import UnknownWeekNameError
from bot.domain.grammar.tags import part_named
from bot.domain.grammar.weeknames import parse_week_name
from bot.domain.outlining.moving import Way
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class UnderNumber:
    """Below the line with that number."""

    number: str


@dataclass(frozen=True, slots=True)
class BesideNumber:
    """Right before, or after, the line with that number."""

    number: str
    after: bool = False


@dataclass(frozen=True, slots=True)
class InSection:
    """In the section with that key."""

    section: str


Goal = Way | UnderNumber | BesideNumber | InSection | Part | IsoWeek

_NUMBER = r"(\d+(?:\.\d+)*)"
_FIRST = re.compile(rf"\s*{_NUMBER}[.、:：。]?(?=\s|\Z)\s*")
_WAYS = {
    Way.UP: ("up", "上移", "往上", "向上", "上"),
    Way.DOWN: ("down", "下移", "往下", "向下", "下"),
    Way.IN: ("in", "缩进", "进", "右移"),
    Way.OUT: ("out", "提级", "出", "左移"),
}
_STEPS = {words: way for way, names in _WAYS.items() for words in names}
_TO = r"(?:放?到|在|to )? ?"
_UNDER = re.compile(rf"(?:under|below) ?{_NUMBER}|{_TO}{_NUMBER} ?的?(?:下面|底下|之下|里面?|下)")
_BEFORE = re.compile(rf"before ?{_NUMBER}|{_TO}{_NUMBER} ?的?(?:前面?|之前|上面)")
_AFTER = re.compile(rf"after ?{_NUMBER}|{_TO}{_NUMBER} ?的?(?:后面?|之后)")
_PREFIX = re.compile(r"\A(?:放?到|换到|to )\s*")


def split_number(words: str) -> tuple[str | None, int]:
    """The number at the start, and where what follows it begins; full-width digits count too."""
    match = _FIRST.match(_plain(words))
    # Each full-width character is one of the others, so places stay the same.
    return (match[1], match.end()) if match else (None, 0)


def parse_goal(words: str, sections: Sequence[SectionSpec], today: date) -> Goal | None:
    """Where the words say; None where they say nothing known.

    Raises NoSuchWeekError where they name a week that does not exist.
    """
    plain = _plain(words).strip().lower()
    if plain in _STEPS:
        return _STEPS[plain]
    if match := _UNDER.fullmatch(plain):
        return UnderNumber(match[1] or match[2])
    if match := _BEFORE.fullmatch(plain):
        return BesideNumber(match[1] or match[2])
    if match := _AFTER.fullmatch(plain):
        return BesideNumber(match[1] or match[2], after=True)
    name = _PREFIX.sub("", plain).removeprefix("#")
    for spec in sections:
        if name in {spec.key.lower(), spec.heading.lower(), *spec.tags}:
            return InSection(spec.key)
    part = part_named(name)
    if part is not None:
        return part
    if _FIRST.fullmatch(name):
        # A number alone would be a line as well as a week, and 3.2 a line as well as a day.
        return None
    with suppress(UnknownWeekNameError):
        return parse_week_name(name, today)
    return None


def _plain(words: str) -> str:
    return "".join(
        one if len(one := unicodedata.normalize("NFKC", character)) == 1 else character
        for character in words
    )
