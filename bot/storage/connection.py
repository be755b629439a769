"""One connection to SQLite, which does its work in a thread of its own, or on the spot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import aiosqlite

Values = Sequence[Any] | Mapping[str, Any]
_PRIMARY_CODE = 0xFF


def primary_code(error: BaseException) -> int:
    """Which kind of fault SQLite reports, its details left out; 0 where it is none of SQLite's.

    Source: https://sqlite.org/rescode.html
    """
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY_CODE if isinstance(code, int) else 0


class Cursor(Protocol):
    """What was executed. Rows are not had from it, for that differs by where it was done."""

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""


class Connection:
    """Statements go by a thread, so that nobody waits for the disk, or for another program.

    That way there and back takes longer than most statements do. A batch of messages has some
    twenty for each, of some ten microseconds, on pages that are in memory: `on_the_spot` they
    are carried out in the loop's own thread. So is `at_once` what touches no disk.
    """

    def __init__(self, link: aiosqlite.Connection, here: sqlite3.Connection) -> None:
        self._link = link
        self._here = here
        self._is_here = False

    @classmethod
    async def open(cls, connect: Callable[[], sqlite3.Connection]) -> Connection:
        """What `connect` gives, which must not insist on one thread. Raises what that raises."""
        opened: list[sqlite3.Connection] = []

        def connector() -> sqlite3.Connection:
            connection = connect()
            connection.row_factory = sqlite3.Row
            opened.append(connection)
            return connection

        link = await aiosqlite.Connection(connector, iter_chunk_size=64)
        return cls(link, opened[-1])

    async def close(self) -> None:
        """Nothing can be done with it any more."""
        await self._link.close()

    @property
    def in_transaction(self) -> bool:
        """Whether something was begun that is neither kept nor taken back."""
        return self._here.in_transaction

    def at_once(self, statement: str) -> None:
        """The statement, for which nothing has to be read, written or waited for, is done."""
        self._here.execute(statement)

    @contextmanager
    def on_the_spot(self, here: bool = True) -> Iterator[None]:
        """What is executed meanwhile is done by whoever wants it; or, where not `here`, is not."""
        before, self._is_here = self._is_here, here
        try:
            yield
        finally:
            self._is_here = before

    async def execute(self, statement: str, values: Values = ()) -> Cursor:
        """The statement has been carried out."""
        if self._is_here:
            return self._here.execute(statement, values)
        return await self._link.execute(statement, values)

    async def execute_fetchall(self, statement: str, values: Values = ()) -> list[sqlite3.Row]:
        """All rows that it gives."""
        if self._is_here:
            return self._here.execute(statement, values).fetchall()
        return list(await self._link.execute_fetchall(statement, values))

    async def executemany(self, statement: str, values: Iterable[Values]) -> Cursor:
        """The statement has been carried out with each of those values."""
        if self._is_here:
            return self._here.executemany(statement, values)
        return await self._link.executemany(statement, values)
