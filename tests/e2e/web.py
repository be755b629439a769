"""A small web, served on this machine, of which 127.0.0.2 counts as public and the rest not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.adapters.web.addresses import Address
from bot.adapters.web.pages import WebTitles

_PUBLIC, _PRIVATE = "127.0.0.2", "127.0.0.1"


@dataclass
class Web:
    """Pages by their path, and the paths that were asked for on the public and the private host.

    A page is its HTML, or an answer of its own.
    """

    port: int = 0
    private_port: int = 0
    pages: dict[str, str | bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asked_privately: list[str] = field(default_factory=list)
    sent: int = 0
    hanging: int = 0
    failing: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def address(self, path: str) -> str:
        """The address of a page on the public host."""
        return f"http://example.org:{self.port}{path}"

    def titles(self, seconds: float = 5.0) -> WebTitles:
        """What asks this web for titles."""
        return WebTitles(resolve=_resolve, is_public=_is_public, seconds=seconds)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The page; `/hang` never comes, `/huge` has 50 MB, `/inward` leads to 127.0.0.1."""
        self.asked.append(request.path)
        if self.failing:
            self.failing -= 1
            raise web.HTTPServiceUnavailable
        match request.path:
            case "/hang":
                self.hanging += 1
                await self.released.wait()
                return web.Response(text="too late")
            case "/huge":
                return await self._huge(request)
            case "/inward":
                raise web.HTTPFound(f"http://{_PRIVATE}:{self.private_port}/secret")
            case "/moved":
                raise web.HTTPMovedPermanently("/page")
        page = self.pages.get(request.path)
        if page is None:
            raise web.HTTPNotFound
        if isinstance(page, bytes):
            return web.Response(body=page, content_type="text/html")
        return web.Response(text=page, content_type="text/html")

    async def answer_privately(self, request: web.Request) -> web.Response:
        """Something that nobody but this machine may see."""
        self.asked_privately.append(request.path)
        return web.Response(text="<title>secret</title>", content_type="text/html")

    async def _huge(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<html><head><title>huge</title>")
        try:
            for _ in range(800):
                await response.write(b" " * 65_536)
                self.sent += 65_536
        except (ConnectionError, OSError):
            pass
        return response


async def _resolve(host: str, _: int) -> Sequence[str]:
    names: Mapping[str, str] = {"example.org": _PUBLIC, "github.com": _PUBLIC}
    return [names.get(host, host)]


def _is_public(address: Address) -> bool:
    return str(address) == _PUBLIC


@asynccontextmanager
async def small_web(**pages: str | bytes) -> AsyncIterator[Web]:
    """The web with those pages, by name: `page` is at `/page`."""
    made = Web(pages={f"/{name}": page for name, page in pages.items()})
    runners = []
    for handler, host in ((made.answer, _PUBLIC), (made.answer_privately, _PRIVATE)):
        application = web.Application()
        application.router.add_get("/{path:.*}", handler)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, host, 0).start()
        runners.append(runner)
    made.port, made.private_port = (runner.addresses[0][1] for runner in runners)
    try:
        yield made
    finally:
        made.released.set()
        for runner in runners:
            await runner.cleanup()
