"""The reaction a bot sets: one of the standard emoji, on a message or its album's first.

Source: https://core.telegram.org/bots/api#reactiontypeemoji and #setmessagereaction
"""

from __future__ import annotations

from typing import Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import refused

_LISTED: Final = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭
💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗
🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""
STANDARD: Final = frozenset(_LISTED.split())
_SELECTOR: Final = "\ufe0f"


def is_standard(emoji: str) -> bool:
    """Whether Telegram has this reaction; a variation selector makes no difference."""
    return emoji.replace(_SELECTOR, "") in STANDARD


async def set_message_reaction(call: Call) -> bool:
    """setMessageReaction; ApiError (400) for a reaction the bot or the chat cannot have."""
    chat = call.chat()
    given = call.params.document("reaction") or []
    posted = chat.find(call.params.number("message_id"))
    if posted is None:
        raise refused("message to react not found")
    if not isinstance(given, list) or len(given) > 1:
        raise refused("REACTION_INVALID")
    emoji = [str(reaction.get("emoji", "")) for reaction in given if isinstance(reaction, dict)]
    allowed = chat.allowed_reactions
    for one in emoji:
        if not is_standard(one) or (allowed is not None and one not in allowed):
            raise refused("REACTION_INVALID")
    first = chat.albums.get(posted.message.get("media_group_id", ""))
    posted = posted if first is None else chat.messages[first]
    posted.reactions = emoji
    call.world.note(chat, posted, "reaction", emoji=emoji)
    return True
