"""Where a forwarded message comes from."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.incoming import to_incoming
from bot.domain.text import RichText, Span, Style
from bot.services.incoming import Incoming
from tests.chat.messages import ANN, CHANNEL, GROUP, WEEKNOTES, Json, parsed


def _forwarded(origin: Json, **fields: Any) -> Incoming:
    forward = {"forward_origin": {"date": 1_696_400_000} | origin, "text": "hi"}
    return to_incoming(parsed(forward | fields), "en", edited=False)


def _link(text: str, address: str) -> RichText:
    return RichText(text, (Span(0, len(text), Style.LINK, address),))


def test_messages_of_their_own() -> None:
    """What was not forwarded has no origin."""
    incoming = to_incoming(parsed({"text": "hi"}), "en", edited=False)
    assert (incoming.is_forward, incoming.origin) == (False, RichText())


@pytest.mark.parametrize(
    ("chat", "address"),
    [
        (CHANNEL, "https://t.me/news/5"),
        ({"id": -1002345, "type": "channel", "title": "News 新闻"}, "https://t.me/c/2345/5"),
    ],
)
def test_channels(chat: Json, address: str) -> None:
    """A channel's post is a link to it, which members of a private one can follow."""
    incoming = _forwarded({"type": "channel", "chat": chat, "message_id": 5})
    assert incoming.is_forward
    assert incoming.origin == _link("News 新闻", address)


def test_chats() -> None:
    """What was sent as a chat is from that chat, linked where it has a public name."""
    public = {"type": "chat", "sender_chat": GROUP | {"username": "flat"}}
    assert _forwarded(public).origin == _link("Flat", "https://t.me/flat")
    assert _forwarded({"type": "chat", "sender_chat": GROUP}).origin == RichText("Flat")


def test_people() -> None:
    """A person is named in full, also one who cannot be found by the name."""
    bo = {"id": 8, "first_name": "Bo\n", "last_name": "Wu\u202e", "is_bot": False}
    assert _forwarded({"type": "user", "sender_user": bo}).origin == RichText("Bo Wu")
    hidden = {"type": "hidden_user", "sender_user_name": "Bo Wu"}
    assert _forwarded(hidden).origin == RichText("Bo Wu")


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "user", "sender_user": ANN},
        {"type": "hidden_user", "sender_user_name": "Ann Li"},
        {"type": "user", "sender_user": WEEKNOTES},
    ],
)
def test_ones_own_messages(origin: Json) -> None:
    """What the sender or this bot wrote is a forward from nowhere else."""
    incoming = _forwarded(origin)
    assert (incoming.is_forward, incoming.origin) == (True, RichText())


def test_ones_own_messages_as_a_chat() -> None:
    """An anonymous administrator's own words are not from elsewhere either."""
    origin = {"type": "chat", "sender_chat": GROUP}
    assert _forwarded(origin, chat=GROUP, sender_chat=GROUP).origin == RichText()


def test_other_bots() -> None:
    """Another bot is named like a person."""
    other = WEEKNOTES | {"id": 98, "first_name": "Dice"}
    assert _forwarded({"type": "user", "sender_user": other}).origin == RichText("Dice")


def test_origins_that_do_not_exist_yet() -> None:
    """An origin of an unknown type is not told, but the message is a forward."""
    incoming = _forwarded({"type": "hologram"})
    assert (incoming.is_forward, incoming.origin) == (True, RichText())
