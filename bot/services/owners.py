"""Who owns the bot: those whom the settings name, and who opened the printed link."""

from __future__ import annotations

from collections.abc import Collection

from bot.storage import people
from bot.storage.database import Connection, Database


class Owners:
    """The one place that knows them; `fixed` are those of the settings."""

    def __init__(self, database: Database, fixed: Collection[int]) -> None:
        self._database = database
        self.fixed = frozenset(fixed)

    async def every(self, connection: Connection) -> frozenset[int]:
        """Their user ids."""
        return self.fixed | await people.owners(connection)

    async def include(self, user_id: int) -> bool:
        """Whether the person is one of them."""
        async with self._database.snapshot() as connection:
            return user_id in await self.every(connection)
