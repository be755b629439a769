"""A message as a whole: its text, its author, what it replies to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.chat.incoming import key_of, to_incoming
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.text import RichText, Span, Style
from bot.services.incoming import Incoming
from tests.chat.messages import ANN, CHANNEL, GROUP, WEEKNOTES, Json, parsed

_BEFORE: Json = {"message_id": 3, "date": 1_696_400_000, "chat": GROUP, "from": ANN}
_ANONYMOUS: Json = {"id": 1087968824, "first_name": "Group", "is_bot": True}


def _incoming(**fields: Any) -> Incoming:
    return to_incoming(parsed(fields), "en", edited=False)


def _in_group(**fields: Any) -> Incoming:
    return _incoming(chat=GROUP, text="yes", **fields)


def test_a_plain_message() -> None:
    """A text is taken as it is, with who sent it, where and when."""
    entities = [{"type": "bold", "offset": 0, "length": 3}]
    assert _incoming(text="hot pot", entities=entities) == Incoming(
        key=MessageKey(ChatId(7), MessageId(10)),
        sent_at=datetime(2023, 10, 5, 10, 0, tzinfo=UTC),
        author_id=7,
        author="Ann Li",
        text=RichText("hot pot", (Span(0, 3, Style.BOLD),)),
    )


def test_captions_are_text() -> None:
    """A caption and its entities are the text of a message with a file."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    incoming = _incoming(
        photo=photo,
        caption="#life",
        caption_entities=[{"type": "hashtag", "offset": 0, "length": 5}],
        media_group_id="g",
    )
    assert incoming.text == RichText("#life", (Span(0, 5, Style.HASHTAG),))
    assert (incoming.media_group, incoming.unkept) == ("g", "")


def test_edited_messages() -> None:
    """An edited message is the same message, and says that it was edited."""
    message = parsed({"text": "hi", "edit_date": 1_696_500_009})
    incoming = to_incoming(message, "en", edited=True)
    assert incoming.edited
    assert incoming.key == key_of(message)


def test_halves_of_surrogate_pairs() -> None:
    """Nothing of a message holds half a pair, which could not be stored."""
    half = "a\ud83d"
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "https://e.org/\ude00"}
    person = ANN | {"first_name": half}
    reply = _BEFORE | {"text": half, "from": person}
    incoming = _in_group(
        **{"from": person},
        entities=[link],
        reply_to_message=reply,
        quote={"text": half, "position": 0},
        forward_origin={"type": "hidden_user", "sender_user_name": half, "date": 1},
    )
    assert incoming.text.spans[0].value == "https://e.org/�"
    assert incoming.quote == incoming.origin.text == "a�"
    assert incoming.author == "a� Li"
    assert incoming.answered is not None
    assert (incoming.answered.text.text, incoming.answered.author) == ("a�", "a� Li")
    dice = {"emoji": half, "value": 1}
    poll_like = {"title": half, "tasks": [{"id": 1, "text": half}]}
    for fields in ({"dice": dice}, {"checklist": poll_like}, {"caption": half, "dice": dice}):
        _incoming(**fields).text.text.encode()


def test_anonymous_administrators() -> None:
    """Who writes as the group is called as they signed, else as the group."""
    as_group: Json = {"from": _ANONYMOUS, "sender_chat": GROUP}
    assert _in_group(**as_group).author == "Flat"
    signed = _in_group(**as_group, author_signature="Boss")
    assert (signed.author, signed.author_id) == ("Boss", 1087968824)


def test_writing_as_a_channel() -> None:
    """Who writes as a channel is called as the channel."""
    assert _in_group(**{"from": _ANONYMOUS, "sender_chat": CHANNEL}).author == "News 新闻"


def test_replies() -> None:
    """A reply has the message it answers with it, and the words it quotes."""
    before = _BEFORE | {"text": "hot pot", "reply_to_message": _BEFORE | {"text": "older"}}
    incoming = _in_group(reply_to_message=before, quote={"text": "pot", "position": 4})
    assert incoming.reply_to == MessageKey(ChatId(-1001), MessageId(3))
    assert incoming.quote == "pot"
    assert not incoming.reply_to_bot
    assert incoming.answered is not None
    assert incoming.answered.text.text == "hot pot"
    assert incoming.answered.reply_to == MessageKey(ChatId(-1001), MessageId(3))
    assert incoming.answered.answered is None


def test_the_message_answered_may_be_of_any_kind() -> None:
    """What is answered is read like any message, labels included."""
    voice = {"file_id": "f", "file_unique_id": "u", "duration": 12}
    message = parsed({"text": "yes", "reply_to_message": _BEFORE | {"voice": voice}})
    answered = to_incoming(message, "zh", edited=False).answered
    assert answered is not None
    assert answered.file is not None
    assert answered.file.label == "语音 0:12"


def test_replies_to_the_bot() -> None:
    """The bot's own message is told by its key alone; another bot's is a message."""
    own = _BEFORE | {"text": "Where?", "from": WEEKNOTES}
    incoming = _in_group(reply_to_message=own)
    assert (incoming.reply_to_bot, incoming.answered) == (True, None)
    assert incoming.reply_to == MessageKey(ChatId(-1001), MessageId(3))
    other = _in_group(reply_to_message=own | {"from": WEEKNOTES | {"id": 98}})
    assert not other.reply_to_bot
    assert other.answered is not None


def test_a_topic_is_not_replied_to() -> None:
    """In a forum's topic each message carries the topic's first one, which is no reply."""
    topic: Json = {"is_topic_message": True, "message_thread_id": 3}
    created = _BEFORE | {"forum_topic_created": {"name": "Week", "icon_color": 1}}
    for first in (created, _BEFORE | {"text": "first"}):
        incoming = _in_group(**topic, reply_to_message=first, quote={"text": "f", "position": 0})
        assert (incoming.reply_to, incoming.answered, incoming.quote) == (None, None, "")
    later = _BEFORE | {"message_id": 5, "text": "later"}
    assert _in_group(**topic, reply_to_message=later).reply_to is not None
