"""Everything of a journal deleted, so that nothing of it is left in the database.

What of which table goes stands in `FORGOTTEN` and `STAYS`; a test compares both with the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.entry import JournalId
from bot.storage.database import Connection

_OWN: Final = "journal_id = ?1"
_ABOUT_ENTRIES: Final = "entry_id IN (SELECT id FROM entries WHERE journal_id = ?1)"
_IN_CHATS: Final = "chat_id IN (SELECT id FROM chats WHERE journal_id = ?1)"

FORGOTTEN: Final[Mapping[str, str]] = {
    "change_cells": "change_id IN (SELECT id FROM changes WHERE journal_id = ?1)",
    "changes": _OWN,
    "untitled_lines": "node_id IN (SELECT id FROM nodes WHERE journal_id = ?1)",
    "shown": f"{_IN_CHATS} OR {_ABOUT_ENTRIES}",
    "nodes": _OWN,
    "entries": _OWN,
    "pictures": _OWN,
    "originals": _OWN,
    "attachments": _OWN,
    "weeks": _OWN,
    "finals": _OWN,
    "deliveries": _OWN,
    "previews": _OWN,
    "absences": _OWN,
    "sticky": _OWN,
    "searches": _OWN,
    "offers": _OWN,
    "departures": _IN_CHATS,
    "bare_tags": _IN_CHATS,
    "strays": _IN_CHATS,
    "outbox": _IN_CHATS,
    "outlines": _IN_CHATS,
    "prompts": _IN_CHATS,
    "taken_replies": _IN_CHATS,
    "reminders": _IN_CHATS,
    # One that SQLite cannot read is searched for the ids as they are written.
    "dead_letters": """iif(json_valid(body), EXISTS (
        SELECT 1 FROM json_tree(body) WHERE fullkey LIKE '$.%.chat.id'
        AND atom IN (SELECT id FROM chats WHERE journal_id = ?1)
    ), EXISTS (
        SELECT 1 FROM chats WHERE journal_id = ?1
        AND (instr(body, '"id": ' || id || ',') OR instr(body, '"id": ' || id || '}'))
    ))""",
    # Triggers count what was deleted above.
    "week_changes": _OWN,
    "chats": _OWN,
    "journals": "id = ?1",
    # What several journals may share goes once nobody names it any more.
    "links": "NOT EXISTS (SELECT 1 FROM nodes WHERE instr(nodes.text, links.address)) AND ?1",
    # Hosts are named in it; without it, all may ask as if for the first time.
    "link_turns": "?1",
    "photo_ids": """sha256 NOT IN (SELECT sha256 FROM pictures WHERE sha256 IS NOT NULL)
        AND sha256 NOT IN (SELECT sha256 FROM attachments) AND ?1""",
}
"""By table, in this order, which rows go; ?1 is the journal's id."""

STAYS: Final[Mapping[str, str]] = {
    "handled_updates": "numbers of updates, for a day or two",
    "invitations": "links that nobody has opened",
    "leftovers": "files that are about to go",
    "migrations": "of the database",
    "people": "who may use the bot",
    "presence": "when Telegram was heard",
}


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a journal holds, also of what was deleted in it."""

    weeks: int
    messages: int
    files: int


async def holdings(connection: Connection, journal_id: JournalId) -> Holdings:
    """What would be forgotten."""
    [row] = await connection.execute_fetchall(
        """
        SELECT (SELECT count(DISTINCT week) FROM entries WHERE journal_id = ?1),
            (SELECT count(*) FROM entries WHERE journal_id = ?1 AND NOT imported),
            (SELECT count(*) FROM pictures WHERE journal_id = ?1 AND sha256 IS NOT NULL)
            + (SELECT count(*) FROM attachments WHERE journal_id = ?1)
        """,
        (journal_id,),
    )
    return Holdings(*row)


async def forget(connection: Connection, journal_id: JournalId) -> set[str]:
    """The SHA-256 of its files that nobody else names; the journal and all of it is gone."""
    # Pages that become free are overwritten.
    await connection.execute("PRAGMA secure_delete = ON")
    await connection.execute("PRAGMA defer_foreign_keys = ON")
    named = """
        SELECT sha256 FROM pictures WHERE sha256 IS NOT NULL {own}
        UNION SELECT sha256 FROM attachments WHERE 1 {own}
    """
    rows = await connection.execute_fetchall(named.format(own="AND journal_id = ?1"), (journal_id,))
    files = {row["sha256"] for row in rows}
    for table, which in FORGOTTEN.items():
        await connection.execute(f"DELETE FROM {table} WHERE {which}", (journal_id,))  # noqa: S608 -- named above
    rows = await connection.execute_fetchall(named.format(own=""))
    return files - {row["sha256"] for row in rows}
