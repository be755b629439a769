"""Where a line is to go, as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.entry import Part
from bot.domain.errors import NoSuchWeekError
from bot.domain.grammar.moves import (
    BesideNumber,
    Goal,
    InSection,
    UnderNumber,
    parse_goal,
    split_number,
)
from bot.domain.outlining.moving import Way
from bot.domain.week import IsoWeek
from tests.domain.outlining import SECTIONS

_TODAY = date(2023, 10, 4)


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("up", Way.UP),
        ("上移", Way.UP),
        ("Down", Way.DOWN),
        ("往下", Way.DOWN),
        ("in", Way.IN),
        ("缩进", Way.IN),
        ("out", Way.OUT),
        ("提级", Way.OUT),
        ("under 2", UnderNumber("2")),
        ("到 2 下面", UnderNumber("2")),
        ("到2.1下", UnderNumber("2.1")),
        ("2 的下面", UnderNumber("2")),
        ("放到２里", UnderNumber("2")),
        ("before 5", BesideNumber("5")),
        ("到 5 前面", BesideNumber("5")),
        ("5之前", BesideNumber("5")),
        ("after 5.1", BesideNumber("5.1", after=True)),
        ("到 5 后面", BesideNumber("5", after=True)),
        ("tech", InSection("tech")),
        ("#Tech", InSection("tech")),
        ("技术", InSection("tech")),
        ("＃生活", InSection("life")),
        ("到技术", InSection("tech")),
        ("to tech", InSection("tech")),
        ("总结", Part.SUMMARY),
        ("#outro", Part.OUTRO),
        ("@last", IsoWeek(2023, 39)),
        ("＠上周", IsoWeek(2023, 39)),
        ("上周", IsoWeek(2023, 39)),
        ("@40", IsoWeek(2023, 40)),
        ("到上周", IsoWeek(2023, 39)),
        ("2023-w38", IsoWeek(2023, 38)),
        ("", None),
        ("厨房", None),
        ("5", None),
        ("3.2", None),
        ("3.2.1", None),
        ("under", None),
        ("under tech", None),
    ],
)
def test_goals(words: str, goal: Goal | None) -> None:
    """In both languages, with full-width characters, in any case."""
    assert parse_goal(words, SECTIONS, _TODAY) == goal


def test_a_week_that_does_not_exist() -> None:
    """It is told apart from what nobody understands."""
    with pytest.raises(NoSuchWeekError):
        parse_goal("@2023-w60", SECTIONS, _TODAY)


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("3 tech", "3", "tech"),
        ("3.2 多少钱", "3.2", "多少钱"),
        ("３．２　多少", "3.2", "多少"),
        ("3. 多少", "3", "多少"),
        ("3、 多少", "3", "多少"),
        ("3", "3", ""),
        ("3\n多行", "3", "多行"),
        ("3个苹果", None, "3个苹果"),
        ("tech", None, "tech"),
        ("", None, ""),
    ],
)
def test_numbers_at_the_start(words: str, number: str | None, rest: str) -> None:
    """A number is one where a blank or nothing follows."""
    found, end = split_number(words)
    assert (found, words[end:]) == (number, rest)
