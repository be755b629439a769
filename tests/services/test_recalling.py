"""What the same week held in earlier years."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.week_views import week_note
from bot.domain.journal import Language
from bot.domain.week import IsoWeek
from bot.services.configuring import Choices, Configuring
from bot.services.recalling import Recollection
from tests.services.desk import WEEK, Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A journal in which earlier years are told of."""
    async with open_desk(tmp_path / "weeknotes.db") as opened:
        await Configuring(opened.database).choose(opened.journal, Choices(earlier=True))
        opened.journal = replace(opened.journal, shows_earlier=True)
        yield opened


async def _recalled(desk: Desk, week: IsoWeek = WEEK) -> list[Recollection]:
    return list((await desk.reporting.compile(desk.journal, week)).recollections)


async def test_the_newest_years_come_first_and_no_more_than_three(desk: Desk) -> None:
    """With their count of items, nested ones included, and the first item of two sections."""
    for year in (2015, 2018, 2020):
        await desk.receive(f"#tech {year} 年的事 @{year}-w40")
    await desk.receive("@2022-w40 #tech 修好了 `cache`\n- 下面的")
    await desk.receive("#life 搬进**新家** @2022-w40")
    await desk.receive("#life 第二件 @2022-w40")
    assert await _recalled(desk) == [
        Recollection(2022, 4, ("搬进新家", "修好了 cache")),
        Recollection(2020, 1, ("2020 年的事",)),
        Recollection(2018, 1, ("2018 年的事",)),
    ]


async def test_only_that_week_counts_and_what_is_filed(desk: Desk) -> None:
    """Neither its neighbours, nor what waits to be filed, nor what was deleted."""
    await desk.receive("#life 前一周 @2022-w39")
    await desk.receive("没有标签 @2022-w40")
    await desk.receive("#life 不要了 @2021-w40")
    line = await desk.line("1", IsoWeek(2021, 40))
    await desk.filing.remove(desk.journal, line.node.entry_id)
    assert await _recalled(desk) == []


async def test_week_53_is_the_last_one_of_years_that_have_none(desk: Desk) -> None:
    """2020 and 2015 have 53 weeks, the years between them have not."""
    for week in ("2015-w53", "2019-w52", "2020-w53", "2021-w52"):
        await desk.receive(f"#life {week} @{week}")
    assert [one.year for one in await _recalled(desk, IsoWeek(2020, 53))] == [2019, 2015]
    assert [one.year for one in await _recalled(desk, IsoWeek(2022, 52))] == [2021, 2019]


async def test_nothing_is_told_where_nobody_wished_for_it(desk: Desk) -> None:
    """It is off by default."""
    await desk.receive("#life 一件 @2022-w40")
    desk.journal = replace(desk.journal, shows_earlier=False)
    assert await _recalled(desk) == []


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["往年这一周：", "2022 年，1 项：一件很长很长的事情，…"]),
        ("en", ["This week in earlier years:", "2022 · items: 1 · 一件很长很长的事情，…"]),
    ],
)
async def test_the_note_tells_it_in_a_line_for_each_year(
    desk: Desk, language: Language, lines: list[str]
) -> None:
    """Long items are cut off."""
    await desk.receive("#life 一件很长很长的事情，长到手机上放不下 @2022-w40")
    await desk.receive("#life 今年的")
    compiled = await desk.reporting.compile(desk.journal, WEEK)
    compiled = replace(compiled, journal=replace(desk.journal, language=language))
    assert week_note(compiled).text.text.split("\n")[1:] == lines
