"""The schema's step for changes that can be taken back."""

from __future__ import annotations

from typing import Final

CHANGES: Final = (
    """
    CREATE TABLE changes (                  -- what one message, edit or press has changed
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        author_id INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        turn INTEGER NOT NULL,              -- the last one is taken back first
        state TEXT NOT NULL DEFAULT 'made' CHECK (state IN ('made', 'undone', 'passed'))
    ) STRICT
    """,
    "CREATE INDEX changes_turn ON changes (journal_id, turn)",
    "CREATE INDEX changes_age ON changes (made_at)",
    """
    CREATE TABLE change_cells (
        id INTEGER PRIMARY KEY,
        change_id INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
        made_in TEXT NOT NULL,              -- the table
        row ANY NOT NULL,                   -- its id there, or the week
        name TEXT NOT NULL,                 -- the column; empty: the row is new
        old ANY,
        new ANY
    ) STRICT
    """,
    "CREATE INDEX change_cells_change ON change_cells (change_id)",
    # Finds the change that an album or a comment began.
    "CREATE INDEX change_cells_row ON change_cells (row, made_in)",
)
