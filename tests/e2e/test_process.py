"""How the program starts and ends, seen from outside: exit status, output, patience."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.processes import Program, theatre
from tests.e2e.talking import Talk

_TERM_SECONDS = 5.0
_WRONG_TOKEN = "1000000001:WRONG-but-of-the-right-shape-0123456"  # noqa: S105 -- opens nothing


async def test_sigterm_amid_messages_loses_nothing(tmp_path: Path) -> None:
    """It ends by itself within five seconds with status 0; the next start takes up the rest."""
    async with theatre(tmp_path) as stage:
        talk = Talk(stage.person, random.Random(3))
        await talk.say(60)
        await stage.start()
        pouring = asyncio.create_task(talk.say(60, pause=0.01))
        await asyncio.sleep(0.3)
        status, seconds = await stage.program.terminate()
        await pouring
        assert status == 0
        assert seconds < _TERM_SECONDS
        assert "Traceback" not in stage.program.output
        await stage.start()
        for told in talk.told:
            await stage.person.wait_for_reaction(told.message, told.reaction, seconds=60)
        [stored] = stage.rows("SELECT count(*) AS many FROM entries")
        assert stored["many"] == len(talk.told)


async def test_ctrl_c_ends_it_like_sigterm(tmp_path: Path) -> None:
    """Status 0 within five seconds, without a traceback."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        message = await stage.person.send("#life 先记下")
        await stage.person.wait_for_reaction(message, "✍", seconds=60)
        began = time.monotonic()
        os.kill(stage.program.pid, signal.SIGINT)
        assert await stage.program.ended() == 0
        assert time.monotonic() - began < _TERM_SECONDS
        assert "Traceback" not in stage.program.output


async def test_sigterm_does_not_wait_for_a_telegram_that_hangs(tmp_path: Path) -> None:
    """An answer on its way is given up after a while, and given by the next start."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.hang("setMessageReaction")
        message = await stage.person.send("#life 说到一半")
        await stage.called("setMessageReaction")
        status, seconds = await stage.program.terminate()
        assert status == 0
        assert seconds < _TERM_SECONDS
        assert "Traceback" not in stage.program.output
        await stage.start()
        assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"


async def test_a_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    """Status 2, no traceback, and the token nowhere, even where everything is logged."""
    async with theatre(tmp_path, BOT_TOKEN=_WRONG_TOKEN, BOT_LOG_LEVEL="debug") as stage:
        await stage.program.start()
        assert await stage.program.ended() == 2
        output = stage.program.output
        assert output.count("BOT_TOKEN is not accepted by Telegram") == 1
        assert "Traceback" not in output
        assert _WRONG_TOKEN.partition(":")[2] not in output


async def test_a_token_revoked_while_it_runs_ends_it_the_same_way(tmp_path: Path) -> None:
    """Status 2 and the sentence, not a loop of refused requests."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.fault(
            "*", kind="status", error_code=401, description="Unauthorized", times=-1
        )
        # Something to receive that nothing is to be answered to, so that it asks again.
        await stage.person.post("updates", {"poll_answer": None})
        assert await stage.program.ended() == 2
        output = stage.program.output
        assert "BOT_TOKEN is not accepted by Telegram" in output
        assert "Traceback" not in output
        assert stage.sandbox.token.partition(":")[2] not in output


async def test_all_faults_of_the_settings_are_named_at_once(tmp_path: Path) -> None:
    """No token, a zone that does not exist and a time that is none: status 2, three names."""
    settings = {"BOT_TIMEZONE": "Asia/Shanghei", "BOT_DRAFT_AT": "someday"}
    async with Program(tmp_path, settings) as program:
        await program.start()
        assert await program.ended() == 2
        named = [line.split()[0] for line in program.output.split("\n") if line.startswith("BOT_")]
    assert sorted(named) == ["BOT_DRAFT_AT", "BOT_TIMEZONE", "BOT_TOKEN"]
    assert "Traceback" not in program.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("seconds_up", [0.0, 0.5], ids=["at the start", "in between"])
async def test_it_waits_for_a_server_that_is_away(tmp_path: Path, seconds_up: float) -> None:
    """Whether the server is away from the start or goes away: it goes on once it is back."""
    async with theatre(tmp_path) as stage:
        if seconds_up:
            await stage.start()
            await asyncio.sleep(seconds_up)
        asked = len(stage.queue.asked_at)
        await stage.sandbox.stop()
        if not seconds_up:
            await stage.program.start()
        await stage.program.has_said("next try in")
        await stage.sandbox.start()
        await stage.program.brings_about(lambda: len(stage.queue.asked_at) > asked)
        message = await stage.person.send("#life 又回来了")
        assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"
        assert "Traceback" not in stage.program.output
        status, _ = await stage.program.terminate()
        assert status == 0
