"""What people are told when something went wrong in the program."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram.error import Forbidden, TelegramError

from bot.chat.afterwards import Afterwards, Effect
from bot.chat.messenger import Messenger
from bot.chat.views import say
from bot.domain.entry import ChatId, MessageId
from bot.i18n import phrases_for
from bot.services.intake import Failure, place_of

_LOG = logging.getLogger(__name__)
# A mass of failures must not hold up what else the chat is to be told.
_TOLD_ONE_BY_ONE = 3
_A_MINUTE = 60.0
_GATHERED_SECONDS = 5.0


@dataclass(slots=True)
class _Run:
    """The failures of a chat within a minute: those told by themselves, those still to be told.

    These are `waiting`, of which `last` came last; before they are told as one, more may come for
    `pause` seconds.
    """

    began: float
    told: int = 0
    waiting: int = 0
    last: Failure | None = None
    pause: float = 0.0


class Failures:
    """Tells people, with the id under which the log has it."""

    def __init__(
        self,
        messenger: Messenger,
        afterwards: Afterwards,
        language: str,
        new_incident: Callable[[], str],
    ) -> None:
        self._messenger = messenger
        self._afterwards = afterwards
        self._phrases = phrases_for(language)
        self._new_incident = new_incident
        self._runs: dict[ChatId, _Run] = {}

    def tell(self, failure: Failure) -> None:
        """The sender of an update that was kept as a dead letter hears of it.

        Of many within a minute the first are told by themselves, and the rest together.
        """
        chat_id, _ = place_of(failure.update)
        if chat_id is None:
            return
        run = self._run_of(chat_id)
        if run.told < _TOLD_ONE_BY_ONE:
            run.told += 1
            self._afterwards.add(chat_id, self._telling(chat_id, failure))
            return
        run.waiting += 1
        run.last = failure
        if run.waiting == 1:
            tell_rest = partial(self._tell_waiting, chat_id, run)
            self._afterwards.add_later(chat_id, run.pause, tell_rest)

    async def guard(self, chat_id: ChatId, effect: Effect) -> None:
        """The effect has run; where it failed, the person hears that it did."""
        try:
            await effect()
        except Forbidden:
            _LOG.info("chat %d does not take messages from the bot", chat_id)
        except Exception:  # noqa: BLE001 -- whatever it was, the person is not left in silence
            incident = self._new_incident()
            _LOG.exception("an answer in chat %d failed: %s", chat_id, incident)
            try:
                await self._saying(chat_id, self._phrases.failed.format(incident=incident))()
            except TelegramError as error:
                _LOG.warning("nor could the person be told: %s", error)

    def _run_of(self, chat_id: ChatId) -> _Run:
        now = asyncio.get_running_loop().time()
        run = self._runs.get(chat_id)
        if run is not None and (run.waiting or now - run.began < _A_MINUTE):
            return run
        # Nobody's is kept for longer than it matters.
        self._runs = {
            chat: known
            for chat, known in self._runs.items()
            if known.waiting or now - known.began < _A_MINUTE
        }
        run = self._runs[chat_id] = _Run(began=now)
        return run

    async def _tell_waiting(self, chat_id: ChatId, run: _Run) -> None:
        count, last = run.waiting, run.last
        run.waiting, run.pause = 0, _GATHERED_SECONDS
        if last is None:
            return
        if count == 1:
            await self._telling(chat_id, last)()
            return
        words = self._phrases.failing.many_kept.format(incident=last.incident, count=count)
        await self._saying(chat_id, words)()

    def _telling(self, chat_id: ChatId, failure: Failure) -> Effect:
        _, message_id = place_of(failure.update)
        words = self._phrases.failing.kept_for_later.format(incident=failure.incident)
        return self._saying(chat_id, words, message_id)

    def _saying(
        self, chat_id: ChatId, words: str, reply_to: MessageId | None = None
    ) -> Callable[[], Awaitable[None]]:
        async def speak() -> None:
            await self._messenger.say(chat_id, say(words), reply_to, repeatable=True)

        return speak
