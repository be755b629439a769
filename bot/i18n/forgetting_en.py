"""The sentences of `/forget_me` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.forgetting_phrases import ForgettingPhrases

ENGLISH_FORGETTING: Final = ForgettingPhrases(
    ask="Forget everything here? Weeks: {weeks}, messages: {messages}, files: {files}, and the "
    "settings. There is no way back; /export gives you a copy first.\n\n"
    "The messages in this chat are Telegram's, to be deleted there. The machine's daily copies "
    "keep it for seven days more, and backups elsewhere as long as they are kept.",
    yes="Delete everything",
    no="Never mind",
    gone="Everything is deleted. If you write again, we begin anew.",
    gone_from_group="Everything is deleted, and I note nothing here any more. To begin anew, "
    "one of my owners sends /start.",
    kept="All right, nothing has changed.",
    owners_only="What a group has written can only be deleted by the bot's owners.",
)
