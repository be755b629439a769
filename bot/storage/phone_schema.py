"""The schema's step for everything that a phone sends."""

from __future__ import annotations

from typing import Final

PHONE: Final = (
    # Where a forward comes from, JSON: [text, spans]; the entry of the comment that came with
    # it; or, where that was nothing but a tag, the tag's message in the same chat.
    "ALTER TABLE entries ADD COLUMN origin TEXT NOT NULL DEFAULT '[\"\", []]'",
    "ALTER TABLE entries ADD COLUMN is_forward INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN comment_id INTEGER REFERENCES entries",
    "ALTER TABLE entries ADD COLUMN tagged_by INTEGER",
    "CREATE INDEX entries_tagged ON entries (chat_id, tagged_by) WHERE tagged_by IS NOT NULL",
    # Pictures, and from here on all other files that people send.
    "ALTER TABLE pictures ADD COLUMN unique_id TEXT NOT NULL DEFAULT ''",
    # Shown as a picture; else linked to by its label. What the file really is decides.
    "ALTER TABLE pictures ADD COLUMN is_picture INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE pictures ADD COLUMN label TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE pictures ADD COLUMN width INTEGER",
    "ALTER TABLE pictures ADD COLUMN height INTEGER",
    # Whether the file tells where it was taken: none, cut, kept, or stuck.
    "ALTER TABLE pictures ADD COLUMN location TEXT NOT NULL DEFAULT 'none'",
    "ALTER TABLE journals ADD COLUMN link_titles INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE journals ADD COLUMN shows_authors INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE journals ADD COLUMN keeps_location INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE links (
        address TEXT PRIMARY KEY,
        title TEXT,                         -- NULL until it is known
        tries INTEGER NOT NULL DEFAULT 0,
        retry_at INTEGER,                   -- NULL: known, or given up
        fault TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX links_waiting ON links (retry_at) WHERE retry_at IS NOT NULL",
    """
    CREATE TABLE sticky (                   -- the section of a person's next messages
        journal_id INTEGER NOT NULL REFERENCES journals,
        author_id INTEGER NOT NULL,
        section TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (journal_id, author_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE strays (                   -- untagged parts of albums, and forwards, in groups
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        media_group TEXT NOT NULL,
        author_id INTEGER NOT NULL,
        sent_at INTEGER NOT NULL,
        body TEXT NOT NULL,                 -- the message, JSON
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX strays_age ON strays (sent_at)",
    """
    CREATE TABLE bare_tags (                -- messages with nothing but a tag
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        author_id INTEGER NOT NULL,
        sent_at INTEGER NOT NULL,
        text TEXT NOT NULL,
        answered INTEGER NOT NULL DEFAULT 0,
        reaction_shown TEXT,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX bare_tags_unanswered ON bare_tags (sent_at) WHERE NOT answered",
)
