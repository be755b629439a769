"""The steps of the schema for what is shown of weeks, and for weeks that are done.

What changes a report or its account is counted per week by triggers, so that no way of changing
something can forget to say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final


def _counting(table: str, event: str, journal: str, week: str, when: str = "") -> str:
    """A trigger that counts one change of that week.

    A row is made by itself and not by INSERT OR IGNORE: inside a trigger the outer statement
    decides what a conflict does.
    """
    name = "_".join((table, *event.lower().split()[:1], week.split(".")[0].lower(), "counts"))
    return f"""
        CREATE TRIGGER {name} AFTER {event} ON {table} {f"WHEN {when}" if when else ""} BEGIN
            INSERT INTO week_changes (journal_id, week, number)
            SELECT {journal}, {week}, 0 WHERE NOT EXISTS
                (SELECT 1 FROM week_changes WHERE journal_id = {journal} AND week = {week});
            UPDATE week_changes SET number = number + 1
                WHERE journal_id = {journal} AND week = {week};
        END
        """  # noqa: S608 -- all of it is written in this module


def _counting_every_change(table: str, columns: str) -> Iterator[str]:
    """Triggers for rows that come, change in one of the columns, and go."""
    yield _counting(table, "INSERT", "NEW.journal_id", "NEW.week")
    yield _counting(table, f"UPDATE OF {columns}", "NEW.journal_id", "NEW.week")
    moved = "NEW.week <> OLD.week OR NEW.journal_id <> OLD.journal_id"
    yield _counting(table, f"UPDATE OF {columns}", "OLD.journal_id", "OLD.week", moved)
    yield _counting(table, "DELETE", "OLD.journal_id", "OLD.week")


PREVIEWS: Final = (
    """
    CREATE TABLE week_changes (             -- how often a week has changed
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (journal_id, week)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE previews (                 -- the newest one of each week in each chat
        id INTEGER PRIMARY KEY,
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        chat_id INTEGER NOT NULL,
        messages TEXT NOT NULL,             -- JSON: [[message id or null, fingerprint], ...]
        number INTEGER NOT NULL,            -- the change up to which it shows the week
        UNIQUE (journal_id, week, chat_id)
    ) STRICT
    """,
    # The file of a picture that has just come is looked for among the lines.
    "CREATE INDEX nodes_picture ON nodes (picture_id) WHERE picture_id IS NOT NULL",
    *_counting_every_change(
        "nodes",
        "journal_id, week, parent_id, section, part, position, line, text, picture_id, address,"
        " removed",
    ),
    *_counting_every_change(
        "entries",
        "journal_id, week, state, text, spans, author, comment_id, media_group",
    ),
    *_counting_every_change("originals", "journal_id, week, content, baseline"),
    *_counting_every_change("attachments", "journal_id, week, path, sha256"),
    """
    CREATE TRIGGER pictures_count AFTER UPDATE OF name, sha256, retry_at, is_picture, location
    ON pictures WHEN
        (NEW.name, NEW.sha256, NEW.retry_at IS NULL, NEW.is_picture, NEW.location) IS NOT
        (OLD.name, OLD.sha256, OLD.retry_at IS NULL, OLD.is_picture, OLD.location)
    BEGIN
        UPDATE week_changes SET number = number + 1 WHERE (journal_id, week) IN
            (SELECT journal_id, week FROM nodes WHERE picture_id = NEW.id);
    END
    """,
    # Only weeks that are shown are searched for the address.
    """
    CREATE TRIGGER links_count AFTER UPDATE OF title ON links WHEN NEW.title IS NOT OLD.title BEGIN
        UPDATE week_changes SET number = number + 1 WHERE (journal_id, week) IN
            (SELECT nodes.journal_id, nodes.week FROM previews JOIN nodes
                ON nodes.journal_id = previews.journal_id AND nodes.week = previews.week
                WHERE instr(nodes.text, NEW.address));
    END
    """,
    # how a journal is set up changes all weeks; only the newest that is shown follows at once.
    """
    CREATE TRIGGER journals_count AFTER UPDATE OF language, zone, day_ends_at, title_template,
        document_template, summary_heading, sections, pictures_prefix, link_titles, shows_authors
    ON journals BEGIN
        UPDATE previews SET number = -1 WHERE journal_id = NEW.id
            AND week = (SELECT max(week) FROM previews WHERE journal_id = NEW.id);
    END
    """,
)

DONE_WEEKS: Final = (
    """
    CREATE TABLE weeks (
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        done_at INTEGER,                    -- NULL: open again
        PRIMARY KEY (journal_id, week)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE finals (                   -- the last file that was sent of a week that was done
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        last_entry INTEGER NOT NULL,        -- the newest entry by then
        number INTEGER NOT NULL,            -- the change up to which the week was looked at
        asked_in INTEGER,                   -- the chat of the question what to do with changes ...
        asked_by INTEGER,                   -- ... and its message; NULL: nothing is asked
        PRIMARY KEY (journal_id, week)
    ) STRICT, WITHOUT ROWID
    """,
    *_counting_every_change("weeks", "journal_id, week, done_at"),
    # What stands under the preview says whether the file that was sent is still the report.
    *_counting_every_change("finals", "journal_id, week, fingerprint"),
)

REMINDERS: Final = (
    "ALTER TABLE journals ADD COLUMN next_reminder_at INTEGER",  # NULL: to be worked out
    """
    CREATE TRIGGER journals_remind AFTER UPDATE OF remind_at, draft_at, zone ON journals
    WHEN (NEW.remind_at, NEW.draft_at, NEW.zone) IS NOT (OLD.remind_at, OLD.draft_at, OLD.zone)
    BEGIN UPDATE journals SET next_reminder_at = NULL WHERE id = NEW.id; END
    """,
    # A reminder is a step of its own.
    "ALTER TABLE deliveries RENAME TO deliveries_before",
    """
    CREATE TABLE deliveries (
        journal_id INTEGER NOT NULL REFERENCES journals,
        week TEXT NOT NULL,
        step TEXT NOT NULL CHECK (step IN ('preview', 'file', 'reminder')),
        claimed_at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 1,
        completed_at INTEGER,
        PRIMARY KEY (journal_id, week, step)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO deliveries SELECT * FROM deliveries_before",
    "DROP TABLE deliveries_before",
    """
    CREATE TABLE reminders (                -- the bot's messages that are reminders
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
)

PHOTOS: Final = (
    """
    CREATE TABLE photo_ids (                -- pictures that were sent as photos, by the bot
        sha256 TEXT PRIMARY KEY,
        file_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
