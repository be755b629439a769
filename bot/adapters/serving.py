"""Pages of this program on an address of their own, whoever comes to it.

Only who wants a page pays for the server in start and memory, so this is imported where it is used.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from bot.adapters.logs import incident_id

_LOG = logging.getLogger(__name__)
# The library tells each request that it cannot read, with its trace; that is for nobody.
_NOTHING = logging.getLogger(f"{__name__}.requests")

# Telegram uses up to a hundred (Bot API, setWebhook); the rest is for who looks at the pages.
_MOST_CONNECTIONS: Final = 128
# For the head of a request, and between two.
_IDLE_SECONDS: Final = 20.0
# What is sent to a request that was refused is read for so long, so that the answer is heard.
_LINGERING_SECONDS: Final = 1.0
_SHUTDOWN_SECONDS: Final = 1.0


@asynccontextmanager
async def served(application: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """The application is there, and answers nothing about itself but what its pages say.

    Raises OSError where the address is taken.
    """
    _NOTHING.setLevel(logging.CRITICAL)
    door = _Door()
    application.middlewares.extend((door.admit, _without_words))
    application.on_response_prepare.append(_without_banner)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(partial(_connection, runner, door), host, port)
        try:
            yield
        finally:
            server.close()
    finally:
        await runner.cleanup()


def _connection(runner: web.AppRunner, door: _Door) -> asyncio.Protocol:
    manager = runner.server
    if manager is None or not door.has_room():
        return _Refusal()
    return _Connection(
        door,
        manager,
        loop=asyncio.get_running_loop(),
        access_log=None,
        logger=_NOTHING,
        keepalive_timeout=_IDLE_SECONDS,
        lingering_time=_LINGERING_SECONDS,
        # A small body that unpacks to a large one is simply not what was asked for.
        auto_decompress=False,
    )


class _Door:
    """Knows who is there: who is being answered, and who asks for nothing, the longest first."""

    def __init__(self) -> None:
        self._silent: dict[_Connection, None] = {}
        self._answered: set[_Connection] = set()

    def has_room(self) -> bool:
        """Whether one more may come; who has been silent for longest makes room for it.

        So nobody is kept out by those who come and say nothing, however many they are.
        """
        if len(self._silent) + len(self._answered) < _MOST_CONNECTIONS:
            return True
        if not self._silent:
            return False
        longest = next(iter(self._silent))
        self.leave(longest)
        if longest.transport is not None:
            longest.transport.abort()
        return True

    def wait(self, connection: _Connection) -> None:
        """It is silent from now on."""
        self._answered.discard(connection)
        self._silent[connection] = None

    def leave(self, connection: _Connection) -> None:
        """It is there no longer."""
        self._answered.discard(connection)
        self._silent.pop(connection, None)

    @web.middleware
    async def admit(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """The request has its answer, and nobody comes in between."""
        connection = request.protocol
        if not isinstance(connection, _Connection):
            raise TypeError("a request by another door")
        self._silent.pop(connection, None)
        self._answered.add(connection)
        try:
            answer: web.StreamResponse = await handler(request)
            return answer
        finally:
            if connection in self._answered:
                self.wait(connection)


class _Connection(web.RequestHandler):
    """A connection on which what cannot be read is refused without a word."""

    __slots__ = ("_door",)

    def __init__(self, door: _Door, manager: web.Server, **settings: Any) -> None:
        super().__init__(manager, **settings)
        self._door = door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is there, and has asked for nothing yet."""
        super().connection_made(transport)
        self._door.wait(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """It is gone."""
        self._door.leave(self)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002 -- the library's name
        status: int = 500,
        *_: object,
        **__: object,
    ) -> web.StreamResponse:
        """An answer without a body, after which the connection ends."""
        # Here nothing takes the banner away, and an empty one is not replaced.
        response = web.Response(status=status, headers={"Server": ""})
        response.force_close()
        return response


class _Refusal(asyncio.Protocol):
    """A connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is gone."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


@web.middleware
async def _without_words(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refusals have no body; a fault of the program is for the log."""
    try:
        answer: web.StreamResponse = await handler(request)
    except web.HTTPException as refusal:
        allowed = refusal.headers.get("Allow")
        return web.Response(status=refusal.status, headers={"Allow": allowed} if allowed else None)
    except Exception:  # noqa: BLE001 -- whatever it was, the log has it and the server goes on
        _LOG.exception("a request failed: %s", incident_id())
        return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return answer


async def _without_banner(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
