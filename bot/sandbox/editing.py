"""The Bot API methods that change or remove messages, and answer to presses.

Source: https://core.telegram.org/bots/api#updating-messages
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import refused
from bot.sandbox.limits import CALLBACK_ANSWER_CHARACTERS, DELETABLE_SECONDS
from bot.sandbox.rich import rich_content
from bot.sandbox.sending import media_content, resolved, text_content
from bot.sandbox.world import Chat, Json, Posted

_MEDIA: Final = frozenset({"photo", "document", "animation", "video", "audio", "voice"})
_TEXT: Final = frozenset({"text", "entities", "link_preview_options", "rich_message"})
_CAPTION: Final = frozenset({"caption", "caption_entities"})
_MARKUP: Final = frozenset({"reply_markup"})
# A press can be answered for about a quarter of an hour.
_QUERY_SECONDS: Final = 15 * 60


def _own(call: Call) -> tuple[Chat, Posted]:
    chat = call.chat()
    posted = call.message(chat, "edit")
    if not posted.out:
        raise refused("message can't be edited")
    return chat, posted


def _changed(call: Call, chat: Chat, posted: Posted, parts: frozenset[str], new: Json) -> Json:
    """The message with its `parts` replaced by the new ones; ApiError (400) if it is the same."""
    old = {name: value for name, value in posted.message.items() if name in parts | _MARKUP}
    new |= call.keyboard()
    if old == new:
        raise refused(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    rest = {name: value for name, value in posted.message.items() if name not in old}
    if new.keys() | old.keys() != _MARKUP:
        rest["edit_date"] = int(call.world.now())
        posted.edited = True
    posted.message = rest | new
    call.world.note(chat, posted, "edit")
    return posted.message


async def edit_message_text(call: Call) -> Json:
    """editMessageText, also to a rich message."""
    rich = "rich_message" in call.params.values and call.world.rich_messages
    content = {} if rich else text_content(call)
    chat, posted = _own(call)
    if posted.message.keys().isdisjoint({"text", "rich_message"}):
        raise refused("there is no text in the message to edit")
    if rich:
        content = await rich_content(call, resolved)
    return _changed(call, chat, posted, _TEXT, content)


async def edit_message_caption(call: Call) -> Json:
    """editMessageCaption."""
    content = call.caption()
    chat, posted = _own(call)
    if _MEDIA.isdisjoint(posted.message):
        raise refused("there is no caption in the message to edit")
    return _changed(call, chat, posted, _CAPTION, content)


async def edit_message_reply_markup(call: Call) -> Json:
    """editMessageReplyMarkup."""
    chat, posted = _own(call)
    return _changed(call, chat, posted, _MARKUP, {})


async def edit_message_media(call: Call) -> Json:
    """editMessageMedia."""
    item = call.params.document("media")
    if not isinstance(item, dict):
        raise refused("can't parse media JSON object")
    chat, posted = _own(call)
    return _changed(call, chat, posted, _MEDIA | _CAPTION | _TEXT, await media_content(call, item))


def _delete(call: Call, chat: Chat, posted: Posted) -> None:
    if not posted.out and chat.is_group:
        raise refused("message can't be deleted")
    if posted.message["date"] < call.world.now() - DELETABLE_SECONDS:
        raise refused("message can't be deleted for everyone")
    posted.deleted = True
    call.world.note(chat, posted, "delete")


async def delete_message(call: Call) -> bool:
    """deleteMessage."""
    chat = call.chat()
    _delete(call, chat, call.message(chat, "delete"))
    return True


async def delete_messages(call: Call) -> bool:
    """deleteMessages: those that are not there are skipped."""
    chat, ids = call.chat(), call.params.document("message_ids")
    if not isinstance(ids, list) or not all(isinstance(one, int) for one in ids) or not ids:
        raise refused("message identifiers are not specified")
    for posted in filter(None, (chat.find(message_id) for message_id in ids)):
        _delete(call, chat, posted)
    return True


async def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery; a query may be answered again, an unknown or old one may not."""
    query_id = call.params.text("callback_query_id")
    asked_at, chat_id, message_id = call.world.queries.get(query_id, (float("-inf"), 0, 0))
    if asked_at < call.world.now() - _QUERY_SECONDS:
        raise refused("query is too old and response timeout expired or query ID is invalid")
    text = call.params.text("text")
    if len(text) > CALLBACK_ANSWER_CHARACTERS:
        raise refused("MESSAGE_TOO_LONG")
    call.world.changes.add(
        "callback_answer",
        chat_id,
        message_id,
        callback_query_id=query_id,
        text=text,
        show_alert=call.params.flag("show_alert"),
        url=call.params.text("url"),
    )
    return True


EDITING: Final[Mapping[str, Callable[[Call], Any]]] = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
}
