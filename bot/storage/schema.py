"""The numbered steps of the schema. A released step is never changed; a new one is added.

Instants are whole seconds of Unix time, weeks are keys like `2026-W53`.
"""

from __future__ import annotations

from typing import Final

from bot.storage.access_schema import ACCESS, DEPARTURES, LEFTOVERS
from bot.storage.earlier_schema import EARLIER
from bot.storage.link_turns import TURNS
from bot.storage.offers_schema import OFFERS, TOLD_OFFERS
from bot.storage.outbox_schema import OUTBOX
from bot.storage.outline_schema import CARDS, OUTLINES
from bot.storage.phone_schema import PHONE
from bot.storage.prompts_schema import TAKEN_REPLIES
from bot.storage.search_schema import SEARCH, SHOWN_TITLES
from bot.storage.settings_schema import SETTINGS
from bot.storage.sunday_schema import DONE_WEEKS, PHOTOS, PREVIEWS, REMINDERS
from bot.storage.undo_schema import CHANGES

_FIRST = (
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY,             -- Telegram's user id
        name TEXT NOT NULL,
        owner INTEGER NOT NULL,
        since INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE journals (
        id INTEGER PRIMARY KEY,
        personal INTEGER NOT NULL,          -- a person's, else a group's
        language TEXT NOT NULL,
        zone TEXT NOT NULL,
        draft_at TEXT NOT NULL,
        day_ends_at TEXT NOT NULL,
        title_template TEXT NOT NULL,
        summary_heading TEXT NOT NULL,
        sections TEXT NOT NULL,             -- JSON: [[key, heading, [tag, ...]], ...]
        pictures_prefix TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        next_due_at INTEGER                 -- when the next draft is due
    ) STRICT
    """,
    "CREATE INDEX journals_due ON journals (next_due_at)",
    """
    CREATE TABLE chats (                    -- a group that becomes a supergroup has two
        id INTEGER PRIMARY KEY,             -- Telegram's chat id
        journal_id INTEGER NOT NULL REFERENCES journals,
        since INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX chats_journal ON chats (journal_id)",
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        media_group TEXT,
        author_id INTEGER NOT NULL,
        author TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        text TEXT NOT NULL,                 -- the message's last version and its formats,
        spans TEXT NOT NULL,                -- JSON: [[start, end, style, value], ...]
        week TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('placed', 'untagged', 'removed')),
        edits INTEGER NOT NULL DEFAULT 0,
        reaction TEXT NOT NULL,             -- what the message is to show ...
        reaction_shown TEXT,                -- ... and what it does show
        question TEXT NOT NULL DEFAULT 'none' CHECK (question IN ('none', 'wanted', 'asked')),
        UNIQUE (chat_id, message_id)
    ) STRICT
    """,
    "CREATE INDEX entries_week ON entries (journal_id, week)",
    "CREATE INDEX entries_group ON entries (chat_id, media_group) WHERE media_group IS NOT NULL",
    """
    CREATE INDEX entries_unanswered ON entries (id)
    WHERE reaction_shown IS NOT reaction OR question = 'wanted'
    """,
    """
    CREATE TABLE pictures (
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        name TEXT NOT NULL,                 -- 2023-W40-1.jpg, given once
        file_id TEXT NOT NULL,
        is_photo INTEGER NOT NULL,          -- sent as a photo: its file_id can be shown as one
        size INTEGER,
        sha256 TEXT,                        -- NULL until the file is here
        tries INTEGER NOT NULL DEFAULT 0,
        retry_at INTEGER,                   -- NULL: here, or given up
        fault TEXT,
        UNIQUE (journal_id, name)
    ) STRICT
    """,
    "CREATE INDEX pictures_waiting ON pictures (retry_at) WHERE retry_at IS NOT NULL",
    """
    CREATE TABLE nodes (
        id INTEGER PRIMARY KEY,
        entry_id INTEGER NOT NULL REFERENCES entries,
        journal_id INTEGER NOT NULL REFERENCES journals,
        parent_id INTEGER REFERENCES nodes,
        week TEXT NOT NULL,
        section TEXT,
        part TEXT NOT NULL,
        position REAL NOT NULL,             -- among its siblings; the time it was sent, until moved
        line INTEGER NOT NULL,              -- its place in its message
        source TEXT NOT NULL,               -- its Markdown as the message's last version gives it
        text TEXT NOT NULL,                 -- its Markdown as the report shows it
        picture_id INTEGER REFERENCES pictures,
        removed INTEGER NOT NULL DEFAULT 0, -- 1: not in its message any more, 2: deleted ...
        removed_with INTEGER                -- ... together with this entry
    ) STRICT
    """,
    "CREATE INDEX nodes_week ON nodes (journal_id, week)",
    "CREATE INDEX nodes_entry ON nodes (entry_id)",
    "CREATE INDEX nodes_parent ON nodes (parent_id)",
    """
    CREATE TABLE shown (                    -- what the bot's own messages are about
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        entry_id INTEGER REFERENCES entries,
        asks INTEGER NOT NULL DEFAULT 0,    -- it is the question where the entry goes
        week TEXT,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX shown_entry ON shown (entry_id) WHERE asks",
    """
    CREATE TABLE deliveries (
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        step TEXT NOT NULL CHECK (step IN ('preview', 'file')),
        claimed_at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 1,
        completed_at INTEGER,
        PRIMARY KEY (journal_id, week, step)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE handled_updates (update_id INTEGER PRIMARY KEY, handled_at INTEGER NOT NULL) STRICT
    """,
    "CREATE INDEX handled_updates_age ON handled_updates (handled_at)",
    """
    CREATE TABLE dead_letters (
        id INTEGER PRIMARY KEY,
        incident TEXT NOT NULL,             -- the id that the sender was told
        update_id INTEGER,
        received_at INTEGER NOT NULL,
        fault TEXT NOT NULL,
        body TEXT NOT NULL                  -- the update as it came, JSON
    ) STRICT
    """,
)

_ARCHIVE = (
    # The name of a ready template, or the source of one; NULL: the report as it is.
    "ALTER TABLE journals ADD COLUMN document_template TEXT",
    "ALTER TABLE entries ADD COLUMN imported INTEGER NOT NULL DEFAULT 0",
    # A picture of an imported report keeps the address that the report gives it.
    "ALTER TABLE nodes ADD COLUMN address TEXT",
    """
    CREATE TABLE originals (
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        content BLOB NOT NULL,              -- the file, byte for byte
        baseline TEXT NOT NULL,             -- the report as it was compiled right after the import
        PRIMARY KEY (journal_id, week)
    ) STRICT
    """,
    """
    CREATE TABLE attachments (              -- pictures that came with an imported report
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        path TEXT NOT NULL,                 -- where the report looks for it
        sha256 TEXT NOT NULL,
        PRIMARY KEY (journal_id, week, path)
    ) STRICT, WITHOUT ROWID
    """,
)

_SECOND_CHANCE = (
    # To be taken up again by the running bot, or by the next start of it.
    "ALTER TABLE dead_letters ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dead_letters ADD COLUMN retries INTEGER NOT NULL DEFAULT 0",
    # An edit after which a newer one of the same message was stored.
    "ALTER TABLE dead_letters ADD COLUMN overtaken INTEGER NOT NULL DEFAULT 0",
)

_PRESENCE = (
    """
    CREATE TABLE presence (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        heard_at INTEGER NOT NULL           -- Telegram
    ) STRICT
    """,
    """
    CREATE TABLE absences (                 -- what was sent between the two may be missing
        journal_id INTEGER NOT NULL REFERENCES journals,
        since INTEGER NOT NULL,
        until INTEGER NOT NULL,
        told INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (journal_id, since)
    ) STRICT, WITHOUT ROWID
    """,
)

_PROMPTS = (
    """
    CREATE TABLE prompts (                  -- the bot's messages that ask for a reply
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        kind TEXT NOT NULL,                 -- what the reply is for ...
        detail TEXT NOT NULL,               -- ... and what that kind needs to know
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX prompts_age ON prompts (asked_at)",
)

MIGRATIONS: Final = (
    ("journals, entries, nodes, pictures, deliveries, dead letters", _FIRST),
    ("imported weeks keep the file they came from; documents have templates", _ARCHIVE),
    ("forwards, files of every kind, page titles, sections that stick", PHONE),
    ("dead letters can be taken up again", _SECOND_CHANCE),
    ("when Telegram was heard last, and what may be missing", _PRESENCE),
    ("what the bot has asked for in replies", _PROMPTS),
    ("every change can be taken back", CHANGES),
    ("what is owed to chats is kept until it is sent", OUTBOX),
    ("reminders, and acknowledgements in words", SETTINGS),
    ("what is shown of weeks, and how often each has changed", PREVIEWS),
    ("weeks can be done", DONE_WEEKS),
    ("reminders before the draft", REMINDERS),
    ("pictures of any type in previews", PHOTOS),
    ("the outline that a chat was shown last", OUTLINES),
    ("files of reports that came back, and what became of them", OFFERS),
    ("every card is remembered with its line", CARDS),
    ("what replies to prompts said when they were taken", TAKEN_REPLIES),
    ("what was said of files that were decided about", TOLD_OFFERS),
    ("previews can tell what the same week of earlier years held", EARLIER),
    ("lines can be searched", SEARCH),
    ("people and groups are let in by invitation, and removed", ACCESS),
    ("lines are searched by the titles that are shown of their links", SHOWN_TITLES),
    ("who has left a group is known", DEPARTURES),
    ("what is forgotten is cleaned away, also after a kill", LEFTOVERS),
    ("pages are asked for their titles in turn", TURNS),
)
