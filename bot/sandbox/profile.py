"""The Bot API methods by which a bot presents itself: name, descriptions, commands.

Source: https://core.telegram.org/bots/api#setmycommands and after
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.calls import Call, Method
from bot.sandbox.errors import refused
from bot.sandbox.limits import COMMAND_DESCRIPTION_CHARACTERS, COMMANDS
from bot.sandbox.world import Json

_COMMAND: Final = re.compile(r"/?[a-z0-9_]{1,32}")
_SCOPES: Final = frozenset(
    {
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
        "chat_administrators", "chat_member",
    }
)  # fmt: skip


def _audience(call: Call) -> tuple[str, str]:
    scope = call.params.document("scope") or {"type": "default"}
    language = call.params.text("language_code")
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise refused("can't parse BotCommandScope: unsupported type specified")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise refused("BOT_COMMAND_LANGUAGE_INVALID")
    return json.dumps(scope, sort_keys=True), language


async def set_my_commands(call: Call) -> bool:
    """setMyCommands."""
    commands, audience = call.params.document("commands"), _audience(call)
    if not isinstance(commands, list) or not all(isinstance(c, dict) for c in commands):
        raise refused("can't parse commands JSON object")
    if len(commands) > COMMANDS:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise refused("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= COMMAND_DESCRIPTION_CHARACTERS:
            raise refused("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[audience] = [
        {"command": c["command"].removeprefix("/"), "description": c["description"]}
        for c in commands
    ]
    return True


async def get_my_commands(call: Call) -> list[Json]:
    """getMyCommands: those of exactly this scope and language."""
    return call.world.commands.get(_audience(call), [])


async def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.world.commands.pop(_audience(call), None)
    return True


def _setter(field: str) -> Method:
    async def put(call: Call) -> bool:
        call.world.profile[field] = call.params.text(field)
        return True

    return put


def _getter(field: str) -> Method:
    async def show(call: Call) -> Json:
        return {field: call.world.profile[field]}

    return show


PROFILE: Final[Mapping[str, Callable[[Call], Any]]] = {
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
}
