"""Updates on their way through the handler table; what is to be said follows their commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from telegram import Update
from telegram.constants import PollingLimit

from bot.chat.afterwards import Afterwards, Effect
from bot.chat.context import Context, HonestApplication, Services
from bot.chat.failures import Failures
from bot.chat.handlers import capture, gate
from bot.chat.outgoing import Outgoing
from bot.chat.plain_texts import PlainText, read_plain
from bot.domain.entry import ChatId, EntryId
from bot.domain.owed import Owed
from bot.services import intake
from bot.services.acknowledging import Unsettled
from bot.services.intake import Intake
from bot.services.storage_faults import is_storage_fault

_LOG = logging.getLogger(__name__)

Handle = Callable[[intake.Update], Awaitable[None]]
Conclude = Callable[[], Awaitable[None]]


class Taking:
    """Takes in what Telegram gives, and what could not be handled when it was given.

    What is to be said is collected in one place, so one batch or letter at a time has it.
    """

    def __init__(
        self,
        application: HonestApplication,
        services: Services,
        afterwards: Afterwards,
        failures: Failures,
        outgoing: Outgoing,
        intake_of: Callable[[Handle, Conclude], Intake],
    ) -> None:
        self._application = application
        self._access = services.access
        self._following = services.following
        self._touched_now = services.touched
        self._answering = services.answering
        self._chores = (services.fetching, services.titling)
        self._undoing = services.undoing
        self._effects: list[tuple[ChatId, Effect]] = []
        self._touched: set[EntryId] = set()
        self._afterwards = afterwards
        self._failures = failures
        self._outgoing = outgoing
        self._unsettled = Unsettled()
        self._intake = intake_of(self._handle, self._conclude)
        self._one_at_a_time = asyncio.Lock()

    async def take(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """The batch is stored; what is to be said about it is on its way, unless there is more."""
        if len(batch) < PollingLimit.MAX_LIMIT:
            self._afterwards.go_on()
        else:
            self._afterwards.hold_back()
        if not batch:
            return
        async with self._one_at_a_time:
            self._begin()
            failed = await self._intake.take(batch)
            self._follow_up()
        for failure in failed:
            self._failures.tell(failure)

    async def take_again(self) -> bool:
        """Whether there was a dead letter to be taken up again; the oldest has been, as a batch."""
        async with self._one_at_a_time:
            self._begin()
            was_one = await self._intake.take_again()
            self._follow_up()
        return was_one

    async def forget_old(self) -> None:
        """Updates that will not be offered again, and messages nobody needs, are forgotten."""
        await self._intake.forget_old()

    def _begin(self) -> None:
        self._effects.clear()
        self._touched.clear()
        self._unsettled = Unsettled()
        self._access.look_again()

    async def _conclude(self) -> None:
        # Read where it was just written: afterwards it would be looked for on the disk again.
        try:
            self._unsettled = await self._answering.conclude(self._touched)
        except Exception as error:
            if is_storage_fault(error):
                raise
            # What was written is to be stored all the same; a knock looks for what to answer.
            _LOG.exception("what is to be answered is not known yet")

    def _follow_up(self) -> None:
        for chat_id, effect in self._effects:
            self._afterwards.add(chat_id, partial(self._failures.guard, chat_id, effect))
        self._answering.give(self._unsettled)
        if not self._touched:
            return
        # Last, for whoever wrote is waiting.
        for chore in self._chores:
            chore.wake()

    async def _handle(self, update: intake.Update) -> None:
        """One update has come to its handlers. Raises what a handler raised."""
        self._following.clear()
        self._touched_now.clear()
        plain = read_plain(update)
        try:
            if plain is not None:
                await self._take_plain(plain)
            else:
                parsed = Update.de_json(dict(update), self._application.bot)
                await self._application.process_update(parsed)
            await self._undoing.end()
            # Only now, for what was to be said belongs to what is stored.
            self._effects += [
                (
                    chat_id,
                    await self._outgoing.owe(chat_id, what) if isinstance(what, Owed) else what,
                )
                for chat_id, what in self._following
            ]
        except BaseException:
            # What the gate has written, and found, is taken back with the rest.
            self._access.look_again()
            raise
        if plain is None:
            # A text changes nothing for those after it, but this may have been a setting.
            self._access.look_again()
        self._touched |= self._touched_now

    async def _take_plain(self, plain: PlainText) -> None:
        """What the handler table would do with it: behind the gate, it is kept."""
        context = Context(self._application)
        if await gate.let_in(plain.visitor, plain.language_code, context):
            await capture.keep(plain.incoming, context)
