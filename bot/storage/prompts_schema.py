"""The schema's step for replies to what the bot has asked for."""

from __future__ import annotations

from typing import Final

TAKEN_REPLIES: Final = (
    """
    CREATE TABLE taken_replies (            -- an edit without a visible change is not taken again
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        said TEXT NOT NULL,                 -- JSON: [text, spans], when it was taken last
        taken_at INTEGER NOT NULL,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX taken_replies_age ON taken_replies (taken_at)",
)
