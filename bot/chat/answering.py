"""Acknowledgements: the reaction on each stored message, and the question about untagged ones.

What a message is to show is stored with its entry, in the same transaction. So an answer that
never got out, because of a fault or a kill, is found again and repeated.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.chat.afterwards import Afterwards
from bot.chat.messenger import Messenger
from bot.chat.views import question, say
from bot.domain.entry import EntryId, MessageKey, State
from bot.domain.reactions import REFUSED
from bot.i18n import phrases_for
from bot.storage import entries, journals, nodes, shown
from bot.storage.database import Database
from bot.storage.entries import Answer
from bot.storage.shown import Shown

_LOG = logging.getLogger(__name__)
_ALBUM_PAUSE = 1.0
_FLUSH_AFTER = 0.2


class Answering:
    """Brings messages to show what has become of them."""

    def __init__(self, database: Database, messenger: Messenger, afterwards: Afterwards) -> None:
        self._database = database
        self._messenger = messenger
        self._afterwards = afterwards
        self._under_way: set[tuple[EntryId, str]] = set()
        self._shown: list[tuple[EntryId, str]] = []

    async def settle(self, ids: Iterable[EntryId] | None = None) -> None:
        """The messages of those entries, or of all, are about to show what they are to show."""
        async with self._database.snapshot() as connection:
            waiting = await entries.waiting(connection, ids)
        for answer in waiting:
            # By its reaction too: an edit may want another one while the first is on its way.
            if (answer.entry_id, answer.reaction) not in self._under_way:
                self._under_way.add((answer.entry_id, answer.reaction))
                self._afterwards.add(answer.key.chat_id, partial(self._give, answer))

    async def refresh_questions(self, entry_id: EntryId) -> None:
        """The bot's questions about the entry say what is true of it now."""
        async with self._database.snapshot() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is None:
                return
            journal = await journals.get(connection, entry.journal_id)
            messages = await shown.questions_about(connection, entry_id)
            lines = await nodes.of_entry(connection, entry_id)
        saying = question(journal, entry, lines[0].at.section if lines else None)
        for message_id in messages:
            await self._messenger.edit(MessageKey(entry.key.chat_id, message_id), saying)

    async def tell_picture_missing(self, entry_id: EntryId, name: str) -> None:
        """The person hears which picture could not be fetched; its message shows that too."""
        async with self._database.atomic() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is None:
                return
            journal = await journals.get(connection, entry.journal_id)
            await entries.set_state(connection, entry.id, entry.state, entry.week, REFUSED)
        words = phrases_for(journal.language).picture_missing.format(name=name)
        await self.settle([entry_id])

        async def tell() -> None:
            await self._messenger.say(entry.key.chat_id, say(words), entry.key.message_id)

        self._afterwards.add(entry.key.chat_id, tell)

    async def run(self) -> None:
        """Records now and then which messages show their reaction, until cancelled."""
        while True:
            await asyncio.sleep(_FLUSH_AFTER)
            await self.flush()

    async def flush(self) -> None:
        """It is recorded which messages show their reaction.

        In one transaction for many: a lost record only sets the same reaction once more.
        """
        if not self._shown:
            return
        shown_now, self._shown = self._shown, []
        async with self._database.atomic() as connection:
            await entries.set_shown(connection, shown_now)
        # What changed back and forth meanwhile looked settled before this record.
        await self.settle(entry_id for entry_id, _ in shown_now)

    async def _give(self, answer: Answer) -> None:
        try:
            if answer.reacts and not await self._messenger.react(answer.key, answer.reaction):
                await self._say_instead(answer)
            if answer.asks:
                await self._ask(answer)
        except (BadRequest, ChatMigrated, Forbidden) as error:
            # This chat takes no answers (any more), and will not at the next try either.
            _LOG.warning("chat %d takes no answer: %s", answer.key.chat_id, error)
            async with self._database.atomic() as connection:
                await entries.set_question(connection, answer.entry_id, "none")
        finally:
            self._under_way.discard((answer.entry_id, answer.reaction))
        self._shown.append((answer.entry_id, answer.reaction))

    async def _say_instead(self, answer: Answer) -> None:
        """A chat that forbids the reaction gets it as a message."""
        if answer.reaction:
            await self._messenger.say(
                answer.key.chat_id, say(answer.reaction), answer.key.message_id
            )

    async def _ask(self, answer: Answer) -> None:
        async with self._database.snapshot() as connection:
            entry = await entries.get(connection, answer.entry_id)
        if entry is not None and entry.media_group is not None:
            # Its other parts may be on their way, with the caption on one of them.
            await asyncio.sleep(_ALBUM_PAUSE)
        async with self._database.snapshot() as connection:
            [*waiting] = await entries.waiting(connection, [answer.entry_id])
            entry = await entries.get(connection, answer.entry_id)
            if entry is None or not any(still.asks for still in waiting):
                return
            journal = await journals.get(connection, entry.journal_id)
        message_id = None
        if entry.state is State.UNTAGGED:
            message_id = await self._messenger.say(
                entry.key.chat_id, question(journal, entry, None), entry.key.message_id
            )
        async with self._database.atomic() as connection:
            await entries.set_question(connection, entry.id, "asked")
            if message_id is not None:
                key = MessageKey(entry.key.chat_id, message_id)
                await shown.remember(connection, key, Shown(entry_id=entry.id))
