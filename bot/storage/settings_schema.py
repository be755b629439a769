"""The schema's step for what can be set in the chat."""

from __future__ import annotations

from typing import Final

SETTINGS: Final = (
    "ALTER TABLE journals ADD COLUMN remind_at TEXT",  # NULL: there is no reminder
    "ALTER TABLE journals ADD COLUMN answers_in_words INTEGER NOT NULL DEFAULT 0",
    # The bot's message that acknowledges the entry in words.
    "ALTER TABLE entries ADD COLUMN acknowledged_by INTEGER",
)
