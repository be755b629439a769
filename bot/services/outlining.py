"""Weeks as numbered outlines, and which of them a chat was shown last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.entry import ChatId, Entry, MessageId, MessageKey, NodeId
from bot.domain.journal import Journal
from bot.domain.outlining.fingerprints import fingerprint
from bot.domain.outlining.numbering import number_week
from bot.domain.outlining.outline import Outline, OutlineLine
from bot.domain.week import IsoWeek
from bot.services.documents import layout_of
from bot.services.wording import links_of, titled
from bot.storage import deleted, entries, links, nodes, originals, outlines, single_lines
from bot.storage.database import Connection, Database
from bot.storage.deleted import Deleted
from bot.storage.outlines import ShownOutline
from bot.storage.shown import Shown, remember

__all__ = ["Deleted", "Outlining", "ShownOutline", "WeekOutline", "outline_of", "titled_for"]


@dataclass(frozen=True, slots=True)
class WeekOutline:
    """A week's outline; `titles` are those of the pages that the lines to be shown link to.

    Looking for links takes longer than all else, so that is done for those lines only. What was
    `deleted` can be put back; it is looked for where that is to be shown.
    """

    journal: Journal
    outline: Outline
    titles: Mapping[str, str] = field(default_factory=dict)
    deleted: tuple[Deleted, ...] = ()

    @property
    def week(self) -> IsoWeek:
        """Which week it is."""
        return self.outline.week

    def text(self, line: OutlineLine) -> str:
        """The line's Markdown as the report says it."""
        return line.text if line.captions else titled(line.node, self.titles)


async def outline_of(connection: Connection, journal: Journal, week: IsoWeek) -> WeekOutline:
    """The week as it stands."""
    lines = await nodes.of_week(connection, journal.id, week)
    original = await originals.of_week(connection, journal.id, week)
    came_as = None if original is None else (original.content.decode(), original.baseline)
    layout = layout_of(journal, came_as)
    outline = number_week(lines, week, layout.sections, summary_heading=layout.summary_heading)
    return WeekOutline(journal, outline)


async def titled_for(
    connection: Connection, week: WeekOutline, lines: Iterable[OutlineLine]
) -> WeekOutline:
    """The outline with what it takes to show those lines."""
    addresses = links_of(week.journal, [line.node for line in lines])
    return replace(week, titles=await links.titles(connection, addresses)) if addresses else week


class Outlining:
    """Gives outlines, and remembers what the numbers in them meant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outline(self, journal: Journal, week: IsoWeek) -> WeekOutline:
        """The week as it stands."""
        async with self._database.snapshot() as connection:
            return await outline_of(connection, journal, week)

    async def titled_for(self, week: WeekOutline, lines: Iterable[OutlineLine]) -> WeekOutline:
        """The outline with what it takes to show those lines."""
        async with self._database.snapshot() as connection:
            return await titled_for(connection, week, lines)

    async def with_deleted(self, week: WeekOutline) -> WeekOutline:
        """The outline with what was deleted in the week."""
        async with self._database.snapshot() as connection:
            gone = await deleted.of_week(connection, week.journal.id, week.week)
        return replace(week, deleted=tuple(gone))

    async def week_of(self, journal: Journal, node_id: NodeId) -> IsoWeek | None:
        """The week of a line, also of one that is gone; None where it is not the journal's."""
        async with self._database.snapshot() as connection:
            return await single_lines.week_of(connection, journal.id, node_id)

    async def entry_of(self, line: OutlineLine) -> Entry | None:
        """The entry that brought the line."""
        async with self._database.snapshot() as connection:
            return await entries.get(connection, line.node.entry_id)

    async def last(self, chat_id: ChatId) -> ShownOutline | None:
        """What the chat was shown last."""
        async with self._database.snapshot() as connection:
            return await outlines.last(connection, chat_id)

    async def is_up_to_date(self, chat_id: ChatId, journal: Journal) -> bool:
        """Whether the numbers in what the chat was shown last still mean those lines as they were.

        So it is where it was shown nothing.
        """
        async with self._database.snapshot() as connection:
            last = await outlines.last(connection, chat_id)
            if last is None:
                return True
            now = _numbers(await outline_of(connection, journal, last.week))
        # Of a card, others' numbers are only what they were when a list was shown.
        return all(now.get(n) == said for n, said in last.lines.items()) and (
            last.card is not None or len(now) == len(last.lines)
        )

    async def remember_list(
        self, chat_id: ChatId, message_id: MessageId, shown: WeekOutline, page: int
    ) -> None:
        """The chat sees that page of the outline; typed numbers mean its lines."""
        lines = _numbers(shown)
        async with self._database.atomic() as connection:
            kept = ShownOutline(message_id, shown.week, page, None, lines)
            await outlines.keep(connection, chat_id, kept)
            # A reply adds to that week, as one to a report does.
            await remember(connection, MessageKey(chat_id, message_id), Shown(week=shown.week))

    async def remember_card(
        self, chat_id: ChatId, message_id: MessageId, line: OutlineLine, page: int
    ) -> None:
        """The message shows the card of that line, so its number is known; others as they were.

        A number that the line had before means nothing any more.
        """
        async with self._database.atomic() as connection:
            last = await outlines.last(connection, chat_id)
            week = line.node.at.week
            lines: dict[str, tuple[NodeId, str]] = {}
            if last is not None and last.week == week:
                lines = {n: said for n, said in last.lines.items() if said[0] != line.id}
            lines[line.number] = (line.id, fingerprint(line))
            await outlines.keep(
                connection,
                chat_id,
                ShownOutline(message_id, week, page, line.id, lines),
            )
            # A reply adds below it.
            about = Shown(line.node.entry_id, node_id=line.id)
            await remember(connection, MessageKey(chat_id, message_id), about)

    async def remember_deleted(
        self, chat_id: ChatId, message_id: MessageId, line: OutlineLine
    ) -> None:
        """The message says that the line is gone; a reply to it is about nothing else."""
        async with self._database.atomic() as connection:
            await self.forget_card(chat_id, message_id)
            about = Shown(line.node.entry_id, node_id=line.id)
            await remember(connection, MessageKey(chat_id, message_id), about)

    async def forget_card(self, chat_id: ChatId, message_id: MessageId) -> None:
        """The message shows no card any more: its line is gone."""
        async with self._database.atomic() as connection:
            last = await outlines.last(connection, chat_id)
            if last is not None and last.message_id == message_id:
                await outlines.keep(connection, chat_id, replace(last, card=None))


def _numbers(week: WeekOutline) -> dict[str, tuple[NodeId, str]]:
    """For each number the line that has it, with the fingerprint of what it says."""
    return {line.number: (line.id, fingerprint(line)) for line in week.outline.lines}
