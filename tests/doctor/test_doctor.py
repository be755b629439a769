"""What the doctor says of an installation, without asking Telegram: each line, good and bad."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.shelf import Shelf
from bot.storage.migrations import known_schema
from tests.doctor.installation import Installation

_SHA256 = "a" * 64


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An empty one."""
    return Installation(tmp_path, monkeypatch)


async def _sound(installation: Installation) -> None:
    database, _ = await installation.found()
    await database.close()


def test_before_the_first_start_there_is_nothing_to_mend(installation: Installation) -> None:
    """No folder, no database, no token: notes, each with what to do, and nothing is made."""
    result = installation.doctor()
    assert result.exit_code == 0
    assert "data is not there yet\n       `weeknotes run` makes it\n" in result.stdout
    assert "BOT_TOKEN is not set, so Telegram was not asked" in result.stdout
    assert "0 faults, 3 notes" in result.stdout
    assert not installation.data.exists()


def test_a_sound_installation_has_only_good_lines(installation: Installation) -> None:
    """Every thing is named, and all but the token that is not there are well."""
    asyncio.run(_sound(installation))
    found = installation.findings()
    assert installation.doctor().exit_code == 0
    levels = {thing: {finding["level"] for finding in of} for thing, of in found.items()}
    assert levels.pop("token") == {"note"}
    assert set(levels) == {
        "settings", "data directory", "disk", "database", "pictures", "downloads", "dead letters",
        "fonts",        "journal 1", "acknowledgements",
    }  # fmt: skip
    assert set().union(*levels.values()) == {"ok"}
    assert [of["state"] for of in found["database"]] == [
        f"it has schema {known_schema()}, which is this version's",
        "it is whole",
    ]


def test_all_faults_of_the_settings_are_lines_and_the_status_is_2(
    installation: Installation,
) -> None:
    """Each with its remedy; the rest is not looked at."""
    settings = {"BOT_TIMEZONE": "Asia/Shanghei", "BOT_DRAFT_AT": "someday"}
    result = installation.doctor(**settings)
    assert result.exit_code == 2
    assert "fault  settings: BOT_TIMEZONE is 'Asia/Shanghei', which is no time zone\n" in (
        result.stdout
    )
    assert "       did you mean Asia/Shanghai?\n" in result.stdout
    found = installation.findings(**settings)
    assert [finding["level"] for finding in found["settings"]] == ["fault", "fault"]
    assert set(found) == {"settings", "the rest"}


def test_a_file_with_the_token_that_others_can_read_is_noted(installation: Installation) -> None:
    """Also a setting in it that is none."""
    env_file = installation.folder / ".env"
    env_file.write_text("BOT_LANGAUGE=zh\n", encoding="utf-8")
    env_file.chmod(0o644)
    found = installation.findings()["settings"]
    assert [(of["level"], of["remedy"]) for of in found] == [
        ("note", "did you mean BOT_LANGUAGE?"),
        ("note", "chmod 600 .env"),
    ]


def test_a_folder_that_is_open_to_others_is_a_fault(installation: Installation) -> None:
    """The folder and the database in it, each with the command that mends it."""
    asyncio.run(_sound(installation))
    installation.data.chmod(0o755)
    installation.database.chmod(0o644)
    found = installation.findings()["data directory"]
    assert [of["level"] for of in found] == ["fault", "fault"]
    assert [of["remedy"] for of in found] == [
        f"chmod 700 {installation.data}",
        f"chmod 600 {installation.database}",
    ]


def test_a_folder_that_cannot_be_written_is_a_fault(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the system's words, and with what to do."""
    asyncio.run(_sound(installation))

    def refuse(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    [found] = installation.findings()["data directory"]
    assert found["level"] == "fault"
    assert "cannot be written to: Read-only file system" in found["state"]


@pytest.mark.parametrize(
    ("free", "level"),
    [(99_000_000, "fault"), (100_000_000, "note"), (999_000_000, "note"), (1_000_000_000, "ok")],
)
def test_the_disk_has_to_have_room(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    """Below 100 MB it is a fault, below a gigabyte a note."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(2**40, 0, free))
    [found] = installation.findings()["disk"]
    assert found["level"] == level
    assert found["state"].startswith(f"{free // 1_000_000} MB are free for ")
    assert bool(found["remedy"]) is (level != "ok")


def _no_database(path: Path) -> None:
    path.write_bytes(b"this is no database, but it is long enough to be one" * 100)


def _flipped(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(1, size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("damage", [_no_database, _flipped, _cut])
def test_a_damaged_database_is_a_fault_and_not_the_end(
    installation: Installation, damage: Callable[[Path], None]
) -> None:
    """The doctor says so with the way to a backup, goes on, and leaves the file as it is."""
    asyncio.run(_sound(installation))
    damage(installation.database)
    before = installation.database.read_bytes()
    result = installation.doctor("--retry")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "fault  database: " in result.stdout
    assert "restore a backup" in result.stdout
    assert "fault  retry: nothing was marked" in result.stdout
    assert "note   token: " in result.stdout
    assert installation.database.read_bytes() == before


def test_a_database_of_another_version_is_said_and_left_alone(installation: Installation) -> None:
    """An older one is upgraded by a start, a newer one needs the newer program."""
    asyncio.run(_sound(installation))
    installation.change(
        "DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)"
    )
    [schema, whole] = installation.findings()["database"]
    assert (schema["level"], whole["level"]) == ("note", "ok")
    assert schema["remedy"] == "start the bot of this version once: that upgrades it"
    [retry] = installation.findings("--retry")["retry"]
    assert retry["level"] == "fault"
    installation.change("INSERT INTO migrations VALUES (99, 'of the future', 0)")
    [schema, _] = installation.findings()["database"]
    assert schema["level"] == "fault"
    assert schema["state"] == f"it has schema 99, and this version knows {known_schema()}"


async def test_pictures_are_missing_or_nobody_names_them(installation: Installation) -> None:
    """What reports name and what lies there is compared; a fresh file may be on its way."""
    database, journal = await installation.found()
    shelf = Shelf(installation.data / "pictures")
    async with database:
        here = await shelf.keep(b"here")
        await installation.add_picture(database, journal, here)
        [found] = (await asyncio.to_thread(installation.findings))["pictures"]
        assert (found["level"], found["state"]) == ("ok", "1 file, and each is there")
        await installation.add_picture(database, journal, _SHA256)
        old = await shelf.keep(b"nobody's")
        await shelf.keep(b"of this minute")
        path = installation.data / "pictures" / old[:2] / old
        long_ago = path.stat().st_mtime - 7200
        os.utime(path, (long_ago, long_ago))
    [missing, orphaned] = (await asyncio.to_thread(installation.findings))["pictures"]
    assert missing["level"] == "fault"
    assert missing["details"] == [f"2023-W40-2.jpg ({_SHA256})"]
    assert orphaned["level"] == "note"
    assert orphaned["state"] == "1 file with 0.0 MB that no report names"
    assert orphaned["details"] == [f"{old[:2]}/{old}"]


async def test_downloads_that_wait_or_were_given_up_are_noted(installation: Installation) -> None:
    """With the fault, the number of tries and the next one."""
    database, journal = await installation.found()
    async with database:
        await installation.add_picture(database, journal, None)
        await installation.add_picture(database, journal, None)
    installation.change("UPDATE pictures SET tries = 30, retry_at = NULL, fault = 'it is too big'")
    installation.change("UPDATE pictures SET tries = 1, retry_at = 1700000000 WHERE id = 2")
    [waiting, given_up] = (await asyncio.to_thread(installation.findings))["downloads"]
    assert waiting["details"] == [
        "2023-W40-2.jpg: tried 1 time, next at 2023-11-15 06:13 Asia/Shanghai (it is too big)"
    ]
    assert given_up["details"] == ["2023-W40-1.jpg: tried 30 times (it is too big)"]
    assert {waiting["level"], given_up["level"]} == {"note"}


async def test_dead_letters_are_listed_and_marked_to_be_taken_up_again(
    installation: Installation,
) -> None:
    """Incident, date, kind of update and fault; `--retry` says what happens when."""
    database, _ = await installation.found()
    async with database:
        await installation.add_letter(database, '{"update_id": 7, "edited_message": {}}')
        await installation.add_letter(database, "no json")

    def look(*words: str) -> list[dict[str, Any]]:
        return installation.findings(*words)["dead letters"]

    [letters] = await asyncio.to_thread(look)
    at = SystemClock().now() - timedelta(days=1)
    assert letters["level"] == "fault"
    assert letters["state"] == "2 updates that could not be handled, kept whole"
    assert "weeknotes doctor --retry" in letters["remedy"]
    first, second = letters["details"]
    assert first.startswith(f"k3x9bcdf, {at:%Y}")
    assert first.endswith(" Asia/Shanghai, edited_message: KeyError('x')")
    assert ", unreadable: " in second
    result = await asyncio.to_thread(installation.doctor, "--retry")
    assert result.exit_code == 0
    assert "ok     retry: 2 dead letters to be taken up again: by the running bot" in result.stdout
    [letters] = await asyncio.to_thread(look)
    assert (letters["level"], letters["state"]) == ("note", "2 updates to be taken up again")


def test_a_retry_without_letters_says_so(installation: Installation) -> None:
    """Before the first start and after it."""
    [retry] = installation.findings("--retry")["retry"]
    assert retry["state"] == "there is no database, and so no dead letter"
    assert not installation.data.exists()
    asyncio.run(_sound(installation))
    [retry] = installation.findings("--retry")["retry"]
    assert (retry["level"], retry["state"]) == ("ok", "there is no dead letter")


async def test_the_schedule_is_told_in_each_journals_zone(installation: Installation) -> None:
    """When the next draft comes; overdue, closed and far away are told apart."""
    database, _ = await installation.found()
    await database.close()

    async def journal(due: str) -> tuple[str, str]:
        installation.change(f"UPDATE journals SET next_due_at = {due}")  # noqa: S608 -- a test's own
        [found] = (await asyncio.to_thread(installation.findings))["journal 1"]
        return found["level"], found["state"]

    level, state = await journal("4102416000")
    assert level == "note"
    assert state.endswith(": the next one is due only 2100-01-01 00:00 Asia/Shanghai")
    level, state = await journal("1696766400")
    assert level == "fault"
    assert "was due 2023-10-08 20:00 Asia/Shanghai and is overdue" in state
    level, state = await journal("unixepoch() + 60")
    assert level == "ok"
    level, state = await journal("unixepoch() - 60")
    assert level == "ok"
    level, state = await journal("NULL")
    assert level == "note"
    assert "its chat is closed to the bot" in state


async def test_a_zone_that_this_machine_does_not_know_is_a_fault(
    installation: Installation,
) -> None:
    """As after a move to a machine with older time zones."""
    database, _ = await installation.found()
    await database.close()
    installation.change("UPDATE journals SET zone = 'Mars/Olympus'")
    [found] = (await asyncio.to_thread(installation.findings))["schedule"]
    assert found["level"] == "fault"
    assert "Mars/Olympus" in found["state"]
    assert "tzdata" in found["remedy"]


async def test_acknowledgements_that_never_got_out_are_noted(installation: Installation) -> None:
    """How many in which chat."""
    database, journal = await installation.found()
    async with database:
        await installation.add_entry(database, journal)
    [found] = (await asyncio.to_thread(installation.findings))["acknowledgements"]
    assert found["level"] == "note"
    assert found["state"] == "1 stored message without one so far"
    assert found["details"] == ["chat 1001: 1 message"]


def test_looking_changes_nothing(installation: Installation) -> None:
    """Not one byte of the database, and no mode."""
    asyncio.run(_sound(installation))
    before = installation.database.read_bytes(), installation.database.stat().st_mtime_ns
    assert json.loads(installation.doctor("--json").stdout)["status"] == "ok"
    assert (installation.database.read_bytes(), installation.database.stat().st_mtime_ns) == before
