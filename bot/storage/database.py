"""The database: one connection that writes, one that reads, and transactions around both."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from bot.storage.connection import Connection, Cursor, primary_code

__all__ = ["Connection", "Database", "finished", "new_id"]

_Result = TypeVar("_Result")

_PATIENCE_SECONDS = 5.0
_PATIENT = f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000:.0f}"
# To begin a transaction is done on the spot, where SQLite must not wait for another program.
_IMPATIENT = "PRAGMA busy_timeout = 0"
_PAUSE_SECONDS = 0.01
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # An acknowledgement promises that the entry survives a power cut: FULL syncs every commit.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Done by `checkpoint` as a rule; a commit does it where that does not get its turn.
    "PRAGMA wal_autocheckpoint = 4000",
    # What is recorded of changes must not need a folder for temporary files.
    "PRAGMA temp_store = MEMORY",
)


class Database:
    """SQLite in WAL mode; every write goes through `atomic`, every longer read through `snapshot`.

    One connection shared by coroutines would let a rollback of one discard what another has
    just written, so each connection has a lock and a transaction holds it from begin to end.
    """

    def __init__(self, writer: Connection, reader: Connection, path: Path) -> None:
        self._writer = writer
        self._reader = reader
        self.path = path
        self._writing = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._owner: asyncio.Task[object] | None = None
        self._depth = 0
        self._is_spoilt = False
        self._watchers: list[Callable[[], None]] = []
        self.patience_seconds = _PATIENCE_SECONDS

    @classmethod
    async def open(cls, path: Path) -> Database:
        """The database at `path`, made where there is none, readable by its owner only.

        Raises OSError where the folder cannot be used, sqlite3.Error where the file is no
        database.
        """
        await asyncio.to_thread(_make_private, path)
        writer = await _connect(path)
        try:
            await writer.execute_fetchall(_IMPATIENT)
            reader = await _connect(path)
        except BaseException:
            await writer.close()
            raise
        return cls(writer, reader, path)

    async def close(self) -> None:
        """Both connections closed, after the transaction that is under way."""
        async with self._reading:
            await self._reader.close()
        async with self._writing:
            await self._writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    def watch(self, told: Callable[[], None]) -> None:
        """`told` is called after each commit, which is no place for anything that takes time."""
        self._watchers.append(told)

    @property
    def in_transaction(self) -> bool:
        """Whether the present task holds the write transaction, and so must not use the network."""
        return self._owner is not None and self._owner is asyncio.current_task()

    @property
    def writer(self) -> Connection:
        """The connection of the transaction that the present task is in. Raises RuntimeError."""
        if not self.in_transaction:
            raise RuntimeError("there is no transaction to write in")
        return self._writer

    @asynccontextmanager
    async def atomic(self, *, swiftly: bool = False) -> AsyncIterator[Connection]:
        """A write transaction: all of it is stored, or none.

        Inside another transaction of the same task it is a savepoint, so that a batch can
        hold many use cases and lose none of them when one fails. `swiftly` what is in it is
        executed on the spot: for many small statements.
        """
        if self.in_transaction:
            async with self._savepoint():
                yield self._writer
            return
        async with self._writing:
            self._owner = asyncio.current_task()
            try:
                await self._begin()
                with self._writer.on_the_spot(swiftly):
                    yield self._writer
                self._refuse_half()
                await finished(self._writer.execute("COMMIT"))
            except BaseException:
                self._is_spoilt = False
                # SQLite has rolled back by itself after some faults (disk full): then there
                # is no transaction any more and nothing to take back.
                if self._writer.in_transaction:
                    await finished(self._writer.execute("ROLLBACK"))
                raise
            finally:
                self._owner = None
        for told in self._watchers:
            told()

    @asynccontextmanager
    async def joining(self) -> AsyncIterator[Connection]:
        """As `atomic`, but inside another transaction it is just a part of that.

        For what is done for every message, because a savepoint costs as much as a statement or
        two. A fault in it takes back all that is around it: who catches the fault gets another.
        """
        if not self.in_transaction:
            async with self.atomic():
                yield self._writer
            return
        try:
            yield self._writer
        except BaseException:
            self._is_spoilt = True
            raise

    def _refuse_half(self) -> None:
        """Raises RuntimeError where a part has failed and its fault was caught on the way here."""
        if self._is_spoilt:
            raise RuntimeError("a part of this transaction has failed, so none of it is kept")

    @asynccontextmanager
    async def _savepoint(self) -> AsyncIterator[None]:
        # What has failed before it is not within it, and would be kept.
        self._refuse_half()
        self._depth += 1
        name = f"level{self._depth}"
        try:
            await self._writer.execute(f"SAVEPOINT {name}")
            try:
                yield
                self._refuse_half()
            except BaseException:
                self._is_spoilt = False
                if self._writer.in_transaction:
                    await self._writer.execute(f"ROLLBACK TO {name}")
                    await self._writer.execute(f"RELEASE {name}")
                raise
            await self._writer.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    async def _begin(self) -> None:
        """Nobody else can write now. Raises sqlite3.OperationalError where another program does."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience_seconds
        while True:
            try:
                return self._writer.at_once("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                is_busy = primary_code(error) == sqlite3.SQLITE_BUSY
                if not is_busy or loop.time() >= until:
                    raise
            await asyncio.sleep(_PAUSE_SECONDS)

    async def rebuild(self) -> None:
        """The file has no free pages any more, in which what was deleted may still lie."""
        async with self._writing:
            # With all of what they give, for VACUUM suffers no other statement.
            await finished(self._writer.execute_fetchall(_PATIENT))
            try:
                await finished(self._writer.execute("VACUUM"))
            finally:
                await finished(self._writer.execute_fetchall(_IMPATIENT))

    async def checkpoint(self) -> None:
        """What was in the log by now is in the file; who is to write next waits for it.

        Never beside a commit: until 3.51.3 SQLite may then take what is new in the log for what
        has been moved already, and lose it. Source: https://sqlite.org/wal.html#walresetbug
        """
        async with self._writing:
            await finished(self._writer.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)"))

    async def empty_log(self) -> bool:
        """Whether the log beside the file is empty; it stays where another program reads it.

        Nobody waits for that program here, for it may read as long as it runs.
        """
        async with self._reading, self._writing:
            emptying = self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            rows = await finished(emptying)
        return all(not row["busy"] for row in rows)

    @asynccontextmanager
    async def snapshot(self, *, swiftly: bool = False) -> AsyncIterator[Connection]:
        """A read transaction: every query in it sees the same committed state.

        Inside a write transaction of the same task it sees what that one has written. `swiftly`
        as in `atomic`.
        """
        if self.in_transaction:
            # What is to be shown may be much.
            with self._writer.on_the_spot(swiftly):
                yield self._writer
            return
        async with self._reading:
            with self._reader.on_the_spot(swiftly):
                self._reader.at_once("BEGIN")
                try:
                    yield self._reader
                except BaseException:
                    # After a fault of the disk SQLite has ended it by itself. Else its thread may
                    # still be at what was interrupted.
                    if self._reader.in_transaction:
                        await finished(self._reader.execute("ROLLBACK"))
                    raise
                self._reader.at_once("ROLLBACK")


def new_id(cursor: Cursor) -> int:
    """The id of the row that the statement has inserted."""
    if cursor.lastrowid is None:
        raise LookupError("nothing was inserted")
    return cursor.lastrowid


async def finished(work: Awaitable[_Result]) -> _Result:
    """What the work gives, which has ended also where the task was cancelled; then that is raised.

    SQLite goes on in its thread after a cancel; what it did must be known before the next step.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
        raise


async def _connect(path: Path) -> Connection:
    connection = await Connection.open(
        lambda: sqlite3.connect(
            path, _PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
    )
    try:
        for pragma in _PRAGMAS:
            await connection.execute(pragma)
    except BaseException:
        await connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """The folder at 0700 and the file at 0600; SQLite gives its side files the file's mode."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
