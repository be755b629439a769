"""A journal as plain values, from which the same journal can be made in another database.

Ids are counted from 1 in the order of the rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from sqlite3 import Row
from typing import Any, Final

from bot.domain.entry import JournalId
from bot.storage import links
from bot.storage.database import Connection
from bot.storage.portable_tables import SETTINGS, TABLES, Table, removed_with

Values = dict[str, Any]

# Only links that show no words of their own get their pages' titles.
_ADDRESS: Final = re.compile(r"<(https?://[^<>\s]+)>", re.IGNORECASE)


async def dump(connection: Connection, journal_id: JournalId) -> Values:
    """The journal: its settings, and the rows of each table by the table's key."""
    [row] = await connection.execute_fetchall("SELECT * FROM journals WHERE id = ?", (journal_id,))
    settings = {key: row[name] for name, key in SETTINGS.items()}
    settings["sections"] = json.loads(settings["sections"])
    content: Values = {"journal": settings}
    numbers: dict[str, dict[int, int]] = {}
    for name, table in TABLES.items():
        rows = list(
            await connection.execute_fetchall(
                f"SELECT * FROM {name} WHERE journal_id = ? ORDER BY {table.order}",  # noqa: S608 -- named above
                (journal_id,),
            )
        )
        if "id" in table.columns and name != "chats":
            numbers[name] = {row["id"]: number for number, row in enumerate(rows, 1)}
        content[table.key] = [_to_values(name, table, row, numbers) for row in rows]
    content["titles"] = await _titles(connection, journal_id)
    return content


def _to_values(
    name: str, table: Table, row: Row, numbers: Mapping[str, Mapping[int, int]]
) -> Values:
    values: Values = {}
    for column, key in table.columns.items():
        value = row[column]
        if column == "id" and name in numbers:
            value = numbers[name][value]
        elif column in table.refers and value is not None:
            value = numbers[table.refers[column]].get(value)
        elif column in table.parsed:
            value = json.loads(value)
        elif column == "removed_with" and value is not None:
            value = numbers[removed_with(row["removed"])].get(value)
        elif isinstance(value, bytes):
            # A report that was imported is UTF-8; its line ends and its mark stay in the text.
            value = value.decode()
        if name == "entries" and column == "message_id" and row["imported"]:
            value = 0
        values[key] = value
    return values


async def _titles(connection: Connection, journal_id: JournalId) -> dict[str, str]:
    rows = await connection.execute_fetchall(
        "SELECT text FROM nodes WHERE journal_id = ? AND instr(text, '://')", (journal_id,)
    )
    addresses = {address for row in rows for address in _ADDRESS.findall(row["text"])}
    return dict(sorted((await links.titles(connection, addresses)).items()))
