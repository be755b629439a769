"""The weeks there are, year by year, and which of them are meant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.grammar.asked import Stretch, Yearly
from bot.domain.grammar.weeknames import parse_asked
from bot.domain.week import IsoWeek
from bot.services.browsing import Browsing, Stage
from tests.services.desk import Desk, open_desk

_TODAY = date(2023, 10, 4)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A person's desk."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        yield desk


async def _years(desk: Desk, year: int | None = None, today: date = _TODAY) -> list[str]:
    """The weeks of a page with their items and messages, below its year."""
    page = await Browsing(desk.database).page(desk.journal, year, 0, today)
    return [
        f"{page.year} of {' '.join(map(str, page.years))}",
        *(f"{one.week} {one.items} {one.messages}" for one in page.weeks),
    ]


async def _meant(desk: Desk, words: str, today: date = _TODAY) -> list[str]:
    asked = parse_asked(words, today)
    assert not isinstance(asked, IsoWeek | Stretch)
    yearly: Yearly = asked
    meant = await Browsing(desk.database).meant(desk.journal, yearly, today)
    return [] if meant is None else [str(meant.week), *map(str, meant.others)]


async def test_a_slip_into_the_future_hides_nothing(desk: Desk) -> None:
    """`/weeks` opens the year that is, and the far one is beside it; alone, it is opened."""
    await desk.receive("#life 手滑 @2199-w01")
    assert await _years(desk) == ["2199 of 2199", "2199-W01 1 1"]
    await desk.receive("#life 去年的 @2022-w52")
    assert await _years(desk) == ["2022 of 2199 2022", "2022-W52 1 1"]
    await desk.receive("#life 现在的")
    assert await _years(desk) == ["2023 of 2199 2023 2022", "2023-W40 1 1"]
    assert (await _years(desk, 2199))[1:] == ["2199-W01 1 1"]
    assert await _years(desk, 2021) == ["2021 of 2199 2023 2022"]


async def test_the_turn_of_the_year_is_that_of_weeks(desk: Desk) -> None:
    """On 1 January 2027 it is still 2026, which has a week 53."""
    for week in ("2026-w53", "2026-w01", "2027-w01", "2025-w52"):
        await desk.receive(f"#life {week} @{week}")
    first = await _years(desk, None, date(2027, 1, 1))
    assert first == ["2026 of 2027 2026 2025", "2026-W53 1 1", "2026-W01 1 1"]
    assert (await _years(desk, None, date(2027, 1, 4)))[1:] == ["2027-W01 1 1"]


async def test_a_week_is_there_while_it_holds_anything(desk: Desk) -> None:
    """Only a summary, only what is not filed; but not what was deleted."""
    await desk.receive("#总结 只有总结 @2023-w38")
    untagged = await desk.receive("没有标签 @2023-w37")
    gone = await desk.receive("#life 删掉的 @2023-w36")
    assert len(await _years(desk)) == 4
    [line] = (await desk.outline(IsoWeek(2023, 36))).lines
    assert gone > untagged
    await desk.filing.remove(desk.journal, line.node.entry_id)
    assert await _years(desk) == ["2023 of 2023", "2023-W38 0 1", "2023-W37 0 1"]
    assert await _meant(desk, "36") == ["2023-W36"]
    page = await Browsing(desk.database).page(desk.journal, None, 99, _TODAY)
    assert (page.number, page.pages) == (0, 1)
    assert {one.stage for one in page.weeks} == {Stage.OPEN}


async def test_of_several_the_latest_that_exists_is_meant(desk: Desk) -> None:
    """One of the future is no answer but can be chosen; without any it is the latest there was."""
    assert await _meant(desk, "40") == ["2023-W40"]
    assert await _meant(desk, "53") == ["2020-W53"]
    for week in ("2021-w40", "2022-w40", "2199-w40", "2015-w53"):
        await desk.receive(f"#life 有 @{week}")
    assert await _meant(desk, "第四十周") == ["2022-W40", "2199-W40", "2021-W40"]
    assert await _meant(desk, "10/5") == ["2022-W40", "2199-W40", "2021-W40"]
    assert await _meant(desk, "53") == ["2015-W53"]
    assert await _meant(desk, "１２月３１日") == ["2015-W53"]
