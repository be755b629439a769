"""SIGKILL at any moment loses nothing, stores nothing twice and makes no acknowledgement lie."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.processes import Theatre, by_webhook, theatre
from tests.e2e.reckoning import (
    assert_files_kept,
    assert_in_draft,
    assert_stored_once,
    caught_up,
    crowd,
    entries,
    far_from_now,
    questions,
    questions_in_doubt,
    this_monday,
    unfinished_but_honest,
)
from tests.e2e.talking import EVERY_KIND, Talk, Told

# The stand-in's library warns of itself, where a form arrives in pieces.
pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")

_PEOPLE = tuple(range(1001, 1009))
_LONG = 2000
_PAUSES = (0.0, 0.005, 0.02, 0.05)
# Together they strike one call of twenty.
_EACH = 1 - 0.95**0.25
_FAULTS: Final[tuple[Mapping[str, object], ...]] = (
    {"kind": "status", "error_code": 502, "description": "Bad Gateway"},
    {"kind": "drop", "when": "before"},
    {"kind": "drop", "when": "after"},
    {"kind": "truncate"},
)


@pytest.mark.parametrize(
    ("hooked", "failing", "messages", "kills", "seed"),
    [
        pytest.param(False, False, 500, 6, 7, id="polling-short"),
        pytest.param(True, False, 240, 3, 7, id="webhook-short"),
        pytest.param(False, True, 240, 3, 7, id="polling-failing-short"),
        *(
            pytest.param(hooked, failing, _LONG, 25, 11, id=name, marks=pytest.mark.long)
            for hooked, failing, name in (
                (False, False, "polling-long"),
                (True, False, "webhook-long"),
                (False, True, "polling-failing-long"),
                (True, True, "webhook-failing-long"),
            )
        ),
    ],
)
async def test_kills_while_messages_pour_in_lose_nothing(
    tmp_path: Path,
    unused_tcp_port: int,
    hooked: bool,
    failing: bool,
    messages: int,
    kills: int,
    seed: int,
    record_property: Callable[[str, object], None],
) -> None:
    """Every message is stored exactly once, as it was last edited, and shows so.

    At each kill, what shows an acknowledgement is in the database already. A question may come
    twice only where a kill fell between its sending and the note that it was sent, or its
    answer got lost and the message was edited later; where its answer got lost it may also
    never have come, and the message is in the draft all the same.
    """
    settings = {
        "BOT_ALLOWED_USERS": ",".join(map(str, _PEOPLE)),
        "BOT_DRAFT_AT": far_from_now(),
        "BOT_LOG_LEVEL": "warning",
        **(by_webhook(unused_tcp_port) if hooked else {}),
    }
    async with theatre(tmp_path, **settings) as stage, crowd(stage, _PEOPLE) as persons:
        talks = [
            Talk(person, random.Random(seed + number), EVERY_KIND, this_monday())
            for number, person in enumerate(persons)
        ]
        if failing:
            for number, fault in enumerate(_FAULTS):
                await stage.person.fault("*", **fault, probability=_EACH, seed=number)
        struck = await _say_amid_kills(stage, talks, messages, kills, random.Random(seed))
        told = [one for talk in talks for one in talk.told]
        assert len(told) == messages
        await caught_up(stage, told)
        in_doubt = questions_in_doubt(stage)
        asked = questions(stage, told, in_doubt)
        if failing:
            stage.bot_api.faults.clear()
            await _put_off_no_longer(stage)
        await assert_files_kept(stage, told)
        await asyncio.gather(*(assert_in_draft(stage, talk) for talk in talks))
        status, _ = await stage.program.terminate()
        assert status == 0
        if not failing:
            assert in_doubt == set()
            assert stage.program.output == ""
        assert_stored_once(stage, told, in_doubt)
        faults = sum("fault" in call for call in stage.bot_api.calls)
        assert (faults > 0) is failing
        for name, value in {
            "messages": len(told),
            "kills": kills,
            "unfinished at the kills": struck.unfinished,
            "torn by the kills": struck.torn,
            "calls": len(stage.bot_api.calls),
            "failed calls": faults,
            "questions asked twice": asked.twice,
            "questions never asked": asked.never,
        }.items():
            record_property(name, value)
        assert asked.twice <= kills * len(talks) + len(in_doubt)
        # Kills that struck an idle program, or nothing half sent, would prove nothing.
        assert struck.unfinished > 0
        assert struck.torn > 0


@dataclass
class _Kills:
    """Kills the program, and counts what each has left unanswered, or torn apart."""

    stage: Theatre
    chance: random.Random
    unfinished: int = 0
    torn: int = 0

    async def strike(self, talk: Talk, since: int, *, waits: bool) -> None:
        """The program is gone; what the person has told since then is stored where it `waits`."""
        half = talk.told[since:]
        if waits:
            await self.stage.program.brings_about(lambda: _stored(self.stage, half))
        else:
            await asyncio.sleep(self.chance.uniform(0.0, 0.1))
        await self.stage.program.kill()
        self.unfinished += unfinished_but_honest(self.stage)
        self.torn += _stored(self.stage, half)


async def _say_amid_kills(
    stage: Theatre, talks: list[Talk], messages: int, kills: int, chance: random.Random
) -> _Kills:
    """All was said while the program was killed so often; it runs again.

    Each kill falls between two messages of an album or of a forward with its comment.
    """
    struck = _Kills(stage, chance)
    share = messages // (kills + 1) // len(talks)
    for number in range(kills):
        await _gather(talks, share // 2)
        pause = chance.choice(_PAUSES)
        pouring = asyncio.create_task(_gather(talks[1:], share - share // 2, pause))
        is_starting = number % 5 == 4
        if is_starting:
            # Before it has come as far as asking for updates, perhaps.
            await stage.program.start()
            await asyncio.sleep(chance.uniform(0.3, 1.5))
        else:
            await stage.start()
            await asyncio.sleep(chance.uniform(0.0, 0.9))
        since, waits = len(talks[0].told), number % 2 == 0 and not is_starting
        strike = partial(struck.strike, talks[0], since, waits=waits)
        await talks[0].say_torn("album" if number % 4 < 2 else "forward", strike)
        await pouring
    await stage.start()
    rest = messages - sum(len(talk.told) for talk in talks)
    for left, talk in zip(range(len(talks), 0, -1), talks, strict=True):
        mine = rest // left
        rest -= mine
        await talk.say(mine, pause=0.002)
    return struck


async def _gather(talks: list[Talk], messages: int, pause: float = 0.0) -> None:
    await asyncio.gather(*(talk.say(messages, pause) for talk in talks))


def _stored(stage: Theatre, told: list[Told]) -> bool:
    """Whether all of them are stored."""
    stored = {row["message_id"] for row in entries(stage)}
    return {one.message_id for one in told} <= stored


async def _put_off_no_longer(stage: Theatre) -> None:
    """The program was started anew, with files that it would have tried again later due now."""
    await stage.program.terminate()
    stage.change("UPDATE pictures SET retry_at = 0 WHERE retry_at IS NOT NULL")
    await stage.start()
