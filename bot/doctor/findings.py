"""What the doctor finds: one line each, with what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.adapters.masking import Mask

_MOST_DETAILS = 20
# A name of a file could pass for a line of its own, or steer the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

FAULTY = 1
FAULTY_SETTINGS = 2


class Level(StrEnum):
    """Whether something has to be done."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so with a thing, and what to do where it is not as it should be.

    `details` name what the state counts.
    """

    level: Level
    thing: str
    state: str
    remedy: str = ""
    details: tuple[str, ...] = ()


def ok(thing: str, state: str, remedy: str = "") -> Finding:
    """A thing that is as it should be."""
    return Finding(Level.OK, thing, state, remedy)


def note(thing: str, state: str, remedy: str, details: Sequence[str] = ()) -> Finding:
    """Something to know, which keeps nothing from working."""
    return Finding(Level.NOTE, thing, state, remedy, tuple(details))


def fault(thing: str, state: str, remedy: str, details: Sequence[str] = ()) -> Finding:
    """Something that has to be mended."""
    return Finding(Level.FAULT, thing, state, remedy, tuple(details))


def counted(number: int, thing: str) -> str:
    """The number with its thing: 1 file, 2 files."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def told(instant: datetime, zone: ZoneInfo) -> str:
    """The wall clock time of an instant, with the zone."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings at an instant; `mask` takes out what nobody is to see."""

    findings: tuple[Finding, ...]
    checked_at: datetime
    mask: Mask
    has_faulty_settings: bool = False

    @property
    def status(self) -> int:
        """The exit status: 0 without faults, 2 where they are in the settings, else 1."""
        if self.has_faulty_settings:
            return FAULTY_SETTINGS
        return FAULTY if self._number_of(Level.FAULT) else 0

    def as_text(self) -> str:
        """A line for each finding, and below it what to do."""
        lines = [line for finding in self.findings for line in _lines(finding)]
        faults, notes = self._number_of(Level.FAULT), self._number_of(Level.NOTE)
        lines.append(f"{counted(faults, 'fault')}, {counted(notes, 'note')}")
        return self.mask("\n".join(_CONTROL.sub(_escape, line) for line in lines)) + "\n"

    def as_json(self) -> str:
        """The same as one JSON object, with all details."""
        content = {
            "status": "fault" if self.status else "ok",
            "checked_at": self.checked_at.isoformat(timespec="seconds"),
            "faults": self._number_of(Level.FAULT),
            "notes": self._number_of(Level.NOTE),
            "findings": [asdict(finding) for finding in self.findings],
        }
        return self.mask(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"

    def _number_of(self, level: Level) -> int:
        return sum(finding.level is level for finding in self.findings)


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.level:<5}  {finding.thing}: {finding.state}"
    for detail in finding.details[:_MOST_DETAILS]:
        yield f"         - {detail}"
    if (more := len(finding.details) - _MOST_DETAILS) > 0:
        yield f"         - and {more} more; --json lists them all"
    if finding.remedy:
        yield f"       {finding.remedy}"


def _escape(control: re.Match[str]) -> str:
    return repr(control[0])[1:-1]
