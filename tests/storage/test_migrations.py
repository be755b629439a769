"""Databases of earlier versions become one of this version, with all that is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.week import IsoWeek
from bot.services.reporting import Reporting
from bot.storage import entries, journals
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.schema import MIGRATIONS
from tests.clock import START
from tests.storage.seeding import as_of_version

_SECONDS = int(START.timestamp())


def _made_by(path: Path, steps: int) -> None:
    """A database as the version wrote it that knew so many steps, with an item and a picture."""
    as_of_version(path, steps)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            """
            INSERT INTO journals (id, personal, language, zone, draft_at, day_ends_at,
                title_template, summary_heading, sections, pictures_prefix, created_at)
            VALUES (1, 1, 'zh', 'Asia/Shanghai', 'sun 20:00', '00:00', '{year} {week}', '总结',
                '[["life", "生活", ["life"]]]', 'images/', 0)
            """
        )
        connection.execute("INSERT INTO chats VALUES (1001, 1, 0)")
        for number in (1, 2):
            connection.execute(
                """
                INSERT INTO entries (id, journal_id, chat_id, message_id, author_id, author,
                    sent_at, text, spans, week, state, reaction)
                VALUES (?1, 1, 1001, ?1, 1001, '小周', ?2, '#life 旧的', '[]', '2023-W40',
                    'placed', '✍')
                """,
                (number, _SECONDS),
            )
        connection.execute(
            "INSERT INTO pictures (id, journal_id, name, file_id, is_photo, sha256)"
            " VALUES (1, 1, '2023-W40-1.jpg', 'F', 1, 'abc')"
        )
        for number, part, picture in ((1, "item", None), (2, "picture", 1)):
            connection.execute(
                """
                INSERT INTO nodes (entry_id, journal_id, week, section, part, position, line,
                    source, text, picture_id)
                VALUES (?, 1, '2023-W40', 'life', ?, ?, 0, '旧的', '旧的', ?)
                """,
                (number, part, float(_SECONDS), picture),
            )


@pytest.mark.parametrize("steps", range(1, len(MIGRATIONS) + 1))
async def test_every_earlier_schema_comes_up_to_date(tmp_path: Path, steps: int) -> None:
    """The report is what it was, and the entries can be read."""
    path = tmp_path / "weeknotes.db"
    _made_by(path, steps)
    async with await Database.open(path) as database:
        assert len(await migrate(database, START)) == len(MIGRATIONS) - steps
        async with database.snapshot() as connection:
            [journal] = await journals.every(connection)
            entry = await entries.of_message(connection, MessageKey(ChatId(1001), MessageId(1)))
        compiled = await Reporting(database).compile(journal, IsoWeek(2023, 40))
    assert entry is not None
    assert (entry.is_forward, entry.origin.text, entry.comment_id) == (False, "", None)
    assert compiled.markdown == (
        "# 2023 40\n\n## 生活\n\n1. 旧的\n\n![旧的](images/2023-W40-1.jpg)\n"
    )
    assert compiled.account.received == 2
