"""The steps of the schema for outlines that were shown, and for replies to their cards."""

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

CARDS: Final = (
    # The line whose card the message shows, or showed until the line was gone.
    "ALTER TABLE shown ADD COLUMN node_id INTEGER",
    """
    UPDATE shown SET node_id = (
        SELECT node_id FROM outlines
        WHERE outlines.chat_id = shown.chat_id AND outlines.message_id = shown.message_id
    )
    """,
)
