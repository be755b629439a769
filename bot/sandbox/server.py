"""The stand-in as one server on this machine: Bot API, control API and chat page on one port."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from email.utils import formatdate
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.control import Control, sentences
from bot.sandbox.webhook import deliver_updates
from bot.sandbox.world import World

TOKEN: Final = "1000000001:SANDBOX-weeknotes-no-account-needed"  # noqa: S105  # opens this server alone
_PERSON: Final = {"id": 1001, "is_bot": False, "first_name": "小周", "language_code": "zh-hans"}
_LARGEST_JSON_BYTES: Final = 64 * 1024 * 1024
_SHUTDOWN_SECONDS: Final = 0.5


class Sandbox:
    """A Telegram of one's own: a bot, a person with an open private chat, and room for more.

    Listens from `start` to `stop`, or for the length of an `async with`. `now` is Unix time in
    seconds, for the dates of messages and of answers. Source: https://core.telegram.org/bots/api
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.world = World(
            {
                "id": int(token.partition(":")[0]),
                "is_bot": True,
                "first_name": "Weeknotes",
                "username": "weeknotes_sandbox_bot",
            },
            now,
        )
        self.world.add_private_chat(self.world.add_user(dict(_PERSON)))
        self._host = host
        self._port = port
        self._stopping = asyncio.Event()
        self._bot_api = BotApi(self.world, token, self._stopping)
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end; the port is known after `start`."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. OSError where the port is taken."""
        self._stopping.clear()
        application = web.Application(client_max_size=_LARGEST_JSON_BYTES, middlewares=[sentences])
        application.on_response_prepare.append(self._date)
        application.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self._bot_api.call),
                web.get("/file/bot{token}/{path:.+}", self._bot_api.download),
                *Control(self.world, self._bot_api).routes(),
            ]
        )
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._delivery = asyncio.create_task(deliver_updates(self.world))

    async def _date(self, _: web.Request, response: web.StreamResponse) -> None:
        """A server's answers carry the time of its own clock."""
        response.headers["Date"] = formatdate(self.world.now(), usegmt=True)

    async def stop(self) -> None:
        """Answer whoever waits and close; the world stays, and `start` brings it back."""
        self._stopping.set()
        self.world.updates.release()
        self.world.changes.release()
        if self._delivery is not None:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = self._delivery = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
