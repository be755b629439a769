"""Long polling that confirms nothing before its commit.

Telegram takes an offset as the word that everything below it has been received and forgets
it. So the next offset is sent only once the batch before it is committed.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import sqlite3
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from telegram import Bot
from telegram.constants import PollingLimit
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBUserWarning

from bot.chat.messenger import seconds_to_wait
from bot.chat.requesting import ConnectingTookTooLongError
from bot.services.intake import number_of
from bot.services.storage_faults import brief

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 30
# Two questions that nobody answers, and what they may take longer.
_SILENCE_SECONDS = 80.0
_BATCH = PollingLimit.MAX_LIMIT
_LONGEST_PAUSE = 30.0
_CONFLICT_PAUSE = 10.0
# Telegram refuses to give updates (409) for two reasons, which its words alone tell apart.
_WEBHOOK = "webhook is active"
_RIVAL = "another program polls with this token; stop one of the two"
_HOOKED = (
    "another program has set a webhook for this token; stop it, then start this one anew, which"
    " removes the webhook"
)

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


class Receiving(Protocol):
    """Polling, or a webhook.

    `caught_up` is set once what waited at Telegram has been received: before that a report
    would lack what is about to come.
    """

    caught_up: asyncio.Event

    def heard(self) -> bool:
        """Whether Telegram has been heard since the last call."""

    def hears(self) -> bool:
        """Whether Telegram is heard, as far as is known now; asking changes nothing."""

    def stores(self) -> bool:
        """Whether what was received last could be stored."""

    async def run(self) -> None:
        """Receives until cancelled. Raises InvalidToken."""


class Pause:
    """How long to wait after a fault: longer each time, with chance, short again after success."""

    def __init__(self) -> None:
        self._seconds = 1.0

    def reset(self) -> None:
        """The next pause is short."""
        self._seconds = 1.0

    def after(self, error: BaseException) -> float:
        """Seconds to wait before the next try."""
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        if isinstance(error, Conflict):
            return _CONFLICT_PAUSE
        unconnected = isinstance(error.__cause__, ConnectingTookTooLongError)
        if isinstance(error, TimedOut) and not unconnected:
            return 0.0
        wait_now = self._seconds
        self._seconds = min(self._seconds * 2, _LONGEST_PAUSE)
        return wait_now * random.uniform(0.75, 1.25)  # noqa: S311 -- jitter, not a secret


class Polling:
    """Asks for updates and hands each batch on."""

    def __init__(self, bot: Bot, take: Take, allowed_updates: Sequence[str]) -> None:
        self._bot = bot
        self._take = take
        self._allowed = list(allowed_updates)
        self._offset: int | None = None
        self._heard = False
        self._heard_at = -math.inf
        self._stores = True
        self._may_be_more = False
        self.caught_up = asyncio.Event()

    def heard(self) -> bool:
        """Whether Telegram has been heard since the last call."""
        heard, self._heard = self._heard, False
        return heard

    def hears(self) -> bool:
        """Whether the last answer has come within the time of two questions."""
        return asyncio.get_running_loop().time() - self._heard_at < _SILENCE_SECONDS

    def stores(self) -> bool:
        """Whether what was received last could be stored."""
        return self._stores

    async def run(self) -> None:
        """Receives until cancelled. Raises InvalidToken."""
        pause = Pause()
        while True:
            try:
                batch = await self._ask()
                self._heard = True
                self._heard_at = asyncio.get_running_loop().time()
                if batch or self._may_be_more:
                    # An empty one says that all is stored that has been waiting.
                    await self._take(list(batch.values()))
                    self._stores = True
                self._may_be_more = len(batch) >= _BATCH
                if not self._may_be_more:
                    self.caught_up.set()
                # Confirmed by the next request, and by then only once: Telegram begins a new
                # count after a week without updates, which an old offset would hide.
                self._offset = max(batch) + 1 if batch else None
                pause.reset()
            except InvalidToken:
                raise
            except (TelegramError, sqlite3.Error, OSError) as error:
                self._stores = self._stores and isinstance(error, TelegramError)
                seconds = pause.after(error)
                _tell(error, seconds)
                await asyncio.sleep(seconds)

    def _is_waited_for(self) -> bool:
        """Whether there is nothing to do but wait for the next message."""
        return self.caught_up.is_set() and not self._may_be_more

    async def _ask(self) -> dict[int, dict[str, Any]]:
        """The next batch as it came, by number: the library would refuse all for one odd update.

        Raises TelegramError, and of its kind InvalidToken where the token is refused.
        """
        parameters: dict[str, Any] = {
            "timeout": _POLL_SECONDS if self._is_waited_for() else 0,
            "limit": _BATCH,
            "allowed_updates": self._allowed,
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        with warnings.catch_warnings():
            # It advises to call get_updates instead, which parses.
            warnings.simplefilter("ignore", PTBUserWarning)
            try:
                answer: Any = await self._bot.do_api_request(
                    "getUpdates", api_kwargs=parameters, read_timeout=_POLL_SECONDS + 10
                )
            except EndPointNotFound:
                # The library says so of a refused token as well; getMe tells the two apart.
                await self._bot.get_me()
                raise
        found = answer if isinstance(answer, list) else [answer]
        updates = [update for update in found if isinstance(update, dict)]
        batch = {number: one for one in updates if (number := number_of(one)) is not None}
        if found and not batch:
            raise TelegramError("what was given are no updates")
        return batch


def _tell(error: Exception, seconds: float) -> None:
    if isinstance(error, TimedOut) and not seconds:
        _LOG.debug("receiving: %s", error)
    elif isinstance(error, Conflict):
        _LOG.error(
            "receiving: %s (nothing is lost meanwhile), next try in %.0f s",
            _HOOKED if _WEBHOOK in str(error).lower() else _RIVAL,
            seconds,
        )
    elif isinstance(error, sqlite3.Error | OSError):
        _LOG.error(
            "storing failed, so nothing was confirmed: %s; next try in %.0f s",
            brief(error),
            seconds,
        )
    else:
        _LOG.warning("receiving: %s, next try in %.0f s", error, seconds)
