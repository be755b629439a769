"""The last change taken back, whatever it was, and made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.changes import ChangeId, ChangeKind
from bot.domain.journal import Journal
from bot.services.ports import Clock
from bot.services.reversing import OvertakenError, is_gone, is_seen, is_there, turn
from bot.services.reviewing import Review, review
from bot.storage import changes, recording
from bot.storage.changes import RowChange
from bot.storage.database import Connection, Database

__all__ = ["ChangeId", "ChangeKind", "Review", "Undoing"]


class Undoing:
    """Records what is done to journals, and takes it back."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, journal: Journal, author_id: int) -> None:
        """What the person does to the journal from here to `end` is one change."""
        writer = self._database.writer
        await recording.begin(writer, journal.id, author_id, self._clock.now())

    async def end(self) -> None:
        """The change is complete."""
        change_id = await recording.end(self._database.writer)
        if change_id is not None:
            await changes.join(self._database.writer, change_id)

    async def undo(self, journal: Journal, author_id: int) -> Review | None:
        """The last change is as if never made; None where there is none left to take back.

        In a group the person's own last change. One that others have changed since is passed
        over, and not done.
        """
        async with self._database.atomic() as connection:
            await recording.end(connection)
            whose = None if journal.personal else author_id
            while change := await changes.last(connection, journal.id, whose):
                rows = await changes.rows_of(connection, change.id)
                if await is_gone(connection, rows):
                    # Such as a part of an album that came after the album was deleted.
                    await changes.set_state(connection, change.id, changes.State.PASSED)
                    continue
                if await changes.is_overtaken(connection, change.id):
                    outcome = replace(await review(connection, rows), done=False)
                else:
                    outcome = await self._turn(connection, journal, rows, back=True)
                state = changes.State.UNDONE if outcome.done else changes.State.PASSED
                await changes.set_state(connection, change.id, state)
                if outcome.done and not is_seen(rows):
                    # An edit that left the report as it was.
                    continue
                return replace(outcome, change_id=change.id)
        return None

    async def redo(self, journal: Journal, author_id: int, change_id: ChangeId) -> Review | None:
        """The change that was taken back is made again; None where it is none such."""
        async with self._database.atomic() as connection:
            await recording.end(connection)
            change = await changes.get(connection, change_id)
            if (
                change is None
                or change.journal_id != journal.id
                or change.state is not changes.State.UNDONE
                or not (journal.personal or change.author_id == author_id)
            ):
                return None
            rows = await changes.rows_of(connection, change.id)
            if await is_there(connection, rows):
                # Brought back by its own button meanwhile.
                return None
            outcome = await self._turn(connection, journal, rows, back=False)
            if outcome.done:
                await changes.set_state(connection, change.id, changes.State.MADE)
            return replace(outcome, change_id=change.id)

    async def _turn(
        self, connection: Connection, journal: Journal, rows: Sequence[RowChange], *, back: bool
    ) -> Review:
        try:
            async with self._database.atomic():
                touched = await turn(connection, journal, rows, back=back)
        except OvertakenError:
            return replace(await review(connection, rows), done=False)
        return replace(await review(connection, rows), touched=touched)
