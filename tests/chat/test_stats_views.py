"""What is said with a picture of statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.chat.stats_buttons import ShowStats
from bot.chat.stats_views import caption
from bot.domain.journal import Language
from bot.domain.stats import AllStats, Series, Streak, YearStats
from bot.domain.week import IsoWeek
from bot.services.counting import Counted
from bot.services.ports import Drawing
from tests.chat.journals import journal_of

_TODAY = date(2026, 11, 26)
_JOURNAL = journal_of("zh")
_LIFE = Series("Life", {IsoWeek(2026, 7): 1200, IsoWeek(2025, 3): 34}, 0)
_ONE = Series("Life", {IsoWeek(2026, 7): 1}, 0)
_YEAR = YearStats(
    2026,
    _TODAY,
    {date(2026, 2, 12): 1200},
    {IsoWeek(2026, 3): 34},
    (_LIFE,),
    45,
    47,
    980,
    33,
    Streak(12, 40),
)


@pytest.mark.parametrize(
    ("stats", "english", "chinese"),
    [
        pytest.param(
            _YEAR,
            [
                "2026: 1,234 items in 45 of 47 weeks, from 980 messages, with 33 pictures.",
                "By section: Life 1,234.",
                "12 weeks in a row up to now, 40 at most.",
                "The fullest day was Feb 12, with 1,200 items.",
                "34 items without a day (imported, or put into another week) colour whole weeks.",
            ],
            [
                "2026 年：47 周里写了 45 周，共 1,234 项，980 条消息，33 张图。",
                "各栏：Life 1,234。",
                "现在连续 12 周，最长 40 周。",
                "最多的一天是 2 月 12 日，1,200 项。",
                "其中 34 项只知道是哪一周（导入的，或者记到别的周的），图上算在那一整列里。",
            ],
            id="a full year",
        ),
        pytest.param(
            YearStats(2026, _TODAY, {date(2026, 2, 9): 1}, {}, (_ONE,), 1, 1, 1, 1, Streak(1, 1)),
            [
                "2026: 1 item in 1 week, from 1 message, with 1 picture.",
                "By section: Life 1.",
                "The fullest day was Feb 9, with 1 item.",
            ],
            [
                "2026 年：写了 1 周，共 1 项，1 条消息，1 张图。",
                "各栏：Life 1。",
                "最多的一天是 2 月 9 日，1 项。",
            ],
            id="one of everything",
        ),
        pytest.param(
            replace(_YEAR, year=2024, by_day={}, dayless={}, messages=0, pictures=0),
            [
                "2024: 1,234 items in 45 of 47 weeks.",
                "By section: Life 1,234.",
                "12 weeks in a row up to now, 40 at most.",
            ],
            [
                "2024 年：47 周里写了 45 周，共 1,234 项。",
                "各栏：Life 1,234。",
                "现在连续 12 周，最长 40 周。",
            ],
            id="without messages",
        ),
        pytest.param(
            AllStats((2025, 2026), _TODAY, (_LIFE,), 46, 99, Streak(40, 40)),
            [
                "2025 to 2026: 1,234 items in 46 of 99 weeks.",
                "By section: Life 1,234.",
                "40 weeks in a row up to now, more than ever before.",
                "The fullest year was 2026, with 1,200 items.",
            ],
            [
                "2025–2026 年：99 周里写了 46 周，共 1,234 项。",
                "各栏：Life 1,234。",
                "现在连续 40 周，是最长的一次。",
                "最多的一年是 2026 年，1,200 项。",
            ],
            id="two years",
        ),
        pytest.param(
            AllStats((2026, 2199), _TODAY, (_ONE,), 1, 1, Streak(0, 3)),
            [
                "All years: 1 item in 1 week.",
                "By section: Life 1.",
                "The longest run: 3 weeks in a row.",
                "The fullest year was 2026, with 1 item.",
            ],
            [
                "全部年份：写了 1 周，共 1 项。",
                "各栏：Life 1。",
                "最长连续 3 周。",
                "最多的一年是 2026 年，1 项。",
            ],
            id="a stray week",
        ),
        pytest.param(
            YearStats(2026, _TODAY, {}, {}, ()),
            ["Nothing in 2026 yet. Your first note lights it up, such as: #life hot pot"],
            ["2026 年还没有内容。发第一条，格子就亮了，比如：#生活 吃了火锅"],
            id="nothing yet",
        ),
        pytest.param(
            YearStats(2024, _TODAY, {}, {}, ()),
            ["Nothing in 2024."],
            ["2024 年没有内容。"],
            id="nothing then",
        ),
    ],
)
def test_captions_say_it_well(
    stats: YearStats | AllStats, english: list[str], chinese: list[str]
) -> None:
    """One is no plural, what is nothing is not mentioned, and each language in its order."""
    assert _said(stats, "en") == english
    assert _said(stats, "zh") == chinese


def _said(stats: YearStats | AllStats, language: Language) -> list[str]:
    counted = Counted(replace(_JOURNAL, language=language), stats)
    return caption(counted, Drawing(b"", {}), dark=False).text.text.split("\n")


def test_buttons_lead_to_other_years_and_to_the_other_theme() -> None:
    """The years beside that hold something, and all of them where there are several."""
    drawing = Drawing(b"", {})
    shown = caption(Counted(_JOURNAL, _YEAR, 2024, 2027, has_more=True), drawing, dark=True)
    assert list(map(list, shown.rows)) == [
        [
            ("‹ 2024", ShowStats(2024, dark=True)),
            ("全部年份", ShowStats(None, dark=True)),
            ("2027 ›", ShowStats(2027, dark=True)),
        ],
        [("☀️ 浅色", ShowStats(2026))],
    ]
    alone = caption(Counted(_JOURNAL, _YEAR), drawing, dark=False)
    assert list(map(list, alone.rows)) == [[("🌙 深色", ShowStats(2026, dark=True))]]


def test_a_caption_fits_whatever_sections_are_called() -> None:
    """1,024 UTF-16 units are the most, and a letter is not cut in half."""
    long = tuple(Series("🎮" * 60, {IsoWeek(2026, 7): 1}, place) for place in range(8))
    letters = {str(number): "🎮" * 60 for number in range(60)}
    stats = replace(_YEAR, series=long)
    words = caption(Counted(_JOURNAL, stats), Drawing(b"", letters), dark=True).text.text
    assert 1024 - 120 < len(words.encode("utf-16-le")) / 2 <= 1024
    assert words.endswith("…")
