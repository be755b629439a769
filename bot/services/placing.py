"""Where a new message goes."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.entry import WHOLE_WEEK, Entry, Node, Part, Placement, State
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.weekmarks import BadWeek, resolve
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.filing import roots_of
from bot.services.incoming import Incoming
from bot.services.targets import Target
from bot.storage import entries
from bot.storage.database import Connection

_FREE = frozenset({Part.TEXT, Part.INTRO, Part.OUTRO, Part.SUMMARY})


def placement(
    journal: Journal,
    incoming: Incoming,
    parsed: ParsedMessage,
    target: Target,
    sticky: str | None = None,
) -> Placement:
    """Where the message goes by what it says, what it replies to, and the section that sticks."""
    is_picture = incoming.file is not None and incoming.file.is_picture
    part = Part.PICTURE if is_picture else parsed.part
    section = None if parsed.part in WHOLE_WEEK else parsed.section
    own_week = journal.week_of(incoming.sent_at)
    if isinstance(parsed.week, BadWeek):
        # The question where it goes will say so.
        return Placement(own_week, None, part)
    marked = marked_week(journal, incoming, parsed)
    node = target.node
    if node is not None and marked in {None, node.at.week}:
        fits = parsed.part is Part.ITEM and section in {None, node.at.section}
        below = _below(target, node, parsed, part) if fits else None
        if below is not None:
            return below
        if not parsed.tagged:
            takes_over = part is Part.ITEM and node.at.part in _FREE
            there = node.at.part if takes_over else part
            return Placement(node.at.week, node.at.section, there)
    if not parsed.tagged:
        section = section or sticky
    return Placement(marked or target.week or own_week, section, part)


def _below(target: Target, node: Node, parsed: ParsedMessage, part: Part) -> Placement | None:
    """The place below or beside the line in question, where there is one."""
    at = node.at
    if part is Part.PICTURE:
        # A picture goes along with what it belongs to; the report shows it with the others.
        beside = at.part in {Part.PICTURE, Part.CAPTION}
        return Placement(at.week, at.section, part, at.parent if beside else node.id)
    if at.part is Part.ITEM:
        return Placement(at.week, at.section, part, node.id)
    if at.part is Part.PICTURE and target.lacks_caption and _is_one_line(parsed):
        return Placement(at.week, at.section, Part.CAPTION, node.id)
    if at.part is Part.PICTURE:
        return Placement(at.week, at.section, part, at.parent)
    return None


def _is_one_line(parsed: ParsedMessage) -> bool:
    return len(parsed.items) == 1 and not parsed.items[0].children


def marked_week(journal: Journal, incoming: Incoming, parsed: ParsedMessage) -> IsoWeek | None:
    """The week that the message names, if it names one that there is."""
    if parsed.week is None:
        return None
    return resolve(parsed.week, journal.day_of(incoming.sent_at))


async def album_parts(connection: Connection, incoming: Incoming) -> list[Entry]:
    """The other parts of the message's album that are here."""
    if incoming.media_group is None:
        return []
    parts = await entries.of_media_group(connection, incoming.key.chat_id, incoming.media_group)
    return [part for part in parts if part.state is not State.REMOVED]


async def place_of_album(
    connection: Connection, album: list[Entry], part: Part
) -> Placement | None:
    """Where the parts of an album stand that are here already, for one more as that part."""
    for entry in album:
        for root in await roots_of(connection, entry.id):
            return replace(root.at, part=part)
    return None
