"""Statistics of a real journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.adapters.shelf import Shelf
from bot.chat.stats_views import caption
from bot.domain.stats import AllStats, Streak, YearStats
from bot.domain.week import IsoWeek
from bot.services.archive import Archive, ArchiveFile
from bot.services.counting import Counting
from bot.services.ports import Drawing
from tests.services.desk import Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Items of two weeks, an imported week, and items put into another week."""
    async with open_desk(tmp_path / "weeknotes.db") as opened:
        await opened.receive("#life 一\n- 二")
        await opened.receive("#tech 三")
        await opened.receive("没有标签")
        await opened.receive("#life 后补的 @2023-w39")
        opened.clock.advance(timedelta(weeks=1))
        await opened.receive("#tech 下一周")
        archive = Archive(opened.database, opened.reporting, Shelf(tmp_path))

        async def nothing(_: str) -> None:
            await asyncio.sleep(0)

        content = "# 2022 年第5周\n\n## 生活\n\n1. 一\n2. 二\n\n![图](a.jpg)\n"
        findings = await archive.inspect(
            opened.journal, [ArchiveFile("2022-W05.md", content.encode(), nothing)]
        )
        await archive.take_in(opened.journal, findings, opened.clock.now(), replace=False)
        yield opened


async def test_a_year_by_days_weeks_and_sections(desk: Desk) -> None:
    """What was put into another week than its own has no day there."""
    counted = await Counting(desk.database, desk.clock).year(desk.journal, None)
    stats = counted.stats
    assert isinstance(stats, YearStats)
    assert stats.by_day == {date(2023, 10, 4): 4, date(2023, 10, 11): 1}
    assert stats.dayless == {IsoWeek(2023, 39): 1}
    assert [(one.name, one.total) for one in stats.series] == [
        ("生活", 3),
        ("技术", 2),
        ("未归类", 1),
    ]
    assert (stats.items, stats.weeks, stats.messages, stats.streak) == (6, 3, 5, Streak(3, 3))
    assert (counted.before, counted.after, counted.has_more) == (2022, None, True)
    words = caption(counted, Drawing(b"", {"A": "生活"}), dark=False).text.text
    assert words.split("\n") == [
        "2023 年：41 周里写了 3 周，共 6 项，5 条消息。",
        "各栏：生活 3，技术 2，未归类 1。",
        "现在连续 3 周，是最长的一次。",
        "最多的一天是 10 月 4 日，4 项。",
        "其中 1 项只知道是哪一周（导入的，或者记到别的周的），图上算在那一整列里。",
        "图里的字母：A = 生活。",
    ]


async def test_imported_weeks_have_no_days(desk: Desk) -> None:
    """But pictures, and items of their week."""
    counted = await Counting(desk.database, desk.clock).year(desk.journal, 2022)
    stats = counted.stats
    assert isinstance(stats, YearStats)
    assert (stats.by_day, stats.dayless) == ({}, {IsoWeek(2022, 5): 2})
    assert (stats.pictures, stats.messages) == (1, 0)
    assert counted.after == 2023


async def test_all_years(desk: Desk) -> None:
    """From the first that holds something to this one."""
    counted = await Counting(desk.database, desk.clock).all(desk.journal)
    stats = counted.stats
    assert isinstance(stats, AllStats)
    assert stats.years == (2022, 2023)
    assert (stats.items, stats.weeks) == (8, 4)
    assert stats.by_week[IsoWeek(2022, 5)] == 2


async def test_only_the_present_year_goes_on(desk: Desk) -> None:
    """Of another one only its own longest streak is told."""
    counting = Counting(desk.database, desk.clock)
    stats = (await counting.year(desk.journal, 2022)).stats
    assert (stats.streak, stats.weeks, stats.of_weeks) == (Streak(0, 1), 1, 48)
    await desk.receive("#life 明年 @2024-w09")
    coming = (await counting.year(desk.journal, 2024)).stats
    assert (coming.streak, coming.weeks, coming.of_weeks) == (Streak(0, 1), 1, 0)
    all_years = (await counting.all(desk.journal)).stats
    assert (all_years.years, all_years.of_weeks) == ((2022, 2023, 2024), 90)
