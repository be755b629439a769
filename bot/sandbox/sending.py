"""The Bot API methods that put new messages into a chat.

Source: https://core.telegram.org/bots/api#available-methods
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.attachments import kept, shown
from bot.sandbox.calls import Call, Method, captioned
from bot.sandbox.errors import ApiError, refused
from bot.sandbox.files import StoredFile
from bot.sandbox.limits import ALBUM_ITEMS, TEXT_UNITS
from bot.sandbox.params import formatted
from bot.sandbox.rich import rich_content
from bot.sandbox.units import units
from bot.sandbox.world import Chat, Json

_ACTIONS: Final = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip
_ALBUM_KINDS: Final = ("photo", "video", "document", "audio", "animation")


def text_content(call: Call) -> Json:
    """The text and entities of a call as parts of a message; ApiError (400): empty, too long."""
    text, entities = call.params.formatted("text", "entities")
    if not text:
        raise refused("message text is empty")
    if units(text) > TEXT_UNITS:
        raise refused("message is too long")
    parts: Json = {"text": text}
    if entities:
        parts["entities"] = entities
    if preview := call.params.document("link_preview_options"):
        parts["link_preview_options"] = preview
    return parts


async def resolved(call: Call, kind: str, reference: str) -> StoredFile:
    """The file that a parameter names: `attach://…`, a field of the form, or a file_id.

    Raises ApiError (400) for one that is not there, of another kind, or on the web: the
    stand-in fetches nothing.
    """
    upload = call.params.uploads.get(reference.removeprefix("attach://"))
    if upload is not None:
        return await kept(call.world.files, kind, upload)
    if reference.startswith(("http://", "https://")):
        raise refused("failed to get HTTP URL content")
    if not reference or reference.startswith("attach://"):
        raise refused(f"there is no {kind.replace('_', ' ')} in the request")
    return call.world.files.sendable(reference, kind)


def deliver(call: Call, chat: Chat, content: Json) -> Json:
    """Put one message of the bot into the chat and return it."""
    parts = call.reply(chat) | content | call.keyboard()
    if call.params.flag("protect_content"):
        parts["has_protected_content"] = True
    posted = call.world.post(chat, call.world.bot, parts)
    posted.asks = call.asks()
    return posted.message


async def send_message(call: Call) -> Json:
    """sendMessage."""
    content = text_content(call)
    return deliver(call, call.chat(), content)


async def send_rich_message(call: Call) -> Json:
    """sendRichMessage, unknown to a server without rich messages."""
    if not call.world.rich_messages:
        raise ApiError(404)
    chat = call.chat()
    return deliver(call, chat, await rich_content(call, resolved))


def _sender(kind: str) -> Method:
    async def send(call: Call) -> Json:
        content = call.caption()
        chat = call.chat()
        reference = kind if kind in call.params.uploads else call.params.text(kind)
        return deliver(call, chat, shown(await resolved(call, kind, reference)) | content)

    return send


async def send_media_group(call: Call) -> list[Json]:
    """sendMediaGroup: two to ten items that belong together."""
    items = call.params.document("media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refused("can't parse media JSON object")
    if len(items) >= ALBUM_ITEMS.stop:
        raise refused("too many messages to send as an album")
    if len(items) not in ALBUM_ITEMS:
        raise refused("there must be 2-10 items in an album")
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= {"photo", "video", "document", "audio"}:
        raise refused("message can't be sent as a part of an album")
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise refused("documents and audio can't be mixed with other media types in an album")
    chat = call.chat()
    album = {"media_group_id": str(10**16 + call.world.serial())}
    contents = [await media_content(call, item) for item in items]
    return [deliver(call, chat, album | content) for content in contents]


async def media_content(call: Call, item: Any) -> Json:
    """An InputMedia as parts of a message."""
    kind = str(item.get("type"))
    if kind not in _ALBUM_KINDS:
        raise refused(f'type "{kind}" of media is unsupported')
    file = await resolved(call, kind, str(item.get("media") or ""))
    caption = formatted(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        lambda: item.get("caption_entities"),
    )
    return shown(file) | captioned(caption)


async def send_chat_action(call: Call) -> bool:
    """sendChatAction."""
    chat, action = call.chat(), call.params.text("action")
    if action not in _ACTIONS:
        raise refused("wrong parameter action in request")
    call.world.changes.add("chat_action", chat.id, None, action=action)
    return True


async def forward_message(call: Call) -> Json:
    """forwardMessage."""
    chat, source = call.chat(), call.chat("from_chat_id")
    message = call.message(source, "forward").message
    origin = message.get("forward_origin") or {
        "type": "user",
        "sender_user": message["from"],
        "date": message["date"],
    }
    return deliver(call, chat, _content_of(message) | {"forward_origin": origin})


async def copy_message(call: Call) -> Json:
    """copyMessage: the content alone, with another caption where the call gives one."""
    chat, source = call.chat(), call.chat("from_chat_id")
    content = _content_of(call.message(source, "copy").message)
    if "caption" in call.params.values:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= call.caption()
    return {"message_id": deliver(call, chat, content)["message_id"]}


def _content_of(message: Json) -> Json:
    own = {
        "message_id", "from", "chat", "date", "edit_date", "reply_to_message", "quote",
        "reply_markup", "forward_origin", "media_group_id", "message_thread_id",
        "is_topic_message",
    }  # fmt: skip
    return {name: value for name, value in message.items() if name not in own}


SENDING: Final[Mapping[str, Callable[[Call], Any]]] = {
    "sendmessage": send_message,
    "sendrichmessage": send_rich_message,
    "sendphoto": _sender("photo"),
    "senddocument": _sender("document"),
    "sendanimation": _sender("animation"),
    "sendvideo": _sender("video"),
    "sendaudio": _sender("audio"),
    "sendvoice": _sender("voice"),
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "forwardmessage": forward_message,
    "copymessage": copy_message,
}
