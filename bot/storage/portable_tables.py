"""What of a journal is exported: each column by its name there, or why it is left out.

A test compares this with the schema, so that what is added to that gets its place here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns by their names in the export, and what is left out, with the reason.

    Columns in `refers` hold ids of rows of a table, those in `parsed` hold JSON. Rows come in
    the `order` of those columns.
    """

    key: str
    columns: Mapping[str, str]
    left_out: Mapping[str, str] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    parsed: frozenset[str] = frozenset()
    order: str = "id"


_BY_ITSELF: Final = 3
_OWNER: Final = {"journal_id": "all of it is one journal's"}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TABLES: Final[Mapping[str, Table]] = {
    "pictures": Table(
        "files",
        _same(
            *("id", "name", "file_id", "is_photo", "size", "sha256", "tries", "retry_at", "fault"),
            *("unique_id", "is_picture", "label", "width", "height", "location"),
        ),
        _OWNER,
    ),
    "entries": Table(
        "entries",
        _same(
            *("id", "chat_id", "message_id", "media_group", "author_id", "author", "sent_at"),
            *("text", "spans", "week", "state", "edits", "reaction", "question", "imported"),
            *("origin", "is_forward", "comment_id", "tagged_by", "acknowledged_by"),
        ),
        _OWNER | {"reaction_shown": "what is to be shown is shown where it was"},
        {"comment_id": "entries"},
        frozenset({"spans", "origin"}),
    ),
    "nodes": Table(
        "lines",
        {
            **_same("id", "week", "section", "part", "position", "line", "source", "text"),
            **_same("address", "removed", "removed_with"),
            "entry_id": "entry",
            "parent_id": "parent",
            "picture_id": "file",
        },
        _OWNER | {"folded": "worked out again"},
        {"entry_id": "entries", "parent_id": "nodes", "picture_id": "pictures"},
    ),
    "originals": Table("imported", _same("week", "content", "baseline"), _OWNER, order="week"),
    "attachments": Table(
        "attachments", _same("week", "path", "sha256"), _OWNER, order="week, path"
    ),
    "weeks": Table("weeks", _same("week", "done_at"), _OWNER, order="week"),
    "deliveries": Table(
        "deliveries",
        _same("week", "step", "claimed_at", "tries", "completed_at"),
        _OWNER,
        order="week, step",
    ),
    "chats": Table("chats", _same("id", "since"), _OWNER, order="since, id"),
}

SETTINGS: Final = _same(
    *("personal", "language", "zone", "draft_at", "day_ends_at", "title_template"),
    *("summary_heading", "sections", "pictures_prefix", "document_template", "link_titles"),
    *("shows_authors", "keeps_location", "answers_in_words", "remind_at", "shows_earlier"),
    "created_at",
)
SETTINGS_LEFT_OUT: Final = {
    "id": "given anew",
    "next_due_at": "worked out again",
    "next_reminder_at": "worked out again",
    "called": "of the installation: whom it has let in",
    "shut_at": "of the installation: whom it has removed",
}

NOT_EXPORTED: Final[Mapping[str, str]] = {
    "absences": "told once, and over",
    "bare_tags": "kept for two days",
    "change_cells": "how to take back what was changed here",
    "changes": "how to take back what was changed here",
    "dead_letters": "of the whole installation",
    "finals": "which files were sent into chats",
    "invitations": "of the whole installation",
    "departures": "who may not press buttons",
    "handled_updates": "of the whole installation",
    "leftovers": "files that are about to go",
    "link_turns": "of the whole installation",
    "migrations": "of the database",
    "offers": "files that wait for a decision",
    "outbox": "what chats are owed",
    "outlines": "what chats were shown",
    "people": "of the whole installation",
    "photo_ids": "of the bot that sent them",
    "presence": "of the whole installation",
    "previews": "what chats were shown",
    "prompts": "what chats were asked",
    "reminders": "what chats were shown",
    "searches": "what chats were shown",
    "shown": "what chats were shown",
    "sticky": "for ten minutes",
    "strays": "kept for two days",
    "taken_replies": "what chats were asked",
    "untitled_lines": "worked out again",
    "week_changes": "counted by the database",
}
"""Tables of which nothing is exported, and why; `links` are, by their titles."""


def removed_with(removed: int) -> str:
    """The table of what a line was removed with: those deleted by themselves went with a line."""
    return "nodes" if removed == _BY_ITSELF else "entries"
