"""A week as a person names it, `40`, `上周`, `2023年10月5日`, and the week that is meant."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.asked import Asked, Stretch
from bot.domain.week import IsoWeek

_DASHES = str.maketrans("‐‑‒–—−－", "-------")  # phones turn hyphens into these
_SIMPLIFIED = str.maketrans("週這個兩禮後", "周这个两礼后")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_ENDS = " \"'“”‘’「」『』()[]<>《》。，、！？,!?；;:："
_YEAR_IN_DIGITS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

# What is said around the name of a week.
_BEFORE = re.compile(r"\A(?:(?:the )?report (?:of|for) )?(?:the )?(?:week (?:of|with) )?")
_AFTER = re.compile(r"(?:的?那(?:一|个)?(?:周|星期|礼拜))?(?:的?(?:周报|报))?\Z")


def parse_week_name(words: str, today: date) -> IsoWeek:
    """The week that the words name, seen from `today`.

    What each year has, a number or a day, is the latest that is not in the future; `-3` is three
    weeks ago. Blanks at the ends, case, full-width characters and a leading `@` do not matter.
    Raises UnknownWeekNameError where the words are not understood, or name many weeks,
    NoSuchWeekError where there is no such week.
    """
    match parse_asked(words, today):
        case IsoWeek() as week:
            return week
        case Stretch():
            raise UnknownWeekNameError(words)
        case yearly:
            latest = yearly.latest(today)
            if latest is None:
                raise NoSuchWeekError(words)
            return latest


def parse_asked(words: str, today: date) -> Asked:
    """What the words may mean: a week, what each year has one of, or a stretch of weeks.

    Raises as `parse_week_name` does.
    """
    # When needed: to prepare so many patterns takes a while.
    from bot.domain.grammar.weekforms import FORMS

    plain = _plain(words)
    for attempt in (plain, _AFTER.sub("", plain), _BEFORE.sub("", plain)):
        for pattern, meaning in FORMS:
            if match := pattern.fullmatch(attempt.strip()):
                asked = meaning(match, today)
                if asked is None:
                    raise NoSuchWeekError(words)
                return asked
    raise UnknownWeekNameError(words)


def hinted(words: str, today: date) -> Stretch | None:
    """The month or year that words speak of which name no week (`去年国庆那周`), if they do."""
    from bot.domain.grammar.weekforms import HINTS

    plain = _plain(words)
    for pattern, meaning in HINTS:
        if (match := pattern.search(plain)) and isinstance(
            stretch := meaning(match, today), Stretch
        ):
            return stretch
    return None


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", words)).translate(_DASHES)
    plain = plain.lower().translate(_SIMPLIFIED)
    plain = _YEAR_IN_DIGITS.sub(lambda match: match[0].translate(_DIGITS), plain)
    plain = plain.strip(_ENDS).removesuffix(".md").rstrip(".")
    return " ".join(plain.split()).removeprefix("@").removeprefix("#")
