"""A plain text is read to the same as by way of the library, and goes to the same place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User
from telegram.constants import MessageType

from bot.chat.application import build_application
from bot.chat.context import HonestApplication
from bot.chat.handlers import capture, gate
from bot.chat.incoming import to_incoming
from bot.chat.plain_texts import read_plain
from tests.chat.every_kind import SAMPLES
from tests.chat.messages import ANN, GROUP, PRIVATE, WEEKNOTES

_MESSAGE: dict[str, Any] = {
    "message_id": 10,
    "date": 1_696_500_000,
    "chat": PRIVATE,
    "from": ANN,
    "text": "#tech 修好了 cache",
}
_ENTITIES = [
    {"type": "hashtag", "offset": 0, "length": 5},
    {"type": "text_link", "offset": 6, "length": 3, "url": "https://example.org"},
    {"type": "pre", "offset": 10, "length": 5, "language": "python"},
    {"type": "unheard_of", "offset": 90, "length": 5},
]
_TYPES = st.sampled_from(["hashtag", "bold", "text_link", "pre", "custom", "mention"])
_NUMBERS = st.integers(-3, 40)
_WORDS = st.text(max_size=12)
_OPTIONAL = {"url": _WORDS, "language": _WORDS}
_ENTITY = st.fixed_dictionaries(
    {"type": _TYPES, "offset": _NUMBERS, "length": _NUMBERS}, optional=_OPTIONAL
)
_USER = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**40),
        "is_bot": st.booleans(),
        "first_name": st.text("a周\u200d ", min_size=1),
    },
    optional={"last_name": _WORDS, "language_code": _WORDS, "username": _WORDS},
)
_CHAT = st.fixed_dictionaries(
    {"id": st.integers(-(2**40), 2**40), "type": st.sampled_from(["private", "supergroup"])},
    optional={"title": _WORDS, "is_forum": st.booleans()},
)
_MESSAGES = st.fixed_dictionaries(
    {
        "message_id": st.integers(1, 2**31),
        "date": st.integers(1, 2**32 - 1),
        "from": _USER,
        "chat": _CHAT,
        "text": _WORDS.filter(lambda text: not text.lstrip().startswith("/")),
    },
    optional={"entities": st.lists(_ENTITY, max_size=3)},
)


@pytest.fixture(scope="module")
def application() -> HonestApplication:
    """The application as it is built, as if Telegram had answered it."""
    built = build_application("99:token", "http://127.0.0.1:1")
    built.bot._bot_user = User.de_json(WEEKNOTES | {"username": "weeknotes_bot"})
    return built


def _is_read_as_by_the_library(message: dict[str, Any], application: HonestApplication) -> None:
    update = {"update_id": 7, "message": message}
    plain = read_plain(update)
    parsed = Update.de_json(json.loads(json.dumps(update)), application.bot)
    assert plain is not None
    assert parsed.message is not None
    assert parsed.effective_user is not None
    assert plain.incoming == to_incoming(parsed.message, "en", edited=False)
    assert plain.visitor == gate._visitor(parsed, "weeknotes_bot")
    assert plain.language_code == parsed.effective_user.language_code
    [*_, table] = application.handlers
    found = [
        handler
        for group in application.handlers
        if group not in (-1, table)
        for handler in application.handlers[group]
        if handler.check_update(parsed)
    ]
    first = next(one for one in application.handlers[table] if one.check_update(parsed))
    assert (found, first.callback) == ([], capture.receive)


@pytest.mark.parametrize("chat", [PRIVATE, GROUP], ids=["private", "group"])
@pytest.mark.parametrize("entities", [{}, {"entities": _ENTITIES}], ids=["bare", "formatted"])
def test_it_is_read_as_by_the_library(
    chat: dict[str, Any], entities: dict[str, Any], application: HonestApplication
) -> None:
    """The same message, the same visitor, and the handler table would have kept it."""
    _is_read_as_by_the_library(_MESSAGE | {"chat": chat} | entities, application)


@given(message=_MESSAGES)
def test_whatever_it_says_it_is_read_as_by_the_library(
    message: dict[str, Any], application: HonestApplication
) -> None:
    """Names, texts and formats of any kind."""
    _is_read_as_by_the_library(message, application)


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != MessageType.TEXT])
def test_no_other_kind_is_taken_for_one(kind: MessageType) -> None:
    """Not even beside a text."""
    assert read_plain({"update_id": 7, "message": _MESSAGE | SAMPLES[kind]}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"text": "/draft"},
        {"text": " /start x"},
        {"reply_to_message": _MESSAGE},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}},
        {"sender_chat": GROUP},
        {"message_thread_id": 4},
        {"entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": ANN}]},
    ],
    ids=str,
)
def test_what_means_more_is_looked_at_more_closely(change: dict[str, Any]) -> None:
    """Commands, replies, forwards, anonymous authors, topics and mentions."""
    assert read_plain({"update_id": 7, "message": _MESSAGE | change}) is None


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        {"message_id": 2**63},
        {"message_id": True},
        {"date": 10**18},
        {"date": "now"},
        {"text": 5},
        {"from": None},
        {"from": ANN | {"id": "1"}},
        {"from": ANN | {"first_name": None}},
        {"from": ANN | {"first_name": ""}},
        {"chat": PRIVATE | {"type": "channel"}},
        {"chat": PRIVATE | {"type": []}},
        {"chat": PRIVATE | {"title": {}}},
        {"entities": {}},
        {"entities": [None]},
        {"entities": [{"type": "bold", "offset": "0", "length": 1}]},
        {"entities": [{"type": "bold", "offset": 0}]},
    ],
    ids=str,
)
def test_what_telegram_never_sends_is_none(change: dict[str, Any]) -> None:
    """It takes the longer way, on which it is buried."""
    assert read_plain({"update_id": 7, "message": _MESSAGE | change}) is None


def test_what_is_no_new_message_is_none() -> None:
    """Edits, and updates with anything else in them."""
    assert read_plain({"update_id": 7, "edited_message": _MESSAGE}) is None
    assert read_plain({"update_id": 7, "message": _MESSAGE, "poll": {}}) is None
    assert read_plain({"update_id": "7", "message": _MESSAGE}) is None
    assert read_plain({"message": _MESSAGE}) is None
