"""Keeps what lines say ready to be searched: worked out again where it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.entry import JournalId
from bot.domain.markdown import untitled_links, with_titles
from bot.domain.searching.folding import fold
from bot.domain.searching.lines import searched
from bot.storage import links, search_lines
from bot.storage.database import Database
from bot.storage.search_lines import UnfoldedLine

_AT_ONCE: Final = 500
_AT_A_KNOCK: Final = 20


class LineFolding:
    """Works out how lines are compared, a part of them at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fold_some(self) -> None:
        """Some lines that have changed are ready for a search, so that it has less to do."""
        for _ in range(_AT_A_KNOCK):
            if not await self._fold(None):
                return

    async def fold_all(self, journal_id: JournalId) -> None:
        """All lines of the journal are ready for a search."""
        while await self._fold(journal_id):
            pass

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
        async with self._database.atomic() as connection:
            now = await search_lines.unfolded(connection, journal_id, _AT_ONCE)
            present = {line.id: line for line in now}
            missing = {one for each in known for one in each if one not in titles}
            arrived = await links.titles(connection, missing)
            # What has changed meanwhile, or got a title, is worked out the next time.
            same = [
                (line, addresses, text)
                for line, addresses, text in zip(waiting, known, folded, strict=True)
                if present.get(line.id) == line and arrived.keys().isdisjoint(addresses)
            ]
            untitled = [
                (address, line.id)
                for line, addresses, _ in same
                for address in addresses
                if address in missing
            ]
            await search_lines.keep(
                connection, [(line.id, text) for line, _, text in same], untitled
            )
        return True


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
