"""Requests to the Bot API through aiohttp, which costs less than the library's own way.

It behaves as `telegram.request.HTTPXRequest` does: the same timeouts, proxies and certificates,
connections kept for the next request, nothing sent twice by itself. Faults carry no address, for
that holds the token.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.chat.uploading import form, length_of
from bot.services.storage_faults import StartRefusedError

# The library's own values, in seconds.
_CONNECT: Final = 5.0
_READ: Final = 5.0
_WRITE_FILE: Final = 20.0
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_CHUNK: Final = 64 * 1024


class UnconnectedError(Exception):
    """There was no connection, so the request has certainly done nothing; it may be tried again."""


class ConnectingTookTooLongError(UnconnectedError):
    """Nor was the connection refused: nobody has answered."""


class AiohttpRequest(BaseRequest):
    """Makes requests; one for all of a bot's, which then share their connections.

    Raises StartRefusedError where the environment names a proxy that is none for HTTP.
    """

    def __init__(self, api_url: str, read_timeout: float = _READ) -> None:
        self._read_timeout = read_timeout
        self._proxy = proxy_for(api_url)
        self._secured = "https" in {urlsplit(url).scheme for url in (api_url, self._proxy or "")}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, where a request says nothing else."""
        return self._read_timeout

    @read_timeout.setter
    def read_timeout(self, seconds: float) -> None:
        self._read_timeout = seconds

    async def initialize(self) -> None:
        """It can be used; a second call changes nothing."""
        if self._session is not None:
            return
        # The same authorities as with the library's own client, wherever it runs.
        context: ssl.SSLContext | bool = httpx.create_ssl_context() if self._secured else True
        self._session = aiohttp.ClientSession(
            # Nobody waits for a connection: who asks at once is bounded elsewhere.
            connector=aiohttp.TCPConnector(limit=0, ssl=context),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self._proxy,
        )

    async def shutdown(self) -> None:
        """Its connections are closed; a second call changes nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 -- nobody waits for one
    ) -> tuple[int, bytes]:
        """Status and content of the answer. Raises NetworkError, and of its kind TimedOut."""
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        timeout = _timeout(
            _given(connect_timeout, _CONNECT), _given(read_timeout, self._read_timeout)
        )
        patience = _given(write_timeout, _WRITE_FILE)
        try:
            # Rescheduled while a file goes out: how long all of it takes is nobody's business.
            async with asyncio.timeout(None) as bound:
                async with self._session.request(
                    method,
                    url,
                    timeout=timeout,
                    allow_redirects=False,
                    **_content(request_data, bound, patience),
                ) as response:
                    return response.status, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            fault, cause = _fault(error)
        # Outside, so that the error, which may hold the address, is not even its context.
        raise fault from cause


def proxy_for(api_url: str) -> str | None:
    """The proxy by which the environment wants that address to be reached.

    HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, as everywhere. Raises
    StartRefusedError where it is none for HTTP.
    """
    parts = urlsplit(api_url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    scheme = urlsplit(proxy).scheme
    if scheme not in {"http", "https"}:
        raise StartRefusedError(
            f"the environment names a proxy for {scheme}://, which cannot be used; set HTTPS_PROXY"
            " to one for http://"
        )
    return proxy


def _given(seconds: Any, usual: float) -> float | None:
    return usual if seconds is BaseRequest.DEFAULT_NONE else seconds


@lru_cache(maxsize=32)
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    # Of the connection as a whole: the name, the address, and what is agreed on to be secure.
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_read=read)


def _content(
    data: RequestData | None, bound: asyncio.Timeout, patience: float | None
) -> dict[str, Any]:
    if data is None:
        return {}
    fields = data.json_parameters
    if not data.contains_files:
        return {"data": urlencode(fields).encode(), "headers": _FORM}
    content_type, parts = form(fields, data.multipart_data)
    headers = {"Content-Type": content_type, "Content-Length": str(length_of(parts))}
    return {"data": _sent(parts, bound, patience), "headers": headers}


async def _sent(
    parts: Iterable[bytes], bound: asyncio.Timeout, patience: float | None
) -> AsyncIterator[bytes]:
    """The parts piece by piece, each of which has to be taken within the time of `patience`."""
    loop = asyncio.get_running_loop()
    for part in parts:
        view = memoryview(part)
        for start in range(0, len(view), _CHUNK):
            if patience is not None:
                bound.reschedule(loop.time() + patience)
            yield bytes(view[start : start + _CHUNK])
    # From here on the answer is waited for.
    bound.reschedule(None)


def _fault(error: BaseException) -> tuple[TelegramError, UnconnectedError | None]:
    """The fault as the library has it, and its cause where nothing was sent."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return TimedOut(), ConnectingTookTooLongError(name)
    if isinstance(error, TimeoutError):
        return TimedOut(), None
    if isinstance(error, aiohttp.ClientConnectorError):
        words = f"{name}: {error.os_error.strerror or type(error.os_error).__name__}"
        return NetworkError(words), UnconnectedError(words)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        words = f"{name}: the proxy has answered {error.status}"
        return NetworkError(words), UnconnectedError(words)
    return NetworkError(name), None
