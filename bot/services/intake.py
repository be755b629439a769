"""Updates in batches: each is handled to its commit, or kept whole for later, exactly once."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.ports import Clock
from bot.storage import bare_tags, intake, strays
from bot.storage.database import Database
from bot.storage.intake import DeadLetter

_LOG = logging.getLogger(__name__)
_TRIES = 3

Update = Mapping[str, object]

# Faults of the database as a whole (SQLite result codes): the update is not to blame, and must
# be offered again once they are over.
_STORAGE_FAULTS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
_PRIMARY_CODE = 0xFF


@dataclass(frozen=True, slots=True)
class Failure:
    """An update that could not be handled; its sender is told the incident's id."""

    incident: str
    update: Update


class Intake:
    """Takes batches of updates in. What it returns from has been committed."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Callable[[Update], Awaitable[None]],
        new_incident: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._new_incident = new_incident

    async def take(self, batch: Sequence[Update]) -> list[Failure]:
        """The updates that could not be handled and were kept as dead letters.

        One transaction for the batch, a savepoint for each update. Raises sqlite3.Error, with
        nothing stored, where the database itself is at fault.
        """
        failures: list[Failure] = []
        async with self._database.atomic() as connection:
            now = self._clock.now()
            for update in batch:
                number = update.get("update_id")
                if isinstance(number, int) and not await intake.mark_handled(
                    connection, number, now
                ):
                    continue
                failure = await self._try(update)
                if failure is not None:
                    failures.append(failure)
        return failures

    async def forget_old(self) -> None:
        """Updates that will not be offered again, and messages nobody needs, are forgotten."""
        async with self._database.atomic() as connection:
            await intake.forget_old(connection, self._clock.now())
            await strays.forget_old(connection, self._clock.now())
            await bare_tags.forget_old(connection, self._clock.now())

    async def _try(self, update: Update) -> Failure | None:
        for tries in range(1, _TRIES + 1):
            try:
                async with self._database.atomic():
                    await self._handle(update)
            except Exception as error:
                if _is_storage_fault(error):
                    raise
                _LOG.warning("update %s failed, try %d", update.get("update_id"), tries)
                if tries == _TRIES:
                    return await self._bury(update, error)
            else:
                return None
        return None

    async def _bury(self, update: Update, error: Exception) -> Failure:
        incident = self._new_incident()
        number = update.get("update_id")
        _LOG.error("update %s kept as dead letter %s", number, incident, exc_info=error)
        letter = DeadLetter(
            incident=incident,
            update_id=number if isinstance(number, int) else None,
            received_at=self._clock.now(),
            fault=ascii(error),
            # ASCII, because what could not be stored may be a character that SQLite refuses.
            body=json.dumps(update),
        )
        async with self._database.atomic() as connection:
            await intake.bury(connection, letter)
        return Failure(incident, update)


def _is_storage_fault(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and (
        isinstance(code, int) and code & _PRIMARY_CODE in _STORAGE_FAULTS
    )
