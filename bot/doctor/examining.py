"""The whole examination, from the settings to Telegram; it changes nothing but on request."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.clock import SystemClock
from bot.adapters.masking import Mask
from bot.adapters.shelf import Shelf
from bot.config import Settings, SettingsError
from bot.doctor.findings import Diagnosis, Finding, fault, note, ok
from bot.doctor.places import examine_env_file, examine_fonts, examine_places
from bot.doctor.records import examine_database, unusable
from bot.doctor.retrying import want_letters
from bot.doctor.server import examine_server
from bot.services.ports import Clock
from bot.storage.stocktaking import looking_at


def refused(error: SettingsError, clock: Clock | None = None) -> Diagnosis:
    """What is wrong with settings that cannot be used; nothing else can be looked at then."""
    found = [fault("settings", f"{f.setting} {f.fault}", f.remedy) for f in error.faults]
    rest = note("the rest", "it was not looked at", "mend the settings, and ask again")
    now = (clock or SystemClock()).now()
    return Diagnosis((*found, rest), now, Mask(), has_faulty_settings=True)


async def examine(
    settings: Settings, env_file: Path, *, retry: bool = False, clock: Clock | None = None
) -> Diagnosis:
    """Everything that can be found out; with `retry`, dead letters are to be taken up again."""
    now = clock or SystemClock()
    findings = [
        *_settings(settings),
        *examine_env_file(env_file),
        *await asyncio.to_thread(examine_places, settings.data_dir),
        await asyncio.to_thread(examine_fonts),
    ]
    if retry:
        findings.append(await want_letters(settings.database))
    shelf = Shelf(settings.pictures)
    findings += await _database(settings.database, shelf, now.now(), settings.zone)
    findings += await examine_server(settings, now)
    return Diagnosis(tuple(findings), now.now(), Mask(settings.secrets()))


def _settings(settings: Settings) -> list[Finding]:
    found = [
        note("settings", f"{warning.setting} {warning.fault}", warning.remedy)
        for warning in settings.warnings
    ]
    return found or [ok("settings", "all of them can be used")]


async def _database(path: Path, shelf: Shelf, now: datetime, zone: ZoneInfo) -> list[Finding]:
    if not await asyncio.to_thread(path.exists):
        return [note("database", f"{path} is not there yet", "`weeknotes run` makes it")]
    try:
        async with looking_at(path) as database:
            return await examine_database(database, shelf, now, zone)
    except sqlite3.Error as error:
        return [await unusable("database", error, path)]
