"""Time zones by what people call them: a city, an offset, or the time it is there now."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.zone_names import NAMES, ZoneName

_OFFSET = re.compile(r"(?:utc|gmt|东|西)?\s*([+-]?)\s*(\d{1,2})(?::?([0-5]\d))?\s*区?\Z")
_CLOCK = re.compile(r"(\d{1,2})[:.时点](\d{2})分?\Z")
_FIXED = re.compile(r"Etc/(?:UTC|GMT([+-]\d{1,2})?)\Z")
_DAY: Final = timedelta(days=1)
# A watch is not that exact, and reading and typing take a while.
_CLOSE: Final = timedelta(minutes=8)
MOST_MATCHES: Final = 8


def search(words: str, known: Collection[str], now: datetime) -> list[str]:
    """The zones that the words may mean, the likeliest first: at most eight, or none.

    The words are a place in either language, a name or part of one from the time zone database
    (`known` are all of those), an offset like `UTC+8`, or the time of day that it is there now.
    """
    said = _plain(words)
    if not said:
        return []
    clock = _CLOCK.match(said)
    if clock is not None:
        hours, minutes = int(clock[1]), int(clock[2])
        return _at_clock(hours, minutes, now) if hours < 24 and minutes < 60 else []
    offset = _offset(said)
    if offset is not None:
        return _at_offset(offset, known, now)
    return _by_name(said, known)


def is_clock(words: str) -> bool:
    """Whether the words are a time of day, as it may be somewhere or not."""
    return _CLOCK.match(_plain(words)) is not None


def exact(words: str, known: Iterable[str]) -> str | None:
    """The zone of that very name in the time zone database, in whatever case it is written."""
    said = words.strip().lower()
    return next((zone for zone in known if zone.lower() == said), None)


def named(words: str, known: Iterable[str]) -> str | None:
    """The zone that people call so, or the only one whose names hold the words."""
    said = _plain(words)
    if not said or _CLOCK.match(said) or _offset(said) is not None:
        return None
    rated = _rated(said, known)
    called_so = [zone for zone, rank in rated.items() if rank == 0]
    found = called_so or list(rated)
    return found[0] if len(found) == 1 else None


def place_of(zone: str, language: str) -> str:
    """What people call the zone: a place in that language, else the last part of its name."""
    for name in NAMES:
        if name.zone == zone:
            return name.chinese[0] if language == "zh" else name.english[0]
    return zone.rpartition("/")[2].replace("_", " ")


def fixed_offset(zone: str) -> str | None:
    """The hours ahead of UTC as people write them (`+8`), for a zone that is nothing else.

    `Etc/GMT-8` is eight hours ahead: the database's signs are the other way round.
    """
    match = _FIXED.match(zone)
    if match is None:
        return None
    return f"{-int(match[1]):+d}" if match[1] and int(match[1]) else ""


def _plain(words: str) -> str:
    """As written by people who care neither for case nor for accents."""
    marked = unicodedata.normalize("NFKD", words).strip().lower().replace("_", " ")
    bare = "".join(char for char in marked if not unicodedata.combining(char))
    return " ".join(bare.replace("−", "-").split())


def _by_name(said: str, known: Iterable[str]) -> list[str]:
    rated = _rated(said, known)
    return sorted(rated, key=rated.__getitem__)[:MOST_MATCHES]


def _rated(said: str, known: Iterable[str]) -> dict[str, int]:
    """What is called so comes before what begins so, and that before what holds it."""
    best: dict[str, int] = {}

    def rate(zone: str, name: str, more: int) -> None:
        rank = 0 if name == said else 1 if name.startswith(said) else 2
        if said in name:
            best[zone] = min(best.get(zone, 9), rank + more)

    for named in NAMES:
        for name in (*named.chinese, *named.english):
            rate(named.zone, _plain(name), 0)
    for zone in sorted(known):
        # Behind the places above at the same rank: those are the ones people mean.
        rate(zone, _plain(zone), 3)
        rate(zone, _plain(zone.rpartition("/")[2]), 3)
    return best


def _offset(said: str) -> timedelta | None:
    """The offset from UTC that the words name; `东八区` is eight hours."""
    digits = "零一二三四五六七八九十"
    for number, sign in enumerate(digits):
        said = said.replace("十" + sign, str(10 + number)) if 0 < number < 10 else said
    said = "".join(str(digits.index(c)) if c in digits else c for c in said)
    if said in {"utc", "gmt"}:
        return timedelta()
    match = _OFFSET.match(said)
    if match is None or not (match[1] or said.startswith(("utc", "gmt", "东", "西"))):
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if size >= _DAY:
        return None
    return -size if match[1] == "-" or said.startswith("西") else size


def _at_offset(offset: timedelta, known: Collection[str], now: datetime) -> list[str]:
    found = [name.zone for name in NAMES if _ahead(name, now) == offset]
    hours = offset // timedelta(hours=1)
    # The database's own signs are the other way round. It has whole hours only.
    fixed = "Etc/UTC" if not hours else f"Etc/GMT{-hours:+d}"
    if offset != timedelta(hours=hours) or fixed not in known:
        return found[:MOST_MATCHES]
    found = found[: MOST_MATCHES - 1]
    return [*found, fixed] if hours else [fixed, *found]


def _at_clock(hours: int, minutes: int, now: datetime) -> list[str]:
    """The commonest first, for hours and minutes say nothing of which of them it is."""
    said = timedelta(hours=hours, minutes=minutes)

    def apart(name: ZoneName) -> timedelta:
        there = now.astimezone(ZoneInfo(name.zone))
        difference = (timedelta(hours=there.hour, minutes=there.minute) - said) % _DAY
        return min(difference, _DAY - difference)

    return [name.zone for name in NAMES if apart(name) <= _CLOSE][:MOST_MATCHES]


def _ahead(name: ZoneName, now: datetime) -> timedelta | None:
    return now.astimezone(ZoneInfo(name.zone)).utcoffset()
