"""Times of day, as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clocks import parse_clock


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("20:00", "20:00"),
        ("9:05", "09:05"),
        ("20：00", "20:00"),
        ("9.05", "09:05"),
        ("4", "04:00"),
        ("8pm", "20:00"),
        ("8:30 PM", "20:30"),
        ("8 p.m.", "20:00"),
        ("12am", "00:00"),
        ("12:15pm", "12:15"),
        ("11 am", "11:00"),
        ("20点", "20:00"),
        ("8点半", "08:30"),
        ("四点", "04:00"),
        ("二十三点", "23:00"),
        ("两点", "02:00"),
        ("晚上八点", "20:00"),
        ("晚上十点半", "22:30"),
        ("晚上20:00", "20:00"),
        ("下午3点05分", "15:05"),
        ("中午十二点", "12:00"),
        ("中午一点", "13:00"),
        ("中午11点半", "11:30"),
        ("凌晨四点", "04:00"),
        ("凌晨12点", "00:00"),
        ("上午 9:30", "09:30"),
    ],
)
def test_a_time_of_day_may_be_written_in_many_ways(words: str, clock: str) -> None:
    """In both languages."""
    assert parse_clock(words) == time.fromisoformat(clock)


@pytest.mark.parametrize(
    "words",
    [
        *("", "noon", "24:00", "8:60", "25", "13pm", "0pm", "0am", "上午20:00", "晚上十二点"),
        *("晚上8pm", "8p", "8 m", "十十点", "二三点", "一百点"),
        *("8:5", "点", "-1", "8:30:00", "四十点"),
    ],
)
def test_what_is_no_time_of_day_is_refused(words: str) -> None:
    """Also what could be of two days."""
    with pytest.raises(ValueError, match="is not"):
        parse_clock(words)


@given(st.text(max_size=12))
def test_anything_is_a_time_or_refused(words: str) -> None:
    """Nothing else is raised."""
    with suppress(ValueError):
        assert parse_clock(words).second == 0
