"""An empty journal becomes the one that was exported."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, get_args

from bot.domain.archive.export_paths import can_be_written
from bot.domain.grammar.calendar import week_of_key
from bot.domain.journal import Journal, Language
from bot.domain.templates import READY, DocumentTemplateError, check_template
from bot.domain.titles import TitleTemplateError, check_title_template
from bot.services.configuring import reschedule
from bot.services.exporting import FORMAT, VERSION
from bot.services.ports import PictureShelf
from bot.storage import filled_weeks, journals, nodes, portable_loading
from bot.storage.database import Connection, Database
from bot.storage.portable import Values
from bot.storage.portable_loading import BadContentError

LARGEST: Final = 256 * 1024 * 1024

ReadFile = Callable[[str], Awaitable[bytes | None]]
"""The content of a file by its path in the export; None where it is not there."""


class NotRebuiltError(Exception):
    """The journal cannot be made of the content; the message says where it is wrong."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the journal holds now, and the paths of files that did not come with the export."""

    weeks: int
    entries: int
    files: int
    missing: tuple[str, ...]


class Rebuilding:
    """Makes journals of exports."""

    def __init__(self, database: Database, shelf: PictureShelf) -> None:
        self._database = database
        self._shelf = shelf

    async def is_empty(self, journal: Journal) -> bool:
        """Whether the journal holds nothing, so that an export can become it."""
        async with self._database.snapshot() as connection:
            return not await portable_loading.holds_anything(connection, journal.id)

    async def rebuild(self, journal: Journal, content: Values, read_file: ReadFile) -> Rebuilt:
        """The empty journal is the exported one. Raises NotRebuiltError, and nothing is changed."""
        present, missing = await self._keep_files(content, read_file)
        lacking = frozenset(_paths(content)) - present
        try:
            async with self._database.atomic() as connection:
                if await portable_loading.holds_anything(connection, journal.id):
                    raise NotRebuiltError("the journal holds something already")
                await portable_loading.load(connection, journal.id, content, lacking)
                # What cannot be read is better refused now than found on Sunday.
                await _check(connection, journal)
                await reschedule(connection, journal.id)
                weeks = await filled_weeks.every(connection, journal.id)
        except (sqlite3.IntegrityError, sqlite3.OperationalError, sqlite3.InterfaceError) as error:
            raise NotRebuiltError(f"the content does not fit together ({error})") from error
        except BadContentError as error:
            raise NotRebuiltError(str(error)) from error
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise NotRebuiltError(f"a value is none that there can be ({error})") from error
        return Rebuilt(len(weeks), len(content["entries"]), len(present), tuple(missing))

    async def fill(self, journal: Journal, content: Values, read_file: ReadFile) -> int:
        """How many files have come that the journal lacked since it was rebuilt."""
        try:
            present, _ = await self._keep_files(content, read_file)
            async with self._database.atomic() as connection:
                return await portable_loading.fill(connection, journal.id, content, present)
        except BadContentError as error:
            raise NotRebuiltError(str(error)) from error

    async def _keep_files(
        self, content: Values, read_file: ReadFile
    ) -> tuple[frozenset[str], list[str]]:
        """The SHA-256 of the files that came, and the paths of those that did not."""
        present: set[str] = set()
        missing: list[str] = []
        for sha256, path in _paths(content).items():
            if not can_be_written(path):
                raise NotRebuiltError(f"paths: {path!r} is none inside of the export")
            found = await read_file(path)
            if found is None:
                missing.append(path)
                continue
            if await asyncio.to_thread(_sha256, found) != sha256:
                raise NotRebuiltError(f"{path}: it is not the file that was exported")
            await self._shelf.keep(found)
            present.add(sha256)
        return frozenset(present), missing


def read_content(source: bytes) -> Values:
    """What an export's JSON says. Raises NotRebuiltError. Blocking."""
    if len(source) > LARGEST:
        raise NotRebuiltError(f"it has {len(source) // 1024**2} MB, which is no journal")
    try:
        content: Any = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise NotRebuiltError(f"it is no JSON that can be read ({type(error).__name__})") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotRebuiltError("it is no export of Weeknotes")
    version = content.get("version")
    if not isinstance(version, int) or version < 1:
        raise NotRebuiltError("version: it is no number")
    if version > VERSION:
        raise NotRebuiltError(
            f"version {version} was made by a newer version of the program, which is needed for it"
        )
    return content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _paths(content: Values) -> dict[str, str]:
    paths = content.get("paths")
    if not isinstance(paths, dict) or not all(isinstance(path, str) for path in paths.values()):
        raise NotRebuiltError("paths: it is no object of texts")
    return paths


async def _check(connection: Connection, journal: Journal) -> None:
    """Whatever the journal holds can be read. Raises what reading raises."""
    try:
        there = await journals.get(connection, journal.id)
    except OSError:
        # So does the library say that it knows no zone of a very long name.
        raise BadContentError("journal, zone", "there is no such zone") from None
    if there.language not in get_args(Language):
        raise BadContentError("journal, language", f"it is none of {get_args(Language)}")
    try:
        check_title_template(there.title_template)
    except TitleTemplateError as error:
        raise BadContentError("journal, title_template", f"{error.words} is wrong") from error
    try:
        if there.document_template is not None and there.document_template not in READY:
            await asyncio.to_thread(check_template, there.document_template)
    except DocumentTemplateError as error:
        raise BadContentError("journal, document_template", error.reason) from error
    for week in await portable_loading.weeks_named(connection, journal.id):
        await nodes.of_week(connection, journal.id, week_of_key(week))
