"""The schema's step for who is let in."""

from __future__ import annotations

from typing import Final

ACCESS: Final = (
    """
    CREATE TABLE invitations (              -- one-time links that nobody has opened yet
        id INTEGER PRIMARY KEY,
        code_sha256 TEXT NOT NULL UNIQUE,   -- the code itself is kept nowhere
        made_by INTEGER NOT NULL,           -- Telegram's user id
        expires_at INTEGER NOT NULL
    ) STRICT
    """,
    "ALTER TABLE journals ADD COLUMN called TEXT NOT NULL DEFAULT ''",  # of the person or the group
    # An owner has removed its people: nothing is taken from them or sent to them.
    "ALTER TABLE journals ADD COLUMN shut_at INTEGER",
)

DEPARTURES: Final = (
    """
    CREATE TABLE departures (               -- who has left a group, and is no member any more
        chat_id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        PRIMARY KEY (chat_id, user_id)
    ) STRICT, WITHOUT ROWID
    """,
)

LEFTOVERS: Final = (
    # Of journals that were forgotten: files by their content, '' for the database itself.
    "CREATE TABLE leftovers (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
)
