"""How people and chats come to be and change: joining, blocking, becoming a supergroup."""

from __future__ import annotations

from bot.sandbox.errors import PersonError
from bot.sandbox.world import Chat, Json, World

_FIRST_PERSON: int = 2_000


def add_user(world: World, wish: Json) -> Json:
    """A person by this name; the same id again changes who it is."""
    if not wish.get("first_name"):
        raise PersonError("A person needs a first name.")
    user: Json = {
        "id": int(wish.get("id") or _FIRST_PERSON + world.serial()),
        "is_bot": False,
        "first_name": str(wish["first_name"]),
    }
    user |= {
        name: str(wish[name])
        for name in ("last_name", "username", "language_code")
        if wish.get(name)
    }
    return world.add_user(user)


def add_chat(world: World, wish: Json) -> Chat:
    """A private chat of a person, or a group that takes the bot in.

    `privacy` is the bot's own privacy mode, as set just before the bot joins.
    """
    members = [int(member) for member in wish.get("members") or []]
    if not members or any(member not in world.users for member in members):
        raise PersonError("A chat needs members, and all of them must be known.")
    chat_type = wish.get("type", "private")
    if chat_type == "private":
        return world.add_private_chat(world.users[members[0]])
    if chat_type not in {"group", "supergroup"}:
        raise PersonError("A chat is private, a group or a supergroup.")
    if wish.get("privacy") is not None:
        world.reads_all = not wish["privacy"]
    chat = world.add_group(
        chat_type, str(wish.get("title") or "Group"), members, int(wish.get("id") or 0)
    )
    founder = world.users[members[0]]
    world.join(chat, founder, "left", "member")
    if chat_type == "group":
        service(world, chat, {"group_chat_created": True})
    else:
        service(world, chat, {"new_chat_members": [world.bot]})
    return chat


def change_chat(world: World, chat_id: int, wish: Json) -> Chat:
    """Apply the changes and return the chat, after a migration the new one."""
    chat = world.chats.get(chat_id)
    if chat is None:
        raise PersonError("There is no such chat.")
    by = world.users[chat.members[0]]
    if "allowed_reactions" in wish:
        chat.allowed_reactions = wish["allowed_reactions"]
    if "blocked" in wish and bool(wish["blocked"]) != chat.blocked:
        _block(world, chat, by, blocked=bool(wish["blocked"]))
    if "kicked" in wish and bool(wish["kicked"]) != (chat.status == "kicked"):
        if not chat.is_group:
            raise PersonError("A bot is kicked from groups; in a private chat it is blocked.")
        world.join(chat, by, chat.status, "kicked" if wish["kicked"] else "member")
    if wish.get("is_forum") and chat.topic is None:
        _make_forum(world, chat)
    if wish.get("migrate"):
        return _migrate(world, chat)
    return chat


def service(world: World, chat: Chat, content: Json) -> int:
    """Post a message that tells what happened in the chat, and return its id."""
    posted = world.post(chat, world.users[chat.members[0]], content)
    world.tell(chat, "message", posted.message)
    return int(posted.message["message_id"])


def _block(world: World, chat: Chat, by: Json, *, blocked: bool) -> None:
    if chat.is_group:
        raise PersonError("A bot is blocked in a private chat; from a group it is kicked.")
    chat.blocked = blocked
    states = ("member", "kicked") if blocked else ("kicked", "member")
    world.join(chat, by, *states)


def _make_forum(world: World, chat: Chat) -> None:
    if chat.type != "supergroup":
        raise PersonError("Only a supergroup can have topics.")
    chat.data = {**chat.data, "is_forum": True}
    topic = {"name": "Weeknotes", "icon_color": 7_322_096}
    chat.topic = service(world, chat, {"forum_topic_created": topic})


def _migrate(world: World, chat: Chat) -> Chat:
    if chat.type != "group" or chat.migrated_to is not None:
        raise PersonError("Only a group becomes a supergroup, and only once.")
    made = world.add_group("supergroup", chat.data["title"], chat.members, 0)
    made.sees_all = chat.sees_all
    service(world, chat, {"migrate_to_chat_id": made.id})
    chat.migrated_to = made.id
    service(world, made, {"migrate_from_chat_id": chat.id})
    return made
