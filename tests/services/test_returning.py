"""A week becomes what a file says, and its lines stay what they are."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.shelf import Shelf
from bot.domain.archive.unfolding import Leaf, unfold
from bot.domain.entry import (
    ChatId,
    MessageId,
    MessageKey,
    Node,
    NodeId,
    Part,
    Placement,
    State,
)
from bot.domain.journal import Journal
from bot.domain.render import render
from bot.domain.report import Item, ItemList, Paragraph, Picture, Report, Section
from bot.domain.schedule import WeeklyTime
from bot.domain.text import NO_TEXT
from bot.domain.week import IsoWeek
from bot.services.access import Access, JournalDefaults
from bot.services.archive import Archive, ArchiveFile
from bot.services.documents import compile_canonical, read_report
from bot.services.opening import open_database
from bot.services.owners import Owners
from bot.services.reporting import Reporting
from bot.services.returning.applying import apply
from bot.services.returning.differing import Difference, propose
from bot.services.returning.unpacking import unpack
from bot.storage import entries, nodes, originals
from bot.storage.database import Database
from tests.archive.files import HUGO, TIDY, UNTIDY, WINDOWS
from tests.clock import START, FakeClock
from tests.e2e.conftest import SHANGHAI

WEEK = IsoWeek(2023, 40)
TITLE = "2023 年第40周周报"


@dataclass
class Desk:
    """A database with two journals, and what can be done with the week in them."""

    database: Database
    journal: Journal
    other: Journal
    shelf: Shelf
    messages: int = 0

    async def say(self, leaves: Sequence[Leaf]) -> None:
        """Each top-level line with what is below it comes as a message, seconds apart."""
        async with self.database.atomic() as connection:
            ids: list[NodeId] = []
            entry_id = None
            for index, leaf in enumerate(leaves):
                sent_at = START + timedelta(seconds=self.messages)
                if leaf.parent is None:
                    self.messages += 1
                    sent_at = START + timedelta(seconds=self.messages)
                    entry_id = await entries.add(
                        connection,
                        entries.NewEntry(
                            journal_id=self.journal.id,
                            key=MessageKey(ChatId(1001), MessageId(self.messages)),
                            media_group=None,
                            author_id=1001,
                            author="",
                            sent_at=sent_at,
                            text=NO_TEXT,
                            week=WEEK,
                            state=State.PLACED,
                            reaction="",
                            asks=False,
                        ),
                    )
                assert entry_id is not None
                parent = None if leaf.parent is None else ids[leaf.parent]
                new = nodes.NewNode(
                    entry_id=entry_id,
                    journal_id=self.journal.id,
                    at=Placement(WEEK, leaf.section, leaf.part, parent),
                    position=sent_at.timestamp(),
                    line=index,
                    source=leaf.source,
                    address=leaf.address,
                )
                ids.append(await nodes.add(connection, new))

    async def take_in(self, journal: Journal, text: str) -> None:
        """The week is imported from a file."""

        async def no_picture(path: str) -> bytes | None:
            del path
            return None

        archive = Archive(self.database, Reporting(self.database), self.shelf)
        file = ArchiveFile("2023-W40.md", text.encode(), no_picture)
        found = await archive.inspect(journal, [file])
        await archive.take_in(journal, found, START, replace=True)

    async def send_back(self, text: str) -> Difference:
        """The file is applied; what it has changed."""
        parcel = unpack("2023-W40.md", text.encode())
        async with self.database.atomic() as connection:
            proposal = await propose(self.database, self.journal, parcel, WEEK)
            assert proposal.refused == ()
            [difference] = proposal.differences
            if not difference.is_none:
                await apply(connection, self.shelf, difference, START)
        return difference

    async def document(self) -> str:
        """The week's file."""
        compiled = await Reporting(self.database).compile(self.journal, WEEK)
        return compiled.document.decode()

    async def lines(self, journal: Journal | None = None) -> dict[NodeId, Node]:
        """The week's nodes."""
        async with self.database.snapshot() as connection:
            found = await nodes.of_week(connection, (journal or self.journal).id, WEEK)
        return {node.id: node for node in found}

    async def has_original(self) -> bool:
        """Whether the week keeps a file."""
        async with self.database.snapshot() as connection:
            return await originals.of_week(connection, self.journal.id, WEEK) is not None


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """A desk with nothing on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        clock = FakeClock()
        async with await open_database(path / "weeknotes.db", clock) as database:
            defaults = JournalDefaults("zh", SHANGHAI, WeeklyTime.parse("sun 20:00"))
            access = Access(database, clock, Owners(database, {1001}), defaults)
            journal = await access.open_private(ChatId(1001))
            other = await access.open_private(ChatId(2002))
            yield Desk(database, journal, other, Shelf(path / "pictures"))


_words = st.sampled_from(
    ["跑步", "跑步三次", "吃饭", "吃了云南菜", "修好了", "**粗**", "a `b`", "<https://a.b>", "说"]
)


def _items(depth: int) -> st.SearchStrategy[tuple[Item, ...]]:
    below = st.just(()) if depth == 0 else st.one_of(st.just(()), _items(depth - 1))
    return st.lists(st.builds(Item, _words, below), min_size=1, max_size=4).map(tuple)


def _section(heading: str) -> st.SearchStrategy[Section]:
    """In canonical order, with at least an item."""
    paragraphs = st.lists(_words.map(Paragraph), max_size=2)
    pictures = st.lists(st.builds(Picture, _words, st.sampled_from(["a.jpg", "b.jpg"])), max_size=2)
    return st.tuples(paragraphs, _items(2), pictures, paragraphs).map(
        lambda parts: Section(heading, (*parts[0], ItemList(parts[1]), *parts[2], *parts[3]))
    )


@st.composite
def _reports(draw: st.DrawFn) -> Report:
    headings = ["生活", "技术", *draw(st.permutations(["读书", "旅行"]))]
    sections = [draw(_section(heading)) for heading in headings if draw(st.booleans())]
    summary = Section("总结", (Paragraph(draw(_words)),)) if draw(st.booleans()) else None
    title = TITLE if draw(st.booleans()) else draw(_words)
    opening = tuple(Paragraph(words) for words in draw(st.lists(_words, max_size=2)))
    return Report(title, opening, tuple(sections), summary)


@st.composite
def _edited(draw: st.DrawFn, report: Report) -> Report:
    """The report with something done to one of its lists, or another report."""
    if not report.sections or draw(st.integers(0, 3)) == 0:
        return draw(_reports())
    at = draw(st.integers(0, len(report.sections) - 1))
    section = report.sections[at]
    blocks = []
    for block in section.blocks:
        if isinstance(block, ItemList):
            items = list(draw(st.permutations(block.items)))
            if draw(st.booleans()):
                items.insert(draw(st.integers(0, len(items))), Item(draw(_words), draw(_items(1))))
            if draw(st.booleans()) and len(items) > 1:
                items.pop()
            block = ItemList(tuple(items))
        blocks.append(block)
    sections = [*report.sections]
    sections[at] = replace(section, blocks=tuple(blocks))
    return replace(report, sections=tuple(sections))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_week_of_messages_becomes_any_file(data: st.DataObject) -> None:
    """Byte for byte; its nodes say so by themselves, and lines that are the same keep theirs."""
    first = data.draw(_reports())
    second = data.draw(_edited(first))
    third = data.draw(_edited(second))

    async def play() -> None:
        async with desk() as table:
            await table.say(unfold(first, table.journal.sections))
            for wanted in map(render, (second, third)):
                await _becomes(table, wanted)

    asyncio.run(play())


@given(
    st.data(), st.sampled_from([TIDY, UNTIDY, WINDOWS, HUGO.replace("2024 年第八", "2023 年第40")])
)
@settings(max_examples=20, deadline=None)
def test_an_imported_week_becomes_any_file(data: st.DataObject, file: str) -> None:
    """However untidy it was, and with a message added to it."""
    second = data.draw(_reports())

    async def play() -> None:
        async with desk() as table:
            await table.take_in(table.journal, file)
            await table.say([Leaf(Part.ITEM, "life", "发来的")])
            now = await table.document()
            for wanted in (now.replace("1. ", "1. 改 ", 1), render(second), file):
                await _becomes(table, wanted)

    asyncio.run(play())


async def _becomes(table: Desk, wanted: str) -> None:
    before = await table.lines()
    difference = await table.send_back(wanted)
    assert await table.document() == wanted
    again = unpack("2023-W40.md", wanted.encode())
    proposal = await propose(table.database, table.journal, again, WEEK)
    assert proposal.differences[0].is_none
    # The nodes say what an import of the file would have made of it.
    await table.take_in(table.other, wanted)
    after = await table.lines()
    made = [
        compile_canonical(
            journal, WEEK, (await table.lines(journal)).values(), read_report(wanted, journal)
        )
        for journal in (table.journal, table.other)
    ]
    assert made[0] == made[1]
    old = difference.standing.leaves
    moved = {move.old for move in difference.script.moved}
    for was in difference.script.pairs:
        node_id = None if was is None else old[was].node
        if was is not None and node_id is not None and was not in moved:
            assert node_id in after
            if was not in difference.script.changed:
                assert after[node_id].text == before[node_id].text
            assert after[node_id].source == before[node_id].source


def test_a_canonical_file_needs_no_original() -> None:
    """Where the lines alone give the file back, nothing else is kept, also after an import."""

    async def play() -> None:
        async with desk() as table:
            text = f"# {TITLE}\n\n## 生活\n\n1. 一\n"
            await table.take_in(table.journal, f"# {TITLE}\n## 生活\n- 一")
            assert await table.has_original()
            await table.send_back(text)
            assert not await table.has_original()
            await table.send_back(text.replace("1.", "-"))
            assert await table.has_original()
            assert await table.document() == text.replace("1.", "-")

    asyncio.run(play())
