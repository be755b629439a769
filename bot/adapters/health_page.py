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

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        """The page is at that address. Raises OSError where it is taken."""
        # Only who wants the page pays for the server in start and memory.
        from aiohttp import web

        async with self.served_beside(web.Application(), host, port):
            yield

    @asynccontextmanager
    async def served_beside(
        self, application: web.Application, host: str, port: int
    ) -> AsyncIterator[None]:
        """The application is there, and the page with it. Raises as `served` does."""
        from bot.adapters import serving

        application.router.add_get(PATH, self._show)
        async with serving.served(application, host, port):
            yield

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
