"""Whatever changes a week's report or its account is counted, by whichever way it is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.entry import ChatId, JournalId, MessageId
from bot.domain.week import IsoWeek
from bot.storage import previews
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.previews import ShownPiece
from tests.clock import START
from tests.storage.seeding import fill

_JOURNAL, _WEEK, _OTHER = JournalId(1), IsoWeek(2023, 40), IsoWeek(2023, 41)

_COUNTED = (
    (
        "INSERT INTO nodes (entry_id, journal_id, week, section, part, position, line, source,"
        " text) VALUES (1, 1, '2023-W40', 'life', 'item', 0, 0, 'x', 'x')"
    ),
    "UPDATE nodes SET text = 'changed' WHERE entry_id = 1",
    "UPDATE nodes SET position = 7 WHERE entry_id = 1",
    "UPDATE nodes SET section = 'tech' WHERE entry_id = 1",
    "UPDATE nodes SET removed = 2 WHERE entry_id = 1",
    "DELETE FROM nodes WHERE entry_id = 1",
    "UPDATE entries SET state = 'removed' WHERE id = 1",
    "UPDATE entries SET text = 'changed' WHERE id = 1",
    "INSERT INTO originals VALUES (1, '2023-W40', x'00', '')",
    "INSERT OR REPLACE INTO originals VALUES (1, '2023-W40', x'01', '')",
    "INSERT INTO attachments VALUES (1, '2023-W40', 'a.jpg', 'abc')",
    "UPDATE pictures SET sha256 = 'abc', retry_at = NULL WHERE id = 1",
    "UPDATE journals SET shows_earlier = 1 WHERE id = 1",
    "UPDATE links SET title = 'The page' WHERE address = 'https://example.org'",
    "INSERT INTO weeks VALUES (1, '2023-W40', 0)",
    (
        "INSERT INTO finals (journal_id, week, fingerprint, last_entry, number)"
        " VALUES (1, '2023-W40', 'abc', 0, 0)"
    ),
)
_NOT_COUNTED = (
    "UPDATE entries SET reaction_shown = '✍' WHERE id = 1",
    "UPDATE entries SET question = 'asked' WHERE id = 1",
    "UPDATE pictures SET tries = 3, retry_at = 77, fault = 'x' WHERE id = 1",
    "UPDATE links SET tries = 3, retry_at = 77 WHERE address = 'https://example.org'",
    "UPDATE nodes SET source = 'changed' WHERE entry_id = 1",
    "UPDATE journals SET next_due_at = 7 WHERE id = 1",
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A journal with a shown week, in which are a line, a picture on its way, and a link."""
    async with await Database.open(tmp_path / "weeknotes.db") as opened:
        await migrate(opened, START)
        fill(tmp_path / "weeknotes.db", 3)
        async with opened.atomic() as connection:
            await connection.execute("UPDATE entries SET week = '2023-W40'")
            await connection.execute("DELETE FROM nodes")
            await connection.execute(
                "INSERT INTO pictures (id, journal_id, name, file_id, is_photo, retry_at)"
                " VALUES (1, 1, '2023-W40-1.jpg', 'F', 1, 7)"
            )
            await connection.execute("INSERT INTO links (address) VALUES ('https://example.org')")
            await connection.execute(
                "INSERT INTO nodes (entry_id, journal_id, week, section, part, position, line,"
                " source, text, picture_id) VALUES (1, 1, '2023-W40', 'life', 'item', 0, 0,"
                " '<https://example.org>', '<https://example.org>', 1)"
            )
            shown = [ShownPiece(MessageId(7), "abc")]
            number = await previews.change_of(connection, _JOURNAL, _WEEK)
            await previews.replace(connection, _JOURNAL, _WEEK, ChatId(1001), shown, number)
        yield opened


async def _is_stale(database: Database) -> bool:
    async with database.snapshot() as connection:
        return bool(await previews.stale(connection))


@pytest.mark.parametrize("statement", _COUNTED)
async def test_what_changes_the_report_makes_its_preview_stale(
    database: Database, statement: str
) -> None:
    """Until it is shown up to that change."""
    assert not await _is_stale(database)
    async with database.atomic() as connection:
        await connection.execute(statement)
    assert await _is_stale(database)
    async with database.atomic() as connection:
        [preview] = await previews.stale(connection)
        await previews.set_shown(connection, preview.id, preview.pieces, preview.now)
    assert not await _is_stale(database)


@pytest.mark.parametrize("statement", _NOT_COUNTED)
async def test_what_shows_nowhere_is_not_counted(database: Database, statement: str) -> None:
    """Such as which reactions are shown, and tries that failed."""
    async with database.atomic() as connection:
        await connection.execute(statement)
    assert not await _is_stale(database)


async def test_a_line_that_moves_changes_both_weeks(database: Database) -> None:
    """The one that it leaves as well as the one that it comes to."""
    async with database.atomic() as connection:
        before = await previews.change_of(connection, _JOURNAL, _OTHER)
        await connection.execute("UPDATE nodes SET week = '2023-W41' WHERE entry_id = 1")
        assert await previews.change_of(connection, _JOURNAL, _OTHER) == before + 1
    assert await _is_stale(database)


async def test_settings_change_the_newest_shown_week_only(database: Database) -> None:
    """A journal with years of previews is not rewritten in the chat because of a heading."""
    async with database.atomic() as connection:
        shown = [ShownPiece(MessageId(8), "abc")]
        await previews.replace(connection, _JOURNAL, _OTHER, ChatId(1001), shown, 0)
        await connection.execute("UPDATE journals SET title_template = 'new' WHERE id = 1")
        assert [preview.week for preview in await previews.stale(connection)] == [_OTHER]
