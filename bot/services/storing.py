"""A message is written down: its entry, its lines, its file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.entry import Entry, EntryId, JournalId, Line, PictureId, Placement, State
from bot.domain.journal import Journal
from bot.domain.reactions import REFUSED, reaction_to
from bot.domain.week import IsoWeek
from bot.services.commenting import Comment
from bot.services.filing import place_album, settle
from bot.services.incoming import Incoming, IncomingFile, Receipt, Remark
from bot.services.lines import add_lines, links_in
from bot.services.queueing import wish
from bot.storage import entries, nodes, pictures
from bot.storage.bare_tags import BareTag
from bot.storage.database import Connection
from bot.storage.pictures import NewPicture

# What Telegram would have taken as a photo, and made smaller.
_AS_PHOTOS: Final = frozenset({".jpg", ".png", ".webp", ".heic", ".avif", ".bmp", ".tiff"})


async def store(
    connection: Connection,
    journal: Journal,
    incoming: Incoming,
    lines: list[Line],
    at: Placement,
    *,
    largest_file: int,
    comment: Comment | None = None,
    asks: bool = True,
) -> tuple[EntryId, Receipt]:
    """The message is an entry with those lines; `asks` where the bot may ask where it goes."""
    remarks: list[tuple[Remark, str]] = []
    if incoming.unkept:
        remarks.append((Remark.ONLY_TEXT_KEPT, incoming.unkept))
    file = incoming.file
    too_large = file is not None and (file.size or 0) > largest_file
    if file is not None and too_large:
        photo = file.suffix in _AS_PHOTOS
        remark = Remark.PICTURE_TOO_LARGE if photo else Remark.FILE_TOO_LARGE
        remarks.append((remark, str(file.size)))
    state = State.PLACED if await _is_filed(connection, at) else State.UNTAGGED
    entry_id = await entries.add(
        connection,
        entries.NewEntry(
            journal_id=journal.id,
            key=incoming.key,
            media_group=incoming.media_group,
            author_id=incoming.author_id,
            author=incoming.author,
            sent_at=incoming.sent_at,
            text=incoming.text,
            week=at.week,
            state=state,
            reaction=REFUSED if too_large else reaction_to(state),
            asks=asks and state is State.UNTAGGED,
            is_forward=incoming.is_forward,
            origin=incoming.origin,
            comment_id=comment.id if isinstance(comment, Entry) else None,
            tagged_by=comment.key.message_id if isinstance(comment, BareTag) else None,
        ),
    )
    picture_id = None
    if file is not None:
        picture_id = await add_file(connection, journal.id, at.week, file, incoming.sent_at)
        if too_large:
            await pictures.set_failed(connection, picture_id, "too large", None)
    await add_lines(
        connection, journal.id, entry_id, lines, at, incoming.sent_at.timestamp(), picture_id
    )
    await want_titles(connection, journal, lines, incoming.sent_at)
    return entry_id, Receipt(frozenset({entry_id}), remarks=tuple(remarks))


async def add_file(
    connection: Connection,
    journal_id: JournalId,
    week: IsoWeek,
    file: IncomingFile,
    now: datetime,
) -> PictureId:
    """The file has its name and is to be fetched."""
    new = NewPicture(
        file_id=file.file_id,
        unique_id=file.unique_id,
        suffix=file.suffix,
        size=file.size,
        is_picture=file.is_picture,
        is_photo=file.is_photo,
        label=file.label,
    )
    return await pictures.add(connection, journal_id, week, new, now)


async def want_titles(
    connection: Connection, journal: Journal, lines: list[Line], now: datetime
) -> None:
    """The titles of the pages that the lines link to are to be fetched, where that is wished."""
    if journal.link_titles and (addresses := links_in(lines)):
        await wish(connection, journal.id, addresses, now)


async def join_album(
    connection: Connection, album: Sequence[Entry], at: Placement
) -> frozenset[EntryId]:
    """The caption came late: the parts that were here already go where it says."""
    touched = await place_album(connection, album, at)
    await settle(connection, touched)
    return frozenset(touched)


async def _is_filed(connection: Connection, at: Placement) -> bool:
    """Whether it shows in the report there; what hangs below something does if that does."""
    if at.parent is None:
        return at.is_filed
    parent = await nodes.get(connection, at.parent)
    if parent is None:
        return at.is_filed
    return (await nodes.root_of(connection, parent)).at.is_filed
