"""A webhook that answers 200 only after the commit; anything else makes Telegram offer it again."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.receiving import Pause, Take
from bot.chat.sequencing import Sequencing
from bot.services.storage_faults import brief

if TYPE_CHECKING:
    from aiohttp import web

_LOG = logging.getLogger(__name__)
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Telegram does not say when what waited has been delivered; it begins at once. A draft that is
# due waits for it, and needs no hurry.
_BACKLOG_SECONDS = 10
_BODY_SECONDS = 10
_LARGEST_UPDATE = 1024 * 1024
# A rich message nests its blocks sixteen deep, with a few layers to each.
_DEEPEST = 200

Served = Callable[["web.Application", str, int], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where Telegram delivers, where that arrives, and the word that proves its sender."""

    url: str
    host: str
    port: int
    secret: str


class WebhookReceiving:
    """Listens for updates and hands them on in their order."""

    def __init__(
        self,
        bot: Bot,
        take: Take,
        allowed_updates: Sequence[str],
        endpoint: Endpoint,
        served: Served,
    ) -> None:
        self._bot = bot
        self._sequencing = Sequencing(take)
        self._allowed = list(allowed_updates)
        self._endpoint = endpoint
        self._served = served
        self._is_registered = False
        self._stores = True
        self.caught_up = asyncio.Event()

    def heard(self) -> bool:
        """Whether Telegram knows where to call; nobody can tell silence from trouble there."""
        return self._is_registered

    def hears(self) -> bool:
        """The same; nobody has to ask again."""
        return self._is_registered

    def stores(self) -> bool:
        """Whether what was received last could be stored."""
        return self._stores

    async def run(self) -> None:
        """Receives until cancelled. Raises OSError where the address is taken, InvalidToken."""
        # Only who uses the webhook pays for the server in start and memory.
        from aiohttp import web

        application = web.Application(client_max_size=_LARGEST_UPDATE)
        application.router.add_post(urlsplit(self._endpoint.url).path or "/", self._receive)
        async with self._served(application, self._endpoint.host, self._endpoint.port):
            # An earlier registration may deliver while this one is still being refused.
            asyncio.get_running_loop().call_later(_BACKLOG_SECONDS, self.caught_up.set)
            await self._register()
            await asyncio.Event().wait()

    async def _register(self) -> None:
        pause = Pause()
        while True:
            try:
                await self._bot.set_webhook(
                    self._endpoint.url,
                    secret_token=self._endpoint.secret,
                    allowed_updates=self._allowed,
                    drop_pending_updates=False,
                )
            except InvalidToken:
                raise
            except TelegramError as error:
                seconds = pause.after(error)
                _LOG.warning("the webhook is not set: %s; next try in %.0f s", error, seconds)
                await asyncio.sleep(seconds)
            else:
                self._is_registered = True
                return

    async def _receive(self, request: web.Request) -> web.Response:
        from aiohttp import web

        # Bytes that are no text stay what they are.
        offered = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(offered, self._endpoint.secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                update: Any = json.loads(await request.read(), parse_constant=_refuse)
        except (TimeoutError, ValueError, RecursionError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if not isinstance(update, dict) or not _is_shallow(update):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await self._sequencing.take(update)
        except (sqlite3.Error, OSError) as error:
            self._stores = False
            _LOG.error("storing failed, so nothing was confirmed: %s", brief(error))
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        self._stores = True
        return web.Response()


def _refuse(constant: str) -> None:
    """What is no JSON, although Python reads it: NaN and infinity."""
    raise ValueError(f"{constant} is no number")


def _is_shallow(update: Any) -> bool:
    """Whether what reads the update further, by recursion, comes to an end."""
    level = [update]
    for _ in range(_DEEPEST):
        if not level:
            return True
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return False
