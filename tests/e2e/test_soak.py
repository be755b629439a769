"""Traffic at full speed for a long time: the program uses in the end what it used before."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

import pytest

from bot.sandbox.person import Message
from tests.e2e.gauges import PROBED, Reading, read_gauges
from tests.e2e.processes import Theatre, theatre, until
from tests.e2e.reckoning import (
    assert_in_draft,
    crowd,
    entries,
    far_from_now,
    said_after,
    this_monday,
    unanswered,
)
from tests.e2e.talking import EVERY_KIND, Talk, Told

# The stand-in's library warns of itself, where a form arrives in pieces.
pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")

_PEOPLE = tuple(range(1001, 1006))
_A_WEEK = 40
_PRESSES = 2
_WEEKS_AGO = 500
_QUIET_SECONDS = 2.0
# What the knocks of every twenty seconds do for the first time, and need for ever, is done.
_KNOCKED_SECONDS = 22.0

# What the end may have more than the end of the warm-up. Memory: a long run stood at 61.7, 62.9,
# 63.3, 63.5, 63.7 and 63.8 MiB, so what grows comes to rest. Files: the connections to Telegram of
# the eight workers, of previews and of background work, kept for the next call, which the quiet
# before the first reading closes. Tasks: the two knocks. Threads: those that the loop's pool of six
# had not needed yet. Objects: that run had 354 more in the end; several hundred come and go.
_MOST = Reading(memory=5.0, files=10, tasks=2, threads=4, objects=1500)


@pytest.mark.parametrize(
    ("stretches", "first_quiet"),
    [
        # In messages, for a program is warm after so many and not after so many seconds.
        pytest.param((400, 800), _QUIET_SECONDS, id="short"),
        pytest.param((3000,) * 6, _KNOCKED_SECONDS, id="long", marks=pytest.mark.long),
    ],
)
async def test_long_traffic_leaves_nothing_behind(
    tmp_path: Path,
    stretches: tuple[int, ...],
    first_quiet: float,
    record_property: Callable[[str, object], None],
) -> None:
    """Five people fill week after week: messages of all kinds, edits, replies, presses, drafts."""
    settings = {
        "BOT_ALLOWED_USERS": ",".join(map(str, _PEOPLE)),
        "BOT_DRAFT_AT": far_from_now(),
        "BOT_LOG_LEVEL": "warning",
    }
    async with theatre(tmp_path, **settings) as stage, crowd(stage, _PEOPLE) as persons:
        await stage.person.post("options", {"record_calls": False})
        stage.program.command = PROBED
        await stage.start()
        told = 0
        week = this_monday() - timedelta(weeks=_WEEKS_AGO)
        readings: list[Reading] = []
        for wanted in accumulate(stretches):
            while told < wanted:
                week += timedelta(weeks=1)
                talks = [
                    Talk(person, random.Random(f"{week} {number}"), EVERY_KIND, week)
                    for number, person in enumerate(persons)
                ]
                await asyncio.gather(*(_week(stage, talk) for talk in talks))
                told += sum(len(talk.told) for talk in talks)
            await until(lambda: len(stage.queue) + unanswered(stage) == 0)
            await asyncio.sleep(_QUIET_SECONDS if readings else first_quiet)
            readings.append(await read_gauges(stage))
            record_property(f"after {told} messages", str(readings[-1]))
        warm, end = readings[0], readings[-1]
        grown = [
            f"{name}: {getattr(warm, name)} to {getattr(end, name)}"
            for name in Reading.__slots__
            if getattr(end, name) - getattr(warm, name) > getattr(_MOST, name)
        ]
        assert grown == []
        assert len(entries(stage)) == told
        assert stage.rows("SELECT * FROM dead_letters") == []
        assert (await stage.program.terminate())[0] == 0
        assert stage.program.output == ""


async def _week(stage: Theatre, talk: Talk) -> None:
    """A person has told a week's messages, filed some by a button, and looked at the draft."""
    await talk.say(_A_WEEK)
    untagged = [told for told in talk.told if not told.tagged and told.is_first]
    for told in untagged[:_PRESSES]:
        await _file(stage, talk, told)
    await assert_in_draft(stage, talk)


async def _file(stage: Theatre, talk: Talk, told: Told) -> None:
    """The button under the question about that message was pressed."""

    def question() -> Message | None:
        return next(
            (
                message
                for message in said_after(stage, told.message)
                if message.get("reply_to_message", {}).get("message_id") == told.message_id
            ),
            None,
        )

    await until(lambda: question() is not None)
    asked = question()
    assert asked is not None
    await talk.person.press(asked, "生活")
    for other in talk.told:
        if other.unit == told.unit:
            other.tagged = True
