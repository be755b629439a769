"""The bot's own way to the Bot API: what is sent, what is waited for, what a fault says."""

from __future__ import annotations

import asyncio
import json
import ssl
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.chat.messenger import is_certainly_unsent, is_of_the_way
from bot.chat.requesting import AiohttpRequest, ConnectingTookTooLongError, proxy_for
from bot.chat.uploading import form, length_of
from bot.services.storage_faults import StartRefusedError

_TOKEN = "1000000001:SECRET-of-the-bot"  # noqa: S105 -- opens nothing
_MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}

Handler = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]
Stream = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the surroundings takes part."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def _served(handler: Handler) -> AsyncIterator[str]:
    """The address of a server that answers everything by that."""
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _listening(stream: Stream) -> AsyncIterator[str]:
    """The place of a server that does with a connection whatever that does."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await stream(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@asynccontextmanager
async def _bot(url: str) -> AsyncIterator[Bot]:
    request = AiohttpRequest(url)
    await request.initialize()
    await request.initialize()
    try:
        yield Bot(_TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)
    finally:
        await request.shutdown()
        await request.shutdown()


def _done(result: object = True) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _errors(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if error.__cause__ is not None and error.__context__ is not error.__cause__:
            yield from _errors(error.__context__)
        error = error.__cause__ or error.__context__


def _tells_no_token(error: BaseException) -> bool:
    told = "".join(traceback.format_exception(error))
    told += "".join(f"{one!r} {one} {one.args}" for one in _errors(error))
    return _TOKEN not in told


async def test_parameters_arrive_as_the_library_means_them() -> None:
    """Texts as they are, the rest as JSON, in a form."""
    forms: list[dict[str, object]] = []

    async def take(request: web.Request) -> web.Response:
        assert request.path == f"/bot{_TOKEN}/setMessageReaction"
        assert request.content_type == "application/x-www-form-urlencoded"
        assert "python-telegram-bot" in request.headers["User-Agent"]
        forms.append(dict(await request.post()))
        return _done()

    async with _served(take) as url, _bot(url) as bot:
        assert await bot.set_message_reaction(7, 5, "✍")
    [fields] = forms
    assert fields["message_id"] == "5"
    assert json.loads(str(fields["reaction"])) == [{"type": "emoji", "emoji": "✍"}]


async def test_files_go_out_whole_and_under_their_names() -> None:
    """A name can hold what it likes, and ends nothing but itself."""
    content, found = bytes(range(256)) * 1000, []
    name = '周"报\r\nX-Evil: 1;.md'

    async def take(request: web.Request) -> web.Response:
        assert request.content_length is not None
        assert "Transfer-Encoding" not in request.headers
        fields = await request.post()
        file = fields["document"]
        assert isinstance(file, web.FileField)
        found.append((file.filename, file.file.read(), fields["caption"], fields["chat_id"]))
        return _done(_MESSAGE)

    async with _served(take) as url, _bot(url) as bot:
        await bot.send_document(7, InputFile(content, name), caption="第 40 周")
    assert found == [("周%22报%0D%0AX-Evil: 1;.md", content, "第 40 周", "7")]


def test_no_file_is_copied_into_a_form() -> None:
    """Large ones would be in memory twice."""
    content = b"x" * 1000
    kind, parts = form({"a": "字"}, {"f": ("f.md", content, "text/markdown")})
    assert any(part is content for part in parts)
    assert length_of(parts) == len(b"".join(parts))
    assert kind.startswith("multipart/form-data; boundary=")


async def test_a_connection_is_used_again() -> None:
    """One after the other, all requests go through the same."""
    ports = set()

    async def take(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername"))
        return _done()

    async with _served(take) as url, _bot(url) as bot:
        for number in range(5):
            await bot.set_message_reaction(7, number)
    assert len(ports) == 1


async def test_no_redirection_is_followed() -> None:
    """Telegram has none, and the token is for nobody else."""

    async def take(request: web.Request) -> web.Response:
        assert "elsewhere" not in request.path
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with _served(take) as url, _bot(url) as bot:
        with pytest.raises(NetworkError, match="Found"):
            await bot.log_out()


async def test_what_was_cut_off_is_not_sent_again_by_itself() -> None:
    """It may have been carried out: whether to repeat it is for who has asked."""
    calls = []

    async def take(request: web.Request) -> web.Response:
        calls.append(request.path)
        if len(calls) == 1:
            return _done()
        assert request.transport is not None
        request.transport.abort()
        return _done()

    async with _served(take) as url, _bot(url) as bot:
        await bot.log_out()
        with pytest.raises(NetworkError) as caught:
            await bot.log_out()
    assert len(calls) == 2
    assert is_of_the_way(caught.value)
    assert not is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


async def test_half_an_answer_is_a_fault_of_the_network() -> None:
    """What it would have said, nobody knows."""

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":')
        await writer.drain()

    async with _listening(half) as place, _bot(f"http://{place}") as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.log_out()
    assert not is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


async def test_an_answer_is_waited_for_as_long_as_was_said() -> None:
    """Then it may have been carried out, so nothing is certain."""

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with _listening(silent) as place, _bot(f"http://{place}") as bot:
        async with asyncio.timeout(4):
            with pytest.raises(TimedOut) as caught:
                await bot.log_out(read_timeout=0.1)
    assert not is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


async def test_where_nobody_listens_nothing_was_sent(unused_tcp_port: int) -> None:
    """So it can be tried again."""
    async with _bot(f"http://127.0.0.1:{unused_tcp_port}") as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.log_out()
    assert is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


async def test_a_connection_that_does_not_come_about_has_sent_nothing() -> None:
    """Here the other side never says what is to keep it secret."""

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with _listening(silent) as place, _bot(f"https://{place}") as bot:
        async with asyncio.timeout(4):
            with pytest.raises(TimedOut) as caught:
                await bot.log_out(connect_timeout=0.1)
    assert isinstance(caught.value.__cause__, ConnectingTookTooLongError)
    assert is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


async def test_a_file_may_take_long_as_long_as_it_goes_on() -> None:
    """The time is that of a piece: three seconds in all, where a piece has half of one."""
    content = b"x" * 8_000_000

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        left = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while left > 0:
            left -= len(await reader.read(1_000_000))
            await asyncio.sleep(0.02)
        body = b'{"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":7,"type":"private"}}}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    async with _listening(slow) as place, _bot(f"http://{place}") as bot:
        sent = await bot.send_document(7, InputFile(content, "a.zip"), write_timeout=0.5)
    assert sent.message_id == 5


async def test_a_file_that_is_not_taken_any_more_is_given_up() -> None:
    """Else it would wait for ever."""

    async def deaf(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(3)

    content = b"x" * 40_000_000
    async with _listening(deaf) as place, _bot(f"http://{place}") as bot:
        async with asyncio.timeout(2.5):
            with pytest.raises(TimedOut) as caught:
                await bot.send_document(7, InputFile(content, "a.zip"), write_timeout=0.2)
    assert not is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://api.telegram.org", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://api.telegram.org", "http://p:1"),
        ({"https_proxy": "p:1"}, "https://api.telegram.org", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "http://local:8081", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://local:8081", "http://p:1"),
        ({"ALL_PROXY": "http://p:1"}, "https://api.telegram.org", "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"}, "https://t", "http://q:2"),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "telegram.org"}, "https://api.telegram.org", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "*"}, "https://api.telegram.org", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "local:8081"}, "http://local:8081", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "else.org"}, "https://t", "http://p:1"),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    """As it does for other programs."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


def test_a_proxy_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it, and without what it is opened by."""
    monkeypatch.setenv("ALL_PROXY", "socks5://me:word@p:1")
    with pytest.raises(StartRefusedError, match="HTTPS_PROXY") as caught:
        AiohttpRequest("https://api.telegram.org")
    assert "word" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "proxy", "times"),
    [
        ("http://t", "", 0),
        ("http://t", "http://p", 0),
        ("http://t", "https://p", 1),
        ("https://t", "", 1),
    ],
)
async def test_authorities_are_read_where_something_is_secured(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str, times: int
) -> None:
    """Be it the way to the proxy: aiohttp's own may trust nobody."""
    made: list[ssl.SSLContext] = []

    def create() -> ssl.SSLContext:
        made.append(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        return made[-1]

    monkeypatch.setattr("httpx.create_ssl_context", create)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    request = AiohttpRequest(url)
    await request.initialize()
    await request.shutdown()
    assert len(made) == times


async def test_requests_go_by_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name and the word that its address holds."""
    seen = []

    async def relay(request: web.Request) -> web.Response:
        seen.append((request.raw_path, request.headers.get("Proxy-Authorization")))
        return _done()

    async with _served(relay) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.replace("//", "//me:word@"))
        async with _bot("http://telegram.invalid") as bot:
            await bot.log_out()
    assert seen == [(f"http://telegram.invalid/bot{_TOKEN}/logOut", "Basic bWU6d29yZA==")]


async def test_a_proxy_that_refuses_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does what is told of it hold the token."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with _listening(refuse) as place:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{place}")
        async with _bot("https://telegram.invalid") as bot:
            with pytest.raises(NetworkError, match="502") as caught:
                await bot.log_out()
    assert is_certainly_unsent(caught.value)
    assert _tells_no_token(caught.value)


@pytest.mark.parametrize("url", ["http://", "http://127.0.0.1:99999", "http://[::1"])
async def test_an_address_that_is_none_is_a_fault_like_others(url: str) -> None:
    """And is not told with the token."""
    with pytest.raises((TelegramError, ValueError)) as caught:
        async with _bot(url) as bot:
            await bot.log_out()
    assert _tells_no_token(caught.value)
