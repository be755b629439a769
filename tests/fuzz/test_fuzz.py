"""Readers of other people's bytes are given anything; what they raise, or take long for, is found.

In the normal suite a little, the same each time. At length, each target for so many seconds, from
a seed on that is told with the counts:

    FUZZ_SECONDS=60 FUZZ_SEED=1 uv run pytest -n 0 -s -m long tests/fuzz
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from time import monotonic, process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.attacks.test_updates import acknowledged, letters_in, stage
from tests.attacks.updates import Json, bold, changed, edited, message, places, press
from tests.e2e.conftest import scene
from tests.fuzz.targets import TARGETS, Target

__all__ = ["scene", "stage"]

_SECONDS = float(os.environ.get("FUZZ_SECONDS", "20"))
_SEED = int(os.environ.get("FUZZ_SEED", "1"))
_LONGEST = 2.0  # of the processor, for one input

Recorded = Callable[[str, object], None]


def _run(target: Target, many: int, number: int, counts: Counter[str]) -> None:
    """So many inputs from that seed on. Raises what was found."""

    @seed(number)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.given)
    def fuzz(value: Any) -> None:
        counts["inputs"] += 1
        started = process_time()
        target.check(value)
        assert process_time() - started < _LONGEST

    fuzz()


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_little(target: Target) -> None:
    """Nothing is found among the first of them."""
    _run(target, 50, 0, Counter())


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_at_length(name: str, record_property: Recorded) -> None:
    """Nothing is found in the time that there is."""
    counts: Counter[str] = Counter()
    end, number = monotonic() + _SECONDS, _SEED
    while monotonic() < end:
        _run(TARGETS[name], 500, number, counts)
        number += 1
    record_property("inputs", counts["inputs"])
    record_property("seeds", f"{_SEED} to {number - 1}")


def _mutation(chance: random.Random, number: int) -> Json:
    """One of the real updates with some of its values replaced, moved or left out."""
    first = message(
        chance.choice(
            ["#life 一 https://example.org", "二", "/list", "/search 一", "/undo", "/settings"]
        ),
        entities=bold(0, 3),
        reply_to_message=message("二")["message"],
    )
    update = chance.choice(
        [first, edited(first, "#tech 三"), press("l:2023-W40:0"), press("f:1:life")]
    )
    for _ in range(chance.randint(0, 4)):
        there = places(update)
        if not there:
            break
        path, other = chance.choice(there), chance.choice(there)
        values: list[object] = [
            ...,
            None,
            "",
            "周" * 5_000,
            0,
            -1,
            2**63,
            1.5,
            True,
            [],
            {},
            [[]],
            "\ud800",
            "0",
        ]
        value: object = chance.choice(values)
        if chance.random() < 0.3:
            value = update
            for key in other:
                value = value[key]  # type: ignore[index]  # a path of this very update
        update = changed(update, path, value)
    return update | {"update_id": number}


async def _take_mutations(stage: Any, wanted: Callable[[int], bool]) -> Counter[str]:
    """How many were taken in, and how many of them were kept as dead letters."""
    scene, bot, other = stage
    chance, number = random.Random(_SEED), 9_000_000
    counts: Counter[str] = Counter()
    while wanted(counts["updates"]):
        batch = [_mutation(chance, number + more) for more in range(50)]
        number += len(batch)
        await bot.taking.take(batch)
        counts["updates"] += len(batch)
    counts["dead letters"] = await letters_in(bot)
    # Who has sent all this waits behind its answers; others must not.
    assert await acknowledged(scene, other) < 20
    return counts


async def test_a_few_updates(stage: Any) -> None:
    """Whatever is made of real updates, the intake goes on, and who sent them is answered."""
    await _take_mutations(stage, lambda taken: taken < 150)
    scene, *_ = stage
    after = await scene.person.send("#life 之后", at=scene.clock.now())
    await scene.person.wait_for_reaction(after, seconds=60)


@pytest.mark.long
async def test_many_updates(stage: Any, record_property: Recorded) -> None:
    """The same for as long as there is time."""
    end = monotonic() + _SECONDS
    counts = await _take_mutations(stage, lambda _: monotonic() < end)
    for name, count in counts.items():
        record_property(name, count)
