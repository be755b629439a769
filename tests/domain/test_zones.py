"""Time zones by what people call them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zone_names import NAMES, ZoneName
from bot.domain.zones import exact, fixed_offset, place_of, search

_KNOWN = frozenset(available_timezones())
_WINTER = datetime(2026, 11, 25, 13, 35, tzinfo=UTC)
_SUMMER = datetime(2026, 7, 1, 13, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Shanghai", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        (" 北京 ", "Asia/Shanghai"),
        ("tokyo", "Asia/Tokyo"),
        ("ＴＯＫＹＯ", "Asia/Tokyo"),
        ("日本", "Asia/Tokyo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("硅谷", "America/Los_Angeles"),
        ("new_york", "America/New_York"),
        ("uk", "Europe/London"),
        ("Reykjavik", "Atlantic/Reykjavik"),
        ("Tongatapu", "Pacific/Tongatapu"),
        ("UTC+8", "Asia/Shanghai"),
        ("utc+08:00", "Asia/Shanghai"),
        ("+8", "Asia/Shanghai"),
        ("东八区", "Asia/Shanghai"),
        ("东十二区", "Etc/GMT-12"),
        ("西五区", "America/New_York"),
        ("GMT-3:30", "America/St_Johns"),
        ("+5:30", "Asia/Kolkata"),
        ("UTC", "Etc/UTC"),
        ("21:35", "Asia/Shanghai"),
        ("21:30", "Asia/Shanghai"),
        ("21：41", "Asia/Shanghai"),
        ("21点35分", "Asia/Shanghai"),
        ("22:35", "Asia/Tokyo"),
        ("13:35", "Europe/London"),
        ("08:35", "America/New_York"),
    ],
)
def test_what_people_type_finds_their_zone_first(words: str, zone: str) -> None:
    """In either language, by an offset, or by the time it is there."""
    assert search(words, _KNOWN, _WINTER)[0] == zone


@pytest.mark.parametrize("words", ["", "  ", "火星", "25:00", "21:70", "09:15", "UTC+99", "八"])
def test_what_is_no_zone_finds_none(words: str) -> None:
    """No zone has that name, that offset, or that time."""
    assert search(words, _KNOWN, _WINTER) == []


def test_an_offset_is_that_of_the_season() -> None:
    """London is an hour ahead in summer."""
    assert "Europe/London" in search("UTC+1", _KNOWN, _SUMMER)
    assert "Europe/London" not in search("UTC+1", _KNOWN, _WINTER)


def test_the_names_of_the_database_work_in_any_case() -> None:
    """The very name is no question."""
    assert exact("asia/TOKYO ", _KNOWN) == "Asia/Tokyo"
    assert exact("tokyo", _KNOWN) is None


def test_places_are_called_in_the_language() -> None:
    """What is in no list of ours is called as the database does; offsets as people write them."""
    assert (place_of("Asia/Tokyo", "zh"), place_of("Asia/Tokyo", "en")) == ("东京", "Tokyo")
    assert place_of("America/Port-au-Prince", "zh") == "Port-au-Prince"
    assert [fixed_offset(z) for z in ("Etc/GMT-8", "Etc/GMT+11", "Etc/UTC")] == ["+8", "-11", ""]
    assert fixed_offset("Asia/Tokyo") is None


def test_every_zone_in_the_list_is_one() -> None:
    """With names in both languages; no zone twice."""
    assert [name.zone for name in NAMES if name.zone not in _KNOWN] == []
    assert len({name.zone for name in NAMES}) == len(NAMES)
    assert all(name.chinese and name.english for name in NAMES)


@given(st.text(max_size=12))
def test_any_words_are_safe(words: str) -> None:
    """At most eight zones, each of them one, none twice."""
    found = search(words, _KNOWN, _WINTER)
    assert len(found) <= 8
    assert len(set(found)) == len(found)
    assert set(found) <= _KNOWN


@given(
    st.sampled_from(NAMES),
    st.integers(0, 10 * 366 * 24 * 60).map(lambda minutes: _WINTER + timedelta(minutes=minutes)),
    st.integers(-4, 4),
)
def test_whoever_reads_the_clock_finds_zones_with_that_time(
    name: ZoneName, now: datetime, off: int
) -> None:
    """Even where the watch is some minutes off."""
    there = now.astimezone(ZoneInfo(name.zone))
    found = search(f"{there + timedelta(minutes=off):%H:%M}", _KNOWN, now)
    assert found
    for zone in found:
        elsewhere = now.astimezone(ZoneInfo(zone))
        apart = (elsewhere.replace(tzinfo=None) - there.replace(tzinfo=None)) % timedelta(days=1)
        assert min(apart, timedelta(days=1) - apart) <= timedelta(minutes=12)
