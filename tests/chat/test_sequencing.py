"""Deliveries on several connections at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.chat.sequencing import Sequencing


class _Store:
    """Remembers batches; while it is shut none gets through."""

    def __init__(self) -> None:
        self.batches: list[list[Any]] = []
        self.fault: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, batch: Sequence[dict[str, Any]]) -> None:
        await self.open.wait()
        if self.fault is not None:
            raise self.fault
        self.batches.append([update.get("update_id") for update in batch])

    @property
    def numbers(self) -> list[Any]:
        return [number for batch in self.batches for number in batch]


async def _deliver(sequencing: Sequencing, *numbers: object) -> list[Any]:
    return await asyncio.gather(
        *(sequencing.take({"update_id": number}) for number in numbers), return_exceptions=True
    )


@pytest.mark.parametrize(
    "numbers",
    [(2, 3, 4, 5, 6), (6, 5, 4, 3, 2), (4, 2, 6, 3, 5), (3, 3, 2, 2, 6, 5, 4)],
    ids=["in order", "backwards", "mixed", "some twice"],
)
async def test_what_overtakes_waits_for_what_it_has_overtaken(numbers: tuple[int, ...]) -> None:
    """However they arrive, they are stored by their numbers."""
    store = _Store()
    sequencing = Sequencing(store.take)
    await _deliver(sequencing, 1)
    assert await _deliver(sequencing, *numbers) == [None] * len(numbers)
    assert store.numbers == sorted([1, *numbers])


async def test_what_comes_meanwhile_is_one_batch() -> None:
    """While one is being stored the others gather, and are one commit."""
    store = _Store()
    sequencing = Sequencing(store.take)
    await _deliver(sequencing, 1)
    store.open.clear()
    deliveries = asyncio.gather(_deliver(sequencing, 2), _deliver(sequencing, 5, 4, 3))
    await asyncio.sleep(0.05)
    store.open.set()
    await deliveries
    assert store.numbers == [1, 2, 3, 4, 5]
    assert len(store.batches) <= 3


async def test_a_gap_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What never comes is waited for once, briefly; a new count, or none at all, not even so."""
    store = _Store()
    sequencing = Sequencing(store.take)
    monkeypatch.setattr("bot.chat.sequencing._GAP_SECONDS", 0.05)
    await _deliver(sequencing, 10)
    await _deliver(sequencing, 12)
    monkeypatch.setattr("bot.chat.sequencing._GAP_SECONDS", 60.0)
    async with asyncio.timeout(5):
        await _deliver(sequencing, 11)
        await _deliver(sequencing, 13)
        for odd in (10_000, 7, 8, None, "9", -1, 10**30, 9, True):
            await _deliver(sequencing, odd)
    assert store.numbers == [10, 12, 11, 13, 10_000, 7, 8, None, "9", -1, 10**30, 9, True]


async def test_a_fault_is_everybodys_and_is_over_with_it() -> None:
    """Each that was in the batch hears of it; the same updates are taken when they come again."""
    store = _Store()
    sequencing = Sequencing(store.take)
    store.fault = OSError("full")
    assert await _deliver(sequencing, 1, 2) == [store.fault] * 2
    store.fault = None
    assert await _deliver(sequencing, 2, 1) == [None] * 2
    assert sorted(store.numbers) == [1, 2]


async def test_who_hangs_up_keeps_nobody_waiting() -> None:
    """A delivery that is cancelled while it waits is taken with the next."""
    store = _Store()
    sequencing = Sequencing(store.take)
    await _deliver(sequencing, 1)
    store.open.clear()
    first = asyncio.create_task(sequencing.take({"update_id": 2}))
    await asyncio.sleep(0)
    second = asyncio.create_task(sequencing.take({"update_id": 3}))
    await asyncio.sleep(0)
    second.cancel()
    store.open.set()
    await first
    await _deliver(sequencing, 4)
    assert store.numbers == [1, 2, 3, 4]


async def test_who_is_stopped_in_the_middle_leaves_no_riddle() -> None:
    """Those of the same batch are told that it is not stored, and Telegram gives it again."""
    store = _Store()
    sequencing = Sequencing(store.take)
    await _deliver(sequencing, 1)
    store.open.clear()
    first = asyncio.create_task(sequencing.take({"update_id": 2}))
    await asyncio.sleep(0)
    others = [asyncio.create_task(sequencing.take({"update_id": n})) for n in (3, 4)]
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    others[0].cancel()
    store.open.set()
    outcomes = await asyncio.gather(first, *others, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[2] is None or isinstance(outcomes[2], OSError)
    assert await _deliver(sequencing, 2, 3, 4) == [None] * 3
    assert set(store.numbers) == {1, 2, 3, 4}
