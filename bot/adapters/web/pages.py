"""The titles of web pages, fetched without letting an address reach into the own network."""

from __future__ import annotations

import asyncio
import re
import time
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast

import httpx

from bot.adapters.web.addresses import Address, is_public, resolve
from bot.adapters.web.html_titles import title_candidates
from bot.adapters.web.ports import is_for_pages
from bot.adapters.web.sparing import Sparing
from bot.domain.pagetitles import page_title
from bot.services.ports import PageError

SECONDS = 10.0
"""How long a page may take, everything together."""

LARGEST = 1024 * 1024
"""How many bytes of a page are read, decompressed; what comes behind them is not asked for."""

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})
_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Weeknotes; link titles)",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_HEAD_END = re.compile(rb"</head", re.IGNORECASE)
_TITLE_END = re.compile(rb"</title", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read of a page."""

    body: bytes
    content_type: str


class WebTitles:
    """Asks web pages for their titles. Of any address, only public servers are ever connected to.

    `resolve` gives a host's addresses, `is_public` says which of them may be connected to,
    `seconds` is the time that one title may take.
    """

    def __init__(
        self,
        *,
        resolve: Callable[[str, int], Awaitable[Sequence[str]]] = resolve,
        is_public: Callable[[Address], bool] = is_public,
        seconds: float = SECONDS,
    ) -> None:
        self._resolve = resolve
        self._is_public = is_public
        self._seconds = seconds
        self._sparing = Sparing(time.monotonic)
        self._transport: httpx.AsyncHTTPTransport | None = None

    async def title_of(self, address: str) -> str:
        """The title of the page at an http or https address: one line, not empty, bounded.

        Raises PageError.
        """
        try:
            async with asyncio.timeout(self._seconds):
                page = await self._page(address)
                title = await asyncio.to_thread(_title, address, page)
        except (TimeoutError, httpx.TimeoutException):
            raise PageError("the server takes too long", final=False) from None
        except (httpx.InvalidURL, httpx.LocalProtocolError, ValueError):
            # ValueError: names that cannot be encoded, wherever that comes out first.
            raise PageError("not a valid address", final=True) from None
        except (httpx.TransportError, OSError) as error:
            raise PageError(f"no connection: {type(error).__name__}", final=False) from None
        if not title:
            raise PageError("the page has no title", final=True)
        return title

    async def close(self) -> None:
        """Connections are closed; another title would open new ones."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.aclose()

    async def _page(self, address: str) -> _Page:
        """The page where the address and its redirects lead to."""
        url = httpx.URL(address)
        for _ in range(_MOST_REDIRECTS + 1):
            response = await self._ask(url)
            try:
                if response.status_code not in _REDIRECTS:
                    return await _read(response)
                target = response.headers.get("Location", "")
            finally:
                await response.aclose()
            if not target:
                raise PageError("a redirect to nowhere", final=True)
            url = url.join(target)
        raise PageError("too many redirects", final=True)

    async def _ask(self, url: httpx.URL) -> httpx.Response:
        """The response of the server, its body not read yet."""
        if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
            raise PageError("not an http or https address that can be asked", final=True)
        # Neither httpx nor the system refuses more, and the system takes it for another port.
        if url.port is not None and not is_for_pages(url.port):
            raise PageError("not a port of web pages", final=True)
        hosts = await self._checked(url)
        transport = await self._ready_transport()
        while True:
            if not self._sparing.may_ask(hosts[0]):
                raise PageError("its server is asked too often", final=False)
            request = self._request(url, hosts.pop(0))
            try:
                return await transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not hosts:
                    raise

    def _request(self, url: httpx.URL, host: str) -> httpx.Request:
        """A request for the URL that goes to the given IP address.

        The name is not resolved again, for then it might have another answer than the checked
        one; the server still hears it, and TLS still verifies it.
        """
        timeout = httpx.Timeout(self._seconds, connect=self._seconds / 3)
        return httpx.Request(
            "GET",
            url.copy_with(host=host),
            headers={"Host": url.netloc.decode("ascii"), **_HEADERS},
            extensions={
                "sni_hostname": url.raw_host.decode("ascii").removesuffix("."),
                "timeout": timeout.as_dict(),
            },
        )

    async def _checked(self, url: httpx.URL) -> list[str]:
        """The IP addresses of the URL's host, all of them public."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = await self._resolve(url.raw_host.decode("ascii"), port)
        except OSError:
            raise PageError("the host's name is not known", final=False) from None
        addresses = [ip_address(host) for host in dict.fromkeys(found)]
        if not addresses:
            raise PageError("the host's name is not known", final=False)
        # One private address among public ones is refused too: which one is connected to would
        # else be the choice of whoever owns the name.
        if not all(self._is_public(address) for address in addresses):
            raise PageError("not a public address", final=True)
        return [str(address) for address in addresses]

    async def _ready_transport(self) -> httpx.AsyncHTTPTransport:
        """What sends requests, made when first needed.

        It is httpx's transport, not its client: that one keeps cookies and logs addresses.
        """
        if self._transport is None:
            # Reads the certificates from the disk.
            made = await asyncio.to_thread(_new_transport)
            # Another title may have been faster meanwhile.
            if self._transport is None:
                self._transport = made
        return self._transport


def _new_transport() -> httpx.AsyncHTTPTransport:
    # No connection is kept: it would be found again by its IP address, and another host there
    # would be asked over TLS that has verified the first one's name.
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=0)
    return httpx.AsyncHTTPTransport(trust_env=False, limits=limits)


def _title(address: str, page: _Page) -> str:
    return page_title(address, title_candidates(page.body, page.content_type))


async def _read(response: httpx.Response) -> _Page:
    """The beginning of a page, as much as its title needs. Raises PageError."""
    status = response.status_code
    if not 200 <= status < 300:
        raise PageError(f"status {status}", final=status < 500 and status not in _PASSING)
    content_type = response.headers.get("Content-Type", "")
    if content_type.partition(";")[0].strip().lower() not in _TYPES:
        raise PageError("not an HTML page", final=True)
    unpack = _unpacking(response.headers.get("Content-Encoding", ""))
    body = bytearray()
    received = searched = 0
    head_ended = False
    # A generator, though its type does not say so; left half read it is to be closed.
    generator = cast("AsyncGenerator[bytes, None]", response.aiter_raw())
    async with aclosing(generator) as chunks:
        async for chunk in chunks:
            received += len(chunk)
            body += unpack(chunk, LARGEST - len(body))
            # Compressed data may be endless and yet come to nothing, so both are counted.
            if len(body) >= LARGEST or received >= LARGEST:
                break
            if not head_ended and (end := _HEAD_END.search(body, searched)):
                head_ended = True
                # Some pages have their title in the body only.
                if _TITLE_END.search(body, 0, end.start()):
                    break
            searched = max(0, len(body) - len(b"</head"))
    return _Page(bytes(body), content_type)


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    """What makes plain bytes of the next received ones, not more than it is told to."""
    match encoding.strip().lower():
        case "" | "identity":
            return lambda chunk, most: chunk[:most]
        case "gzip" | "x-gzip":
            return _Inflating(zlib.MAX_WBITS + 16)
        case "deflate":
            return _Inflating(zlib.MAX_WBITS)
    raise PageError("an encoding that was not asked for", final=True)


class _Inflating:
    """Decompresses piece by piece. What it is not given room for is lost."""

    def __init__(self, window: int) -> None:
        self._decompress = zlib.decompressobj(window)
        self._is_new = True

    def __call__(self, chunk: bytes, most: int) -> bytes:
        """What the chunk decompresses to, at most `most` bytes. Raises PageError."""
        try:
            return self._decompressed(chunk, most)
        except zlib.error:
            raise PageError("its compression is damaged", final=True) from None
        finally:
            self._is_new = False

    def _decompressed(self, chunk: bytes, most: int) -> bytes:
        try:
            return self._decompress.decompress(chunk, most)
        except zlib.error:
            if not self._is_new:
                raise
            # Some servers send deflate without the header of zlib.
            self._decompress = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._decompress.decompress(chunk, most)
