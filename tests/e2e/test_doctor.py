"""The doctor beside a live bot, and what it says of Telegram's side."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings, load_settings
from bot.doctor import server
from bot.doctor.examining import examine
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from tests.doctor.installation import Findings, by_thing
from tests.e2e.processes import PROGRAM, Program, theatre

_DOCTOR = (*PROGRAM[:-1], "doctor")
_WRONG = "1000000001:WRONG-but-of-the-right-shape-0123456"
_HOOK = {
    "BOT_WEBHOOK_URL": "http://127.0.0.1:9/hook",
    "BOT_WEBHOOK_LISTEN": "127.0.0.1:9",
    "BOT_WEBHOOK_SECRET": "a-word-that-nobody-guesses",
}


@asynccontextmanager
async def stand_in(ahead: float = 0) -> AsyncIterator[tuple[Sandbox, Person]]:
    """A stand-in, whose clock this machine's is ahead of by so many seconds, and a person."""
    async with Sandbox(now=lambda: time.time() - ahead) as sandbox, Person(sandbox.url) as person:
        yield sandbox, person


def settings_for(url: str, folder: Path, token: str, **more: str) -> Settings:
    """Settings that lead there."""
    environ = {
        "BOT_TOKEN": token,
        "BOT_API_URL": url,
        "BOT_DATA_DIR": str(folder / "data"),
        "BOT_TIMEZONE": "Asia/Shanghai",
        **more,
    }
    return load_settings(environ, None)


async def findings(sandbox: Sandbox, folder: Path, **more: str) -> Findings:
    """What the doctor finds with the stand-in as Telegram."""
    settings = settings_for(sandbox.url, folder, more.pop("token", sandbox.token), **more)
    diagnosis = await examine(settings, folder / ".env")
    return by_thing(diagnosis.as_json())


async def test_all_is_well_at_telegrams(tmp_path: Path) -> None:
    """The token with the bot's name, the clock, no webhook, and how much waits."""
    async with stand_in() as (sandbox, person):
        await person.send("#life 还没人收")
        found = await findings(sandbox, tmp_path)
    lines = {thing: (of["level"], of["state"]) for thing in found for of in found[thing]}
    assert lines["token"] == ("ok", "it is that of @weeknotes_sandbox_bot")
    assert lines["clock"] == ("ok", "this machine's agrees with Telegram's")
    assert lines["webhook"] == ("ok", "there is none, as polling needs")
    assert lines["updates"] == ("ok", "1 wait at Telegram")


async def test_a_wrong_token_is_a_fault(tmp_path: Path) -> None:
    """With the remedy; the clock is looked at all the same."""
    async with stand_in() as (sandbox, _):
        found = await findings(sandbox, tmp_path, token=_WRONG)
    [token] = found["token"]
    assert token["level"] == "fault"
    assert token["remedy"] == "copy it again from @BotFather into .env"
    assert found["clock"][0]["level"] == "ok"
    assert "webhook" not in found


async def test_a_server_that_is_away_is_a_note(tmp_path: Path) -> None:
    """At once where nobody listens."""
    async with stand_in() as (sandbox, _):
        pass
    [found] = (await findings(sandbox, tmp_path))["Telegram"]
    assert found["level"] == "note"
    assert "cannot be reached" in found["state"]


async def test_a_server_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note after some seconds; the second question counts into them."""
    monkeypatch.setattr(server, "_PATIENCE_SECONDS", 0.5)
    async with stand_in() as (sandbox, person):
        for method in ("getMe", "getWebhookInfo"):
            await person.fault(method, kind="hang")
            began = time.monotonic()
            [found] = (await findings(sandbox, tmp_path))["Telegram"]
            assert time.monotonic() - began < 5
            assert found["level"] == "note"
            assert "cannot be reached" in found["state"]


@pytest.mark.parametrize("code", [429, 502])
async def test_a_server_in_trouble_is_a_note(tmp_path: Path, code: int) -> None:
    """It says which."""
    async with stand_in() as (sandbox, person):
        refusal = {"kind": "status", "error_code": code, "description": "Too bad", "times": 1}
        await person.fault("*", **refusal)
        found = await findings(sandbox, tmp_path)
        assert found["Telegram"][0]["level"] == "note"
        assert f"{code} Too bad" in found["Telegram"][0]["state"]
        await person.fault("getWebhookInfo", **refusal)
        found = await findings(sandbox, tmp_path)
        assert found["token"][0]["level"] == "ok"
        assert f"how it delivers: {code} Too bad" in found["Telegram"][0]["state"]


async def test_an_address_that_is_no_bot_api_is_a_note(tmp_path: Path) -> None:
    """As where BOT_API_URL leads to some web page."""
    async with stand_in() as (sandbox, _):
        found = await findings(sandbox, tmp_path, BOT_API_URL=f"{sandbox.url}/static")
    [of] = found["Telegram"]
    assert of["level"] == "note"
    assert "answers 404, but not as Telegram does" in of["state"]


@pytest.mark.parametrize(
    ("ahead", "level", "words"),
    [
        (3, "ok", "agrees with"),
        (-20, "note", "20 s behind Telegram's"),
        (20, "note", "20 s ahead of Telegram's"),
        (3600, "fault", "3600 s ahead of Telegram's"),
    ],
)
async def test_the_clock_is_compared_with_telegrams(
    tmp_path: Path, ahead: float, level: str, words: str
) -> None:
    """Above 5 s it is a note, above 60 s a fault."""
    async with stand_in(ahead) as (sandbox, _):
        [found] = (await findings(sandbox, tmp_path))["clock"]
    assert found["level"] == level
    # Whole seconds, of which one may begin in between.
    first = words.split()[0]
    near = [words] + [words.replace(first, str(int(first) + n)) for n in (-1, 1) if first.isdigit()]
    assert any(some in found["state"] for some in near), found["state"]


async def test_a_webhook_while_polling_and_the_other_way_round_are_faults(tmp_path: Path) -> None:
    """Also another webhook than the one that is set up."""
    async with stand_in() as (sandbox, _):
        hook = sandbox.world.updates.hook
        [found] = (await findings(sandbox, tmp_path, **_HOOK))["webhook"]
        assert found["level"] == "fault"
        assert "BOT_WEBHOOK_URL is set, but Telegram has no webhook" in found["state"]
        hook.url = "https://example.org/elsewhere"
        [found] = (await findings(sandbox, tmp_path))["webhook"]
        assert found["level"] == "fault"
        assert "so the bot gets nothing by polling" in found["state"]
        [found] = (await findings(sandbox, tmp_path, **_HOOK))["webhook"]
        assert found["level"] == "fault"
        assert "https://example.org/elsewhere, and BOT_WEBHOOK_URL is" in found["state"]
        hook.url = _HOOK["BOT_WEBHOOK_URL"]
        hook.last_error_message, hook.last_error_date = "Connection refused", 1_700_000_000
        right, failed = (await findings(sandbox, tmp_path, **_HOOK))["webhook"]
        assert right["level"] == "ok"
        assert failed["level"] == "note"
        assert failed["state"].endswith("2023-11-15 06:13 Asia/Shanghai: Connection refused")


async def test_many_updates_that_nobody_fetches_are_noted(tmp_path: Path) -> None:
    """Telegram keeps them for a day only."""
    async with stand_in() as (sandbox, _):
        for _ in range(101):
            sandbox.world.updates.put_raw({"poll_answer": None})
        [found] = (await findings(sandbox, tmp_path))["updates"]
    assert found["level"] == "note"
    assert found["state"] == "101 wait at Telegram, which keeps them for a day"


async def _consult(folder: Path, environ: dict[str, str], *words: str) -> tuple[int, str]:
    """Exit status and output of the doctor as a process of its own."""
    place = folder / "consulting"
    place.mkdir(exist_ok=True)
    async with Program(place, environ, (*_DOCTOR, *words)) as doctor:
        await doctor.start()
        status = await doctor.ended()
        output = doctor.output
    (place / "output.log").unlink()
    return status, output


async def test_beside_a_live_bot_it_finds_nothing_and_disturbs_nothing(tmp_path: Path) -> None:
    """Status 0 again and again, while messages go on being stored and acknowledged."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        outcomes: list[tuple[int, str]] = []
        for number in range(2):
            message = await stage.person.send(f"#life 第 {number} 条")
            assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"
            # The record that the reaction is shown follows in a moment.
            await asyncio.sleep(0.5)
            outcomes.append(await _consult(tmp_path, stage.program.environ, "--json"))
        assert [status for status, _ in outcomes] == [0, 0], outcomes
        found = json.loads(outcomes[-1][1])
        assert (found["status"], found["faults"], found["notes"]) == ("ok", 0, 0), found
        assert "Traceback" not in stage.program.output
        assert "ERROR" not in stage.program.output


@pytest.mark.parametrize("words", [(), ("--json",), ("--retry",)])
async def test_the_token_is_nowhere_even_where_everything_is_logged(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Right or wrong, with a server or without, and in a webhook's address."""
    async with theatre(tmp_path, BOT_LOG_LEVEL="debug") as stage:
        right = stage.sandbox.token
        stage.sandbox.world.updates.hook.url = f"https://example.org/{right}"
        told: list[Any] = []
        for token in (right, _WRONG):
            environ = stage.program.environ | {"BOT_TOKEN": token}
            told.append(await _consult(tmp_path, environ, *words))
        await stage.sandbox.stop()
        told.append(await _consult(tmp_path, stage.program.environ, *words))
    assert [status for status, _ in told] == [1, 1, 0], told
    for token in (right, _WRONG):
        assert token.partition(":")[2] not in str(told)
    assert "Traceback" not in str(told)
