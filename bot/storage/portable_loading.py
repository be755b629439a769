"""An empty journal becomes what exported values say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.domain.entry import JournalId
from bot.storage.database import Connection
from bot.storage.portable import Values
from bot.storage.portable_tables import SETTINGS, TABLES, Table, removed_with

# The integers of SQLite have 64 bits; NaN compares with nothing.
_TOO_MUCH: Final = 2**63


class BadContentError(ValueError):
    """The content makes no journal; `place` says where."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place


async def holds_anything(connection: Connection, journal_id: JournalId) -> bool:
    """Whether the journal has entries, weeks or files."""
    for name in ("entries", "originals", "pictures", "weeks"):
        rows = await connection.execute_fetchall(
            f"SELECT 1 FROM {name} WHERE journal_id = ? LIMIT 1",  # noqa: S608 -- named here
            (journal_id,),
        )
        if any(rows):
            return True
    return False


async def load(
    connection: Connection, journal_id: JournalId, content: Values, missing: frozenset[str]
) -> None:
    """The empty journal is what the content says; files that are `missing` (SHA-256) wait.

    Within a transaction, which has to be taken back where this raises BadContentError, or
    sqlite3.Error for values that the schema refuses.
    """
    await connection.execute("PRAGMA defer_foreign_keys = ON")
    settings = dict(_object(content.get("journal"), "journal", SETTINGS.values()))
    # Whether it is a person's or a group's is the chat's business.
    columns = [name for name in SETTINGS if name != "personal"]
    settings["sections"] = json.dumps(settings["sections"], ensure_ascii=False)
    named = ", ".join(f"{name} = ?" for name in columns)
    await connection.execute(
        f"UPDATE journals SET {named} WHERE id = ?",  # noqa: S608 -- named above
        (*(_plain(settings[key], key) for key in (SETTINGS[name] for name in columns)), journal_id),
    )
    bases: dict[str, int] = {}
    for name, table in TABLES.items():
        if "id" in table.columns and name != "chats":
            [(base,)] = await connection.execute_fetchall(
                f"SELECT coalesce(max(id), 0) FROM {name}"  # noqa: S608 -- named above
            )
            bases[name] = base
    counts = {name: len(_rows(content, TABLES[name])) for name in TABLES}
    for name, table in TABLES.items():
        rows = [
            _to_row(name, table, values, number, bases, counts, missing)
            for number, values in enumerate(_rows(content, table), 1)
        ]
        if name == "nodes":
            _check_tree(rows)
        if name == "entries":
            await _number_imports(connection, rows)
            for row in rows:
                # Each message shows its reaction already, in the chat where it stands.
                row["reaction_shown"] = row["reaction"]
        if name == "chats":
            rows = await _own_chats(connection, journal_id, rows)
        await _insert(connection, name, journal_id, rows)
    titles = content.get("titles")
    if not isinstance(titles, dict):
        raise BadContentError("titles", "it is no object")
    titled = [(address, _plain(title, "titles")) for address, title in titles.items()]
    await connection.executemany(
        "INSERT INTO links (address, title) VALUES (?, ?) ON CONFLICT (address)"
        " DO UPDATE SET title = excluded.title WHERE title IS NULL",
        titled,
    )


def _plain(value: object, place: str) -> str | bytes | int | float | None:
    """The value, which a column can hold. Raises BadContentError."""
    if value is None or isinstance(value, str | bytes):
        return value
    if isinstance(value, int | float) and abs(value) < _TOO_MUCH:
        return value
    raise BadContentError(place, "it is neither a text nor a number that there can be")


def _rows(content: Values, table: Table) -> Sequence[Any]:
    rows = content.get(table.key)
    if not isinstance(rows, list):
        raise BadContentError(table.key, "it is no list")
    return rows


def _object(values: object, place: str, keys: Iterable[str]) -> Values:
    if not isinstance(values, dict):
        raise BadContentError(place, "it is no object")
    lacking = [key for key in keys if key not in values]
    if lacking:
        raise BadContentError(place, f"it has no {lacking[0]}")
    return values


def _to_row(
    name: str,
    table: Table,
    values: object,
    number: int,
    bases: Mapping[str, int],
    counts: Mapping[str, int],
    missing: frozenset[str],
) -> Values:
    place = f"{table.key} {number}"
    given = _object(values, place, table.columns.values())
    row: Values = {}
    for column, key in table.columns.items():
        value = given[key]
        where = f"{place}, {key}"
        if column == "id" and name in bases:
            if value != number:
                raise BadContentError(where, "ids count from 1")
            value = bases[name] + number
        elif column in table.refers and value is not None:
            value = _id(value, table.refers[column], where, bases, counts)
        elif column in table.parsed:
            value = json.dumps(value, ensure_ascii=False)
        elif column == "removed_with" and value is not None:
            value = _id(value, removed_with(given["removed"]), where, bases, counts)
        elif name == "originals" and column == "content":
            if not isinstance(value, str):
                raise BadContentError(where, "it is no text")
            value = value.encode()
        row[column] = _plain(value, where)
    if name == "pictures" and row["sha256"] in missing:
        row |= {"sha256": None, "retry_at": None, "fault": "its file did not come with the export"}
    return row


def _id(
    value: object, table: str, place: str, bases: Mapping[str, int], counts: Mapping[str, int]
) -> int:
    if not isinstance(value, int) or not 1 <= value <= counts[table]:
        raise BadContentError(place, f"there is no such one of {TABLES[table].key}")
    return bases[table] + value


def _check_tree(rows: Sequence[Values]) -> None:
    """Raises BadContentError where a line stands below itself."""
    parents = {row["id"]: row["parent_id"] for row in rows}
    sound: set[int] = set()
    for number, start in enumerate(parents, 1):
        path: set[int] = set()
        at: int | None = start
        while at is not None and at not in sound:
            if at in path:
                raise BadContentError(f"lines {number}, parent", "the line stands below itself")
            path.add(at)
            at = parents[at]
        sound |= path


async def weeks_named(connection: Connection, journal_id: JournalId) -> list[str]:
    """The weeks that anything of the journal names, as it names them."""
    weeks: set[str] = set()
    for name, table in TABLES.items():
        if "week" in table.columns:
            rows = await connection.execute_fetchall(
                f"SELECT DISTINCT week FROM {name} WHERE journal_id = ?",  # noqa: S608 -- named there
                (journal_id,),
            )
            weeks.update(row["week"] for row in rows)
    return sorted(weeks)


async def _number_imports(connection: Connection, rows: Sequence[Values]) -> None:
    """Entries that stand for imported reports belong to no chat; the database numbers them."""
    [(last,)] = await connection.execute_fetchall(
        "SELECT coalesce(max(message_id), 0) FROM entries WHERE chat_id = 0"
    )
    for row in rows:
        if row["imported"]:
            last += 1
            row |= {"chat_id": 0, "message_id": last}


async def _own_chats(
    connection: Connection, journal_id: JournalId, rows: Sequence[Values]
) -> list[Values]:
    """The chats that the journal has already, and those that its group was before.

    An export opens a journal to nobody: who writes in a chat sees all of its journal.
    """
    found = await connection.execute_fetchall(
        "SELECT id FROM chats WHERE journal_id = ?", (journal_id,)
    )
    own = {row["id"] for row in found}
    given = {row["id"] for row in rows}
    # The ids of groups are negative.
    is_same_group = bool(own & given) and max(own) < 0
    return [row for row in rows if row["id"] in own or (is_same_group and row["id"] < 0)]


async def _insert(
    connection: Connection, name: str, journal_id: JournalId, rows: Sequence[Values]
) -> None:
    if not rows:
        return
    columns = ["journal_id", *rows[0]]
    places = ", ".join("?" * len(columns))
    # A chat may have this journal already, since a moment ago; or another one by now.
    unless = (
        " ON CONFLICT (id) DO UPDATE SET since = excluded.since"
        " WHERE journal_id = excluded.journal_id"
        if name == "chats"
        else ""
    )
    await connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places}){unless}",  # noqa: S608 -- named above
        [(journal_id, *row.values()) for row in rows],
    )


async def fill(
    connection: Connection, journal_id: JournalId, content: Values, present: frozenset[str]
) -> int:
    """How many files of the journal have come that were missing."""
    filled = 0
    for values in _rows(content, TABLES["pictures"]):
        if isinstance(values, dict) and values.get("sha256") in present:
            cursor = await connection.execute(
                "UPDATE pictures SET sha256 = ?, retry_at = NULL, fault = NULL"
                " WHERE journal_id = ? AND name = ? AND sha256 IS NULL",
                (values["sha256"], journal_id, values.get("name")),
            )
            filled += cursor.rowcount
    return filled
