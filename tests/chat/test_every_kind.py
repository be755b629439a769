"""Nothing that Telegram's library knows falls through."""

from __future__ import annotations

import pytest
from telegram import Update
from telegram.constants import MessageType
from telegram.ext import filters

from bot.chat.handlers.service_messages import FROM_NOBODY
from bot.chat.incoming import to_incoming
from tests.chat.every_kind import SAMPLES
from tests.chat.messages import parsed

# The library warns of its own attribute while it parses it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*message_auto_delete_time:telegram.warnings.PTBDeprecationWarning"
)

# No person writes these, and the library does not count them among its service messages.
_UNCOUNTED = {
    MessageType.BOOST_ADDED,
    MessageType.PASSPORT_DATA,
    MessageType.SUCCESSFUL_PAYMENT,
}
_KINDS = pytest.mark.parametrize("kind", MessageType)


def test_every_kind_has_a_sample() -> None:
    """A kind that the library learns needs a decision here."""
    assert set(SAMPLES) == set(MessageType)


@_KINDS
def test_samples_are_of_their_kind(kind: MessageType) -> None:
    """The library finds in each sample what it is a sample of."""
    assert getattr(parsed(SAMPLES[kind]), kind)


@_KINDS
def test_no_kind_is_met_with_silence(kind: MessageType) -> None:
    """A message is Telegram's own, or there is a text, a file or a refusal for it."""
    message = parsed(SAMPLES[kind])
    incoming = to_incoming(message, "zh", edited=False)
    is_service = FROM_NOBODY.check_update(Update(1, message=message))
    assert is_service or incoming.text or incoming.file or incoming.unkept


def test_messages_of_nobody_that_the_library_does_not_count() -> None:
    """Beside the library's service messages there are these three; all of them are ignored."""
    silent = {
        kind
        for kind in MessageType
        if not filters.StatusUpdate.ALL.check_update(Update(1, message=parsed(SAMPLES[kind])))
        and to_incoming(parsed(SAMPLES[kind]), "en", edited=False).unkept == "other"
    }
    assert silent == _UNCOUNTED
    for kind in _UNCOUNTED:
        assert FROM_NOBODY.check_update(Update(1, message=parsed(SAMPLES[kind])))
