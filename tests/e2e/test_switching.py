"""From polling to webhook and back, and two programs at once: no gap, and nothing twice."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.e2e.processes import Program, by_webhook, program_with, theatre
from tests.e2e.reckoning import (
    assert_files_kept,
    assert_stored_once,
    caught_up,
    far_from_now,
    questions,
    this_monday,
)
from tests.e2e.talking import EVERY_KIND, Talk

_SOON = {"bot.chat.receiving._CONFLICT_PAUSE": 0.3}
_TAGGED = {"tagged": 100}


async def test_switching_back_and_forth_leaves_no_gap(tmp_path: Path, unused_tcp_port: int) -> None:
    """Three times, by SIGTERM and by SIGKILL, while a person writes on without a pause."""
    settings = {"BOT_DRAFT_AT": far_from_now(), "BOT_LOG_LEVEL": "warning"}
    hook = by_webhook(unused_tcp_port)
    async with theatre(tmp_path, **settings) as stage:
        program = stage.program
        polls = program.environ
        talk = Talk(stage.person, random.Random(5), EVERY_KIND, this_monday())
        for number in range(4):
            await talk.say(10)
            pouring = asyncio.create_task(talk.say(30, pause=0.01))
            program.environ = polls | (hook if number % 2 else {})
            await stage.start()
            assert bool(stage.queue.hook.url) is bool(number % 2)
            await pouring
            if number == 3:
                break
            talking = asyncio.create_task(talk.say(20, pause=0.005))
            if number < 2:
                assert (await program.terminate())[0] == 0
            else:
                await program.kill()
            await talking
        await caught_up(stage, talk.told)
        await assert_files_kept(stage, talk.told)
        assert (await program.terminate())[0] == 0
        assert program.output == ""
        assert_stored_once(stage, talk.told)
        assert questions(stage, talk.told).twice <= 2


async def test_two_programs_at_once_say_so_and_lose_nothing(tmp_path: Path) -> None:
    """Both use the same folder; once one is stopped, the other goes on alone."""
    settings = {"BOT_DRAFT_AT": far_from_now(), "BOT_LOG_LEVEL": "warning"}
    async with theatre(tmp_path, **settings) as stage:
        (tmp_path / "other").mkdir()
        async with Program(tmp_path / "other", stage.program.environ) as other:
            one, words = stage.program, "another program polls with this token"
            one.command = other.command = program_with(_SOON)
            talk = Talk(stage.person, random.Random(6), _TAGGED, this_monday())
            await stage.start()
            await talk.say(20)
            await other.start()
            pouring = asyncio.create_task(talk.say(100, pause=0.01))
            await asyncio.gather(one.has_said(words), other.has_said(words))
            await pouring
            await caught_up(stage, talk.told)
            assert (await other.terminate())[0] == 0
            asked = len(stage.queue.asked_at)
            await talk.say(20, pause=0.01)
            await caught_up(stage, talk.told)
            assert len(stage.queue.asked_at) > asked
            assert (await one.terminate())[0] == 0
            assert "Traceback" not in one.output + other.output
        assert_stored_once(stage, talk.told)
        assert questions(stage, talk.told).twice == 0
        assert await stage.person.said() == []
