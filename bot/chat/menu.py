"""The commands that are acts; `/life` and the like are tags, and belong to the grammar."""

from __future__ import annotations

import logging
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.i18n import phrases_for

_LOG = logging.getLogger(__name__)

ACTS: Final = frozenset(
    {
        "start",
        "help",
        "draft",
        "report",
        "weeks",
        "list",
        "edit",
        "move",
        "delete",
        "settings",
        "undo",
        "search",
        "stats",
        "export",
        "invite",
        "forget_me",
        "people",
    }
)

PARTS: Final = ("summary", "intro", "outro", "title")
"""Those that ask for a part of the report where no words are behind them."""


def is_command_of_ours(text: str) -> bool:
    """Whether the text is one of the commands that do something, rather than something to keep."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return word.startswith("/") and word[1:].partition("@")[0].lower() in ACTS


def asks_for_a_part(text: str) -> bool:
    """Whether the text is a command for a part of the report, with no words behind it."""
    words = text.split()
    return len(words) == 1 and words[0].lower().partition("@")[0] in {f"/{part}" for part in PARTS}


def menu(language: str) -> list[BotCommand]:
    """The commands with their descriptions, as Telegram shows them beside the text field."""
    return [BotCommand(name, words) for name, words in phrases_for(language).commands.items()]


async def register_menu(bot: Bot) -> None:
    """Telegram knows the commands in both languages; without them all works but the menu."""
    try:
        await bot.set_my_commands(menu("en"))
        await bot.set_my_commands(menu("zh"), language_code="zh")
    except TelegramError as error:
        _LOG.warning("the menu of commands was not registered: %s", error)
