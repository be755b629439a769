"""A migration that is cut off at any statement is done by the next start, and loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.services.opening import open_database
from bot.storage import migrations
from bot.storage.integrity import check
from bot.storage.migrations import known_schema, schema_of
from bot.storage.schema import MIGRATIONS
from tests.clock import FakeClock
from tests.storage.seeding import as_of_version, count, fill

_CUTS = [
    pytest.param(step, done, id=f"step {step} after {done}")
    for step, (_, statements) in enumerate(MIGRATIONS, 1)
    for done in range(len(statements) + 1)
]


def _cut(step: int, done: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The migrations, of which that step comes no further than so many statements."""
    description, statements = MIGRATIONS[step - 1]
    cut = (description, (*statements[:done], "the program ends here"))
    return (*MIGRATIONS[: step - 1], cut, *MIGRATIONS[step:])


def _structure(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name != 'migrations' AND sql IS NOT NULL"
            " ORDER BY name"
        ).fetchall()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """What a database is made of that went through all steps at once."""
    path = tmp_path_factory.mktemp("fresh") / "weeknotes.db"
    as_of_version(path, len(MIGRATIONS))
    return _structure(path)


@pytest.mark.parametrize(("step", "done"), _CUTS)
async def test_a_cut_off_migration_is_done_by_the_next_start(
    tmp_path: Path, clock: FakeClock, fresh: list[tuple[str, str]], step: int, done: int
) -> None:
    """No step is half done meanwhile, and what was in the database is in it afterwards."""
    path = tmp_path / "weeknotes.db"
    if step > 1:
        as_of_version(path, step - 1)
        fill(path, 50)
        before = _structure(path)
    else:
        before = []
    with (
        patch.object(migrations, "MIGRATIONS", _cut(step, done)),
        pytest.raises(sqlite3.OperationalError, match="syntax error"),
    ):
        await open_database(path, clock)
    assert schema_of(path) == step - 1
    assert _structure(path) == before
    async with await open_database(path, clock) as database:
        assert await check(database) == []
    assert schema_of(path) == known_schema()
    assert _structure(path) == fresh
    assert count(path) == (50 if step > 1 else 0)
