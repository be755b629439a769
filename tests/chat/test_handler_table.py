"""The gate stands before everything: whatever handler is added comes behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from telegram import Update, User
from telegram.ext import ApplicationHandlerStop, BaseHandler, TypeHandler

from bot.chat.application import ALLOWED_UPDATES, build_application
from bot.chat.context import HonestApplication
from bot.chat.handlers import gate
from tests.chat.every_kind import SAMPLES
from tests.chat.messages import ANN, GROUP, PRIVATE, WEEKNOTES

_MESSAGE: dict[str, Any] = {"message_id": 10, "date": 1_696_500_000, "chat": PRIVATE, "from": ANN}
_PRESS = {"id": "1", "from": ANN, "chat_instance": "1", "message": _MESSAGE | {"text": "…"}}

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*message_auto_delete_time:telegram.warnings.PTBDeprecationWarning"
)


@pytest.fixture
def application() -> HonestApplication:
    """The application as it is built, as if Telegram had answered it."""
    built = build_application("99:token", "http://127.0.0.1:1")
    built.bot._bot_user = User.de_json(WEEKNOTES | {"username": "weeknotes_bot"})
    built._initialized = True
    return built


def _updates(application: HonestApplication) -> list[Update]:
    """One of each kind that Telegram is asked for, with every kind of message in it."""
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    commands = [{"text": text} | command for text in ("/draft", "/start x", "/people")]
    samples: list[dict[str, Any]] = [{"text": "hello"}, *commands, *map(dict, SAMPLES.values())]
    found = [{"callback_query": _PRESS | {"data": data}} for data in ("d:1", "oa:1", "")]
    for said in samples:
        for chat in (PRIVATE, GROUP):
            message = _MESSAGE | {"chat": chat} | said
            found += [{"message": message}, {"edited_message": message | {"edit_date": 1}}]
    assert {name for update in found for name in update} == set(ALLOWED_UPDATES)
    return [
        Update.de_json(json.loads(json.dumps(update | {"update_id": number})), application.bot)
        for number, update in enumerate(found)
    ]


def _behind(application: HonestApplication) -> list[BaseHandler[Any, Any, Any]]:
    return [
        handler
        for handlers in application.handlers.values()
        for handler in handlers
        if handler.callback is not gate.admit
    ]


async def _reached(
    application: HonestApplication, at_the_gate: Callable[..., Any]
) -> tuple[set[int], int]:
    """Which handlers behind the gate were reached by any update, and how many updates failed."""
    reached: set[int] = set()
    for number, handler in enumerate(_behind(application)):

        async def note(_: object, __: object, number: int = number) -> None:
            reached.add(number)

        handler.callback = note
    [door] = application.handlers[-1]
    door.callback = at_the_gate
    failed = 0
    for update in _updates(application):
        try:
            await application.process_update(update)
        except LookupError:
            failed += 1
    return reached, failed


def test_the_gate_comes_first_and_alone(application: HonestApplication) -> None:
    """No handler stands before it or beside it, and each update waits until it has decided."""
    first, *_ = application.handlers
    assert first == -1
    [door] = application.handlers[first]
    assert isinstance(door, TypeHandler)
    assert (door.callback, door.type, door.strict) == (gate.admit, Update, False)
    assert all(handler.block for handler in (door, *_behind(application)))
    assert all(door.check_update(update) for update in _updates(application))


def test_nothing_goes_round_it(application: HonestApplication) -> None:
    """There is no other way in: no updater that takes in anything by itself, no error handler."""
    assert application.updater is None
    assert not application.error_handlers


@pytest.mark.attack
@pytest.mark.parametrize("is_fault", [False, True], ids=["a stranger", "a gate that fails"])
async def test_no_handler_is_reached_past_the_gate(
    application: HonestApplication, *, is_fault: bool
) -> None:
    """Neither where it stops an update nor where it breaks."""

    async def stop(*_: object) -> None:
        raise LookupError("broken") if is_fault else ApplicationHandlerStop

    reached, failed = await _reached(application, stop)
    assert reached == set()
    assert failed == (len(_updates(application)) if is_fault else 0)


async def test_behind_an_open_gate_they_are_reached(application: HonestApplication) -> None:
    """So the test above would see one that is."""

    async def let_in(*_: object) -> None:
        pass

    reached, failed = await _reached(application, let_in)
    assert len(reached) >= 8
    assert failed == 0


async def test_a_handler_has_no_journal_but_by_the_gate(application: HonestApplication) -> None:
    """Whoever asks for it before is told so."""
    context = application.context_types.context(application)
    with pytest.raises(LookupError, match="past the gate"):
        context.own_journal()
