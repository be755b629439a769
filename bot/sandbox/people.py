"""What people do in their clients: write, edit, delete, press, react.

Each function raises PersonError with a sentence where a client would not let them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox.attachments import KINDS, kept, shown
from bot.sandbox.calls import as_reply, in_topic, quoted
from bot.sandbox.errors import ApiError, PersonError
from bot.sandbox.files import StoredFile
from bot.sandbox.formatting import Formatted, checked, kept_by_server, pieces, with_smart_dashes
from bot.sandbox.limits import CAPTION_UNITS, TEXT_UNITS
from bot.sandbox.params import Upload
from bot.sandbox.reactions import is_standard
from bot.sandbox.units import units
from bot.sandbox.world import Chat, Json, Posted, World


async def write(world: World, wish: Json) -> list[Posted]:
    """Send what the person wrote; a long text becomes several messages, as clients make it."""
    if wish.get("chat_id") in world.users:
        world.add_private_chat(world.users[wish["chat_id"]])
    chat, sender = _place(world, wish)
    if chat.blocked:
        raise PersonError("The bot is blocked here; unblock it first.")
    if chat.migrated_to is not None:
        raise PersonError(f"This group has become the supergroup {chat.migrated_to}.")
    around = _around(chat, wish)
    date = wish.get("date")
    posted = [
        world.post(chat, sender, around | content | (wish.get("extra") or {}), date=date)
        for content in await _contents(world, wish)
    ]
    for one in posted:
        world.tell(chat, "message", one.message)
    return posted


async def _contents(world: World, wish: Json) -> list[Json]:
    if file_id := wish.get("file_id"):
        content = shown(await _as_kind(world, str(file_id), wish.get("kind")))
        text, entities = _typed(wish, "caption", "caption_entities")
        if units(text) > CAPTION_UNITS:
            raise PersonError("A caption has at most 1,024 characters.")
        return [content | _parts("caption", "caption_entities", (text, entities))]
    text, entities = _typed(wish, "text", "entities")
    if text:
        return [_parts("text", "entities", piece) for piece in pieces(text, entities, TEXT_UNITS)]
    if wish.get("extra"):
        return [{}]
    raise PersonError("An empty message cannot be sent.")


async def _as_kind(world: World, file_id: str, kind: object) -> StoredFile:
    found = world.files.find(file_id)
    if found is None:
        raise PersonError("There is no file with this id.")
    if kind is None:
        kind = found.kind if found.kind in KINDS else "document"
    if kind not in KINDS:
        raise PersonError(f"A file is sent as one of: {', '.join(KINDS)}.")
    if kind == found.kind:
        return found
    try:
        return await kept(
            world.files, str(kind), Upload(found.name, found.mime_type, found.content)
        )
    except ApiError as error:
        raise PersonError(f"This cannot be sent as a {kind} ({error.description}).") from None


def edit(world: World, wish: Json) -> Posted:
    """Change the text or caption of a person's message; the bot is told even of no change."""
    chat, posted = _message(world, wish)
    if posted.out:
        raise PersonError("Only one's own messages can be edited.")
    name = "caption" if "caption" in wish else "text"
    entities_name = "caption_entities" if name == "caption" else "entities"
    if name == "text" and "text" not in posted.message:
        raise PersonError("This message has no text to edit.")
    key = entities_name if entities_name in wish else "entities"
    text, entities = _typed(wish, name, key)
    if units(text) > (TEXT_UNITS if name == "text" else CAPTION_UNITS):
        raise PersonError("The new text is too long for one message.")
    if not text and name == "text":
        raise PersonError("A message cannot be edited to nothing; delete it.")
    rest = {k: v for k, v in posted.message.items() if k not in {name, entities_name}}
    date = wish.get("date")
    posted.message = (
        rest
        | {"edit_date": int(world.now()) if date is None else date}
        | _parts(name, entities_name, (text, entities))
    )
    posted.edited = True
    world.note(chat, posted, "edit")
    world.tell(chat, "edited_message", posted.message)
    return posted


def delete(world: World, wish: Json) -> None:
    """Remove a message from the chat; no bot ever learns of it."""
    chat, posted = _message(world, wish)
    posted.deleted = True
    world.note(chat, posted, "delete")


def press(world: World, wish: Json) -> str:
    """Press a button under a message and return the callback query's id."""
    chat, posted = _message(world, wish)
    _, sender = _place(world, wish)
    data = wish.get("data")
    rows = posted.message.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise PersonError("The message shows no such button.")
    query_id = str(4 * 10**18 + world.serial())
    world.queries[query_id] = (world.now(), chat.id, posted.message["message_id"])
    world.updates.put(
        "callback_query",
        {
            "id": query_id,
            "from": sender,
            "message": posted.message,
            "chat_instance": str(chat.id * 7_919),
            "data": data,
        },
    )
    return query_id


def react(world: World, wish: Json) -> None:
    """Set or take back a person's reaction; the bot is told only if it asked for reactions."""
    chat, posted = _message(world, wish)
    _, sender = _place(world, wish)
    emoji = wish.get("emoji")
    if emoji and not is_standard(str(emoji)):
        raise PersonError("There is no such reaction.")
    old = posted.people.pop(sender["id"], None)
    if emoji:
        posted.people[sender["id"]] = str(emoji)
    world.note(chat, posted, "reaction", emoji=[emoji] if emoji else [], from_id=sender["id"])
    world.updates.put(
        "message_reaction",
        {
            "chat": chat.data,
            "message_id": posted.message["message_id"],
            "user": sender,
            "date": int(world.now()),
            "old_reaction": _reaction(old),
            "new_reaction": _reaction(emoji),
        },
    )


def _reaction(emoji: object) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _place(world: World, wish: Json) -> tuple[Chat, Json]:
    """The chat a person is in and the person, in a group its first member where none is named."""
    chat = world.chats.get(wish.get("chat_id", 0))
    if chat is None:
        raise PersonError("There is no such chat.")
    from_id = wish.get("from_id") or next(iter(chat.members), None)
    if from_id not in chat.members or from_id not in world.users:
        raise PersonError("This person is not in the chat.")
    return chat, world.users[from_id]


def _message(world: World, wish: Json) -> tuple[Chat, Posted]:
    chat = world.chats.get(wish.get("chat_id", 0))
    posted = None if chat is None else chat.find(wish.get("message_id", 0))
    if chat is None or posted is None:
        raise PersonError("There is no such message.")
    return chat, posted


def _around(chat: Chat, wish: Json) -> Json:
    """What a message carries beside its content: topic, answer, quote, origin, album."""
    around: Json = dict(_passed_on(wish))
    reply_to = wish.get("reply_to")
    if chat.topic is not None:
        # In a topic every message answers the topic's opening, unless it answers another.
        around |= in_topic(chat.topic)
        reply_to = reply_to or chat.topic
    if not reply_to:
        return around
    target = chat.find(reply_to)
    if target is None:
        raise PersonError("The message to answer is not there.")
    around["reply_to_message"] = as_reply(target.message)
    if quote := wish.get("quote"):
        around["quote"] = quoted(target.message, str(quote))
        if around["quote"] is None:
            raise PersonError("The message to answer does not say that.")
    return around


def _passed_on(wish: Json) -> Iterator[tuple[str, Any]]:
    return ((k, wish[k]) for k in ("media_group_id", "forward_origin") if wish.get(k))


def _typed(wish: Json, name: str, entities_name: str) -> Formatted:
    """Text as a client sends it and the server keeps it."""
    text = str(wish.get(name) or "")
    try:
        entities = checked(text, wish.get(entities_name))
    except ApiError as error:
        raise PersonError(f"The entities do not fit the text: {error.description}.") from None
    if wish.get("smart_dashes"):
        text, entities = with_smart_dashes(text, entities)
    return kept_by_server(text, entities)


def _parts(name: str, entities_name: str, formatted: Formatted) -> Json:
    text, entities = formatted
    return ({name: text} if text else {}) | ({entities_name: entities} if entities else {})
