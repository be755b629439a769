"""Times of day, as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from typing import Final

_CLOCK: Final = re.compile(
    r"(?P<part>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上)?\s*"
    r"(?P<hour>[0-9]{1,2}|[零一二两三四五六七八九十]{1,3})"
    r"(?:\s*[:.点时]\s*(?:(?P<minute>[0-9]{2})分?|(?P<half>半))?)?"
    r"\s*(?P<english>[ap])?(?(english)\.?m\.?)\Z"
)
_ONES: Final = ("", *"一二三四五六七八九")
# From 0 to 29, each at its place.
_WRITTEN: Final = (
    "零",
    *_ONES[1:],
    *("十" + one for one in _ONES),
    *("二十" + one for one in _ONES),
)
_AM, _PM, _NOON = "a", "p", "中午"
_ENGLISH: Final = (_AM, _PM)
_MORNING: Final = (_AM, "凌晨", "清晨", "早晨", "早上", "上午")
_HALF_DAY: Final = 12
_FIRST_NOON_HOUR: Final = 10


def parse_clock(words: str) -> time:
    """The time of `20:00`, `8:30 p.m.`, `晚上八点`, `下午3点半` or `20`. Raises ValueError."""
    match = _CLOCK.match(unicodedata.normalize("NFKC", words).strip().lower())
    if match is None:
        raise ValueError(f"{words!r} is not a time of day like `20:00`")
    hour = _hour(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or 0)
    if (part := match["part"]) and match["english"]:
        raise ValueError(f"{words!r} is not one time: it names the part of the day twice")
    part = part or match["english"]
    if part is not None:
        hour = _of_day(part, hour)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(f"{words!r} is not a time from 00:00 to 23:59") from None


def _hour(written: str) -> int:
    if written.isdecimal():
        return int(written)
    try:
        return _WRITTEN.index(written.replace("两", "二"))
    except ValueError:
        raise ValueError(f"{written} is not an hour") from None


def _of_day(part: str, hour: int) -> int:
    """The hour from midnight of one that is told with a part of the day."""
    if part in _ENGLISH and hour == 0:
        raise ValueError("0 is not an hour of half a day")
    if part in _MORNING:
        if hour > _HALF_DAY:
            raise ValueError(f"{hour} is not an hour of the morning")
        return hour % _HALF_DAY
    if part == _PM:
        if hour > _HALF_DAY:
            raise ValueError(f"{hour} is not an hour of half a day")
        return hour % _HALF_DAY + _HALF_DAY
    if part == _NOON:
        return hour if hour >= _FIRST_NOON_HOUR else hour + _HALF_DAY
    if hour in {0, _HALF_DAY}:
        # Twelve at night begins the next day, and may as well be meant of this one.
        raise ValueError(f"{hour} is not an hour of one evening")
    return hour if hour > _HALF_DAY else hour + _HALF_DAY
