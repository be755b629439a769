"""When drafts are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import (
    WeeklyTime,
    draft_instant,
    due_weeks,
    next_instant,
    next_reminder,
    reminder_instant,
    week_of_draft,
)
from bot.domain.week import IsoWeek

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = (
    SHANGHAI,
    NEW_YORK,
    BERLIN,
    LORD_HOWE,
    *map(ZoneInfo, ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")),
)
SUNDAY_EVENING = WeeklyTime(6, time(20))
W40 = IsoWeek(2023, 40)
AFTER_W40 = datetime(2023, 10, 8, 12, 0, tzinfo=UTC)

zones = st.sampled_from(ZONES)
times = st.builds(
    WeeklyTime, st.integers(0, 6), st.builds(time, st.integers(0, 23), st.integers(0, 59))
)
# Since 2000 none of these zones has skipped a whole day.
weeks = st.dates(date(2000, 1, 1), date(2090, 1, 1)).map(IsoWeek.of_date)
instants = st.timedeltas(timedelta(0), timedelta(days=3 * 365)).map(
    lambda after: datetime(2023, 1, 1, tzinfo=UTC) + after
)


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("sun 20:00", "sun 20:00"),
        ("Sunday 20:00", "sun 20:00"),
        ("SUN, 20:00", "sun 20:00"),
        ("周日 20:00", "sun 20:00"),
        ("周日20：00", "sun 20:00"),
        ("星期天 20:00", "sun 20:00"),
        ("礼拜天 20:00", "sun 20:00"),
        ("週五 ９:05", "fri 09:05"),
        ("thurs. 7:30", "thu 07:30"),
        ("  tue 0:00 ", "tue 00:00"),
        ("21:30", "sun 21:30"),
        ("sunday 8pm", "sun 20:00"),
        ("Mon at 9:30 am", "mon 09:30"),
        ("周日晚上八点", "sun 20:00"),
        ("周一 八点", "mon 08:00"),
        ("星期五下午3点半", "fri 15:30"),
        ("晚上八点", "sun 20:00"),
    ],
)
def test_times_of_the_week_by_name(words: str, canonical: str) -> None:
    """English and Chinese names, short or long, mean a weekday; none means Sunday."""
    assert str(WeeklyTime.parse(words)) == canonical


@pytest.mark.parametrize(
    "words",
    ["", "sun", "noon", "su 20:00", "sunny 20:00", "sun 24:00", "sun 20:60", "sun 20", "周八 20:00",
     "sun 20:00:00", "20:00 sun", "sun 8:5", "sun -1:00", ". 20:00", ", 20:00"],
)  # fmt: skip
def test_what_is_no_time_of_the_week(words: str) -> None:
    """Anything else is a ValueError that says so."""
    with pytest.raises(ValueError, match="is not a"):
        WeeklyTime.parse(words)


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_a_value_error(words: str) -> None:
    """No text makes the parser fail in another way, and what it reads it can say."""
    try:
        at = WeeklyTime.parse(words)
    except ValueError:
        return
    assert WeeklyTime.parse(str(at)) == at


@given(times)
def test_parse_is_the_inverse_of_str(at: WeeklyTime) -> None:
    """A time of the week is read back from its words."""
    assert WeeklyTime.parse(str(at)) == at


@pytest.mark.parametrize(
    ("weekday", "clock"),
    [(7, time(20)), (-1, time(20)), (0, time(20, 0, 1)), (0, time(1, tzinfo=UTC))],
)
def test_times_of_the_week_are_whole_minutes(weekday: int, clock: time) -> None:
    """A weekday that there is not, seconds and zones are refused."""
    with pytest.raises(ValueError, match="is not a"):
        WeeklyTime(weekday, clock)


@pytest.mark.parametrize(
    ("week", "words", "zone", "local"),
    [
        (W40, "sun 20:00", SHANGHAI, "2023-10-08T20:00+08:00"),
        (W40, "fri 18:00", SHANGHAI, "2023-10-06T18:00+08:00"),
        (W40, "mon 08:00", SHANGHAI, "2023-10-09T08:00+08:00"),
        (W40, "thu 23:59", SHANGHAI, "2023-10-12T23:59+08:00"),
        (IsoWeek(2026, 53), "sun 20:00", SHANGHAI, "2027-01-03T20:00+08:00"),
        (IsoWeek(2026, 53), "mon 00:00", SHANGHAI, "2027-01-04T00:00+08:00"),
        # Spring: the wall clock time that is skipped counts as the shifted one.
        (IsoWeek(2024, 10), "sun 01:59", NEW_YORK, "2024-03-10T01:59-05:00"),
        (IsoWeek(2024, 10), "sun 02:30", NEW_YORK, "2024-03-10T03:30-04:00"),
        (IsoWeek(2024, 13), "sun 02:30", BERLIN, "2024-03-31T03:30+02:00"),
        (IsoWeek(2024, 40), "sun 02:15", LORD_HOWE, "2024-10-06T02:45+11:00"),
        # Autumn: of the two, the first.
        (IsoWeek(2024, 44), "sun 01:30", NEW_YORK, "2024-11-03T01:30-04:00"),
        (IsoWeek(2024, 43), "sun 02:30", BERLIN, "2024-10-27T02:30+02:00"),
        (IsoWeek(2024, 14), "sun 01:45", LORD_HOWE, "2024-04-07T01:45+11:00"),
        # Samoa had no Friday in that week.
        (IsoWeek(2011, 52), "fri 20:00", ZoneInfo("Pacific/Apia"), "2011-12-31T20:00+14:00"),
    ],
)
def test_instant_of_a_draft(week: IsoWeek, words: str, zone: ZoneInfo, local: str) -> None:
    """The draft is due at that wall clock time of the week, or of the one after up to Thursday."""
    instant = draft_instant(week, WeeklyTime.parse(words), zone)
    assert instant == datetime.fromisoformat(local)
    assert instant.tzinfo is UTC


@given(weeks, times, zones)
def test_weeks_have_one_instant_each(week: IsoWeek, at: WeeklyTime, zone: ZoneInfo) -> None:
    """Two neighbouring weeks' instants are a week apart, give or take a clock change."""
    gap = draft_instant(week.shifted(1), at, zone) - draft_instant(week, at, zone)
    assert abs(gap - timedelta(weeks=1)) <= timedelta(hours=1)


@given(weeks, times, zones)
def test_draft_is_due_once_its_week_is_nearly_over(
    week: IsoWeek, at: WeeklyTime, zone: ZoneInfo
) -> None:
    """A draft is never due before its Friday nor after the Thursday that follows."""
    day = draft_instant(week, at, zone).astimezone(zone).date()
    assert timedelta(days=4) <= day - week.first_day <= timedelta(days=10)


@given(weeks, times, zones)
def test_due_from_its_instant_on(week: IsoWeek, at: WeeklyTime, zone: ZoneInfo) -> None:
    """A week is due at its instant and not a second before; not if that is when counting began."""
    instant = draft_instant(week, at, zone)
    second = timedelta(seconds=1)
    assert due_weeks(instant, at, zone, instant - second, ()) == (week,)
    assert due_weeks(instant - second, at, zone, instant - 2 * second, ()) == ()
    assert due_weeks(instant, at, zone, instant, ()) == ()


def test_missed_weeks_come_in_order() -> None:
    """After three weeks away all missed weeks are due, the oldest first, but those delivered."""
    now = AFTER_W40 + timedelta(weeks=3)
    due = due_weeks(now, SUNDAY_EVENING, SHANGHAI, AFTER_W40 - timedelta(days=6), {W40.shifted(1)})
    assert due == (W40, W40.shifted(2), W40.shifted(3))


def test_clock_behind_the_beginning() -> None:
    """Where now lies before the beginning, nothing is due."""
    assert due_weeks(AFTER_W40, SUNDAY_EVENING, SHANGHAI, AFTER_W40 + timedelta(days=90), ()) == ()


@given(instants, times, zones, st.sets(st.integers(-2, 6)))
def test_next_instant_is_that_of_the_first_week_to_deliver(
    since: datetime, at: WeeklyTime, zone: ZoneInfo, steps: set[int]
) -> None:
    """At the next instant exactly one week is due that was not, and nothing is before it."""
    delivered = {IsoWeek.of(since, zone).shifted(step) for step in steps}
    when = next_instant(at, zone, since, delivered)
    assert when > since
    assert due_weeks(when - timedelta(seconds=1), at, zone, since, delivered) == ()
    (week,) = due_weeks(when, at, zone, since, delivered)
    assert draft_instant(week, at, zone) == when


def test_overdue_draft_is_next() -> None:
    """A past draft that was not delivered is the next one, and then the one a week later."""
    since = AFTER_W40 - timedelta(days=6)
    overdue = next_instant(SUNDAY_EVENING, SHANGHAI, since, ())
    assert overdue == draft_instant(W40, SUNDAY_EVENING, SHANGHAI)
    following = next_instant(SUNDAY_EVENING, SHANGHAI, since, {W40})
    assert following == overdue + timedelta(weeks=1)


def test_repeated_hour_delivers_once() -> None:
    """On an autumn Sunday whose 01:30 comes twice, a knock each minute delivers its week once."""
    at = WeeklyTime.parse("sun 01:30")
    since = datetime(2024, 10, 30, tzinfo=UTC)
    knock = datetime(2024, 11, 3, 4, 0, tzinfo=UTC)
    delivered: list[IsoWeek] = []
    for minute in range(6 * 60):
        now = knock + timedelta(minutes=minute)
        delivered += due_weeks(now, at, NEW_YORK, since, delivered)
    assert delivered == [IsoWeek(2024, 44)]


@given(
    since=instants,
    knocks=st.lists(
        st.tuples(st.timedeltas(timedelta(days=-20), timedelta(days=40)), times, zones),
        min_size=1,
        max_size=12,
    ),
)
def test_ledger_makes_it_exactly_one_for_each_week(
    since: datetime, knocks: list[tuple[timedelta, WeeklyTime, ZoneInfo]]
) -> None:
    """Whatever clock, zone and schedule do, each week comes once and none is left out."""
    now = since
    ledger: list[IsoWeek] = []
    for step, at, zone in knocks:
        now += step
        due = due_weeks(now, at, zone, since, ledger)
        assert list(due) == sorted(due)
        ledger += due
    assert len(ledger) == len(set(ledger))
    if ledger:
        first, last = min(ledger), max(ledger)
        assert len(ledger) == (last.first_day - first.first_day).days // 7 + 1


@pytest.mark.parametrize(
    ("remind_at", "draft_at", "expected"),
    [
        ("sun 12:00", "sun 20:00", "2023-10-08 12:00"),
        ("sat 20:00", "sun 20:00", "2023-10-07 20:00"),
        ("wed 12:00", "sun 20:00", "2023-10-04 12:00"),
        ("sun 20:00", "mon 08:00", "2023-10-08 20:00"),
        ("mon 07:00", "mon 08:00", "2023-10-09 07:00"),
        ("fri 09:00", "tue 08:00", "2023-10-06 09:00"),
        ("sun 20:00", "sun 20:00", None),
        ("sun 21:00", "sun 20:00", None),
        ("sun 12:00", "fri 18:00", None),
    ],
)
def test_a_reminder_comes_before_the_draft_of_its_week(
    remind_at: str, draft_at: str, expected: str | None
) -> None:
    """In 2023-W40, and never before that week has begun."""
    at, draft = WeeklyTime.parse(remind_at), WeeklyTime.parse(draft_at)
    zone = ZoneInfo("Asia/Shanghai")
    found = reminder_instant(IsoWeek(2023, 40), at, draft, zone)
    assert (found and f"{found.astimezone(zone):%Y-%m-%d %H:%M}") == expected
    if found is not None:
        assert next_reminder(found - timedelta(seconds=1), at, draft, zone) == found
        assert week_of_draft(found, draft, zone) == IsoWeek(2023, 40)
