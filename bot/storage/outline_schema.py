"""The step of the schema for outlines that were shown."""

from __future__ import annotations

from typing import Final

OUTLINES: Final = (
    """
    CREATE TABLE outlines (                 -- what a typed number means: the last one of each chat
        chat_id INTEGER PRIMARY KEY,
        message_id INTEGER NOT NULL,        -- the bot's message that shows it
        week TEXT NOT NULL,
        page INTEGER NOT NULL,
        node_id INTEGER,                    -- the line whose card it shows; NULL: the list
        lines TEXT NOT NULL                 -- JSON: {"3.1": [node id, fingerprint], ...}
    ) STRICT
    """,
    # From here on nodes.removed may also be 3: deleted by itself, with the node `removed_with`.
)
