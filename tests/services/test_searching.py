"""Searching on a real database."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.shelf import Shelf
from bot.domain.outlining.operations import Rewrite, ToWeek
from bot.domain.searching.folding import fold
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.archive import Archive, ArchiveFile
from bot.services.searching import SearchId, Searching
from bot.storage import links
from tests.services.desk import WEEK, Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An empty journal."""
    async with open_desk(tmp_path / "weeknotes.db") as opened:
        yield opened


async def _found(desk: Desk, words: str) -> list[str]:
    """What is found, all pages of it."""
    searching = Searching(desk.database, desk.clock)
    page = await searching.search(desk.journal, words)
    assert page is not None
    lines = [one.text for one in page.found]
    for number in range(1, page.pages):
        turned = await searching.turn(desk.journal, page.id, number)
        assert turned is not None
        lines += [one.text for one in turned.found]
    assert len(lines) == page.total
    return lines


async def test_the_newest_come_first(desk: Desk) -> None:
    """By week, by message, and within a message in its order; untagged ones as well."""
    await desk.receive("#life 火锅一\n- 火锅二")
    await desk.receive("#tech 火锅三 @2022-w40")
    await desk.receive("火锅四")
    await desk.receive("#总结 火锅五")
    assert await _found(desk, "火锅") == ["火锅五", "火锅四", "火锅一", "火锅二", "火锅三"]
    assert await _found(desk, "火锅 year:2022") == ["火锅三"]
    assert await _found(desk, "火锅 section:tech") == ["火锅三"]
    assert await _found(desk, "section:summary 火锅") == ["火锅五"]
    assert await _found(desk, "#life") == ["火锅一"]


async def test_several_words_may_be_spread_over_a_line_and_what_is_above(desk: Desk) -> None:
    """The line that adds the last word is what is found, with what stands above."""
    await desk.receive("#life 去吃火锅\n- 很好吃\n-- 毛肚最好")
    await desk.receive("#life 别的很好吃")
    searching = Searching(desk.database, desk.clock)
    page = await searching.search(desk.journal, "好吃 火锅")
    assert page is not None
    assert [(one.above, one.text) for one in page.found] == [("去吃火锅", "很好吃")]
    assert await _found(desk, "火锅 毛肚") == ["毛肚最好"]
    assert await _found(desk, '"很好 吃"') == []


async def test_what_changes_is_found_as_it_is_now(desk: Desk) -> None:
    """Edited, moved, deleted, put back, undone."""
    number = await desk.receive("#life 火锅")
    assert await _found(desk, "火锅") == ["火锅"]
    await desk.revise(number, "#life 烤肉")
    assert await _found(desk, "火锅") == []
    line = await desk.line("1")
    async with desk.one_change():
        await desk.apply(line, Rewrite(RichText("涮肉")))
    assert await _found(desk, "涮肉") == ["涮肉"]
    await desk.undoing.undo(desk.journal, 1001)
    assert await _found(desk, "涮肉") == []
    assert await _found(desk, "烤肉") == ["烤肉"]
    await desk.apply(line, ToWeek(IsoWeek(2022, 1)))
    assert await _found(desk, "烤肉 year:2022") == ["烤肉"]
    await desk.filing.remove(desk.journal, line.node.entry_id)
    assert await _found(desk, "烤肉") == []
    await desk.filing.restore(desk.journal, line.node.entry_id)
    assert await _found(desk, "烤肉") == ["烤肉"]


async def test_a_page_is_found_by_its_title_once_that_is_known(desk: Desk) -> None:
    """And by its address all the time."""
    await desk.receive("#tech 看 https://example.org/post")
    assert len(await _found(desk, "example.org")) == 1
    assert await _found(desk, "番茄") == []
    async with desk.database.atomic() as connection:
        await links.want(connection, ["https://example.org/post"], desk.clock.now())
        await links.set_title(connection, "https://example.org/post", "番茄炒蛋")
    assert await _found(desk, "番茄") == ["看 番茄炒蛋 https://example.org/post"]


async def test_imported_weeks_are_searched(desk: Desk, tmp_path: Path) -> None:
    """With their captions and paragraphs."""
    archive = Archive(desk.database, desk.reporting, Shelf(tmp_path))
    content = "# 2019 年第5周\n\n开头说火锅\n\n## 生活\n\n1. 一\n    1. 火锅\n\n![火锅图](a.jpg)\n"

    async def nothing(_: str) -> None:
        await asyncio.sleep(0)

    file = ArchiveFile("2019-W05.md", content.encode(), nothing)
    findings = await archive.inspect(desk.journal, [file])
    await archive.take_in(desk.journal, findings, desk.clock.now(), replace=False)
    assert sorted(await _found(desk, "火锅")) == ["开头说火锅", "火锅", "火锅图 a.jpg"]


async def test_searches_belong_to_their_journal_and_are_forgotten(desk: Desk) -> None:
    """A number of another journal's finds nothing, nor does one that nobody gave."""
    await desk.receive("#life 火锅")
    searching = Searching(desk.database, desk.clock)
    page = await searching.search(desk.journal, "火锅")
    again = await searching.search(desk.journal, "火锅")
    assert page is not None
    assert again is not None
    assert page.id == again.id
    other = replace(desk.journal, id=type(desk.journal.id)(99))
    assert await searching.turn(other, page.id, 0) is None
    assert await searching.turn(desk.journal, SearchId(page.id + 1), 0) is None


async def test_lines_are_made_ready_beforehand(desk: Desk) -> None:
    """In the background, a part at a time; what a preview shows is not out of date by that."""
    await desk.receive("#life 火锅")
    before = (await desk.reporting.compile(desk.journal, WEEK)).change
    await Searching(desk.database, desk.clock).prepare()
    async with desk.database.snapshot() as connection:
        rows = await connection.execute_fetchall("SELECT folded FROM nodes")
    assert [row["folded"] for row in rows] == ["火锅"]
    assert (await desk.reporting.compile(desk.journal, WEEK)).change == before


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_found_is_what_a_look_at_every_line_finds(desk: Desk, seed: int) -> None:
    """Lines of random words, searched for random parts of words."""
    chance = random.Random(seed)
    words = ["火锅", "锅盖", "Hot", "hotel", "É", "etc", "🌶️", "盖火"]
    said = []
    for number in range(25):
        text = " ".join([*chance.choices(words, k=3), str(number)])
        await desk.receive(f"#life {text}")
        said.append(text)
    for _ in range(12):
        asked = chance.sample(
            ["火", "锅", "火锅", "hot", "e", "🌶", "ot", "盖"], k=chance.randint(1, 3)
        )
        naive = [t for t in reversed(said) if all(fold(one) in fold(t) for one in asked)]
        assert await _found(desk, " ".join(asked)) == naive
