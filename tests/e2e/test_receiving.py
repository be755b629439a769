"""Stories of a Telegram that fails: what was sent is received, once, whatever it answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest
from telegram import Bot

from bot.app import Weeknotes
from bot.chat import receiving
from bot.chat.receiving import Pause
from bot.chat.requesting import AiohttpRequest
from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene
from tests.e2e.processes import by_webhook, theatre, until

# The library warns of its own attribute, which it reads itself.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning"
)

_BAD_GATEWAY = {"kind": "status", "error_code": 502, "description": "Bad Gateway"}
_INTERNAL = {"kind": "status", "error_code": 500, "description": "Internal Server Error"}
_TOO_MANY = {
    "kind": "status",
    "error_code": 429,
    "description": "Too Many Requests: retry after 1",
    "retry_after": 1,
}
_DROPPED = {"kind": "drop", "when": "before"}
_ANSWER_DROPPED = {"kind": "drop", "when": "after"}
_TRUNCATED = {"kind": "truncate"}
_SLOW_SECONDS = 1.0
_SLOW = {"kind": "delay", "seconds": _SLOW_SECONDS}
_FAULTS: Final[Mapping[str, Mapping[str, object]]] = {
    "502": _BAD_GATEWAY,
    "500": _INTERNAL,
    "429": _TOO_MANY,
    "dropped": _DROPPED,
    "answer dropped": _ANSWER_DROPPED,
    "truncated": _TRUNCATED,
    "slow": _SLOW,
}


@contextmanager
def _sped_up(times: int = 10) -> Iterator[None]:
    """The pauses between two tries are so many times shorter."""
    real = Pause.after
    with patch.object(Pause, "after", lambda self, error: real(self, error) / times):
        yield


@contextmanager
def _impatient() -> Iterator[None]:
    """The bot waits for an answer with updates no longer than half of what a slow one takes."""
    real = Bot.do_api_request

    async def hurried(self: Bot, endpoint: str, **more: object) -> object:
        more["read_timeout"] = _SLOW_SECONDS / 2
        return await real(self, endpoint, **more)  # type: ignore[arg-type]  # it passes on

    with patch.object(Bot, "do_api_request", hurried):
        yield


def _struck(scene: Scene) -> bool:
    """Whether every fault has struck as often as it was to."""
    return all(fault.times == 0 for fault in scene.sandbox._bot_api.faults.values())


@pytest.mark.parametrize("fault", _FAULTS.values(), ids=_FAULTS)
async def test_what_fails_while_receiving_loses_nothing(
    scene: Scene, fault: dict[str, object]
) -> None:
    """Twice in a row, with messages on their way: each is stored once, in order, and shows so."""
    async with AsyncExitStack() as stack:
        stack.enter_context(_sped_up())
        if fault is _SLOW:
            stack.enter_context(_impatient())
        await stack.enter_async_context(scene.bot())
        await scene.write("#life 之前")
        await scene.person.fault("getUpdates", **fault, times=2)
        messages = [
            await scene.person.send(f"#life 第{number}件", at=scene.clock.now())
            for number in range(5)
        ]
        for message in messages:
            assert await scene.person.wait_for_reaction(message) == "✍"
        await until(lambda: _struck(scene))
        await scene.write("#life 之后")
        assert await scene.person.said() == []
        listed = "".join(f"{number + 2}. 第{number}件\n" for number in range(5))
        assert (await scene.report()).endswith(f"## 生活\n\n1. 之前\n{listed}7. 之后\n")


async def test_telegram_is_asked_again_no_sooner_than_it_said(scene: Scene) -> None:
    """After 429, for updates as for reactions."""
    async with scene.bot():
        await scene.write("#life 之前")
        for method in ("getUpdates", "setMessageReaction"):
            await scene.person.fault(method, **_TOO_MANY)
        await scene.write("#life 太快了")
        await scene.write("#life 之后")
    for method in ("getUpdates", "setMessageReaction"):
        calls = [c for c in scene.sandbox._bot_api.calls if c["method"] == method]
        [refused] = [number for number, call in enumerate(calls) if "fault" in call]
        assert calls[refused + 1]["at"] - calls[refused]["at"] >= 1


async def test_a_reaction_that_fails_is_set_all_the_same(scene: Scene) -> None:
    """Within seconds, without waiting for the next knock, and nobody is told of a failure."""
    ids = dict(zip(_FAULTS, range(2001, 2100), strict=False))
    allowed = ",".join(map(str, ids.values()))
    async with scene.bot(BOT_ALLOWED_USERS=allowed) as bot, AsyncExitStack() as stack:
        _shorten_patience(bot)
        sent: dict[str, tuple[Person, Message]] = {}
        for name, number in ids.items():
            person = await stack.enter_async_context(_person(scene, number))
            await scene.person.fault("setMessageReaction", **_FAULTS[name], chat_id=number)
            sent[name] = person, await person.send("#life 一件事", at=scene.clock.now())
        for person, message in sent.values():
            assert await person.wait_for_reaction(message, seconds=15) == "✍"
            assert await person.said() == []
        assert _struck(scene)


def _shorten_patience(bot: Weeknotes) -> None:
    """Whatever the bot calls, it waits for an answer half as long as a slow one takes."""
    request = bot.application.bot.request
    assert isinstance(request, AiohttpRequest)
    request.read_timeout = _SLOW_SECONDS / 2


@asynccontextmanager
async def _person(scene: Scene, number: int) -> AsyncIterator[Person]:
    await scene.person.post("users", {"id": number, "first_name": f"第{number}人"})
    await scene.person.post("chats", {"type": "private", "members": [number]})
    async with Person(scene.sandbox.url, chat_id=number, user_id=number) as person:
        yield person


@pytest.mark.parametrize("hooked", [False, True], ids=["polling", "webhook"])
async def test_it_starts_although_telegram_fails_at_first(
    scene: Scene, hooked: bool, unused_tcp_port: int
) -> None:
    """Whatever it calls first, and however that fails; what waited is received."""
    message = await scene.person.send("#life 之前", at=scene.clock.now())
    faults: dict[str, Mapping[str, object]] = {
        "getMe": _TRUNCATED,
        "deleteWebhook": _BAD_GATEWAY,
        "setWebhook": _ANSWER_DROPPED,
        "setMyCommands": _INTERNAL,
    }
    del faults["deleteWebhook" if hooked else "setWebhook"]
    for method, fault in faults.items():
        await scene.person.fault(method, **fault)
    settings = by_webhook(unused_tcp_port) if hooked else {}
    with _sped_up():
        async with scene.bot(**settings):
            assert await scene.person.wait_for_reaction(message) == "✍"
            await until(lambda: _struck(scene))


async def test_a_webhook_that_appears_is_told_from_another_poller(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says what to do about it; once it is gone, what waited is received."""
    with patch.object(receiving, "_CONFLICT_PAUSE", 0.1):
        async with scene.bot() as bot:
            await scene.write("#life 之前")
            # Nobody listens there, so that what is sent stays with Telegram.
            await bot.application.bot.set_webhook("http://127.0.0.1:9/hook")
            await until(lambda: "has set a webhook for this token" in caplog.text)
            assert "another program polls" not in caplog.text
            message = await scene.person.send("#life 当中", at=scene.clock.now())
            await bot.application.bot.delete_webhook()
            assert await scene.person.wait_for_reaction(message) == "✍"
            assert (await scene.report()).endswith("## 生活\n\n1. 之前\n2. 当中\n")


async def test_half_an_answer_brings_no_message_into_the_log(tmp_path: Path) -> None:
    """The log says that the answer could not be read, in one line."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.fault("getUpdates", **_TRUNCATED, times=1)
        # The request that waits already is not struck, those after it are.
        await stage.person.send("#life 先来一条")
        message = await stage.person.send("#life 谁也不该在日志里读到")
        assert await stage.person.wait_for_reaction(message, seconds=60) == "✍"
        output = stage.program.output
    assert "Invalid server response" in output
    assert "Traceback" not in output
    assert "谁也不该" not in output
    assert ascii("谁也不该")[1:-1] not in output
