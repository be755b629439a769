"""The chats, users, messages and updates of the stand-in, as data; nothing here speaks HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.changes import ChangeLog
from bot.sandbox.errors import ApiError, refused
from bot.sandbox.files import Files
from bot.sandbox.flood import FloodControl
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]

# By these a bot in privacy mode is told of more than what people write to it.
_SERVICE: Final = frozenset(
    {
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo",
        "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "pinned_message",
        "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created", "forum_topic_edited",
    }
)  # fmt: skip
_SUPERGROUP_OFFSET: Final = -1_000_000_000_000
_GROUPS: Final = frozenset({"group", "supergroup"})


@dataclass(slots=True)
class Posted:
    """A message as it stands in its chat, and what the chat shows around it.

    An edit puts another object in place of `message`: updates keep what they told. `asks` is
    what the message asks the person's client for: a reply, or other keys to type on.
    """

    message: Json
    out: bool
    event: int = 0
    reactions: list[str] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)
    edited: bool = False
    deleted: bool = False
    asks: Json | None = None

    def shown(self) -> Json:
        """The message for the control API: the Bot API's object and what only people see."""
        return {
            **self.message,
            "_reactions": self.reactions,
            "_people_reactions": self.people,
            "_out": self.out,
            "_edited": self.edited,
            "_deleted": self.deleted,
            "_event": self.event,
            **({"_reply_markup": self.asks} if self.asks else {}),
        }


@dataclass(slots=True)
class Chat:
    """A chat, its people and its messages; `data` is the Bot API's Chat."""

    data: Json
    members: list[int]
    sees_all: bool = True
    status: str = "member"
    blocked: bool = False
    allowed_reactions: list[str] | None = None
    migrated_to: int | None = None
    topic: int | None = None
    last_id: int = 0
    messages: dict[int, Posted] = field(default_factory=dict)
    albums: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.data["id"])

    @property
    def type(self) -> str:
        """private, group or supergroup."""
        return str(self.data["type"])

    @property
    def is_group(self) -> bool:
        """Whether several people write here."""
        return self.data["type"] in _GROUPS

    def find(self, message_id: int) -> Posted | None:
        """The message, None where there is none or it was deleted."""
        posted = self.messages.get(message_id)
        return None if posted is None or posted.deleted else posted


class World:
    """Everything the server knows. `now` tells Unix time in seconds."""

    def __init__(self, bot: Json, now: Callable[[], float]) -> None:
        self.bot = bot
        self.reads_all = False
        self.now = now
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = UpdateQueue(now)
        self.changes = ChangeLog()
        self.flood = FloodControl()
        self.flood_control = False
        self.rich_messages = True
        self.queries: dict[str, tuple[float, int, int]] = {}
        self.profile: Json = {"name": bot["first_name"], "description": "", "short_description": ""}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self._last_id = 0
        self._last_serial = 0

    def serial(self) -> int:
        """A number never given before: for ids of albums, queries, people and groups."""
        self._last_serial += 1
        return self._last_serial

    def add_user(self, user: Json) -> Json:
        """Make a person known."""
        self.users[user["id"]] = user
        return user

    def add_private_chat(self, user: Json) -> Chat:
        """The private chat of a person, opened if it is not yet."""
        if found := self.chats.get(user["id"]):
            return found
        names: Json = {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        return self._add(Chat({"id": user["id"], **names, "type": "private"}, [user["id"]]))

    def add_group(self, chat_type: str, title: str, members: list[int], chat_id: int) -> Chat:
        """A group with the bot in it; a supergroup numbers its messages itself.

        Whether the bot sees all messages is settled when it joins, as with Telegram.
        """
        chat_id = chat_id or -self.serial() - 5_000
        if chat_type == "supergroup" and chat_id > _SUPERGROUP_OFFSET:
            chat_id += _SUPERGROUP_OFFSET
        data = {"id": chat_id, "title": title, "type": chat_type}
        return self._add(Chat(data, members, sees_all=self.reads_all))

    def _add(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    def bot_chat(self, chat_id: int) -> Chat:
        """The chat as the bot may use it; ApiError (400, 403) where it may not."""
        chat = self.chats.get(chat_id)
        if chat is None:
            if chat_id in self.users:
                raise ApiError(403, "bot can't initiate conversation with a user")
            raise refused("chat not found")
        if chat.blocked:
            raise ApiError(403, "bot was blocked by the user")
        if chat.migrated_to is not None:
            raise ApiError(
                400,
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.status == "kicked":
            raise ApiError(403, f"bot was kicked from the {_spoken(chat)} chat")
        if chat.status == "left":
            raise ApiError(403, f"bot is not a member of the {_spoken(chat)} chat")
        return chat

    def post(self, chat: Chat, sender: Json, content: Json, *, date: int | None = None) -> Posted:
        """Put a message into a chat and queue nothing: what the bot learns is `tell`'s."""
        if chat.type == "supergroup":
            message_id = chat.last_id = chat.last_id + 1
        else:
            message_id = self._last_id = self._last_id + 1
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.data,
            "date": int(self.now()) if date is None else date,
            **content,
        }
        posted = chat.messages[message_id] = Posted(message, out=sender["id"] == self.bot["id"])
        if album := content.get("media_group_id"):
            chat.albums.setdefault(album, message_id)
        self.note(chat, posted, "message")
        return posted

    def note(self, chat: Chat, posted: Posted, kind: str, **more: Any) -> None:
        """Number a change of a message."""
        posted.event = self.changes.add(kind, chat.id, posted.message["message_id"], **more)

    def tell(self, chat: Chat, kind: str, message: Json) -> None:
        """Queue a message for the bot if Telegram would show it to the bot."""
        if self._bot_sees(chat, message):
            self.updates.put(kind, message)

    def join(self, chat: Chat, by: Json, old: str, new: str) -> None:
        """Tell the bot that its own place in a chat has changed."""
        chat.status = new
        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.data,
                "from": by,
                "date": int(self.now()),
                "old_chat_member": self.bot_member(old),
                "new_chat_member": self.bot_member(new),
            },
        )

    def bot_member(self, status: str) -> Json:
        """The bot as a ChatMember."""
        more = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot, "status": status, **more}

    def _bot_sees(self, chat: Chat, message: Json) -> bool:
        if chat.status != "member" or chat.blocked:
            return False
        if chat.sees_all or not _SERVICE.isdisjoint(message):
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]:
            return True
        text = message.get("text") or message.get("caption") or ""
        entities = message.get("entities") or message.get("caption_entities") or ()
        for entity in entities:
            if entity["type"] == "bot_command" and entity["offset"] == 0:
                _, _, name = text[: entity["length"]].partition("@")
                return name.lower() in {"", self.bot["username"].lower()}
        return False


def _spoken(chat: Chat) -> str:
    return "supergroup" if chat.type == "supergroup" else "group"
