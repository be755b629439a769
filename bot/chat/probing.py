"""Telegram asked from outside of the bot: what it answers, and what time it has.

By hand, because the library keeps the headers of an answer to itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx

T = TypeVar("T")

# The header has whole seconds, so on average it is half a second behind.
_HALF_A_SECOND = timedelta(seconds=0.5)


class UnreachableError(Exception):
    """There was no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a method was answered with; `content` is empty where the answer was no JSON object.

    `ahead` is by how much this machine's clock is ahead of the server's, None where it tells none.
    """

    status: int
    content: Mapping[str, Any]
    ahead: timedelta | None

    @property
    def result(self) -> Mapping[str, Any] | None:
        """What the method gave, where it was carried out."""
        found = self.content.get("result")
        return found if self.content.get("ok") is True and isinstance(found, Mapping) else None


async def ask(
    api_url: str, token: str, method: str, now: Callable[[], datetime], seconds: float
) -> Reply:
    """What the server answers to a method without parameters. Raises UnreachableError."""

    def work() -> Reply:
        asked_at = now()
        answer = httpx.get(f"{api_url}/bot{token}/{method}", timeout=seconds)
        answered_at = now()
        here = asked_at + (answered_at - asked_at) / 2
        there = _date_of(answer)
        ahead = None if there is None else here - there - _HALF_A_SECOND
        return Reply(answer.status_code, _content_of(answer), ahead)

    try:
        async with asyncio.timeout(seconds):
            return await _apart(work)
    except TimeoutError:
        raise UnreachableError(f"no answer within {seconds:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        raise UnreachableError(str(error) or type(error).__name__) from None


async def _apart(work: Callable[[], T]) -> T:
    """What blocking work gives, done in a thread for which nobody waits at the end.

    A name server that does not answer holds up its thread for half a minute, and the loop's own
    threads are waited for.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # without an error it is there

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 -- whatever it is, who waits is told
            failure = error
        # Where the loop is closed, nobody waits any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, name="asking Telegram", daemon=True).start()
    return await outcome


def _content_of(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, Mapping) else {}


def _date_of(answer: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
