"""Backups beside the live bot: the program itself makes and restores them."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.adapters.backups.layout import place_of
from bot.sandbox.person import Message
from bot.services.safekeeping import Safekeeping
from bot.storage.integrity import check_file
from tests.clock import FakeClock
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg
from tests.e2e.processes import Theatre, theatre, until
from tests.storage.seeding import count, fill, scribble

_LIMIT_SECONDS = 60
# A busy machine takes its time; a loop that waits for a copy would take several times this.
_SOON_SECONDS = 2.0


async def _weeknotes(stage: Theatre, *words: str, data: str = "data") -> tuple[int, str]:
    """Exit status and output of another run of the program, beside the one that runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=stage.folder,
        env={**stage.program.environ, "BOT_DATA_DIR": str(stage.folder / data)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(_LIMIT_SECONDS):
        output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def test_a_backup_beside_the_live_bot_and_the_way_back(tmp_path: Path) -> None:
    """Messages go on meanwhile; while the bot runs nothing is restored over its database."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.wait_for_reaction(await stage.person.send("#life 之前"))
        await stage.person.send_picture(jpeg(), "#life 图")
        await until(lambda: bool(stage.rows("SELECT 1 FROM pictures WHERE sha256 IS NOT NULL")))
        pouring = asyncio.create_task(_pour(stage))
        status, output = await _weeknotes(stage, "backup", "backup.zip")
        answered = await pouring
        assert status == 0, output
        assert "1 picture," in output
        assert answered > 0
        status, output = await _weeknotes(stage, "restore", "--replace", "backup.zip")
        assert status == 1
        assert "a program has it open\n  stop the bot first" in output
        status, _ = await stage.program.terminate()
        assert status == 0

        status, output = await _weeknotes(stage, "restore", "backup.zip")
        assert status == 1
        assert "a database is there already" in output
        status, output = await _weeknotes(stage, "restore", "backup.zip", data="elsewhere")
        assert (status, "restored from backup.zip" in output) == (0, True), output
        restored = tmp_path / "elsewhere" / "weeknotes.db"
        assert check_file(restored) == []
        assert 2 <= count(restored) <= count(tmp_path / "data" / "weeknotes.db")
        with closing(sqlite3.connect(restored)) as connection:
            [(sha256,)] = connection.execute("SELECT sha256 FROM pictures").fetchall()
        assert (tmp_path / "elsewhere" / place_of(sha256)).exists()

        stage.program.environ["BOT_DATA_DIR"] = str(tmp_path / "elsewhere")
        await stage.start()
        await stage.person.wait_for_reaction(await stage.person.send("#life 之后"))


async def _pour(stage: Theatre) -> int:
    """How many messages were answered within a second or so, all of them."""
    told: list[Message] = []
    ends_at = time.monotonic() + 1.5
    while time.monotonic() < ends_at:
        told.append(await stage.person.send(f"#life 第 {len(told)} 条"))
        await asyncio.sleep(0.02)
    for message in told:
        await stage.person.wait_for_reaction(message)
    return len(told)


async def test_a_backup_lacks_no_picture_in_silence(tmp_path: Path) -> None:
    """Status 1 and its path, and the backup is there with all the rest."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.send_picture(jpeg(), "#life 图")
        await until(lambda: bool(stage.rows("SELECT 1 FROM pictures WHERE sha256 IS NOT NULL")))
        [(sha256,)] = stage.rows("SELECT sha256 FROM pictures")
        (tmp_path / "data" / place_of(sha256)).unlink()
        status, output = await _weeknotes(stage, "backup", "backup.zip")
        assert status == 1
        assert f"{place_of(sha256)}: missing from the backup" in output
        status, output = await _weeknotes(stage, "restore", "backup.zip", data="elsewhere")
        assert status == 1
        assert f"{place_of(sha256)}: missing, because the backup does not hold it" in output


async def test_a_bot_that_was_killed_can_be_backed_up(tmp_path: Path) -> None:
    """What is only in the journal yet is in the backup too."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.wait_for_reaction(await stage.person.send("#life 之前"))
        await stage.program.kill()
        status, output = await _weeknotes(stage, "backup", "backup.zip")
        assert status == 0, output
        status, _ = await _weeknotes(stage, "restore", "backup.zip", data="elsewhere")
        assert status == 0
        assert count(tmp_path / "elsewhere" / "weeknotes.db") == 1


async def test_the_command_that_a_damaged_database_is_answered_with_mends_it(
    tmp_path: Path,
) -> None:
    """The bot says it at its start; typed as it stands, it brings back the last daily copy."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        await stage.person.wait_for_reaction(await stage.person.send("#life 之前"))
        await stage.program.terminate()
        database = tmp_path / "data" / "weeknotes.db"
        status, output = await _weeknotes(stage, "restore", "data/none.zip")
        assert (status, "there is no such file" in output) == (1, True)
        (tmp_path / "data" / "backups").mkdir()
        copy = tmp_path / "data" / "backups" / "daily-2023-10-03.db"
        copy.write_bytes(database.read_bytes())
        scribble(database)
        await stage.program.start()
        assert await stage.program.ended() == 1
        assert "Traceback" not in stage.program.output
        command = stage.program.output.rpartition("weeknotes ")[2].split()
        assert command == ["restore", "--replace", str(copy)]
        status, output = await _weeknotes(stage, *command)
        assert status == 0, output
        await stage.start()
        assert stage.rows("SELECT count(*) FROM entries")[0][0] == 1


async def test_acknowledgements_go_on_while_the_database_is_copied(
    scene: Scene, record_property: Callable[[str, object], None]
) -> None:
    """A database of some MB is copied again and again; each message is answered soon."""
    copies = 0

    async def copy(path: Path) -> None:
        nonlocal copies
        days = FakeClock()
        keeping = Safekeeping(path, days)
        while True:
            await keeping.keep_today()
            days.advance(timedelta(days=1))
            copies += 1

    async with scene.bot() as bot:
        await scene.write("#life 之前")
        await asyncio.to_thread(fill, bot.database.path, 30_000, 100_000)
        slowest = {"alone": 0.0, "beside copies": 0.0}
        for circumstances in slowest:
            beside = circumstances != "alone"
            copying = asyncio.create_task(copy(bot.database.path)) if beside else None
            for number in range(40):
                began = time.perf_counter()
                message = await scene.person.send(f"#life 第 {number} 条")
                assert await scene.person.wait_for_reaction(message) == "✍"
                seconds = time.perf_counter() - began
                slowest[circumstances] = max(slowest[circumstances], seconds)
                await asyncio.sleep(0.01)
            if copying is not None:
                copying.cancel()
                await asyncio.gather(copying, return_exceptions=True)
    copy_made = next((scene.folder / "data" / "backups").glob("daily-*.db"))
    record_property("copies made", copies)
    record_property("bytes of each", copy_made.stat().st_size)
    record_property("slowest acknowledgement, seconds", slowest)
    assert copies >= 1
    assert copy_made.stat().st_size > 5_000_000
    assert slowest["beside copies"] < _SOON_SECONDS
