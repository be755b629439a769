"""Messages as Telegram's server sends them: the Bot API's JSON, parsed by the library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Message, User

Json = dict[str, Any]

ANN: Json = {"id": 7, "first_name": "Ann", "last_name": "Li", "is_bot": False}
WEEKNOTES: Json = {"id": 99, "first_name": "Weeknotes", "is_bot": True}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Flat"}
CHANNEL: Json = {"id": -1002345, "type": "channel", "title": "News 新闻", "username": "news"}


def parsed(fields: Mapping[str, Any]) -> Message:
    """The message with these fields; by default Ann's, in her chat with the bot."""
    head: Json = {"message_id": 10, "date": 1_696_500_000, "chat": PRIVATE, "from": ANN}
    message = Message.de_json(json.loads(json.dumps(head | dict(fields))), _bot())
    assert isinstance(message, Message)
    return message


def _bot() -> Bot:
    bot = Bot("99:token")
    bot._bot_user = User.de_json(dict(WEEKNOTES))  # as `initialize` does, but without a server
    return bot
