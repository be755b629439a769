"""Reactions on stored messages, and questions about untagged ones, as the books want them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.chat.afterwards import Afterwards
from bot.chat.messenger import Messenger, is_certainly_unsent
from bot.chat.views import Saying, acknowledgement, question, say
from bot.domain.entry import EntryId, MessageId, MessageKey, State
from bot.domain.reactions import NOTHING, STORED, UNTAGGED
from bot.i18n import phrases_for
from bot.services.acknowledging import Acknowledging, Answer, Unsettled
from bot.services.fetching import FileNews

_LOG = logging.getLogger(__name__)
_ALBUM_PAUSE = 1.0
_FLUSH_AFTER = 0.2
# As long as a client takes at the most to send a comment and what it forwards; dates are whole
# seconds.
_ONE_GO_SECONDS = 2.0


class Answering:
    """Brings messages to show what has become of them."""

    def __init__(self, books: Acknowledging, messenger: Messenger, afterwards: Afterwards) -> None:
        self._books = books
        self._messenger = messenger
        self._afterwards = afterwards
        # By their messages: an entry's id may be another's once its journal is forgotten.
        self._under_way: set[tuple[MessageKey, str]] = set()
        self._asking: set[EntryId] = set()
        self._shown: dict[MessageKey, Answer] = {}

    async def settle(self, ids: Iterable[EntryId] | None = None) -> None:
        """The messages of those entries, or of all, are about to show what they are to show."""
        self.give(await self._books.unsettled(None if ids is None else list(ids)))

    async def conclude(self, ids: Iterable[EntryId]) -> Unsettled:
        """What is to be given about those entries once the present transaction is committed.

        What messages show by now is recorded along with it, which saves a commit of its own.
        """
        chosen = [*ids, *(answer.entry_id for answer in self._shown.values())]
        await self._record()
        return await self._books.unsettled(chosen) if chosen else Unsettled()

    def give(self, unsettled: Unsettled) -> None:
        """The messages are about to show what they are to show."""
        for key in unsettled.tags:
            self._afterwards.add(key.chat_id, partial(self._answer_tag, key))
        for answer in unsettled.answers:
            shown = self._shown.get(answer.key)
            if shown is not None and shown.reaction == answer.reaction and not answer.asks:
                # Not recorded yet. On an album it would hide what another part shows since.
                continue
            # By its reaction too: an edit may want another one while the first is on its way.
            if (answer.key, answer.reaction) not in self._under_way:
                self._under_way.add((answer.key, answer.reaction))
                self._afterwards.add(answer.key.chat_id, partial(self._give, answer))

    def answer_tag_soon(self, key: MessageKey) -> None:
        """A bare tag gets its answer in a second, by whether a forward has come for it."""
        answer = partial(self._answer_tag, key)
        self._afterwards.add_later(key.chat_id, _ONE_GO_SECONDS, answer)

    async def answer_tags(self) -> None:
        """Every bare tag that has waited long enough is about to get its answer."""
        for key in await self._books.bare_tags():
            self._afterwards.add(key.chat_id, partial(self._answer_tag, key))

    async def _answer_tag(self, key: MessageKey) -> None:
        # The answers of one chat come one after the other, so what was answered is known here.
        answer = await self._books.tag_answer(key)
        if answer is None:
            return
        words = answer.reaction
        if not answer.was_needed:
            words = phrases_for(answer.journal.language).empty_tag
        try:
            # The forwards say all of it themselves where they say it in words.
            shown = answer.journal.answers_in_words or await self._messenger.react(
                key, answer.reaction
            )
            if words and not (shown and answer.was_needed):
                await self._say_once(key, say(words))
        except (BadRequest, ChatMigrated, Forbidden) as error:
            _LOG.warning("chat %d takes no answer: %s", key.chat_id, error)
        except TelegramError as error:
            _LOG.warning("chat %d not answered yet: %s", key.chat_id, error)
            return
        await self._books.set_tag_answered(key, answer.reaction)

    async def refresh_questions(self, ids: Iterable[EntryId]) -> None:
        """The bot's questions about the entries, and its answers in words, say what is so now."""
        for entry_id in ids:
            await self._refresh_question(entry_id)

    async def _refresh_question(self, entry_id: EntryId) -> None:
        now = await self._books.standing(entry_id)
        if now is None:
            return
        saying = question(now)
        for message_id in now.questions:
            await self._messenger.edit(MessageKey(now.entry.key.chat_id, message_id), saying)
        if now.said is not None:
            said = MessageKey(now.entry.key.chat_id, now.said)
            await self._messenger.edit(said, acknowledgement(now))

    async def tell_of_file(self, entry_id: EntryId, news: FileNews, name: str) -> None:
        """The person hears what became of a file; that one is missing its message shows too."""
        missing = news is FileNews.MISSING
        if missing:
            await self._books.set_incomplete(entry_id)
        now = await self._books.standing(entry_id)
        if now is None:
            return
        key = now.entry.key
        phrases = phrases_for(now.journal.language)
        words = (phrases.picture_missing if missing else phrases.location_stuck).format(name=name)
        await self.settle([entry_id])

        async def tell() -> None:
            await self._messenger.say(key.chat_id, say(words), key.message_id)

        self._afterwards.add(key.chat_id, tell)

    async def run(self) -> None:
        """Records now and then which messages show their reaction, until cancelled."""
        while True:
            await asyncio.sleep(_FLUSH_AFTER)
            try:
                await self.flush()
            except sqlite3.Error as error:
                _LOG.error("what was shown could not be recorded, so it is shown again: %s", error)

    async def flush(self) -> None:
        """It is recorded which messages show their reaction.

        In one transaction for many: a lost record only sets the same reaction once more.
        """
        if shown_now := await self._record():
            # What changed back and forth meanwhile looked settled before this record.
            await self.settle(answer.entry_id for answer in shown_now)

    async def _record(self) -> Collection[Answer]:
        shown_now, self._shown = self._shown, {}
        if shown_now:
            await self._books.set_shown(shown_now.values())
        return shown_now.values()

    async def _give(self, answer: Answer) -> None:
        try:
            async with self._bearing(answer):
                if answer.reacts and not await self._shows(answer):
                    await self._say_instead(answer)
                if answer.asks and not answer.in_album:
                    await self._ask(answer)
        except TelegramError as error:
            _LOG.warning("chat %d not answered yet: %s", answer.key.chat_id, error)
            return
        finally:
            self._under_way.discard((answer.key, answer.reaction))
        if answer.asks and answer.in_album and answer.entry_id not in self._asking:
            # Its other parts may be on their way, with the caption on one of them.
            self._asking.add(answer.entry_id)
            ask = partial(self._ask_of_album, answer)
            self._afterwards.add_later(answer.key.chat_id, _ALBUM_PAUSE, ask)
        self._shown[answer.key] = answer

    async def _ask_of_album(self, answer: Answer) -> None:
        try:
            async with self._bearing(answer):
                await self._ask(answer)
        except TelegramError as error:
            _LOG.warning("chat %d not asked yet: %s", answer.key.chat_id, error)
        finally:
            self._asking.discard(answer.entry_id)

    @asynccontextmanager
    async def _bearing(self, answer: Answer) -> AsyncIterator[None]:
        """A chat that takes no answers (any more), and will not at the next try, is not asked."""
        try:
            yield
        except (BadRequest, ChatMigrated, Forbidden) as error:
            _LOG.warning("chat %d takes no answer: %s", answer.key.chat_id, error)
            await self._books.set_not_asking(answer.entry_id)

    async def _shows(self, answer: Answer) -> bool:
        """Whether the message shows its reaction; what was told in words goes on in words."""
        if not answer.in_words and answer.said is None:
            return await self._messenger.react(answer.key, answer.reaction)
        if answer.may_show and answer.said is None:
            # From before the journal wanted words; it would say something else than they do.
            await self._messenger.react(answer.key, NOTHING)
        return False

    async def _say_instead(self, answer: Answer) -> None:
        """A journal that wants words, and a chat that forbids the reaction, gets a message.

        It is said once, and changed after that. A question about the entry says all of it.
        """
        now = await self._books.standing(answer.entry_id)
        # What came with it, such as another part of its album, may have been answered meanwhile.
        waiting = await self._books.waiting([answer.entry_id])
        if now is None or not waiting:
            return
        [answer] = waiting
        chat_id, said = answer.key.chat_id, answer.said
        asked = answer.asks or (now.questions and answer.reaction in {STORED, UNTAGGED, NOTHING})
        if said is not None:
            key = MessageKey(chat_id, said)
            if not await self._messenger.edit(key, acknowledgement(now)):
                said = None
        if said is None and not asked and answer.reaction:
            said = await self._say_once(answer.key, acknowledgement(now), quietly=True)
        known = None if said is None else MessageKey(chat_id, said)
        await self._books.set_said(answer, known)

    async def _ask(self, answer: Answer) -> None:
        now = await self._books.standing(answer.entry_id)
        if now is None or not now.asks:
            return
        if now.entry.state is not State.UNTAGGED:
            await self._books.set_not_asking(answer.entry_id)
            return
        chat_id = answer.key.chat_id
        saying = question(now)
        message_id = await self._say_once(answer.key, saying)
        if message_id is None:
            await self._books.set_not_asking(answer.entry_id)
        else:
            await self._books.set_asked(answer.entry_id, MessageKey(chat_id, message_id))

    async def _say_once(
        self, key: MessageKey, saying: Saying, *, quietly: bool = False
    ) -> MessageId | None:
        """The id of the answer; None where it is in doubt, for then it is not said again.

        An entry stays untagged in the draft, with its buttons, whether or not it was asked about.
        """
        try:
            return await self._messenger.say(key.chat_id, saying, key.message_id, quietly=quietly)
        except TelegramError as error:
            if is_certainly_unsent(error):
                raise
            _LOG.warning("chat %d may have its answer: %s", key.chat_id, error)
            return None
