"""A week as it stands: its report, and what there is to say about it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.archive.front_matter import split
from bot.domain.entry import Account, Entry, EntryId, Location, Node, Part, SectionSpec
from bot.domain.journal import Journal
from bot.domain.local_pictures import local_path, local_pictures
from bot.domain.week import IsoWeek, same_weeks
from bot.services.documents import make_document
from bot.services.recalling import Recollection, recall
from bot.services.wording import filed, links_of, spoken
from bot.storage import entries, filled_weeks, links, nodes, originals, pictures, previews, weeks
from bot.storage.database import Database
from bot.storage.pictures import StoredPicture


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture or other file of a report, at the path that the report names.

    `sha256` is None while it is not here; `photo` is Telegram's file id where it can be shown
    by it. One that `may_show` is a picture as far as is known. The path of one that came with an
    imported file is as on the disk, of others it is an address, since its prefix is one.
    """

    path: str
    sha256: str | None
    photo: str | None = None
    may_show: bool = True
    came_along: bool = False

    @property
    def place(self) -> str | None:
        """Its path below the report's folder; None where it is named as somewhere else."""
        return self.path if self.came_along else local_path(self.path)


@dataclass(frozen=True, slots=True)
class CompiledWeek:
    """A week's report, made anew from what is stored.

    `markdown` is the report, `document` the file of it (UTF-8), which may hold more, such as
    front matter. `pictures` are the files that the report shows or links to, `missing` those it
    would if they could be fetched; `waiting` of the shown ones are still on their way, and those
    in `telling` say where they were taken, against the journal's wish. `labels` say what came
    with an entry that has a file. A week that `is_empty`
    holds nothing, neither placed nor waiting to be filed; one that `has_report` something placed.
    `neighbours` are the next week before and the next one after that hold something, where there
    are; `last_year` is the same week of the last year in which it did. `change` counts how often
    the week had changed by then, `last_entry` is the id of the newest entry of all. Nothing stands
    in `empty_sections`. `sent` is the fingerprint of the last file that was sent since the week
    `is_done`. `recollections` are there where they are wished for.
    """

    journal: Journal
    week: IsoWeek
    markdown: str
    document: bytes
    pictures: tuple[ShownPicture, ...]
    missing: tuple[StoredPicture, ...]
    account: Account
    untagged: tuple[Entry, ...]
    is_empty: bool
    has_report: bool
    labels: Mapping[EntryId, str] = field(default_factory=dict)
    waiting: tuple[StoredPicture, ...] = ()
    telling: tuple[StoredPicture, ...] = ()
    neighbours: tuple[IsoWeek, ...] = ()
    last_year: IsoWeek | None = None
    change: int = 0
    last_entry: int = 0
    is_done: bool = False
    sent: str | None = None
    empty_sections: tuple[SectionSpec, ...] = ()
    has_summary: bool = False
    recollections: tuple[Recollection, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What is the same for weeks whose files are."""
        hashed = hashlib.sha256(self.document)
        for picture in sorted(f"{p.path} {p.sha256}" for p in self.pictures):
            hashed.update(f"\0{picture}".encode())
        return hashed.hexdigest()

    @property
    def has_outgrown_its_file(self) -> bool:
        """Whether the week is done, and is something else now than the file that was sent."""
        return self.is_done and self.sent is not None and self.sent != self.fingerprint


class Reporting:
    """Compiles weeks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def compile(self, journal: Journal, week: IsoWeek) -> CompiledWeek:
        """The week as it stands now; one that was imported keeps what nobody changed."""
        async with self._database.snapshot() as connection:
            lines = await nodes.of_week(connection, journal.id, week)
            account = await entries.account(connection, journal.id, week)
            untagged = await entries.untagged(connection, journal.id, week)
            names = [line.file.name for line in filed(lines) if line.file is not None]
            stored = await pictures.named(connection, journal.id, names)
            titles = await links.titles(connection, links_of(journal, lines))
            original = await originals.of_week(connection, journal.id, week)
            attached = await originals.attachments(connection, journal.id, week)
            beside = [
                await filled_weeks.before(connection, journal.id, week),
                await filled_weeks.after(connection, journal.id, week),
            ]
            same = await filled_weeks.among(connection, journal.id, same_weeks(week))
            change = await previews.change_of(connection, journal.id, week)
            last_entry = await entries.newest(connection)
            is_done = await weeks.is_done(connection, journal.id, week)
            final = await weeks.final_of(connection, journal.id, week) if is_done else None
            recalled = await recall(connection, journal, same) if journal.shows_earlier else ()
        missing = tuple(p for p in stored if p.sha256 is None and p.retry_at is None)
        kept = spoken(journal, lines, titles)
        if original is None:
            markdown, document = make_document(journal, week, kept, None)
        else:
            # Comparing a long week with its file takes a while; others need not wait for it.
            markdown, document = await asyncio.to_thread(
                make_document, journal, week, kept, original
            )
        if attached:
            attached = await asyncio.to_thread(_named, attached, markdown, document)
        return CompiledWeek(
            journal=journal,
            week=week,
            markdown=markdown,
            document=document.encode(),
            pictures=(
                *(
                    ShownPicture(
                        journal.pictures_prefix + picture.name,
                        picture.sha256,
                        picture.file_id if picture.is_photo else None,
                        may_show=picture.is_picture,
                    )
                    for picture in stored
                    if picture not in missing
                ),
                *(ShownPicture(path, sha256, came_along=True) for path, sha256 in attached),
            ),
            missing=missing,
            account=account,
            untagged=tuple(_albums_once(untagged, lines)),
            is_empty=not lines and original is None,
            has_report=original is not None or any(line.at.is_filed for line in lines),
            labels={line.entry_id: line.file.label for line in lines if line.file is not None},
            waiting=tuple(p for p in stored if p.sha256 is None and p.retry_at is not None),
            telling=tuple(p for p in stored if p.location == Location.STUCK),
            neighbours=tuple(other for other in beside if other is not None),
            last_year=next(iter(same), None),
            change=change,
            last_entry=last_entry,
            is_done=is_done,
            sent=None if final is None else final.fingerprint,
            empty_sections=tuple(
                spec
                for spec in journal.sections
                if not any(line.at.section == spec.key for line in lines)
            ),
            has_summary=any(line.at.part is Part.SUMMARY for line in lines),
            recollections=recalled,
        )

    async def latest_finished(self, journal: Journal, current: IsoWeek) -> IsoWeek:
        """The newest week before the current one that holds something, else just the last."""
        async with self._database.snapshot() as connection:
            latest = await filled_weeks.before(connection, journal.id, current)
        return latest or current.shifted(-1)


def _named(
    attached: Sequence[tuple[str, str]], markdown: str, document: str
) -> list[tuple[str, str]]:
    """Those whose path the report has: one that came with what was taken back since does not count.

    A path may stand there as it is, or in another spelling of an address.
    """
    text = f"{markdown}\0{document}"
    if all(path in text for path, _ in attached):
        return list(attached)
    spelt = set(local_pictures(split(document)[1])) | set(local_pictures(markdown))
    return [(path, sha256) for path, sha256 in attached if path in text or path in spelt]


def _albums_once(parts: Iterable[Entry], lines: Iterable[Node]) -> Iterator[Entry]:
    """Of each album only one part, its first with a caption if there is one: it is filed as one.

    What hangs below another entry is filed with that.
    """
    standing = {line.entry_id for line in lines if line.at.parent is None}
    albums: dict[str, list[Entry]] = defaultdict(list)
    for entry in parts:
        if entry.id in standing:
            albums[entry.media_group or f"message {entry.id}"].append(entry)
    for album in albums.values():
        yield next((part for part in album if part.text), album[0])
