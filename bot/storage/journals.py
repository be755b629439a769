"""Journals and the chats they belong to."""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from sqlite3 import Row
from zoneinfo import ZoneInfo

from bot.domain.entry import ChatId, JournalId, SectionSpec
from bot.domain.journal import Journal, Language
from bot.domain.schedule import WeeklyTime
from bot.storage.database import Connection, new_id
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.setups import section_of, sections_to_json


@dataclass(frozen=True, slots=True)
class NewJournal:
    """What a journal begins with."""

    personal: bool
    language: Language
    zone: ZoneInfo
    draft_at: WeeklyTime
    title_template: str
    summary_heading: str
    sections: Sequence[SectionSpec]
    pictures_prefix: str
    next_due_at: datetime


async def of_chat(connection: Connection, chat_id: ChatId) -> Journal | None:
    """The journal of a chat."""
    rows = await connection.execute_fetchall(
        "SELECT journals.* FROM chats JOIN journals ON journals.id = journal_id WHERE chats.id = ?",
        (chat_id,),
    )
    return next(map(_journal, rows), None)


async def get(connection: Connection, journal_id: JournalId) -> Journal:
    """The journal with that id. Raises LookupError."""
    journal = await find(connection, journal_id)
    if journal is None:
        raise LookupError(f"no journal {journal_id}")
    return journal


async def find(connection: Connection, journal_id: JournalId) -> Journal | None:
    """The journal with that id; None where it was forgotten."""
    rows = await connection.execute_fetchall("SELECT * FROM journals WHERE id = ?", (journal_id,))
    return next(map(_journal, rows), None)


async def every(connection: Connection) -> list[Journal]:
    """All journals, oldest first."""
    rows = await connection.execute_fetchall("SELECT * FROM journals ORDER BY id")
    return [_journal(row) for row in rows]


async def chat_of(connection: Connection, journal_id: JournalId) -> ChatId:
    """The chat to which a journal's drafts go: the newest of its chats. Raises LookupError."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM chats WHERE journal_id = ? ORDER BY since DESC, id LIMIT 1", (journal_id,)
    )
    for row in rows:
        return ChatId(row["id"])
    raise LookupError(f"journal {journal_id} has no chat")


async def create(
    connection: Connection, chat_id: ChatId, new: NewJournal, now: datetime
) -> Journal:
    """A new journal for the chat."""
    cursor = await connection.execute(
        """
        INSERT INTO journals (personal, language, zone, draft_at, day_ends_at, title_template,
            summary_heading, sections, pictures_prefix, created_at, next_due_at)
        VALUES (?, ?, ?, ?, '00:00', ?, ?, ?, ?, ?, ?)
        """,
        (
            new.personal,
            new.language,
            new.zone.key,
            str(new.draft_at),
            new.title_template,
            new.summary_heading,
            sections_to_json(new.sections),
            new.pictures_prefix,
            to_seconds(now),
            to_seconds(new.next_due_at),
        ),
    )
    journal_id = JournalId(new_id(cursor))
    await add_chat(connection, chat_id, journal_id, now)
    return await get(connection, journal_id)


async def add_chat(
    connection: Connection, chat_id: ChatId, journal_id: JournalId, now: datetime
) -> None:
    """The chat belongs to the journal from now on; it may have had another (a supergroup)."""
    await connection.execute(
        "INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (chat_id, journal_id, to_seconds(now)),
    )


async def set_name(connection: Connection, journal_id: JournalId, name: str) -> None:
    """The person or group is called so."""
    await connection.execute("UPDATE journals SET called = ? WHERE id = ?", (name, journal_id))


async def set_shut(connection: Connection, journal_id: JournalId, at: datetime | None) -> None:
    """Nothing is taken from the journal's people any more, or sent to them; None: it is."""
    await connection.execute(
        "UPDATE journals SET shut_at = ? WHERE id = ?",
        (None if at is None else to_seconds(at), journal_id),
    )


async def due(
    connection: Connection, now: datetime, but: Container[JournalId] = (), most: int = 1000
) -> list[Journal]:
    """So many of the journals whose next draft is due, `but` for those, the longest due first."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM journals WHERE next_due_at <= ? AND shut_at IS NULL"
        " ORDER BY next_due_at, id",
        (to_seconds(now),),
    )
    ids = [row["id"] for row in rows if row["id"] not in but][: max(most, 0)]
    rows = await connection.execute_fetchall(
        "SELECT journals.* FROM json_each(?) AS wanted JOIN journals ON journals.id = wanted.value"
        " ORDER BY next_due_at, journals.id",
        (json.dumps(ids),),
    )
    return [_journal(row) for row in rows]


async def due_at(connection: Connection, journal_id: JournalId) -> datetime | None:
    """When the journal's next draft is due; None: once its chat is open again."""
    rows = await connection.execute_fetchall(
        "SELECT next_due_at FROM journals WHERE id = ? AND next_due_at IS NOT NULL", (journal_id,)
    )
    return next((from_seconds(row["next_due_at"]) for row in rows), None)


async def set_due(connection: Connection, journal_id: JournalId, at: datetime | None) -> None:
    """The journal's next draft is due at that instant; where None, once its chat is open again."""
    await connection.execute(
        "UPDATE journals SET next_due_at = ? WHERE id = ?",
        (None if at is None else to_seconds(at), journal_id),
    )


async def set_open(connection: Connection, journal_id: JournalId, now: datetime) -> None:
    """Somebody wrote in the journal's chat: what waited for that is due.

    What is due already stays so, since a second longer: by that `set_closed` can tell.
    """
    await connection.execute(
        """
        UPDATE journals SET next_due_at = coalesce(next_due_at - 1, ?1)
        WHERE id = ?2 AND (next_due_at IS NULL OR next_due_at <= ?1)
        """,
        (to_seconds(now), journal_id),
    )


async def set_closed(
    connection: Connection, journal_id: JournalId, due_at: datetime | None
) -> None:
    """The next draft waits for somebody to write, unless that happened since `due_at` was read."""
    await connection.execute(
        "UPDATE journals SET next_due_at = NULL WHERE id = ? AND next_due_at = ?",
        (journal_id, None if due_at is None else to_seconds(due_at)),
    )


async def set_schedule(
    connection: Connection, journal_id: JournalId, zone: ZoneInfo, draft_at: WeeklyTime
) -> None:
    """The journal's weeks are those of that zone, and its drafts come at that time."""
    await connection.execute(
        "UPDATE journals SET zone = ?, draft_at = ? WHERE id = ?",
        (zone.key, str(draft_at), journal_id),
    )


async def set_title_template(connection: Connection, journal_id: JournalId, template: str) -> None:
    """The journal's reports are called so from now on."""
    await connection.execute(
        "UPDATE journals SET title_template = ? WHERE id = ?", (template, journal_id)
    )


async def set_choices(
    connection: Connection,
    journal_id: JournalId,
    *,
    link_titles: bool | None = None,
    shows_authors: bool | None = None,
    keeps_location: bool | None = None,
    answers_in_words: bool | None = None,
    shows_earlier: bool | None = None,
) -> None:
    """What is given is so from now on; None leaves it as it was."""
    await connection.execute(
        """
        UPDATE journals SET link_titles = coalesce(?, link_titles),
            shows_authors = coalesce(?, shows_authors),
            keeps_location = coalesce(?, keeps_location),
            answers_in_words = coalesce(?, answers_in_words),
            shows_earlier = coalesce(?, shows_earlier)
        WHERE id = ?
        """,
        (
            link_titles,
            shows_authors,
            keeps_location,
            answers_in_words,
            shows_earlier,
            journal_id,
        ),
    )


async def set_document_template(
    connection: Connection, journal_id: JournalId, template: str | None
) -> None:
    """The journal's files look so from now on: a ready template's name, a source, or as it is."""
    await connection.execute(
        "UPDATE journals SET document_template = ? WHERE id = ?", (template, journal_id)
    )


@lru_cache(maxsize=256)
def _journal(row: Row) -> Journal:
    """What the row says; each message asks for its journal, and few of them change."""
    return Journal(
        id=JournalId(row["id"]),
        personal=bool(row["personal"]),
        language=row["language"],
        zone=ZoneInfo(row["zone"]),
        draft_at=WeeklyTime.parse(row["draft_at"]),
        day_ends_at=time.fromisoformat(row["day_ends_at"]),
        title_template=row["title_template"],
        document_template=row["document_template"],
        summary_heading=row["summary_heading"],
        all_sections=tuple(section_of(*fields) for fields in json.loads(row["sections"])),
        pictures_prefix=row["pictures_prefix"],
        created_at=from_seconds(row["created_at"]),
        link_titles=bool(row["link_titles"]),
        shows_authors=bool(row["shows_authors"]),
        keeps_location=bool(row["keeps_location"]),
        answers_in_words=bool(row["answers_in_words"]),
        remind_at=None if row["remind_at"] is None else WeeklyTime.parse(row["remind_at"]),
        shows_earlier=bool(row["shows_earlier"]),
        name=row["called"],
        is_shut=row["shut_at"] is not None,
    )
