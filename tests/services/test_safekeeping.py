"""A copy of the database each day, seven of them, and never a fault that ends the bot."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.safekeeping import Safekeeping
from tests.clock import FakeClock
from tests.e2e.processes import until
from tests.storage.seeding import count, fill, scribble, seed


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database of some hundred pages."""
    path = tmp_path / "weeknotes.db"
    await seed(path, entries=2000)
    return path


def _copies(path: Path) -> list[str]:
    return sorted(copy.name for copy in (path.parent / "backups").iterdir())


async def test_seven_days_are_kept(path: Path, clock: FakeClock) -> None:
    """One copy a day however often the bot knocks or starts; the oldest go."""
    for day in range(10):
        for _ in range(2):
            await Safekeeping(path, clock).keep_today()
        fill(path, 1, first=10_000 + day)
        clock.advance(timedelta(days=1))
    assert _copies(path) == [f"daily-2023-10-{day:02}.db" for day in range(7, 14)]
    assert count(path.parent / "backups" / "daily-2023-10-13.db") == 2009


async def test_a_copy_is_made_once_it_is_wanted(path: Path, clock: FakeClock) -> None:
    """The knock wakes the one that copies, and does not wait for it."""
    keeping = Safekeeping(path, clock)
    running = asyncio.create_task(keeping.run())
    await asyncio.sleep(0.05)
    assert not (path.parent / "backups").exists()
    await keeping.knock()
    await until((path.parent / "backups" / "daily-2023-10-04.db").exists)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_copies_of_a_clock_that_was_wrong_push_out_no_right_ones(
    path: Path, clock: FakeClock
) -> None:
    """What is dated in the future goes first."""
    now = clock.now()
    for day in range(7):
        clock.set(now + timedelta(days=4000 + day))
        await Safekeeping(path, clock).keep_today()
    for day in range(2):
        clock.set(now + timedelta(days=day))
        await Safekeeping(path, clock).keep_today()
    assert len(_copies(path)) == 7
    assert _copies(path)[:2] == ["daily-2023-10-04.db", "daily-2023-10-05.db"]


async def test_a_failed_copy_is_a_line_in_the_log_and_tried_again_after_an_hour(
    path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Not at each knock."""
    backups = path.parent / "backups"
    backups.write_text("a file where the folder should be", "utf-8")
    keeping = Safekeeping(path, clock)
    for _ in range(3):
        await keeping.keep_today()
        clock.advance(timedelta(minutes=10))
    assert caplog.text.count("there is no copy of the database for today") == 1
    assert "a file is where a folder should be" in caplog.text
    backups.unlink()
    clock.advance(timedelta(hours=1))
    await keeping.keep_today()
    assert _copies(path) == ["daily-2023-10-04.db"]


async def test_a_damaged_database_pushes_out_no_good_copy(
    path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the fault each time, and the copies of better days stay."""
    await Safekeeping(path, clock).keep_today()
    scribble(path)
    for _ in range(10):
        clock.advance(timedelta(days=1))
        await Safekeeping(path, clock).keep_today()
    assert _copies(path) == ["daily-2023-10-04.db"]
    assert caplog.text.count("the database is damaged") == 10


async def test_what_a_kill_left_half_done_is_cleared_away(path: Path, clock: FakeClock) -> None:
    """The next copy begins with it."""
    left = path.parent / "backups" / ".unfinished-abc"
    left.mkdir(parents=True)
    (left / "daily-2023-10-03.db").write_bytes(b"half")
    await Safekeeping(path, clock).keep_today()
    assert _copies(path) == ["daily-2023-10-04.db"]


async def test_who_stops_the_bot_does_not_wait_for_a_copy(path: Path, clock: FakeClock) -> None:
    """It is given up, and nothing of it is left."""
    fill(path, 60_000, first=10_000)
    copying = asyncio.create_task(Safekeeping(path, clock).keep_today())
    backups = path.parent / "backups"
    await until(lambda: any(backups.glob("*/*")))
    copying.cancel()
    async with asyncio.timeout(1):
        await asyncio.gather(copying, return_exceptions=True)
    assert _copies(path) == []
