"""Updates as Telegram would never send them, and as it might one day."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

PERSON: Json = {"id": 1001, "first_name": "小周", "is_bot": False, "language_code": "zh"}
CHAT: Json = {"id": 1001, "type": "private", "first_name": "小周"}
NOON = 1_696_420_800
"""Wednesday noon (UTC) of 2023-W40, where the tests' clock stands."""

_NUMBERS = itertools.count(5_000_000)


def message(text: str | None = "#life 一", **fields: Any) -> Json:
    """An update with a new message of the person."""
    number = next(_NUMBERS)
    said: Json = {"message_id": number, "date": NOON, "chat": CHAT, "from": PERSON}
    if text is not None:
        said["text"] = text
    return {"update_id": number, "message": said | fields}


def by(who: Json, text: str = "#life 一") -> Json:
    """An update with a new message of somebody, in the person's chat."""
    return changed(message(text), ("message", "from"), who)


def edited(update: Mapping[str, Any], text: str) -> Json:
    """An update that says the message has another text now."""
    said = dict(update["message"]) | {"text": text, "edit_date": NOON + 1}
    return {"update_id": next(_NUMBERS), "edited_message": said}


def press(data: object, **fields: Any) -> Json:
    """An update with a press on a button with that data."""
    number = next(_NUMBERS)
    shown: Json = {
        "message_id": 3,
        "date": NOON,
        "chat": CHAT,
        "from": {"id": 9, "is_bot": True, "first_name": "b"},
        "text": "a",
    }
    query: Json = {"id": str(number), "from": PERSON, "chat_instance": "1", "message": shown}
    return {"update_id": number, "callback_query": query | {"data": data} | fields}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Each place in the value."""
    items = dict(enumerate(value)) if isinstance(value, list) else value
    for key, inner in items.items() if isinstance(items, dict) else ():
        yield (*path, key)
        yield from _places(inner, (*path, key))


def places(update: Json) -> list[tuple[Any, ...]]:
    """The paths of all values in the update."""
    return list(_places(update))


def changed(update: Json, path: tuple[Any, ...], value: Any) -> Json:
    """The update with another value there; without it where the value is `...`."""
    made = copy.deepcopy(update)
    inner: Any = made
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made


def _saying(what: Any) -> Json:
    return changed(message(), ("message", "text"), what)


def bold(offset: Any, length: Any, **more: Any) -> list[Json]:
    """One entity."""
    return [{"type": "bold", "offset": offset, "length": length, **more}]


LETTERS = "".join(chr(0x4E00 + number) for number in range(4_000))

ODD: dict[str, Json] = {
    "of a kind that there is not": {"update_id": 1, "telepathy": {"from": PERSON}},
    "with nothing in it": {"update_id": 2},
    "without a number": {"message": message()["message"]},
    "with a number that is a text": {**message(), "update_id": "7"},
    "with a number below zero": {**message(), "update_id": -(2**31)},
    "with a number of 2^63": {**message(), "update_id": 2**63},
    "with a number of 300 digits": {**message(), "update_id": 10**300},
    "with true as its number": {**message(), "update_id": True},
    "whose message is a list": {"update_id": 3, "message": [1, 2]},
    "whose message is a text": {"update_id": 4, "message": "hello"},
    "whose message is nothing": {"update_id": 5, "message": None},
    "whose message is empty": {"update_id": 6, "message": {}},
    "whose text is a number": _saying(7),
    "whose text is a list": _saying(["a"]),
    "whose text is an object": _saying({"a": 1}),
    "whose text is empty": message(""),
    "whose chat is missing": changed(message(), ("message", "chat"), ...),
    "whose chat is a number": message(chat=1001),
    "whose chat has a number of 2^63": message(chat=CHAT | {"id": 2**63}),
    "whose chat has a text as its number": message(chat=CHAT | {"id": "1001"}),
    "whose chat is of no known kind": message(chat=CHAT | {"type": "hivemind"}),
    "of a message of 2^63": message(message_id=2**63),
    "of a message below zero": message(message_id=-5),
    "of a message without a number": changed(message(), ("message", "message_id"), ...),
    "of nobody": changed(message(), ("message", "from"), ...),
    "of somebody without a name": by({"id": 1001, "is_bot": False}),
    "of somebody of 2^63": by(PERSON | {"id": 2**63}),
    "of 1970": message(date=0),
    "of before 1970": message(date=-(10**9)),
    "of 2038": message(date=2**31),
    "of 9999": message(date=253_402_300_799),
    "of 30,000 years on": message(date=10**12),
    "of no time": message(date=None),
    "of a text as its time": message(date="yesterday"),
    "of 1e308": message(date=1e308),
    "with fields that nobody knows": message(aura="blue", __class__="x", self=1),
    "with half a character": message("#life a\ud800b"),
    "with half a character in a name": by(PERSON | {"first_name": "\udfff"}),
    "with NUL": message("#life a\0b"),
    "with entities that are no list": message(entities="bold"),
    "with an entity that is a number": message(entities=[7]),
    "with an entity behind its text": message(entities=bold(10**9, 10**9)),
    "with an entity of 2^70": message(entities=bold(2**70, 2**70)),
    "with an entity below zero": message(entities=bold(-5, 3)),
    "with an entity of no length": message(entities=bold(0, 0)),
    "with an entity of a negative length": message(entities=bold(3, -3)),
    "with an entity between halves": message("#life 😀😀", entities=bold(7, 2)),
    "with an entity of no known kind": message(entities=[{"type": "smell", "offset": 0, "length": 1}]),
    "with 10,000 entities": message(LETTERS, entities=bold(0, 4_000) * 10_000),
    "with entities in entities": message(LETTERS, entities=[e for n in range(1_000) for e in bold(n, 4_000 - n)]),
    "with entities across each other": message(LETTERS, entities=[e for n in range(1_000) for e in bold(n, 1_000)]),
    "with a link without an address": message(entities=[{"type": "text_link", "offset": 0, "length": 3}]),
    "with a link that is a script": message(entities=[{"type": "text_link", "offset": 0, "length": 3, "url": "javascript:alert(1)"}]),
    "64 levels deep": message("#life\n" + "\n".join("  " * n + "- a" for n in range(64))),
    "64 levels deep in 4,096 letters": message("#life\n" + "\n".join("  " * n + "- " + "周" * (4_000 // 64 - 2 * n if n < 28 else 1) for n in range(64))),
    "of 4,096 brackets": message("#life " + "[" * 4_090),
    "of 4,096 stars": message("#life " + "*a" * 2_045),
    "of 4,096 lines": message("#life" + "\n" * 4_090 + "a"),
    "of 2,000 items": message("#life\n" + "- a\n" * 1_000),
    "of 4,096 quotes": message("#life " + ">" * 4_090),
    "of 4,096 backticks": message("#life " + "`" * 4_090),
    "of zalgo": message("#life " + "a" + "\u0301" * 4_000),
    "of a megabyte": message("#life " + "周" * 300_000),
    "with nothing but tags": message("#life " * 600),
    "with a week of no year": message("#life @2023-W99 a"),
    "with a week of 100,000 digits": message("#life @" + "9" * 100_000),
    "with a command of 4,000 letters": message("/" + "a" * 4_000),
    "with a picture without a file": message(None, photo=[{}]),
    "with no pictures as its picture": message(None, photo=[]),
    "with a file of -1 bytes": message(None, document={"file_id": "a", "file_unique_id": "a", "file_size": -1}),
    "with a file of 2^70 bytes": message(None, document={"file_id": "a", "file_unique_id": "a", "file_size": 2**70}),
    "with a file named by its path": message(None, document={"file_id": "a", "file_unique_id": "a", "file_name": "../../../etc/passwd"}),
    "with a file named by 10,000 letters": message(None, document={"file_id": "a", "file_unique_id": "a", "file_name": "a" * 10_000 + ".md"}),
    "with a zip of a terabyte": message(None, document={"file_id": "a", "file_unique_id": "a", "file_name": "a.zip", "file_size": 10**12}),
    "in reply to itself": message(reply_to_message={"message_id": 5_000_000, "date": NOON, "chat": CHAT}),
    "in reply to a number": message(reply_to_message=7),
    "in reply to something 300 deep": message(reply_to_message=message(reply_to_message=message()["message"])["message"]),
    "forwarded from nobody": message(forward_origin={}),
    "forwarded from no known kind": message(forward_origin={"type": "dream", "date": NOON}),
    "with a place beyond the poles": message(None, location={"latitude": 1e308, "longitude": -1e308}),
    "with a place that is no number": message(None, location={"latitude": "north", "longitude": None}),
    "with a poll without options": message(None, poll={"id": "1", "question": "?" * 10_000, "options": []}),
    "with a dice of 10^18": message(None, dice={"emoji": "🎲", "value": 10**18}),
    "whose group moves to itself": message(None, migrate_to_chat_id=1001),
    "whose group moves to 2^63": message(None, migrate_to_chat_id=2**63),
    "a press without data": press(None),
    "a press with a number as data": press(7),
    "a press without a message": press("l:2023-W40:0", message=None),
    "a press on a message that is gone": press("l:2023-W40:0", message={"message_id": 3, "date": 0, "chat": CHAT}),
    "a press by nobody": changed(press("x"), ("callback_query", "from"), ...),
    "a press on half a character": press("l:\ud800"),
    "a press on 10,000 letters": press("l:" + "a" * 10_000),
    "a press on a number of 5,000 digits": press("f:" + "9" * 5_000 + ":life"),
    "a press on a line of 2^70": press(f"f:{2**70}:life"),
    "a press on a week of 9999": press("l:9999-W52:0"),
    "a press on a page of 10^15": press("l:2023-W40:1000000000000000"),
    "a press on a page below zero": press("l:2023-W40:-1"),
    "a press on full-width digits": press("l:２０２３-W４０:０"),
}  # fmt: skip
