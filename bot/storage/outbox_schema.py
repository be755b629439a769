"""The schema's step for what is owed to chats."""

from __future__ import annotations

from typing import Final

OUTBOX: Final = (
    """
    CREATE TABLE outbox (                   -- what chats are owed besides answers to entries
        id INTEGER PRIMARY KEY,
        chat_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,                 -- its fields, JSON
        tries INTEGER NOT NULL DEFAULT 0,
        retry_at INTEGER NOT NULL
    ) STRICT
    """,
)
