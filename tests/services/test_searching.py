"""Searching on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.shelf import Shelf
from bot.domain.entry import JournalId
from bot.domain.outlining.operations import Rewrite, ToWeek
from bot.domain.searching.folding import fold
from bot.domain.searching.query import QueryError
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.archive import Archive, ArchiveFile
from bot.services.searching import SearchId, Searching
from bot.storage import links, search_lines, searches
from bot.storage.database import Connection
from bot.storage.search_lines import UnfoldedLine
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


async def _call(desk: Desk, address: str, title: str) -> None:
    """The page's title is known."""
    async with desk.database.atomic() as connection:
        await links.want(connection, [address], desk.clock.now())
        await links.set_title(connection, address, title)


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
    page = await searching.search(desk.journal, "火锅 毛肚")
    assert page is not None
    assert [(one.above, one.text) for one in page.found] == [("去吃火锅", "毛肚最好")]
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
    await _call(desk, "https://example.org/post", "番茄炒蛋")
    assert await _found(desk, "番茄") == ["看 番茄炒蛋 https://example.org/post"]


async def test_a_title_that_comes_with_another_journal_is_found(desk: Desk) -> None:
    """Though nobody had asked the page for it."""
    await desk.receive("#tech 看 https://example.org/post")
    assert await _found(desk, "番茄") == []
    async with desk.database.atomic() as connection:
        await connection.execute("DELETE FROM links")
        await connection.execute(
            "INSERT INTO links (address, title) VALUES ('https://example.org/post', '番茄炒蛋')"
        )
    assert len(await _found(desk, "番茄")) == 1


async def test_a_title_that_arrives_while_lines_are_worked_out_is_not_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is worked out once more."""
    await desk.receive("#tech 看 https://example.org/post")
    titles = links.titles

    async def slow(connection: Connection, addresses: Iterable[str]) -> dict[str, str]:
        known = await titles(connection, addresses)
        monkeypatch.setattr(links, "titles", titles)
        await asyncio.create_task(_call(desk, "https://example.org/post", "番茄炒蛋"))
        return known

    monkeypatch.setattr(links, "titles", slow)
    await Searching(desk.database, desk.clock).prepare()
    assert len(await _found(desk, "番茄")) == 1


async def test_a_line_that_changes_while_it_is_worked_out_is_found_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the search that was under way."""
    number = await desk.receive("#life 火锅")
    unfolded = search_lines.unfolded

    async def slow(
        connection: Connection, journal_id: JournalId | None, most: int
    ) -> list[UnfoldedLine]:
        lines = await unfolded(connection, journal_id, most)
        monkeypatch.setattr(search_lines, "unfolded", unfolded)
        await asyncio.create_task(desk.revise(number, "#life 烤肉"))
        return lines

    monkeypatch.setattr(search_lines, "unfolded", slow)
    assert await _found(desk, "烤肉") == ["烤肉"]


async def test_a_title_that_is_not_shown_finds_nothing(desk: Desk) -> None:
    """Where the journal leaves links as they are, whatever another journal knows of them."""
    await desk.receive("#tech 看 https://example.org/post")
    await _call(desk, "https://example.org/post", "番茄炒蛋")
    for shown in (False, True):
        async with desk.database.atomic() as connection:
            await connection.execute("UPDATE journals SET link_titles = ?", (shown,))
        desk.journal = replace(desk.journal, link_titles=shown)
        assert len(await _found(desk, "番茄")) == int(shown)


async def test_imported_weeks_are_searched(desk: Desk, tmp_path: Path) -> None:
    """With captions and paragraphs, in the order of the file, also in sections of their own."""
    archive = Archive(desk.database, desk.reporting, Shelf(tmp_path))
    content = (
        "# 2019 年第5周\n\n开头说火锅\n\n## 生活\n\n1. 一\n    1. 火锅\n2. 火锅店\n\n"
        "![火锅图](a.jpg)\n\n## 读**书**\n\n1. 火锅史\n"
    )

    async def nothing(_: str) -> None:
        await asyncio.sleep(0)

    file = ArchiveFile("2019-W05.md", content.encode(), nothing)
    findings = await archive.inspect(desk.journal, [file])
    await archive.take_in(desk.journal, findings, desk.clock.now(), replace=False)
    everything = ["开头说火锅", "火锅", "火锅店", "火锅图 a.jpg", "火锅史"]
    assert await _found(desk, "火锅") == everything
    assert await _found(desk, "section:读书 火锅") == ["火锅史"]
    with pytest.raises(QueryError) as caught:
        await _found(desk, "section:厨房")
    assert caught.value.there == ("生活", "技术", "读书")


async def test_a_year_without_weeks_is_said_with_those_that_there_are(desk: Desk) -> None:
    """Newest first; in an empty journal there is nothing to say."""
    assert await _found(desk, "火锅 year:2019") == []
    await desk.receive("#life 火锅")
    await desk.receive("#life 火锅 @2021-w40")
    with pytest.raises(QueryError) as caught:
        await _found(desk, "火锅 year:2019")
    assert (caught.value.words, caught.value.there) == ("2019", ("2023", "2021"))


async def test_a_line_that_is_gone_has_a_week_all_the_same(desk: Desk) -> None:
    """In its own journal, and in no other."""
    number = await desk.receive("#life 火锅")
    page = await Searching(desk.database, desk.clock).search(desk.journal, "火锅")
    assert page is not None
    [one] = page.found
    await desk.revise(number, "#life 烤肉")
    await desk.filing.remove(desk.journal, one.node.entry_id)
    assert await desk.editor.outlining.week_of(desk.journal, one.node.id) == WEEK
    other = replace(desk.journal, id=JournalId(99))
    assert await desk.editor.outlining.week_of(other, one.node.id) is None


async def test_searches_belong_to_their_journal_and_are_forgotten(desk: Desk) -> None:
    """A number of another journal's finds nothing, nor does one that nobody gave."""
    await desk.receive("#life 火锅")
    searching = Searching(desk.database, desk.clock)
    page = await searching.search(desk.journal, "火锅")
    again = await searching.search(desk.journal, "火锅")
    assert page is not None
    assert again is not None
    assert page.id == again.id
    other = replace(desk.journal, id=JournalId(99))
    assert await searching.turn(other, page.id, 0) is None
    assert await searching.turn(desk.journal, SearchId(page.id + 1), 0) is None
    for days, is_known in ((29, True), (2, False)):
        desk.clock.advance(timedelta(days=days))
        async with desk.database.atomic() as connection:
            await searches.forget_old(connection, desk.clock.now())
        assert (await searching.turn(desk.journal, page.id, 0) is not None) == is_known


async def test_lines_are_made_ready_beforehand(desk: Desk) -> None:
    """In the background, a part at a time; what a preview shows is not out of date by that."""
    await desk.receive("#life 火锅")
    before = (await desk.reporting.compile(desk.journal, WEEK)).change
    await Searching(desk.database, desk.clock).prepare()
    async with desk.database.snapshot() as connection:
        rows = await connection.execute_fetchall("SELECT folded FROM nodes")
    assert [row["folded"] for row in rows] == ["火锅"]
    assert (await desk.reporting.compile(desk.journal, WEEK)).change == before


_SAID = st.lists(
    st.sampled_from(["火锅", "锅盖", "Hot", "hotel", "É", "etc", "🌶️", "盖火"]),
    min_size=1,
    max_size=3,
).map(" ".join)
_ASKED = st.lists(
    st.sampled_from(["火", "锅", "火锅", "hot", "e", "🌶", "ot", "盖"]),
    min_size=1,
    max_size=3,
    unique=True,
)


def _naively(threads: Sequence[Sequence[str]], asked: Sequence[str]) -> list[str]:
    """What a look at every line finds: each message a thread, each line below the one before."""
    lines = []
    for thread in reversed(threads):
        for at, line in enumerate(thread):
            above = fold("\n".join(thread[:at]))
            own, lacking = fold(line), [one for one in asked if fold(one) not in above]
            adds = all(one in own for one in map(fold, lacking)) and lacking
            if adds or all(fold(one) in own for one in asked):
                lines.append(line)
    return lines


@settings(max_examples=25)
@given(st.lists(st.lists(_SAID, min_size=1, max_size=3), min_size=1, max_size=6), _ASKED)
def test_what_is_found_is_what_a_look_at_every_line_finds(
    threads: list[list[str]], asked: list[str]
) -> None:
    """Whatever the lines hold, and whatever is asked for."""

    async def look() -> list[str]:
        with TemporaryDirectory() as folder:
            async with open_desk(Path(folder) / "weeknotes.db") as desk:
                for thread in threads:
                    below = "".join(f"\n{'-' * at} {s}" for at, s in enumerate(thread) if at)
                    await desk.receive(f"#life {thread[0]}{below}")
                return await _found(desk, " ".join(asked))

    assert asyncio.run(look()) == _naively(threads, asked)
