"""Which lines typed numbers and replies mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.entry import ChatId, EntryId, NodeId
from bot.domain.journal import Journal
from bot.domain.outlining.fingerprints import difference
from bot.domain.outlining.outline import OutlineLine
from bot.domain.week import IsoWeek
from bot.services.incoming import Incoming
from bot.services.outlining import WeekOutline, outline_of, titled_for
from bot.services.targets import find_target
from bot.storage import nodes, outlines, shown, single_lines
from bot.storage.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Named:
    """What numbers mean: the lines that have them now, in the week that was shown last.

    `changed` are those numbers whose line is not as it was shown, `gone` those that were shown and
    are no more, `unknown` those that never were.
    """

    week: WeekOutline
    lines: Mapping[str, OutlineLine]
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply is about: a line, and the entries it belongs to where whole ones are meant."""

    node_id: NodeId | None = None
    week: IsoWeek | None = None
    entries: tuple[EntryId, ...] = ()
    is_gone: bool = False


class Naming:
    """Finds lines by what people call them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def numbered(
        self, journal: Journal, chat_id: ChatId, numbers: Iterable[str], current: IsoWeek
    ) -> Named:
        """What the numbers mean in the outline that the chat was shown last.

        In a chat that was shown none, they are those of the current week.
        """
        async with self._database.snapshot() as connection:
            last = await outlines.last(connection, chat_id)
            week = await outline_of(connection, journal, current if last is None else last.week)
            outline = week.outline
            lines = {number: line for number in numbers if (line := outline.at(number)) is not None}
            week = await titled_for(connection, week, lines.values())
        if last is None:
            return Named(week, lines, unknown=tuple(n for n in numbers if n not in lines))
        known = {n: last.lines[n] for n in numbers if n in last.lines}
        is_changed = {
            number
            for number in numbers
            if number not in known
            or difference(known[number][1], outline.find(known[number][0])) is not None
        }
        return Named(
            week,
            lines,
            changed=tuple(n for n in numbers if n in is_changed and n in lines),
            gone=tuple(n for n in numbers if n in known and n not in lines),
            unknown=tuple(n for n in numbers if n not in known and n not in lines),
        )

    async def answered(self, journal: Journal, incoming: Incoming) -> Answered:
        """What the message replies to: a message that was kept, one about it, or a card."""
        async with self._database.snapshot() as connection:
            on_card = await _card(connection, journal, incoming)
            if on_card is not None:
                return on_card
            target = await find_target(connection, journal, incoming)
        if target.node is None:
            return Answered(is_gone=target.is_gone)
        return Answered(target.node.id, target.node.at.week, target.entry_ids)


async def _card(connection: Connection, journal: Journal, incoming: Incoming) -> Answered | None:
    if incoming.reply_to is None:
        return None
    about = await shown.recall(connection, incoming.reply_to)
    card = None if about is None else about.node_id
    if card is None:
        return None
    if await nodes.get(connection, card) is None:
        return Answered(is_gone=True)
    week = await single_lines.week_of(connection, journal.id, card)
    return None if week is None else Answered(card, week)
