"""The schema's steps for searching."""

from __future__ import annotations

from typing import Final

SEARCH: Final = (
    # What the line says as it is compared; NULL until that is worked out (again).
    "ALTER TABLE nodes ADD COLUMN folded TEXT",
    "CREATE INDEX nodes_unfolded ON nodes (journal_id) WHERE folded IS NULL",
    """
    CREATE TRIGGER nodes_refold AFTER UPDATE OF text, picture_id, address ON nodes
    WHEN NEW.folded IS NOT NULL BEGIN
        UPDATE nodes SET folded = NULL WHERE id = NEW.id;
    END
    """,
    """
    CREATE TRIGGER pictures_refold AFTER UPDATE OF label ON pictures BEGIN
        UPDATE nodes SET folded = NULL WHERE picture_id = NEW.id;
    END
    """,
    """
    CREATE TABLE untitled_lines (           -- whose links had no title when they were worked out
        address TEXT NOT NULL,
        node_id INTEGER NOT NULL REFERENCES nodes,
        PRIMARY KEY (address, node_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER links_refold AFTER UPDATE OF title ON links WHEN NEW.title IS NOT OLD.title BEGIN
        UPDATE nodes SET folded = NULL
            WHERE id IN (SELECT node_id FROM untitled_lines WHERE address = NEW.address);
        DELETE FROM untitled_lines WHERE address = NEW.address;
    END
    """,
    """
    CREATE TABLE searches (                 -- what the bot's messages with results are about
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        words TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        UNIQUE (journal_id, words)
    ) STRICT
    """,
    "CREATE INDEX searches_age ON searches (asked_at)",
)

SHOWN_TITLES: Final = (
    """
    CREATE TRIGGER journals_refold AFTER UPDATE OF link_titles ON journals
    WHEN NEW.link_titles <> OLD.link_titles BEGIN
        UPDATE nodes SET folded = NULL WHERE journal_id = NEW.id AND instr(text, '://');
    END
    """,
    # A title that comes with another journal's export was not asked for.
    """
    CREATE TRIGGER links_fold AFTER INSERT ON links WHEN NEW.title IS NOT NULL BEGIN
        UPDATE nodes SET folded = NULL
            WHERE id IN (SELECT node_id FROM untitled_lines WHERE address = NEW.address);
        DELETE FROM untitled_lines WHERE address = NEW.address;
    END
    """,
    "UPDATE nodes SET folded = NULL WHERE instr(text, '://')",
)
