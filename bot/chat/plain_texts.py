"""Plain texts, which most messages are, read as they came.

What they are and where they go takes the library a quarter of a millisecond of the processor, with
objects of a hundred attributes and a table of handlers, where all else that is done to store one
takes four tenths. Only what is certainly nothing but a text is read here; it is read to the same as
by `incoming` and the gate, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeGuard

from bot.chat.entities import Mark
from bot.chat.wording import formatted, name, whole
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.services.access import Visitor
from bot.services.incoming import Incoming

_UPDATE: Final = {"update_id", "message"}
_MESSAGE: Final = {"message_id", "from", "chat", "date", "text", "entities"}
_NEEDED: Final = _MESSAGE - {"entities"}
# Without those that name a person.
_ENTITY: Final = {"type", "offset", "length", "url", "language"}
_MARKED: Final = _ENTITY - {"url", "language"}
_CHATS: Final = ("private", "group", "supergroup")
# As Telegram numbers; the database has larger ones.
_LARGEST_ID: Final = 2**52
_LAST_DATE: Final = 2**32

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A new text message; `language_code` is that of its author's app, where it is told."""

    visitor: Visitor
    incoming: Incoming
    language_code: str | None


def read_plain(update: Mapping[str, object]) -> PlainText | None:
    """The text and who comes with it; None for all that has to be looked at more closely.

    That is whatever may be a command, belongs to another message, or is not as Telegram sends it.
    """
    number, message = update.get("update_id"), update.get("message")
    if update.keys() != _UPDATE or not isinstance(message, dict) or not _is_id(number):
        return None
    if not _is_plain(message):
        return None
    entities = _entities(message.get("entities", []))
    if entities is None:
        return None
    user, chat = message["from"], message["chat"]
    called = _full_name(user)
    key = MessageKey(ChatId(chat["id"]), MessageId(message["message_id"]))
    in_group = chat["type"] != "private"
    visitor = Visitor(
        user_id=user["id"],
        name=whole(called),
        chat_id=key.chat_id,
        in_group=in_group,
        title=whole(chat.get("title") or ""),
        writes=True,
        update_id=number,
    )
    incoming = Incoming(
        key=key,
        sent_at=datetime.fromtimestamp(message["date"], UTC),
        author_id=user["id"],
        author=name(called),
        text=formatted(message["text"], entities),
        in_group=in_group,
    )
    return PlainText(visitor, incoming, user.get("language_code"))


def _is_plain(message: _Json) -> bool:
    """Whether there is nothing but a text that is no command, from somebody, in a chat."""
    if not _NEEDED <= message.keys() <= _MESSAGE:
        return False
    user, chat, text, sent = message["from"], message["chat"], message["text"], message["date"]
    if not (isinstance(user, dict) and isinstance(chat, dict) and isinstance(text, str)):
        return False
    return (
        not text.lstrip().startswith("/")
        and chat.get("type") in _CHATS
        and _is_id(message["message_id"])
        and _is_id(user.get("id"))
        and _is_id(chat.get("id"))
        and isinstance(user.get("is_bot"), bool)
        and isinstance(user.get("first_name"), str)
        and user["first_name"] != ""
        and isinstance(user.get("last_name", ""), str)
        and isinstance(user.get("language_code", ""), str)
        and isinstance(chat.get("title", ""), str)
        and type(sent) is int
        and 0 < sent < _LAST_DATE
    )


def _is_id(number: object) -> TypeGuard[int]:
    return type(number) is int and abs(number) < _LARGEST_ID


def _full_name(user: _Json) -> str:
    first, last = user["first_name"], user.get("last_name")
    return f"{first} {last}" if last else first


def _entities(found: object) -> list[Mark] | None:
    if not isinstance(found, list):
        return None
    entities: list[Mark] = []
    for entity in found:
        if not isinstance(entity, dict) or not _is_entity(entity):
            return None
        entities.append(Mark(**entity))
    return entities


def _is_entity(entity: _Json) -> bool:
    return (
        _MARKED <= entity.keys() <= _ENTITY
        and _is_id(entity["offset"])
        and _is_id(entity["length"])
        and isinstance(entity["type"], str)
        and isinstance(entity.get("url", ""), str)
        and isinstance(entity.get("language", ""), str)
    )
