"""From the text of a setting to its value, or to the fault and its remedy (WrongValueError)."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot.adapters.masking import Mask, Secret
from bot.config.settings import Language
from bot.domain.schedule import WeeklyTime

LOG_FORMATS: Final = ("text", "json")
LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")

# Ids have at most 52 significant bits (Bot API, User).
_LARGEST_ID = 2**52 - 1
_LONGEST_ID = len(str(_LARGEST_ID))
_LONGEST_SHOWN = 60


class WrongValueError(ValueError):
    """A value that cannot be used: the fault, then the remedy."""


def parse_token(value: str) -> Secret:
    """A token as @BotFather writes it: digits, a colon, about 35 characters."""
    if not re.fullmatch(r"[0-9]{3,}:[A-Za-z0-9_-]{30,}", value):
        raise WrongValueError("does not look like a token", "copy it again from @BotFather")
    return Secret(value)


def parse_foreign_token(value: str) -> Secret:
    """A token of a server that is not Telegram's: a stand-in may give shorter ones."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value):
        raise WrongValueError("does not look like a token", "write it like 123456:ABC-def")
    return Secret(value)


def parse_users(value: str) -> tuple[int, ...]:
    """The ids of persons, each once, in their order."""
    words = [word for word in re.split(r"[\s,，、;；]+", value) if word]
    wrong = [word for word in words if not _is_person(word)]
    if wrong:
        raise WrongValueError(
            f"holds {', '.join(map(_shown, wrong))}, which is no person's id",
            "write numbers like 123456789 with commas between, or leave it empty:"
            " `weeknotes run` then prints a link that makes you the owner",
        )
    return tuple(dict.fromkeys(map(int, words)))


def _is_person(word: str) -> bool:
    return word.isdecimal() and len(word) <= _LONGEST_ID and 0 < int(word) <= _LARGEST_ID


def parse_folder(value: str) -> Path:
    """A folder that exists or can be made, and written to."""
    try:
        path = Path(value).expanduser()
        nearest = next(p for p in (path, *path.absolute().parents) if p.exists())
        writable = os.access(nearest, os.W_OK | os.X_OK)
    except (OSError, RuntimeError, ValueError):  # too long, no such home, a NUL
        raise WrongValueError(f"cannot be {_shown(value)}", "name a folder") from None
    if not nearest.is_dir():
        raise WrongValueError(f"is {_shown(value)}, but {nearest} is a file", "name a folder")
    if not writable:
        raise WrongValueError(
            f"is {_shown(value)}, but {nearest} is not writable for the user who runs the bot",
            "give them that folder (chown), or name another",
        )
    return path


def parse_zone(value: str) -> ZoneInfo:
    """A zone by its name in the time zone database."""
    try:
        return ZoneInfo(value)
    except (KeyError, OSError, ValueError):
        near = get_close_matches(value.title(), available_timezones(), n=1)
        remedy = f"did you mean {near[0]}?" if near else "write a name like Asia/Shanghai"
        raise WrongValueError(f"is {_shown(value)}, which is no time zone", remedy) from None


def parse_language(value: str) -> Language:
    """One of the languages the bot speaks."""
    match value.lower():
        case "zh" | "en" as language:
            return language
        case _:
            raise WrongValueError(f"is {_shown(value)}", "write zh or en")


def parse_draft_at(value: str) -> str:
    """A time of the week in the canonical words of WeeklyTime."""
    try:
        return str(WeeklyTime.parse(value))
    except ValueError:
        raise WrongValueError(
            f"is {_shown(value)}, which is no time of the week",
            "write a weekday and a time, like sun 20:00",
        ) from None


def parse_log_level(value: str) -> str:
    """One of the levels of Python's logging, in lower case."""
    if value.lower() not in LOG_LEVELS:
        raise WrongValueError(f"is {_shown(value)}", f"write one of {', '.join(LOG_LEVELS)}")
    return value.lower()


def parse_log_format(value: str) -> str:
    """`text` or `json`."""
    if value.lower() not in LOG_FORMATS:
        raise WrongValueError(f"is {_shown(value)}", f"write one of {', '.join(LOG_FORMATS)}")
    return value.lower()


def parse_address(value: str) -> str:
    """A web address without query, fragment, user name and slash at its end."""
    try:
        parts = urlsplit(value)
        extras = parts.query or parts.fragment or parts.username or parts.password
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, a bracket left open
        sound, extras = False, ""
    if not sound or extras or not re.fullmatch(r"[!-~]+", value):
        raise WrongValueError("is no plain web address", "write it like https://example.org/path")
    return value.rstrip("/")


def _shown(value: str) -> str:
    # Somebody may have put the token into the wrong line.
    return repr(Mask()(value)[:_LONGEST_SHOWN])
