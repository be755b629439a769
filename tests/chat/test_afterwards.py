"""When answers go out: in order within a chat, and after what is waiting to be stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.chat import afterwards
from bot.chat.afterwards import Afterwards
from bot.domain.entry import ChatId


@pytest.fixture
async def effects(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Afterwards, list[str]]]:
    """Workers, and what was done by them; they are held back for half a second."""
    monkeypatch.setattr(afterwards, "_HOLD_SECONDS", 0.5)
    done: list[str] = []
    workers = Afterwards()
    workers.start()
    yield workers, done
    await workers.stop(1)


def _noting(done: list[str], word: str) -> Callable[[], Awaitable[None]]:
    async def note() -> None:
        done.append(word)

    return note


async def test_answers_wait_while_more_is_to_be_stored(
    effects: tuple[Afterwards, list[str]],
) -> None:
    """They go out as soon as all is there."""
    workers, done = effects
    workers.hold_back()
    workers.add(ChatId(1), _noting(done, "one"))
    await asyncio.sleep(0.01)
    assert done == []
    workers.go_on()
    await asyncio.sleep(0.01)
    assert done == ["one"]


async def test_nobody_waits_for_longer_than_that(effects: tuple[Afterwards, list[str]]) -> None:
    """However much there is to be stored; after that both go on, for as long again."""
    workers, done = effects
    workers.hold_back()
    workers.add(ChatId(1), _noting(done, "one"))
    await asyncio.sleep(0.6)
    assert done == ["one"]
    workers.hold_back()
    workers.add(ChatId(1), _noting(done, "two"))
    await asyncio.sleep(0.01)
    assert done == ["one", "two"]
    await asyncio.sleep(0.5)
    workers.hold_back()
    workers.add(ChatId(1), _noting(done, "three"))
    await asyncio.sleep(0.01)
    assert done == ["one", "two"]


async def test_what_is_held_back_goes_out_before_the_end() -> None:
    """A stop in the middle of a backlog."""
    workers, done = Afterwards(), list[str]()
    workers.start()
    workers.hold_back()
    workers.add(ChatId(1), _noting(done, "one"))
    await workers.stop(1)
    assert done == ["one"]
