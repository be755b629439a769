"""When what is stored moves from the log into the database."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from pathlib import Path
from unittest.mock import AsyncMock, patch

import pytest

from bot.services import checkpoints
from bot.services.checkpoints import Checkpoints
from bot.storage.database import Database


async def test_the_log_is_emptied_after_so_many_commits_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also after it once could not be."""
    monkeypatch.setattr(checkpoints, "_COMMITS", 3)
    caplog.set_level(logging.WARNING)
    emptied = AsyncMock(side_effect=[sqlite3.OperationalError("disk I/O error"), None])
    with patch.object(Database, "checkpoint", emptied):
        async with await Database.open(tmp_path / "weeknotes.db") as database:
            running = asyncio.create_task(Checkpoints(database).run())
            for commits, times in ((2, 0), (1, 1), (2, 1), (1, 2)):
                for _ in range(commits):
                    async with database.atomic():
                        pass
                await asyncio.sleep(0.01)
                assert emptied.await_count == times
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert "will be later: disk I/O error" in caplog.text
