"""Finds lines of all weeks by what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.entry import JournalId, Node
from bot.domain.journal import Journal
from bot.domain.markdown import untitled_links, with_titles
from bot.domain.searching.ancestry import Candidate, found
from bot.domain.searching.folding import fold
from bot.domain.searching.lines import searched
from bot.domain.searching.query import Query, parse_query
from bot.services.documents import summary_headings
from bot.services.ports import Clock
from bot.services.wording import links_of, titled
from bot.storage import links, nodes, search_lines, searches
from bot.storage.database import Connection, Database
from bot.storage.search_lines import UnfoldedLine
from bot.storage.searches import SearchId

__all__ = ["Found", "SearchId", "SearchPage", "Searching"]

PAGE: Final = 8

_AT_ONCE: Final = 500
_AT_A_KNOCK: Final = 20


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

    async def search(self, journal: Journal, words: str) -> SearchPage | None:
        """The first page of what is found now; None for words that ask for nothing.

        Raises QueryError.
        """
        words = " ".join(words.split())
        query = self._query(journal, words)
        if query.is_empty:
            return None
        async with self._database.atomic() as connection:
            search_id = await searches.keep(connection, journal.id, words, self._clock.now())
        return await self._page(journal, search_id, words, query, 0)

    async def turn(self, journal: Journal, search_id: SearchId, number: int) -> SearchPage | None:
        """That page of what is found now, or the last one; None where the search is forgotten."""
        async with self._database.snapshot() as connection:
            words = await searches.words_of(connection, journal.id, search_id)
        if words is None:
            return None
        return await self._page(journal, search_id, words, self._query(journal, words), number)

    async def prepare(self) -> None:
        """Some lines that have changed are ready for a search, so that it has less to do."""
        for _ in range(_AT_A_KNOCK):
            if not await self._fold(None):
                return

    def _query(self, journal: Journal, words: str) -> Query:
        return parse_query(words, journal.all_sections, summary_headings(journal))

    async def _page(
        self, journal: Journal, search_id: SearchId, words: str, query: Query, number: int
    ) -> SearchPage:
        while await self._fold(journal.id):
            pass
        async with self._database.snapshot() as connection:
            every = await _found(connection, journal.id, query)
            pages = max(1, -(-len(every) // PAGE))
            number = min(number, pages - 1)
            shown = every[number * PAGE : (number + 1) * PAGE]
            lines = [await _line(connection, journal, one, query) for one in shown]
        there = tuple(line for line in lines if line is not None)
        return SearchPage(search_id, words, query, there, len(every), number, pages)

    async def _fold(self, journal_id: JournalId | None) -> bool:
        """Whether there may be more lines to be worked out."""
        async with self._database.snapshot() as connection:
            waiting = await search_lines.unfolded(connection, journal_id, _AT_ONCE)
        if not waiting:
            return False
        known = await asyncio.to_thread(_addresses, waiting)
        async with self._database.snapshot() as connection:
            titles = await links.titles(connection, {one for each in known for one in each})
        folded = await asyncio.to_thread(_folded, waiting, known, titles)
        missing = [
            (address, line.id)
            for line, addresses in zip(waiting, known, strict=True)
            for address in addresses
            if address not in titles
        ]
        async with self._database.atomic() as connection:
            present = {
                line.id: line
                for line in await search_lines.unfolded(connection, journal_id, _AT_ONCE)
            }
            # What has changed meanwhile is worked out the next time.
            same = [
                (line.id, text)
                for line, text in zip(waiting, folded, strict=True)
                if present.get(line.id) == line
            ]
            await search_lines.keep(connection, same, missing)
        return bool(same)


def _addresses(lines: Sequence[UnfoldedLine]) -> list[tuple[str, ...]]:
    return [
        untitled_links(line.text) if line.takes_titles and "://" in line.text else ()
        for line in lines
    ]


def _folded(
    lines: Sequence[UnfoldedLine], addresses: Sequence[Sequence[str]], titles: Mapping[str, str]
) -> list[str]:
    folded = []
    for line, known in zip(lines, addresses, strict=True):
        text = with_titles(line.text, {one: titles[one] for one in known if one in titles})
        folded.append(fold(searched(text, line.label, line.address)))
    return folded


async def _found(connection: Connection, journal_id: JournalId, query: Query) -> list[Candidate]:
    candidates = await search_lines.candidates(connection, journal_id, query)
    if len(query.needles) < 2:
        return candidates
    # A word may stand above in another section's line, or in one that a filter leaves out.
    whole = candidates
    if query.section is not None or query.part is not None:
        whole = await search_lines.candidates(
            connection, journal_id, replace(query, section=None, part=None)
        )
    everything = (1 << len(query.needles)) - 1
    incomplete = [one.id for one in whole if one.held != everything and one.parent is not None]
    above = await search_lines.parents(connection, incomplete) if incomplete else {}
    wanted = {one.id for one in candidates}
    return [one for one in found(whole, above, len(query.needles)) if one.id in wanted]


async def _line(
    connection: Connection, journal: Journal, one: Candidate, query: Query
) -> Found | None:
    node = await nodes.get(connection, one.id)
    if node is None:
        return None
    above = ""
    complete = one.held == (1 << len(query.needles)) - 1
    if not complete and node.at.parent is not None:
        parent = await nodes.get(connection, node.at.parent)
        above = "" if parent is None else await _text(connection, journal, parent)
    return Found(node, await _text(connection, journal, node), above)


async def _text(connection: Connection, journal: Journal, node: Node) -> str:
    titles = await links.titles(connection, links_of(journal, [node]))
    label = "" if node.file is None else node.file.label
    return searched(titled(node, titles), label, node.address)
