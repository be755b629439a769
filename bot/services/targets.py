"""What a reply is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.entry import Entry, EntryId, Node, NodeId, Part, State
from bot.domain.journal import Journal
from bot.domain.markdown import plain_text
from bot.domain.week import IsoWeek
from bot.services.asking import read_part
from bot.services.filing import roots_of
from bot.services.incoming import Incoming
from bot.storage import entries, nodes, prompts, shown
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Target:
    """An entry with the line in question, or a week's report, or neither.

    `is_gone` where it is an entry or a line that was removed; `lacks_caption` where the line is a
    picture about which nothing was said yet. `with_it` are further entries that are meant. A
    reply to what the bot has asked for has the `part` and the section of the week that it is for.
    """

    entry: Entry | None = None
    node: Node | None = None
    week: IsoWeek | None = None
    is_gone: bool = False
    lacks_caption: bool = False
    with_it: tuple[EntryId, ...] = ()
    part: Part | None = None
    section: str | None = None

    @property
    def entry_ids(self) -> tuple[EntryId, ...]:
        """All entries that it is about."""
        return () if self.entry is None else (*self.with_it, self.entry.id)


NOWHERE: Final = Target()


async def find_target(connection: Connection, journal: Journal, incoming: Incoming) -> Target:
    """What the message replies to: a message that was kept, or one of the bot's about it."""
    if incoming.reply_to is None:
        return Target()
    prompt = await prompts.find(connection, incoming.reply_to)
    if prompt is not None and (wanted := read_part(prompt)) is not None:
        return Target(week=wanted.week, part=wanted.part, section=wanted.section)
    entry = await entries.of_message(connection, incoming.reply_to)
    if entry is not None and incoming.answered_at not in {None, entry.sent_at}:
        # That number was another message's, of a bot that had this chat before.
        entry = None
    week = None
    with_it: tuple[EntryId, ...] = ()
    if entry is None and (forwards := await entries.tagged_by(connection, incoming.reply_to)):
        # A tag alone: it is about all that came with it, and what is to hang below hangs last.
        here = [forward for forward in forwards if forward.state is not State.REMOVED]
        entry = here[-1] if here else forwards[-1]
        with_it = tuple(forward.id for forward in here[:-1])
    if entry is None:
        about = await shown.recall(connection, incoming.reply_to)
        if about is not None and about.node_id is not None:
            return await _on_card(connection, journal, about.node_id)
        if about is not None and about.entry_id is not None:
            entry = await entries.get(connection, about.entry_id)
        elif about is not None:
            week = about.week
    if entry is None or entry.journal_id != journal.id:
        return Target(week=week)
    if entry.state is State.REMOVED:
        return Target(is_gone=True)
    return replace(await target_in(connection, entry, incoming.quote), with_it=with_it)


async def _on_card(connection: Connection, journal: Journal, node_id: NodeId) -> Target:
    """The line of a card; where that is gone, the rest of its entry is not what was meant."""
    line = await nodes.get(connection, node_id)
    entry = None if line is None else await entries.get(connection, line.entry_id)
    if line is None or entry is None:
        return Target(is_gone=True)
    if entry.journal_id != journal.id:
        return NOWHERE
    return await target_in(connection, entry, node=line)


async def target_in(
    connection: Connection, entry: Entry, quote: str = "", *, node: Node | None = None
) -> Target:
    """The entry with that line, or the one that is meant by a quote, or without one."""
    if node is None:
        node = await _line_meant(connection, entry, quote)
    lacks_caption = (
        node is not None
        and node.at.part is Part.PICTURE
        and not node.text
        and not any(
            below.at.part is Part.CAPTION for below in await nodes.children(connection, node.id)
        )
    )
    return Target(entry, node, lacks_caption=lacks_caption)


async def _line_meant(connection: Connection, entry: Entry, quote: str) -> Node | None:
    """The line that a reply quotes, else the message's last top-level line."""
    if quote.strip():
        lines = await nodes.of_entry(connection, entry.id)
        found = quoted([plain_text(line.text) for line in lines], quote.strip())
        if found is not None:
            return lines[found]
    roots = await roots_of(connection, entry.id)
    return roots[-1] if roots else None


def quoted(lines: Sequence[str], quote: str) -> int | None:
    """The index of the line that is quoted: the line itself, a part of it, or several lines."""
    for index, said in enumerate(lines):
        if said == quote:
            return index
    for index, said in enumerate(lines):
        if quote in said:
            return index
    within = [index for index, said in enumerate(lines) if said and said in quote]
    return max(within, key=lambda index: len(lines[index]), default=None)
