"""What is exported of a database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.portable_tables import NOT_EXPORTED, SETTINGS, SETTINGS_LEFT_OUT, TABLES
from tests.storage.seeding import seed


def test_every_column_is_exported_or_left_out_for_a_reason(tmp_path: Path) -> None:
    """What is added to the schema must be given its place in this."""
    path = tmp_path / "weeknotes.db"
    asyncio.run(seed(path, 1))
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        }
    assert tables.pop("journals") == {*SETTINGS, *SETTINGS_LEFT_OUT}
    assert "title" in tables.pop("links")
    for name, table in TABLES.items():
        assert tables.pop(name) == {*table.columns, *table.left_out}, name
        assert {*table.refers, *table.parsed} <= {*table.columns}
    assert tables.keys() == NOT_EXPORTED.keys()
