"""When the draft of a week is due: a pure function of the schedule, the ledger and now.

The ledger is the set of weeks already delivered. Weeks are its key and instants are not, so a
clock set back, a repeated hour or a changed schedule never makes a week come twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clocks import parse_clock
from bot.domain.week import IsoWeek

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = re.compile(r"(?:周|週|星期|礼拜)([一二三四五六日天])\Z")
_WORDS = re.compile(
    r"(?:(?P<day>[a-z]+\.?|(?:周|週|星期|礼拜).)(?:[\s,]+at\s|[\s,]*))?(?P<clock>[^\s,].*)\Z"
)
_FRIDAY, _SUNDAY = 4, 6


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A weekday (0 is Monday) and a wall clock time in whole minutes.

    Raises ValueError for a weekday outside 0 to 6 and for a time with seconds or a zone.
    """

    weekday: int
    clock: time

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"{self.weekday} is not a weekday from 0 to 6")
        if self.clock != time(self.clock.hour, self.clock.minute):
            raise ValueError(f"{self.clock} is not a wall clock time in whole minutes")

    def __str__(self) -> str:
        return f"{_ENGLISH[self.weekday][:3]} {self.clock:%H:%M}"

    @classmethod
    def parse(cls, words: str) -> WeeklyTime:
        """The time of the week named like `sun 20:00`, `Sunday 8pm` or `周日晚上八点`.

        A time alone is on Sunday, the last day of the week. Raises ValueError.
        """
        match = _WORDS.match(unicodedata.normalize("NFKC", words).strip().lower())
        if match is None or match["clock"].isdecimal():
            raise ValueError(f"{words!r} is not a time of the week like `sun 20:00`")
        day = match["day"]
        return cls(_SUNDAY if day is None else _weekday(day), parse_clock(match["clock"]))


def _weekday(name: str) -> int:
    if match := _CHINESE.match(name):
        return "一二三四五六日".index(match[1].replace("天", "日"))
    if len(name) >= len("mon"):
        for number, full in enumerate(_ENGLISH):
            if full.startswith(name.rstrip(".")):
                return number
    raise ValueError(f"{name!r} is not a weekday like `sun` or `周日`")


def draft_instant(week: IsoWeek, at: WeeklyTime, zone: ZoneInfo) -> datetime:
    """The instant (aware, UTC) at which the draft of the week is due.

    Friday to Sunday lie in the week itself; Monday to Thursday mean the week just ended, so
    they lie in the one after. A wall clock time that a clock change skips counts as the shifted
    one (02:30 becomes 03:30), one that it repeats as the first.
    """
    following = 0 if at.weekday >= _FRIDAY else 7
    day = week.first_day + timedelta(days=at.weekday + following)
    # fold=0 takes the offset before the change, which is both rules at once (PEP 495).
    return datetime.combine(day, at.clock, tzinfo=zone).astimezone(UTC)


def due_weeks(
    now: datetime,
    at: WeeklyTime,
    zone: ZoneInfo,
    since: datetime,
    delivered: Collection[IsoWeek],
) -> tuple[IsoWeek, ...]:
    """The weeks whose draft fell due in (`since`, `now`] and is not delivered, oldest first.

    Looks at one instant for each week between the two.
    """
    done = frozenset(delivered)
    due: list[IsoWeek] = []
    for week, instant in _scheduled(at, zone, since):
        if instant > now:
            break
        if week not in done:
            due.append(week)
    return tuple(due)


def next_instant(
    at: WeeklyTime, zone: ZoneInfo, since: datetime, delivered: Collection[IsoWeek]
) -> datetime:
    """When the first draft after `since` that is not delivered is due: to come, or overdue."""
    done = frozenset(delivered)
    return next(when for week, when in _scheduled(at, zone, since) if week not in done)


def _scheduled(
    at: WeeklyTime, zone: ZoneInfo, since: datetime
) -> Iterator[tuple[IsoWeek, datetime]]:
    """All weeks whose draft falls due after `since`, with that instant, without end."""
    # From Monday to Thursday it is the week before that falls due.
    week = IsoWeek.of(since, zone).shifted(-1)
    while True:
        instant = draft_instant(week, at, zone)
        if instant > since:
            yield week, instant
        week = week.shifted(1)


_LONGEST_LEAD = timedelta(days=6)


def reminder_lead(remind_at: WeeklyTime, draft_at: WeeklyTime) -> timedelta | None:
    """How long before the draft of a week its reminder comes, by the wall clock.

    None where there is none: the two are at the same time, or the reminder would be more than six
    days ahead or in the week before, which is to say that it is meant to come after the draft.
    """
    draft = timedelta(hours=draft_at.clock.hour, minutes=draft_at.clock.minute)
    reminder = timedelta(hours=remind_at.clock.hour, minutes=remind_at.clock.minute)
    days = timedelta(days=draft_at.weekday - remind_at.weekday)
    lead = (days + draft - reminder) % timedelta(days=7)
    day = draft_at.weekday if draft_at.weekday >= _FRIDAY else draft_at.weekday + 7
    begun = timedelta(days=day) + draft
    return lead if timedelta() < lead <= min(_LONGEST_LEAD, begun) else None


def reminder_instant(
    week: IsoWeek, remind_at: WeeklyTime, draft_at: WeeklyTime, zone: ZoneInfo
) -> datetime | None:
    """The instant (aware, UTC) of the reminder of the week; None where none comes."""
    lead = reminder_lead(remind_at, draft_at)
    if lead is None:
        return None
    draft = draft_instant(week, draft_at, zone).astimezone(zone)
    day = (datetime.combine(draft.date(), draft_at.clock) - lead).date()
    return datetime.combine(day, remind_at.clock, tzinfo=zone).astimezone(UTC)


def next_reminder(
    after: datetime, remind_at: WeeklyTime, draft_at: WeeklyTime, zone: ZoneInfo
) -> datetime | None:
    """The instant of the first reminder after that one; None where none ever comes."""
    week = IsoWeek.of(after, zone).shifted(-1)
    while (instant := reminder_instant(week, remind_at, draft_at, zone)) is not None:
        if instant > after:
            return instant
        week = week.shifted(1)
    return None


def week_of_draft(after: datetime, draft_at: WeeklyTime, zone: ZoneInfo) -> IsoWeek:
    """The week whose draft is the first to come after that instant."""
    return next(week for week, _ in _scheduled(draft_at, zone, after))
