"""The button that forgets everything, and its data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.line_buttons import row_id
from bot.domain.entry import JournalId


@dataclass(frozen=True, slots=True)
class ForgetAll:
    """Forget that journal, or let it be."""

    journal_id: JournalId
    sure: bool


def pack_forget_button(button: ForgetAll) -> str:
    """The button's data."""
    return f"v:{'y' if button.sure else 'n'}:{button.journal_id}"


def unpack_forget_button(rest: str) -> ForgetAll:
    """The button that was packed so. Raises ValueError for anything else."""
    kind, _, number = rest.partition(":")
    if kind not in {"y", "n"}:
        raise ValueError(rest)
    return ForgetAll(JournalId(row_id(number)), kind == "y")
