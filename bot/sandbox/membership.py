"""The Bot API methods about chats and those who are in them.

Source: https://core.telegram.org/bots/api#getchat and after
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import refused
from bot.sandbox.reactions import set_message_reaction
from bot.sandbox.world import Chat, Json, World

_GIFTS: Final = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip


async def get_chat(call: Call) -> Json:
    """getChat: the ChatFullInfo."""
    chat = call.chat()
    full: Json = {
        **chat.data,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.allowed_reactions is not None:
        full["available_reactions"] = [
            {"type": "emoji", "emoji": emoji} for emoji in chat.allowed_reactions
        ]
    if chat.is_group:
        full["permissions"] = {"can_send_messages": True, "can_send_photos": True}
    return full


async def get_chat_member(call: Call) -> Json:
    """getChatMember; who is known but not in the chat has left."""
    chat, user_id = call.chat(), call.params.number("user_id")
    if user_id == call.world.bot["id"]:
        return call.world.bot_member(chat.status)
    user = call.world.users.get(user_id)
    if user is None:
        raise refused("member not found")
    return _member(chat, user)


async def get_chat_administrators(call: Call) -> list[Json]:
    """getChatAdministrators: the one who made the group."""
    chat = call.chat()
    if not chat.is_group:
        raise refused("there are no administrators in the private chat")
    return [_member(chat, call.world.users[user_id]) for user_id in chat.members[:1]]


async def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = call.chat()
    if not chat.is_group:
        raise refused("chat member status can't be changed in private chats")
    call.world.join(chat, call.world.bot, "member", "left")
    return True


async def get_file(call: Call) -> Json:
    """getFile: where the file can be downloaded."""
    file = call.world.files.downloadable(call.params.text("file_id"))
    return {**file.described(), "file_path": file.path}


def _member(chat: Chat, user: Json) -> Json:
    if user["id"] not in chat.members:
        return {"user": user, "status": "left"}
    if chat.is_group and user["id"] == chat.members[0]:
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member"}


def me(world: World) -> Json:
    """The bot as `getMe` shows it."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_me(call: Call) -> Json:
    """getMe."""
    return me(call.world)


MEMBERSHIP: Final[Mapping[str, Callable[[Call], Any]]] = {
    "getme": get_me,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "leavechat": leave_chat,
    "getfile": get_file,
    "setmessagereaction": set_message_reaction,
}
