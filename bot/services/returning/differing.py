"""What a file that came back would change, of which weeks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.archive.filenames import other_week, week_of_file
from bot.domain.archive.front_matter import split
from bot.domain.archive.mending import mended
from bot.domain.archive.scripts import Script, carried_out, compare
from bot.domain.archive.unfolding import Leaf
from bot.domain.entry import NodeId, Part
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.journal import Journal
from bot.domain.local_pictures import leads_outside, local_pictures
from bot.domain.week import IsoWeek
from bot.services.returning.lateness import late_lines
from bot.services.returning.standing import StandingWeek, stand
from bot.services.returning.unpacking import Fault, Parcel, Refusal, RefusedError, ReturnedFile
from bot.storage import pictures
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would change in its week.

    `coming` are the pictures that come along with it, `missing` those that are nowhere. In place
    of the `staying` ones others came along, but they are people's messages. `late` are lines that
    came after the file had gone out: that they are not in it removes nothing.
    """

    file: ReturnedFile
    standing: StandingWeek
    new: Sequence[Leaf]
    script: Script
    coming: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    late: frozenset[NodeId] = frozenset()
    is_same: bool = False

    @property
    def week(self) -> IsoWeek:
        """The week."""
        return self.standing.week

    @property
    def is_none(self) -> bool:
        """Whether the week is just what the file says."""
        return self.is_same and not self.coming


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a message with a file would change, and the files in it that are refused.

    `leaves_out` where the file is an export, of which only the reports are taken in this way.
    """

    differences: tuple[Difference, ...] = ()
    refused: tuple[Refusal, ...] = ()
    leaves_out: bool = False

    @property
    def has_something(self) -> bool:
        """Whether there is something to decide."""
        return not all(difference.is_none for difference in self.differences)

    @property
    def seen(self) -> Mapping[IsoWeek, str]:
        """The weeks as they are now."""
        return {each.week: each.standing.fingerprint for each in self.differences}


async def propose(
    database: Database,
    journal: Journal,
    parcel: Parcel,
    meant: IsoWeek | None,
    since: datetime | None = None,
) -> Proposal:
    """What the files would change now; `meant` is the week that their message is about.

    `since` is when the file went out that it replies to: nothing later can be in it.
    """
    differences: list[Difference] = []
    refused = [*parcel.refused]
    alone = meant if len(parcel.files) == 1 else None
    weeks: dict[IsoWeek, list[ReturnedFile]] = {}
    for file in parcel.files:
        try:
            week = await asyncio.to_thread(_week_told, file, alone)
        except RefusedError as error:
            refused.append(error.refusal)
        else:
            weeks.setdefault(week, []).append(file)
    for week, files in sorted(weeks.items()):
        if len(files) > 1:
            names = ", ".join(file.name for file in files)
            refused.append(Refusal(names, Fault.SAME_WEEK, {"week": str(week)}))
            continue
        [file] = files
        standing = await stand(database, journal, week)
        try:
            differences.append(await _differ(database, standing, file, alone, since))
        except RefusedError as error:
            refused.append(error.refusal)
    return Proposal(tuple(differences), tuple(refused))


def _week_told(file: ReturnedFile, meant: IsoWeek | None) -> IsoWeek:
    """The week of the file. Raises RefusedError."""
    if meant is not None:
        return meant
    try:
        front, body = split(file.text)
        return week_of_file(file.name, front, body)
    except NoSuchWeekError as error:
        raise RefusedError(Refusal(file.name, Fault.NO_SUCH_WEEK, {"words": error.words})) from None
    except UnknownWeekNameError:
        raise RefusedError(Refusal(file.name, Fault.NO_WEEK)) from None
    except RecursionError:
        raise RefusedError(Refusal(file.name, Fault.TOO_DEEP)) from None


async def _differ(
    database: Database,
    standing: StandingWeek,
    file: ReturnedFile,
    meant: IsoWeek | None,
    since: datetime | None,
) -> Difference:
    """Raises RefusedError."""
    arrived = await late_lines(database, standing, since)
    found = await asyncio.to_thread(_compared, standing, file, meant, arrived)
    missing: list[str] = []
    coming: list[str] = []
    staying: list[str] = []
    for path in await asyncio.to_thread(local_pictures, standing.frame.body(file.text)):
        came = not leads_outside(path) and file.has_picture(path)
        if path in standing.pictures or path in standing.attached:
            if came and await asyncio.to_thread(_is_another, standing, file, path):
                (staying if path in standing.pictures else coming).append(path)
        elif came:
            coming.append(path)
        elif not await _is_of_journal(database, standing.journal, path):
            missing.append(path)
    return replace(found, coming=tuple(coming), missing=tuple(missing), staying=tuple(staying))


def _is_another(standing: StandingWeek, file: ReturnedFile, path: str) -> bool:
    """Whether the picture that came along is not the one that is here. Raises RefusedError."""
    is_here = standing.pictures.get(path, standing.attached.get(path))
    came = file.picture_sha256(path)
    return is_here is not None and came is not None and came != is_here


def _compared(
    standing: StandingWeek, file: ReturnedFile, meant: IsoWeek | None, arrived: frozenset[NodeId]
) -> Difference:
    try:
        if meant is not None:
            front, body = split(file.text)
            titles = [standing.title, *(x.source for x in standing.leaves if x.part is Part.TITLE)]
            named = other_week(file.name, front, body, standing.week, titles)
            if named is not None:
                detail = {"said": str(named), "meant": str(standing.week)}
                raise RefusedError(Refusal(file.name, Fault.OTHER_WEEK, detail))
        new = standing.read(file.text)
        script = compare(standing.leaves, new)
        if (text := mended(file.text)) != file.text:
            other = standing.read(text)
            closer = compare(standing.leaves, other)
            if closer.size < script.size:
                file = replace(file, text=text, content=text.encode())
                new, script = other, closer
        late = _late(standing, script, arrived)
        if late:
            staying = replace(script, removed=tuple(set(script.removed) - late.keys()))
            new = carried_out(staying, standing.leaves)
            script = compare(standing.leaves, new)
        ids = frozenset(late.values())
        is_same = script.is_empty and file.text == standing.document_without(ids)
        return Difference(file, standing, new, script, late=ids, is_same=is_same)
    except NoSuchWeekError as error:
        raise RefusedError(Refusal(file.name, Fault.NO_SUCH_WEEK, {"words": error.words})) from None
    except RecursionError:
        raise RefusedError(Refusal(file.name, Fault.TOO_DEEP)) from None


def _late(standing: StandingWeek, script: Script, arrived: frozenset[NodeId]) -> dict[int, NodeId]:
    """The lines that only seem to be removed, because they came after the file had gone out.

    What hangs below a line that is removed indeed goes with it, as is shown.
    """
    found: dict[int, NodeId] = {}
    gone = set(script.removed)
    for at in script.removed:
        leaf = standing.leaves[at]
        hangs = leaf.parent is None or leaf.parent in found or leaf.parent not in gone
        if hangs and leaf.node is not None and leaf.node in arrived:
            found[at] = leaf.node
    return found


async def _is_of_journal(database: Database, journal: Journal, path: str) -> bool:
    """Whether it is a file of another week, which can be shown here as well."""
    name = path.removeprefix(journal.pictures_prefix)
    async with database.snapshot() as connection:
        found = await pictures.named(connection, journal.id, [name])
    return any(picture.sha256 is not None for picture in found)
