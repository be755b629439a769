"""`GET /healthz`: whether the bot lives, and whether it is ready; nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from bot.services.health import Health

if TYPE_CHECKING:
    from aiohttp import web

PATH: Final = "/healthz"


class HealthPage:
    """Answers 200 where the bot is ready, else 503, with what is well as JSON."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def add_to(self, application: web.Application) -> None:
        """The page is part of that server."""
        application.router.add_get(PATH, self._show)

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        """A server of its own is there. Raises OSError where the address is taken."""
        # Only who wants the page pays for the server in start and memory.
        from aiohttp import web

        application = web.Application()
        self.add_to(application)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            yield
        finally:
            await runner.cleanup()

    async def _show(self, _: web.Request) -> web.Response:
        from aiohttp import web

        condition = await self._health.look()
        status = HTTPStatus.OK if condition.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        told = {
            "live": True,
            "ready": condition.is_ready,
            "telegram": condition.telegram,
            "database": condition.database,
        }
        return web.json_response(told, status=status)
