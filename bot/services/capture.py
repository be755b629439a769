"""A message becomes an entry."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.entry import WHOLE_WEEK, Entry, EntryId, Part, Placement, State
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.grammar.weekmarks import BadWeek, resolve
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, REFUSED, reaction_to
from bot.services.filing import Filing, roots_of, settle
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.lines import add_lines, lines_of
from bot.services.revising import Revising
from bot.services.targets import Target, find_target
from bot.storage import entries, nodes, pictures
from bot.storage.database import Connection, Database


class Capture:
    """Takes messages in. What a receipt says has been stored once its transaction is committed."""

    def __init__(
        self, database: Database, filing: Filing, *, bot_username: str, largest_file: int
    ) -> None:
        self._database = database
        self._filing = filing
        self._revising = Revising(database, bot_username)
        self._username = bot_username
        self._largest = largest_file

    async def receive(self, journal: Journal, incoming: Incoming) -> Receipt | None:
        """What came of the message; None where it is not meant for the bot (talk in a group).

        The same message again changes nothing.
        """
        async with self._database.atomic() as connection:
            known = await entries.of_message(connection, incoming.key)
            if known is not None and incoming.edited:
                return await self._revising.revise(journal, known, incoming)
            if known is not None:
                return Receipt(frozenset({known.id}))
            target = await find_target(connection, journal, incoming)
            parsed = parse_message(
                incoming.text,
                journal.sections,
                caption=incoming.picture is not None,
                bot_username=self._username,
            )
            if incoming.in_group and not (
                parsed.tagged or parsed.week or target.entry or target.week or incoming.reply_to_bot
            ):
                return None
            if parsed.bare and incoming.picture is None:
                return await self._act(journal, parsed, target, incoming)
            return await self._store(connection, journal, incoming, parsed, target)

    async def delete(self, journal: Journal, incoming: Incoming) -> Receipt:
        """What came of `/delete`: the message it replies to is gone from the report."""
        async with self._database.atomic() as connection:
            target = await find_target(connection, journal, incoming)
            if target.entry is None:
                gone = Remark.ALREADY_GONE if target.is_gone else Remark.NOTHING_TO_DELETE
                return Receipt.refused(gone)
            touched = await self._filing.remove(journal, target.entry.id)
            return Receipt(touched, changed=True, reaction=CHANGED)

    async def _act(
        self, journal: Journal, parsed: ParsedMessage, target: Target, incoming: Incoming
    ) -> Receipt:
        """A bare tag or week mark: as a reply it files that entry, alone it says nothing."""
        if target.entry is None:
            is_command = incoming.text.text.lstrip().startswith("/")
            return Receipt.refused(Remark.EMPTY_COMMAND if is_command else Remark.EMPTY_TAG)
        week = None
        if parsed.week is not None:
            week = resolve(parsed.week, journal.day_of(incoming.sent_at))
            if week is None:
                return Receipt.refused(Remark.NO_SUCH_WEEK, incoming.text.text)
        part = parsed.part if parsed.part is not Part.ITEM else None
        touched = await self._filing.file(
            journal, target.entry.id, parsed.section, part=part, week=week
        )
        return Receipt(touched, changed=True, reaction=CHANGED)

    async def _store(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        parsed: ParsedMessage,
        target: Target,
    ) -> Receipt:
        at = _placement(journal, incoming, parsed, target)
        remarks: list[tuple[Remark, str]] = []
        album = await self._album(connection, incoming)
        if album and not parsed.tagged:
            at = await _place_of(connection, album) or at
        lines = lines_of(parsed, at.part)
        if not lines:
            if incoming.unkept:
                return Receipt.refused(Remark.KIND_NOT_KEPT, incoming.unkept)
            return Receipt.refused(Remark.EMPTY_MESSAGE)
        if incoming.unkept:
            remarks.append((Remark.ONLY_TEXT_KEPT, incoming.unkept))
        picture = incoming.picture
        too_large = picture is not None and (picture.size or 0) > self._largest
        if too_large:
            remarks.append((Remark.PICTURE_TOO_LARGE, str(picture.size if picture else 0)))
        state = State.PLACED if at.is_filed else State.UNTAGGED
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
                asks=state is State.UNTAGGED and not album,
            ),
        )
        picture_id = None
        if picture is not None:
            picture_id = await pictures.add(
                connection,
                journal.id,
                at.week,
                suffix=picture.suffix,
                file_id=picture.file_id,
                is_photo=picture.is_photo,
                size=picture.size,
                now=incoming.sent_at,
            )
            if too_large:
                await pictures.set_failed(connection, picture_id, "too large", None)
        await add_lines(
            connection, journal.id, entry_id, lines, at, incoming.sent_at.timestamp(), picture_id
        )
        touched = {entry_id}
        if album and parsed.tagged:
            touched |= await self._join_album(connection, album, at)
        return Receipt(frozenset(touched), changed=len(touched) > 1, remarks=tuple(remarks))

    async def _album(self, connection: Connection, incoming: Incoming) -> list[Entry]:
        if incoming.media_group is None:
            return []
        parts = await entries.of_media_group(connection, incoming.key.chat_id, incoming.media_group)
        return [part for part in parts if part.state is not State.REMOVED]

    async def _join_album(
        self, connection: Connection, album: list[Entry], at: Placement
    ) -> set[EntryId]:
        """The caption came late: the parts that were here already go where it says."""
        touched: set[EntryId] = set()
        for part in album:
            for root in await roots_of(connection, part.id):
                moved = replace(at, part=root.at.part)
                touched |= await nodes.place(connection, root.id, moved)
        await settle(connection, touched)
        return touched


def _placement(
    journal: Journal, incoming: Incoming, parsed: ParsedMessage, target: Target
) -> Placement:
    """Where a new message goes."""
    part = Part.PICTURE if incoming.picture is not None else parsed.part
    section = None if parsed.part in WHOLE_WEEK else parsed.section
    own_week = journal.week_of(incoming.sent_at)
    if isinstance(parsed.week, BadWeek):
        # The question where it goes will say so.
        return Placement(own_week, None, part)
    marked = None
    if parsed.week is not None:
        marked = resolve(parsed.week, journal.day_of(incoming.sent_at))
    node = target.node
    if node is not None and marked in {None, node.at.week}:
        if section in {None, node.at.section} and part is Part.ITEM and node.at.part is Part.ITEM:
            return Placement(node.at.week, node.at.section, part, node.id)
        if not parsed.tagged:
            takes_over = part is Part.ITEM and node.at.part in _FREE
            there = node.at.part if takes_over else part
            return Placement(node.at.week, node.at.section, there)
    return Placement(marked or target.week or own_week, section, part)


_FREE = frozenset({Part.TEXT, Part.INTRO, Part.OUTRO, Part.SUMMARY})


async def _place_of(connection: Connection, album: list[Entry]) -> Placement | None:
    for part in album:
        for root in await roots_of(connection, part.id):
            return replace(root.at, parent=None)
    return None
