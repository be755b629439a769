"""The reactions by which the bot acknowledges (all of them in Telegram's list of reactions)."""

from __future__ import annotations

from typing import Final

from bot.domain.entry import State

STORED: Final = "✍"
UNTAGGED: Final = "🤔"
CHANGED: Final = "👌"
REFUSED: Final = "👎"
NOTHING: Final = ""


def reaction_to(state: State, *, changed: bool = False) -> str:
    """What a message shows: its state, and where it is placed whether it was just changed."""
    if state is State.REMOVED:
        return NOTHING
    if state is State.UNTAGGED:
        return UNTAGGED
    return CHANGED if changed else STORED
