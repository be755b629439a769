"""Strangers before the door: whatever they send, nothing is stored and no work is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from telegram.constants import MessageType

from tests.chat.every_kind import SAMPLES
from tests.e2e.attacks.stage import (
    COLLEAGUE,
    MEMBER,
    SECRET,
    STRANGER,
    VICTIM,
    Json,
    Stage,
    Victim,
    furnish,
    is_told,
    open_stage,
    sender,
)

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.attack,
    # The library says so of an attribute that Telegram has not renamed.
    pytest.mark.filterwarnings(
        "ignore:.*message_auto_delete_time:telegram.warnings.PTBDeprecationWarning"
    ),
]

_SENDS: Final = {"sendmessage"}


# A bot of their own: whom it has let in says nothing here, so that all rows can be compared.
@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The bot."""
    async with open_stage(tmp_path_factory.mktemp("strangers")) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def victim(stage: Stage) -> Victim:
    """Who has let a member and a group in, and no stranger."""
    return await furnish(stage)


@pytest.mark.usefixtures("victim")
@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.value) for kind in MessageType])
@pytest.mark.parametrize(
    "come",
    [
        pytest.param("message", id="new"),
        pytest.param("edited_message", id="edited"),
    ],
)
async def test_every_kind_of_message(stage: Stage, kind: MessageType, come: str) -> None:
    """No row anywhere, no file fetched, no second sentence."""
    if kind not in SAMPLES:
        pytest.fail(f"there is no sample of {kind}")
    before = stage.everything()
    message = stage.message(STRANGER, **SAMPLES[kind])
    message["reply_to_message"] = stage.message(VICTIM, text="…")
    calls = await stage.take(**{come: message})
    assert stage.everything() == before
    assert calls == []


_WORDS: Final = [
    pytest.param("/start \ud83d", id="half a character for a code"),
    pytest.param("/start " + "x" * 4000, id="a code of four thousand characters"),
    pytest.param("/start x", id="a wrong code"),
    pytest.param("/start", id="no code"),
    pytest.param("/draft", id="a report"),
    pytest.param("/export", id="an export"),
    pytest.param("/forget_me", id="forgetting"),
    pytest.param("/invite", id="inviting"),
    pytest.param("/people", id="the people"),
    pytest.param(f"/search {SECRET}", id="a search"),
    pytest.param("\ud83d", id="half a character"),
    pytest.param("#life \x00", id="a null"),
    pytest.param("#life " + "很长" * 2000, id="a long message"),
]


@pytest.mark.usefixtures("victim")
@pytest.mark.parametrize("text", _WORDS)
async def test_words_of_strangers(stage: Stage, text: str) -> None:
    """They are let go; also those that could not be stored, which become no dead letters."""
    before = stage.everything()
    assert await stage.say(text, STRANGER) == []
    assert stage.everything() == before


@pytest.mark.usefixtures("victim")
@pytest.mark.parametrize("name", ["\ud83d", "\x00", "长" * 300, "<b>&", ""])
async def test_names_of_strangers(stage: Stage, name: str) -> None:
    """Whatever they are called."""
    before = stage.everything()
    message = stage.message(STRANGER, text="/start x")
    message["from"] = message["from"] | {"first_name": name, "language_code": name}
    assert await stage.take(message=message) == []
    assert stage.everything() == before


@pytest.mark.usefixtures("victim")
async def test_updates_that_are_none(stage: Stage) -> None:
    """What cannot even be read, and comes from nobody who was let in, is not kept."""
    before = stage.everything()
    huge = sender(STRANGER) | {"id": 10**30}
    broken: list[Json] = [
        {"message": {"from": sender(STRANGER)}},
        {"message": {"chat": {"id": "x"}, "from": sender(STRANGER)}},
        {"callback_query": {"id": "1"}},
        {"message": {}},
        {"message": stage.message(STRANGER, text="#life") | {"from": huge}},
        {"message": stage.message(STRANGER, text="#life") | {"chat": huge | {"type": "private"}}},
    ]
    for update in broken:
        assert await stage.take(**update) == []
    assert stage.everything() == before


@pytest.mark.usefixtures("victim")
async def test_a_crowd(stage: Stage) -> None:
    """Each of a hundred is told once, in their own words' stead; nothing is stored of them."""
    before, told = stage.everything(), 0
    for number in range(10_000, 10_100):
        who = {"id": number, "is_bot": False, "first_name": "路人", "language_code": "en"}
        chat = {"id": number, "type": "private", "first_name": "路人"}
        for _ in range(2):
            message = stage.message(STRANGER, text="#life 我") | {"from": who, "chat": chat}
            told += len(await stage.take(message=message))
    assert told == 100
    assert stage.everything() == before


@pytest.mark.usefixtures("victim")
@pytest.mark.parametrize(
    "text", ["/start", "/draft", "#life 一", "/forget_me", f"/search {SECRET}", "/people"]
)
async def test_in_a_group_that_nobody_opened(stage: Stage, text: str) -> None:
    """Neither strangers nor the bot's members open it; only who owns the bot does."""
    chat = -1_000_000_009_999
    before = stage.everything()
    for user in (STRANGER, MEMBER, COLLEAGUE):
        calls = await stage.say(text, user, chat)
        assert {call["method"].lower() for call in calls} <= _SENDS
        assert not is_told(calls, SECRET)
    assert [row for t in ("journals", "chats", "entries") for row in stage.everything()[t]] == [
        row for t in ("journals", "chats", "entries") for row in before[t]
    ]


@pytest.mark.usefixtures("victim")
@pytest.mark.parametrize("text", ["/start", "/start@weeknotes_sandbox_bot", "/start x"])
async def test_an_anonymous_administrator_is_nobody(stage: Stage, text: str) -> None:
    """A group that was not opened stays so, though an owner may be behind the account."""
    chat = -1_000_000_009_998
    message = stage.message(VICTIM, chat, text=text)
    message["sender_chat"] = stage.chat(chat)
    before = stage.everything()["journals"]
    await stage.take(message=message)
    assert stage.everything()["journals"] == before


@pytest.mark.usefixtures("victim")
async def test_a_forwarded_command_opens_nothing(stage: Stage) -> None:
    """What an owner forwards, somebody else has said; a link that is forwarded works still."""
    code = (await stage.bot.services.inviting.invite(VICTIM)).code
    before = stage.everything()
    origin = {"type": "user", "date": 1_690_000_000, "sender_user": sender(MEMBER)}
    await stage.say(f"/start {code}", STRANGER, forward_origin=origin)
    await stage.say("/start", VICTIM, -1_000_000_009_997, forward_origin=origin)
    assert stage.everything() == before
