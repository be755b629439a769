"""The files that imported weeks came from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came, and the canonical Markdown that it was compiled to right then."""

    content: bytes
    baseline: str


async def keep(
    connection: Connection, journal_id: JournalId, week: IsoWeek, original: Original
) -> None:
    """The week came from this file, whatever it came from before."""
    await connection.execute(
        "INSERT INTO originals VALUES (?, ?, ?, ?) ON CONFLICT (journal_id, week)"
        " DO UPDATE SET content = excluded.content, baseline = excluded.baseline",
        (journal_id, str(week), original.content, original.baseline),
    )


async def forget(connection: Connection, journal_id: JournalId, week: IsoWeek) -> None:
    """The week's lines say all that there is of it."""
    await connection.execute(
        "DELETE FROM originals WHERE journal_id = ? AND week = ?", (journal_id, str(week))
    )


async def of_week(connection: Connection, journal_id: JournalId, week: IsoWeek) -> Original | None:
    """The file that the week came from."""
    rows = await connection.execute_fetchall(
        "SELECT content, baseline FROM originals WHERE journal_id = ? AND week = ?",
        (journal_id, str(week)),
    )
    for row in rows:
        return Original(row["content"], row["baseline"])
    return None


async def attach(
    connection: Connection, journal_id: JournalId, week: IsoWeek, path: str, sha256: str
) -> bool:
    """Whether that is new: the report's picture at the path has that content now."""
    cursor = await connection.execute(
        """
        INSERT INTO attachments VALUES (?, ?, ?, ?) ON CONFLICT (journal_id, week, path)
        DO UPDATE SET sha256 = excluded.sha256 WHERE sha256 <> excluded.sha256
        """,
        (journal_id, str(week), path, sha256),
    )
    return cursor.rowcount == 1


async def attachments(
    connection: Connection, journal_id: JournalId, week: IsoWeek
) -> list[tuple[str, str]]:
    """Path and SHA-256 of each picture that came with the week's report."""
    rows = await connection.execute_fetchall(
        "SELECT path, sha256 FROM attachments WHERE journal_id = ? AND week = ? ORDER BY path",
        (journal_id, str(week)),
    )
    return [(row["path"], row["sha256"]) for row in rows]
