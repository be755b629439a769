"""What is forgotten of a database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.forgetting import FORGOTTEN, STAYS
from tests.storage.seeding import seed


def test_every_table_is_forgotten_or_stays_for_a_reason(tmp_path: Path) -> None:
    """A table that is added must be given its place in this."""
    path = tmp_path / "weeknotes.db"
    asyncio.run(seed(path, 1))
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        }
    assert tables == {*FORGOTTEN, *STAYS}
