"""What strangers may send to the webhook's address: refused briefly, and updates go on coming."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from telegram import Bot

from bot.adapters.health_page import HealthPage
from bot.chat.webhook import Endpoint, WebhookReceiving
from bot.services.health import Condition, Health
from tests.e2e.processes import until

_SECRET = "a-word-that-nobody-guesses"  # noqa: S105  # opens a port of this test
_HEADER = f"X-Telegram-Bot-Api-Secret-Token: {_SECRET}\r\n"
_GOOD = b'{"update_id": 7, "message": {}}'
_BOMB = 200_000_000


class _Telegram:
    """Takes every webhook that is set."""

    async def set_webhook(self, *_: object, **__: object) -> bool:
        return True


class _Fit(Health):
    """Always well."""

    def __init__(self) -> None:
        """There is nothing to look at."""

    async def look(self) -> Condition:
        return Condition(telegram=True, database=True, readable=True)


class _Hook:
    """The webhook's address, and what was taken there."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[dict[str, Any]] = []

    async def take(self, batch: Sequence[dict[str, Any]]) -> None:
        self.taken += batch

    async def send(self, *parts: bytes, seconds: float = 5) -> bytes:
        """All that is answered to the bytes until the connection ends."""
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                return await reader.read()
            except ConnectionError:
                return b""
            finally:
                writer.close()


@asynccontextmanager
async def hooked(port: int) -> AsyncIterator[_Hook]:
    """The webhook, receiving."""
    hook = _Hook(port)
    receiving = WebhookReceiving(
        cast("Bot", _Telegram()),
        hook.take,
        (),
        Endpoint(f"http://127.0.0.1:{port}/hook", "127.0.0.1", port, _SECRET),
        HealthPage(_Fit()).served_beside,
    )
    task = asyncio.create_task(receiving.run())
    try:
        await until(receiving.heard)
        yield hook
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def post(
    body: bytes, more: str = _HEADER, path: str = "/hook", *, method: str = "POST", end: bool = True
) -> bytes:
    """A request with that body, on a connection that ends with it."""
    close = "Connection: close\r\n" if end else ""
    length = "" if "Transfer-Encoding" in more else f"Content-Length: {len(body)}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{close}{more}{length}\r\n".encode() + body


def chunked(size: int) -> bytes:
    """A body in one chunk of that size, and its end."""
    return f"{size:x}\r\n".encode() + b" " * size + b"\r\n0\r\n\r\n"


_CHUNKED = f"{_HEADER}Transfer-Encoding: chunked\r\n"
_HELLO = bytes.fromhex("16030100c6010000c20303") + b"\0" * 190
_REQUESTS: dict[str, tuple[int, bytes]] = {
    "no secret": (403, post(_GOOD, "")),
    "an empty secret": (403, post(_GOOD, _HEADER.split(":")[0] + ": \r\n")),
    "the secret but for its last letter": (403, post(_GOOD, f"{_HEADER[:-3]}\r\n")),
    "the secret in capitals": (403, post(_GOOD, _HEADER.replace(_SECRET, _SECRET.upper()))),
    "the secret and more": (403, post(_GOOD, _HEADER.replace(_SECRET, f"{_SECRET}-"))),
    "a secret in other letters": (403, post(_GOOD, _HEADER.replace(_SECRET, "口令" * 13))),
    "a secret of bytes that are no text": (
        403,
        post(_GOOD, _HEADER).replace(_SECRET.encode(), b"\xff\xfe\x80"),
    ),
    "the secret behind a wrong one": (403, post(_GOOD, _HEADER.replace(_SECRET, "no") + _HEADER)),
    "the secret in the address": (403, post(_GOOD, "", f"/hook?secret_token={_SECRET}")),
    "a large body without the secret": (403, post(b" " * 3_000_000, "")),
    "a bomb in gzip": (
        400,
        post(gzip.compress(b" " * _BOMB), f"{_HEADER}Content-Encoding: gzip\r\n"),
    ),
    "a bomb in deflate": (
        400,
        post(zlib.compress(b" " * _BOMB), f"{_HEADER}Content-Encoding: deflate\r\n"),
    ),
    "a good update in gzip": (
        400,
        post(gzip.compress(_GOOD), f"{_HEADER}Content-Encoding: gzip\r\n"),
    ),
    "more than a megabyte": (413, post(_GOOD + b" " * 1_100_000)),
    "more than a megabyte in chunks": (413, post(chunked(1_100_000), _CHUNKED)),
    "a chunk without a size": (400, post(b"zz\r\n\r\n", _CHUNKED)),
    "a length below nothing": (400, post(b"", f"{_HEADER}Content-Length: -1\r\n")),
    "a length and chunks": (400, post(chunked(9), f"{_CHUNKED}Content-Length: 3\r\n")),
    "two lengths": (400, post(_GOOD, f"{_HEADER}Content-Length: 3\r\n")),
    "a head without an end": (400, post(_GOOD, f"{_HEADER}X: {'x' * 20_000}\r\n")),
    "a thousand heads": (400, post(_GOOD, _HEADER + "X: y\r\n" * 1000)),
    "a hundred thousand brackets": (400, post(b"[" * 100_000)),
    "objects five hundred deep": (400, post(b'{"a":' * 500 + b"1" + b"}" * 500)),
    "lists three hundred deep": (400, post(b'{"a":' + b"[" * 300 + b"]" * 300 + b"}")),
    "NaN as an id": (400, post(b'{"update_id": NaN}')),
    "infinity as an id": (400, post(b'{"update_id": -Infinity}')),
    "a number of ten thousand digits": (400, post(b'{"update_id": ' + b"9" * 10_000 + b"}")),
    "half an update": (400, post(_GOOD[:-1])),
    "no JSON": (400, post(b"update_id=7")),
    "no text": (400, post(b"\xff\xfe{}")),
    "a list of updates": (400, post(b"[" + _GOOD + b"]")),
    "nothing": (400, post(b"")),
    "null": (400, post(b"null")),
    "GET": (405, post(_GOOD, method="GET")),
    "HEAD": (405, post(b"", method="HEAD")),
    "PUT": (405, post(_GOOD, method="PUT")),
    "DELETE": (405, post(_GOOD, method="DELETE")),
    "OPTIONS": (405, post(_GOOD, method="OPTIONS")),
    "TRACE": (405, post(b"", method="TRACE")),
    "no method at all": (400, post(_GOOD, method="@")),
    "another path": (404, post(_GOOD, path="/")),
    "a path below": (404, post(_GOOD, path="/hook/more")),
    "a slash behind": (404, post(_GOOD, path="/hook/")),
    "a slash before": (404, post(_GOOD, path="//hook")),
    "a way up": (404, post(_GOOD, path="/hook/../../etc/passwd")),
    "an update for the health page": (405, post(_GOOD, path="/healthz")),
    "metrics, which are elsewhere": (404, post(b"", path="/metrics", method="GET")),
    "words to no server of the web": (400, b"hello\r\n\r\n"),
    "a greeting in TLS": (400, _HELLO + b"\r\n\r\n"),
}


@pytest.mark.attack
@pytest.mark.parametrize(("status", "request_"), _REQUESTS.values(), ids=list(_REQUESTS))
async def test_what_is_no_update_is_refused(
    unused_tcp_port: int, status: int, request_: bytes
) -> None:
    """With its status and no other word; nothing of it is taken, and what comes next is."""
    async with hooked(unused_tcp_port) as hook:
        tracemalloc.start()
        answer = await hook.send(request_)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.split(b" ")[1] == str(status).encode(), answer
        assert body == b""
        assert b"aiohttp" not in answer
        assert b"Python" not in answer
        assert hook.taken == []
        assert peak < 20_000_000
        assert (await hook.send(post(_GOOD))).startswith(b"HTTP/1.1 200 ")
        assert hook.taken == [json.loads(_GOOD)]


@pytest.mark.attack
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="not a word"),
        pytest.param(b"POST /hook HT", id="half a line"),
        pytest.param(post(_GOOD).split(b"\r\n\r\n")[0], id="a head without its end"),
        pytest.param(post(_GOOD, end=False)[:-5], id="a body without its end"),
        pytest.param(post(b"ffffff\r\n   ", _CHUNKED), id="a chunk without its end"),
    ],
)
async def test_who_says_no_more_is_not_waited_for(
    unused_tcp_port: int, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection ends after a while, whatever was said on it."""
    monkeypatch.setattr("bot.adapters.serving._IDLE_SECONDS", 0.2)
    monkeypatch.setattr("bot.adapters.serving._LINGERING_SECONDS", 0.1)
    monkeypatch.setattr("bot.chat.webhook._BODY_SECONDS", 0.2)
    async with hooked(unused_tcp_port) as hook:
        assert b" 200 " not in await hook.send(sent, seconds=4)
        assert hook.taken == []


@pytest.mark.attack
async def test_who_says_nothing_keeps_nobody_out(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one comes too many, the one that has been silent for longest ends."""
    monkeypatch.setattr("bot.adapters.serving._MOST_CONNECTIONS", 3)
    async with hooked(unused_tcp_port) as hook:
        held = [await asyncio.open_connection("127.0.0.1", unused_tcp_port) for _ in range(3)]
        await asyncio.sleep(0.05)
        assert (await hook.send(post(_GOOD))).startswith(b"HTTP/1.1 200 ")
        assert await _ended(held[0])
        # The others are still there, and are answered.
        for reader, writer in held[1:]:
            writer.write(post(_GOOD))
            assert b" 200 " in await reader.read()
            writer.close()
        assert len(hook.taken) == 3
        held[0][1].close()


@pytest.mark.attack
async def test_one_connection_too_many_is_none(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While all are being answered it ends at once; there is room again once one has ended."""
    monkeypatch.setattr("bot.adapters.serving._MOST_CONNECTIONS", 3)
    async with hooked(unused_tcp_port) as hook:
        half = post(_GOOD)[:-5]
        held = [await asyncio.open_connection("127.0.0.1", unused_tcp_port) for _ in range(3)]
        for _, writer in held:
            writer.write(half)
        await asyncio.sleep(0.1)
        assert await hook.send(post(_GOOD)) == b""
        assert hook.taken == []
        for reader, writer in held:
            writer.write(_GOOD[-5:])
            assert b" 200 " in await reader.read()
            writer.close()
            await writer.wait_closed()

        async def is_room() -> bool:
            return (await hook.send(post(_GOOD))).startswith(b"HTTP/1.1 200")

        await until(is_room)


async def _ended(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> bool:
    """Whether the other side has ended it."""
    try:
        async with asyncio.timeout(2):
            return await connection[0].read() == b""
    except ConnectionError:
        return True


async def test_a_connection_is_used_again_and_again(unused_tcp_port: int) -> None:
    """Telegram keeps its connections; a refusal in between ends none."""
    async with hooked(unused_tcp_port) as hook:
        reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        for wanted in (b"200", b"400", b"200", b"403", b"200"):
            body = b"[]" if wanted == b"400" else _GOOD
            writer.write(post(body, "" if wanted == b"403" else _HEADER, end=False))
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.split(b" ")[1] == wanted
        writer.close()
    assert len(hook.taken) == 3
