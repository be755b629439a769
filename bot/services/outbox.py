"""What is owed to chats: stored with the update that it answers, gone once it is sent.

So an answer to a message that is no entry survives a kill as well. Entries have books of their
own (`acknowledging`), because what they are to show changes with them.
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.domain.owed import Owed
from bot.services.ports import Clock
from bot.storage import journals, outbox
from bot.storage.database import Database
from bot.storage.outbox import Debt, DebtId

__all__ = ["Debt", "DebtId", "Outbox"]

_PAUSE = timedelta(seconds=20)
_LONGEST_PAUSE = timedelta(hours=1)
# Over some hours; later nobody remembers what was asked.
_MOST_TRIES = 8


class Outbox:
    """Keeps the books of what is owed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, chat_id: ChatId, owed: Owed) -> Debt:
        """It is owed from now on, as far as the transaction around this gets."""
        async with self._database.atomic() as connection:
            return await outbox.add(connection, chat_id, owed, self._clock.now() + _PAUSE)

    async def everything(self) -> list[Debt]:
        """All that is owed, oldest first."""
        async with self._database.snapshot() as connection:
            return await outbox.waiting(connection)

    async def overdue(self) -> list[Debt]:
        """What has been owed for so long that it is to be tried again, oldest first."""
        async with self._database.snapshot() as connection:
            return await outbox.waiting(connection, self._clock.now())

    async def settle(self, debt: Debt, then: Owed | None = None) -> None:
        """What was owed has been sent, or never can be; `then` is owed in its place."""
        async with self._database.atomic() as connection:
            if then is None:
                await outbox.remove(connection, debt.id)
            else:
                await outbox.replace(connection, debt.id, then)

    async def put_off(self, debt: Debt) -> bool:
        """Whether it is to be tried again, later each time; else it is owed no longer."""
        again = debt.tries < _MOST_TRIES
        async with self._database.atomic() as connection:
            if again:
                pause = min(_PAUSE * 3**debt.tries, _LONGEST_PAUSE)
                await outbox.put_off(connection, debt.id, self._clock.now() + pause)
            else:
                await outbox.remove(connection, debt.id)
        return again

    async def journal_of(self, chat_id: ChatId) -> Journal | None:
        """The journal of a chat to which something is owed."""
        async with self._database.snapshot() as connection:
            return await journals.of_chat(connection, chat_id)
