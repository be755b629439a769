"""The net under the tests holds."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime, timedelta

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.clock import START, FakeClock

# Reserved for documentation (RFC 5737): nobody answers there.
_ELSEWHERE = ("192.0.2.1", 80)


def test_elsewhere_is_refused() -> None:
    """A connection to another machine fails before it is tried."""
    with (
        socket.socket() as outgoing,
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outgoing.connect(_ELSEWHERE)


async def test_elsewhere_is_refused_to_coroutines() -> None:
    """The event loop's connections are refused as well."""
    with (
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        await asyncio.open_connection(*_ELSEWHERE)


async def test_loopback_is_open() -> None:
    """A server on this machine can be reached."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.readline() == b"hello\n"
        writer.close()
        await writer.wait_closed()


def test_clock_moves_only_when_told(clock: FakeClock) -> None:
    """The clock stands still, moves by a while either way, and refuses instants without a zone."""
    assert clock.now() == clock.now() == START
    clock.advance(timedelta(hours=-1))
    assert clock.now() == START - timedelta(hours=1)
    with pytest.raises(ValueError, match="zone"):
        clock.set(datetime(2023, 10, 4))  # noqa: DTZ001 -- the fault under test
