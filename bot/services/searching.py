"""Finds lines of all weeks by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.archive.unfolding import foreign_heading
from bot.domain.entry import JournalId, Node, NodeId, SectionSpec
from bot.domain.journal import Journal
from bot.domain.searching.ancestry import Candidate, found, nearest
from bot.domain.searching.lines import searched
from bot.domain.searching.query import Query, QueryError, QueryFault, parse_query
from bot.services.documents import summary_headings
from bot.services.line_folding import LineFolding
from bot.services.ports import Clock
from bot.services.wording import links_of, titled
from bot.storage import filled_weeks, links, nodes, search_lines, searches
from bot.storage.database import Connection, Database
from bot.storage.searches import SearchId

__all__ = ["Found", "SearchId", "SearchPage", "Searching"]

PAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A line, what a search looks through of it, and of the line above where that has a word."""

    node: Node
    text: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of what was found, of `total` in all; `number` counts from 0."""

    id: SearchId
    words: str
    query: Query
    found: tuple[Found, ...]
    total: int
    number: int = 0
    pages: int = 1


class Searching:
    """Searches journals, and keeps their lines ready for it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._folding = LineFolding(database)

    async def search(self, journal: Journal, words: str) -> SearchPage | None:
        """The first page of what is found now; None for words that ask for nothing.

        Raises QueryError, also for a year in which the journal has nothing.
        """
        words = " ".join(words.split())
        query = await self._query(journal, words)
        if query.is_empty:
            return None
        async with self._database.atomic() as connection:
            await _check_year(connection, journal.id, query)
            search_id = await searches.keep(connection, journal.id, words, self._clock.now())
        return await self._page(journal, search_id, words, query, 0)

    async def turn(self, journal: Journal, search_id: SearchId, number: int) -> SearchPage | None:
        """That page of what is found now, or the last one; None where the search is forgotten.

        Raises QueryError where a section that it looked in is gone.
        """
        async with self._database.snapshot() as connection:
            words = await searches.words_of(connection, journal.id, search_id)
        if words is None:
            return None
        query = await self._query(journal, words)
        return await self._page(journal, search_id, words, query, number)

    async def prepare(self) -> None:
        """Some lines that have changed are ready for a search, so that it has less to do."""
        await self._folding.fold_some()

    async def _query(self, journal: Journal, words: str) -> Query:
        others = summary_headings(journal)
        try:
            return parse_query(words, journal.all_sections, others)
        except QueryError as error:
            if error.fault is not QueryFault.NO_SECTION:
                raise
        async with self._database.snapshot() as connection:
            imported = await search_lines.foreign_sections(connection, journal.id)
        specs = [SectionSpec(key, foreign_heading(key), ()) for key in imported]
        return parse_query(words, (*journal.all_sections, *specs), others)

    async def _page(
        self, journal: Journal, search_id: SearchId, words: str, query: Query, number: int
    ) -> SearchPage:
        await self._folding.fold_all(journal.id)
        async with self._database.snapshot() as connection:
            every, above = await _found(connection, journal.id, query)
            pages = max(1, -(-len(every) // PAGE))
            number = min(number, pages - 1)
            shown = every[number * PAGE : (number + 1) * PAGE]
            lines = [await _line(connection, journal, one, above) for one in shown]
        there = tuple(line for line in lines if line is not None)
        return SearchPage(search_id, words, query, there, len(every), number, pages)


async def _check_year(connection: Connection, journal_id: JournalId, query: Query) -> None:
    if query.year is None:
        return
    years = await filled_weeks.years(connection, journal_id)
    if years and query.year not in years:
        raise QueryError(QueryFault.EMPTY_YEAR, str(query.year), tuple(map(str, years)))


async def _found(
    connection: Connection, journal_id: JournalId, query: Query
) -> tuple[list[Candidate], Mapping[NodeId, Candidate]]:
    """The lines that are found, and what stands above those that have not all of the words."""
    candidates = await search_lines.candidates(connection, journal_id, query)
    if len(query.needles) < 2:
        return candidates, {}
    everything = (1 << len(query.needles)) - 1
    parents = {
        one.parent for one in candidates if one.parent is not None and one.held != everything
    }
    above = await search_lines.above(connection, parents, query.needles)
    return list(found(candidates, above, len(query.needles))), above


async def _line(
    connection: Connection, journal: Journal, one: Candidate, above: Mapping[NodeId, Candidate]
) -> Found | None:
    node = await nodes.get(connection, one.id)
    if node is None:
        return None
    upper_id = nearest(one, above)
    upper = None if upper_id is None else await nodes.get(connection, upper_id)
    over = "" if upper is None else await _text(connection, journal, upper)
    return Found(node, await _text(connection, journal, node), over)


async def _text(connection: Connection, journal: Journal, node: Node) -> str:
    titles = await links.titles(connection, links_of(journal, [node]))
    label = "" if node.file is None else node.file.label
    return searched(titled(node, titles), label, node.address)
