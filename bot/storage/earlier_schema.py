"""The schema's step for what earlier years held."""

from __future__ import annotations

from typing import Final

EARLIER: Final = (
    "ALTER TABLE journals ADD COLUMN shows_earlier INTEGER NOT NULL DEFAULT 0",
    # As after other settings, the newest preview follows at once.
    """
    CREATE TRIGGER journals_count_earlier AFTER UPDATE OF shows_earlier ON journals BEGIN
        UPDATE previews SET number = -1 WHERE journal_id = NEW.id
            AND week = (SELECT max(week) FROM previews WHERE journal_id = NEW.id);
    END
    """,
)
