"""The steps of the schema for files of reports that people send back."""

from __future__ import annotations

from typing import Final

OFFERS: Final = (
    """
    CREATE TABLE offers (                   -- files that may change weeks, and what became of them
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,        -- the message with the file
        body TEXT NOT NULL,                 -- that message, JSON
        week TEXT,                          -- the week that it replies to
        sent_at INTEGER NOT NULL,
        state TEXT NOT NULL,
        content BLOB,                       -- the file, while it is needed
        seen TEXT NOT NULL DEFAULT '{}',    -- JSON: {week: what tells how it was when it was shown}
        UNIQUE (chat_id, message_id)
    ) STRICT
    """,
    "CREATE INDEX offers_waiting ON offers (id) WHERE state = 'waiting'",
    "CREATE INDEX offers_age ON offers (sent_at)",
)

TOLD_OFFERS: Final = (
    # What the message with the buttons says once it is decided, so that a press can say it again.
    "ALTER TABLE offers ADD COLUMN told TEXT NOT NULL DEFAULT ''",
)
