"""A message becomes an entry."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.entry import Entry, EntryId, Part
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED
from bot.services.filing import Filing
from bot.services.incoming import Incoming, Receipt, Remark
from bot.services.lines import Manner, lines_of
from bot.services.placing import album_parts, marked_week, place_of_album, placement
from bot.services.revising import Revising
from bot.services.sticking import stick, what_sticks
from bot.services.storing import join_album, store
from bot.services.straying import Comment, comment_on, incoming_of, keep_stray
from bot.services.targets import Target, find_target, target_in
from bot.storage import entries, strays
from bot.storage.database import Connection, Database
from bot.storage.strays import Stray

_NOWHERE = Target()


class Capture:
    """Takes messages in. What a receipt says has been stored once its transaction is committed."""

    def __init__(
        self, database: Database, filing: Filing, *, bot_username: str, largest_file: int
    ) -> None:
        self._database = database
        self._filing = filing
        self._revising = Revising(database, filing, bot_username)
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
            receipt = await self._receive_new(connection, journal, incoming)
            if receipt is None:
                return None
            if incoming.edited:
                return await self._revising.revise_stray(journal, incoming, receipt)
            return await self._with_strays(connection, journal, incoming, receipt)

    async def delete(self, journal: Journal, incoming: Incoming) -> Receipt:
        """What came of `/delete`: the message it replies to is gone from the report."""
        async with self._database.atomic() as connection:
            target = await find_target(connection, journal, incoming)
            if target.entry is None:
                gone = Remark.ALREADY_GONE if target.is_gone else Remark.NOTHING_TO_DELETE
                return Receipt.refused(gone)
            touched = await self._filing.remove(journal, target.entry.id)
            return Receipt(touched, changed=True, reaction=CHANGED)

    async def _receive_new(
        self, connection: Connection, journal: Journal, incoming: Incoming
    ) -> Receipt | None:
        target = await find_target(connection, journal, incoming)
        comment = await comment_on(connection, incoming) if incoming.is_forward else None
        if isinstance(comment, Entry):
            target = await target_in(connection, comment)
        parsed = self._parsed(journal, incoming, comment)
        album = await album_parts(connection, incoming)
        sticky = await what_sticks(connection, journal, incoming)
        if incoming.in_group and not (
            parsed.tagged
            or parsed.week
            or target.entry
            or target.week
            or incoming.reply_to_bot
            or comment
            or album
            or sticky
        ):
            if incoming.media_group is not None:
                await keep_stray(connection, incoming)
            return None
        if parsed.bare and incoming.file is None:
            return await self._act(connection, journal, parsed, target, incoming)
        return await self._store(
            connection, journal, incoming, parsed, target, album, comment, sticky
        )

    async def _with_strays(
        self, connection: Connection, journal: Journal, incoming: Incoming, receipt: Receipt
    ) -> Receipt:
        """The receipt with those of the album's parts that were not meant for the bot before."""
        group = incoming.media_group
        if group is None:
            return receipt
        for part in await strays.of_media_group(connection, incoming.key.chat_id, group):
            await strays.drop(connection, part.key)
            joined = await self._receive_new(connection, journal, incoming_of(part))
            receipt = receipt if joined is None else receipt.with_(joined)
        return receipt

    def _parsed(
        self, journal: Journal, incoming: Incoming, comment: Comment | None
    ) -> ParsedMessage:
        """What the message says; a forward with a comment leaves the say to that."""
        caption = incoming.file is not None and incoming.file.is_picture
        parsed = parse_message(
            incoming.text,
            journal.sections,
            caption=caption,
            bot_username=self._username,
            reads_signs=comment is None,
        )
        if not isinstance(comment, Stray):
            return parsed
        tag = parse_message(
            incoming_of(comment).text, journal.sections, bot_username=self._username
        )
        return replace(parsed, section=tag.section, part=tag.part, week=tag.week, tagged=tag.tagged)

    async def _act(
        self,
        connection: Connection,
        journal: Journal,
        parsed: ParsedMessage,
        target: Target,
        incoming: Incoming,
    ) -> Receipt:
        """A bare tag or week mark: as a reply it files that message, alone it says nothing yet."""
        entry_id = None if target.entry is None else target.entry.id
        answered = incoming.answered
        if entry_id is None and target.is_gone:
            return Receipt.refused(Remark.ALREADY_GONE)
        if entry_id is None and answered is not None and target.week is None:
            # Somebody's message that was none of the bot's business until now.
            taken = await self._take_answered(connection, journal, answered)
            entry_id = next(iter(taken.touched), None)
            if entry_id is None:
                return taken
        if entry_id is None:
            return await self._bare(connection, journal, parsed, incoming)
        week = marked_week(journal, incoming, parsed)
        if parsed.week is not None and week is None:
            return Receipt.refused(Remark.NO_SUCH_WEEK, incoming.text.text)
        part = parsed.part if parsed.part is not Part.ITEM else None
        touched = await self._filing.file(journal, entry_id, parsed.section, part=part, week=week)
        return Receipt(touched, changed=True, reaction=CHANGED)

    async def _take_answered(
        self, connection: Connection, journal: Journal, answered: Incoming
    ) -> Receipt:
        await strays.drop(connection, answered.key)
        parsed = self._parsed(journal, answered, None)
        return await self._store(connection, journal, answered, parsed, _NOWHERE, [], None, None)

    async def _bare(
        self,
        connection: Connection,
        journal: Journal,
        parsed: ParsedMessage,
        incoming: Incoming,
    ) -> Receipt:
        is_command = incoming.text.text.lstrip().startswith("/")
        names_a_section = parsed.part is Part.ITEM and parsed.week is None
        if is_command and parsed.section is not None and names_a_section:
            sticky = await stick(
                connection, journal, incoming.author_id, parsed.section, incoming.sent_at
            )
            return Receipt(reaction=CHANGED, sticks=sticky)
        if is_command:
            return Receipt.refused(Remark.EMPTY_COMMAND)
        await keep_stray(connection, incoming)
        return replace(Receipt.refused(Remark.EMPTY_TAG), unless_needed=True)

    async def _store(
        self,
        connection: Connection,
        journal: Journal,
        incoming: Incoming,
        parsed: ParsedMessage,
        target: Target,
        album: list[Entry],
        comment: Comment | None,
        sticky: str | None,
    ) -> Receipt:
        touched: frozenset[EntryId] = frozenset()
        if _claims(target, parsed) and target.entry is not None:
            # The picture that it is about was waiting for just this.
            touched = await self._filing.file(journal, target.entry.id, parsed.section)
            target = await target_in(connection, target.entry)
        at = placement(journal, incoming, parsed, target, sticky)
        # The first part of an album that says where it goes says so for all.
        speaks = parsed.tagged or parsed.week is not None
        if album and (not speaks or self._has_spoken(journal, album)):
            speaks = False
            at = await place_of_album(connection, album, at.part) or at
        lines = lines_of(parsed, at.part, Manner.of_incoming(incoming))
        if not lines:
            if incoming.unkept:
                return Receipt.refused(Remark.KIND_NOT_KEPT, incoming.unkept)
            return Receipt.refused(Remark.EMPTY_MESSAGE)
        entry_id, receipt = await store(
            connection,
            journal,
            incoming,
            lines,
            at,
            largest_file=self._largest,
            comment=comment.id if isinstance(comment, Entry) else None,
            asks=not album and comment is None and at.part is not Part.CAPTION,
        )
        if isinstance(comment, Stray):
            await strays.use(connection, comment.key, entry_id)
        if album and speaks:
            touched |= await join_album(connection, album, at)
        joined = Receipt(touched, changed=bool(touched))
        return receipt.with_(joined)

    def _has_spoken(self, journal: Journal, album: list[Entry]) -> bool:
        """Whether another part of the album has said where it goes."""
        said = (parse_message(part.text, journal.sections, caption=True) for part in album)
        return any(parsed.tagged or parsed.week is not None for parsed in said)


def _claims(target: Target, parsed: ParsedMessage) -> bool:
    """Whether a reply with a section is about a picture that has none yet."""
    node = target.node
    return (
        node is not None
        and node.at.part is Part.PICTURE
        and node.at.section is None
        and node.at.parent is None
        and parsed.section is not None
        and parsed.part is Part.ITEM
        and parsed.week is None
    )
