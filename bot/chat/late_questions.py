"""A week that is done has changed: the bot asks once what is to be done, until it is answered."""

from __future__ import annotations

import asyncio

from telegram.error import TelegramError

from bot.chat.easel import Easel, Outcome
from bot.chat.messenger import is_certainly_unsent
from bot.chat.pieces import Piece
from bot.chat.resting import Resting
from bot.chat.week_views import late_question, late_settled
from bot.domain.entry import JournalId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.finishing import Final, Finishing, LateNews
from bot.services.memory import Memory

# What may have been asked and cannot be found again, or was deleted by hand, is not asked twice.
_UNKNOWN = MessageId(0)


class LateQuestions:
    """Asks about done weeks, each in one message that is kept true until it is answered."""

    def __init__(self, finishing: Finishing, easel: Easel, memory: Memory) -> None:
        self._finishing = finishing
        self._easel = easel
        self._memory = memory
        self._journals: dict[JournalId, asyncio.Lock] = {}
        self._resting = Resting(
            "questions about done weeks",
            finishing.changed,
            lambda final: ((final.journal_id, final.week), final.now),
            self.look_at,
        )

    def wake(self) -> None:
        """Something may have changed."""
        self._resting.wake()

    async def run(self) -> None:
        """Asks about what has come to rest, until cancelled."""
        await self._resting.run()

    async def look_at(self, final: Final) -> None:
        """The question is asked, brought up to date, or settled. Raises TelegramError."""
        async with self._alone(final.journal_id):
            await self._look_at(final)

    async def settle(self, journal: Journal, week: IsoWeek, *, is_done: bool = True) -> None:
        """The question, if there is one, says how it was answered."""
        async with self._alone(journal.id):
            await self._settle(journal, week, is_done=is_done)

    def _alone(self, journal_id: JournalId) -> asyncio.Lock:
        """An answer that came while the question was brought up to date would be undone by that."""
        return self._journals.setdefault(journal_id, asyncio.Lock())

    async def _look_at(self, final: Final) -> None:
        news = await self._finishing.news(final)
        if not news.week.is_done:
            return
        # It may have been answered since.
        question = await self._finishing.question_of(news.week.journal, final.week)
        if not news.week.has_outgrown_its_file:
            await self._settle(news.week.journal, final.week)
            question = None
        elif question is None:
            question = await self._ask(news)
        elif question.message_id != _UNKNOWN:
            outcome = await self._easel.change(question, Piece(late_question(news)))
            if outcome is Outcome.GONE:
                question = MessageKey(question.chat_id, _UNKNOWN)
        await self._finishing.set_looked_at(final, news.week.change, question)

    async def _settle(self, journal: Journal, week: IsoWeek, *, is_done: bool = True) -> None:
        question = await self._finishing.question_of(journal, week)
        if question is None:
            return
        await self._finishing.set_answered(journal, week)
        if question.message_id != _UNKNOWN:
            await self._easel.change(question, Piece(late_settled(journal, week, is_done=is_done)))

    async def _ask(self, news: LateNews) -> MessageKey:
        """The message that asks; unknown where it is in doubt, for then it is not sent again."""
        try:
            message_id = await self._easel.put(news.chat_id, Piece(late_question(news)))
        except TelegramError as error:
            if is_certainly_unsent(error):
                raise
            return MessageKey(news.chat_id, _UNKNOWN)
        key = MessageKey(news.chat_id, message_id)
        await self._memory.remember_week(key, news.week.week)
        return key
