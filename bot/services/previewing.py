"""What is shown of weeks in their chats, and which of it is out of date."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.reporting import CompiledWeek
from bot.storage import journals, previews
from bot.storage.database import Database
from bot.storage.previews import Preview, ShownPiece

__all__ = ["Preview", "Previewing", "ShownPiece"]


class Previewing:
    """Keeps the record of the newest preview of each week in each chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown(
        self, chat_id: ChatId, week: CompiledWeek, pieces: Sequence[ShownPiece]
    ) -> None:
        """These messages show the week as it was compiled; from now on they are kept true."""
        async with self._database.atomic() as connection:
            await previews.replace(
                connection, week.journal.id, week.week, chat_id, pieces, week.change
            )

    async def stale(self) -> list[Preview]:
        """The previews of weeks that have changed since."""
        async with self._database.snapshot() as connection:
            return await previews.stale(connection)

    async def find(self, journal: Journal, week: IsoWeek, chat_id: ChatId) -> Preview | None:
        """The newest preview of the week in the chat."""
        async with self._database.snapshot() as connection:
            return await previews.of_week(connection, journal.id, week, chat_id)

    async def journal_of(self, preview: Preview) -> Journal:
        """The journal whose week it shows, as it is set up now."""
        async with self._database.snapshot() as connection:
            return await journals.get(connection, preview.journal_id)

    async def set_shown(self, preview: Preview, pieces: Sequence[ShownPiece], number: int) -> None:
        """What the messages show now, up to that change."""
        async with self._database.atomic() as connection:
            if any(piece.message_id is not None for piece in pieces):
                await previews.set_shown(connection, preview.id, pieces, number)
            else:
                # Every message was deleted by hand.
                await previews.forget(connection, preview.id)
