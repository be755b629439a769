"""Where a new message goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.entry import WHOLE_WEEK, Entry, Node, Part, Placement
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.weekmarks import BadWeek, WeekMark, resolve
from bot.domain.journal import Journal
from bot.domain.markdown import caption_source, item_source
from bot.domain.week import IsoWeek
from bot.services.filing import roots_of
from bot.services.incoming import Incoming
from bot.services.targets import Target
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
    part = parsed.part
    if incoming.file is not None:
        # A title is one line and takes no file along.
        part = Part.ITEM if parsed.part is Part.TITLE else parsed.part
        part = Part.PICTURE if incoming.file.is_picture else part
    section = None if parsed.part in WHOLE_WEEK else parsed.section
    own_week = journal.week_of(incoming.sent_at)
    if isinstance(parsed.week, BadWeek):
        # The question where it goes will say so.
        return Placement(own_week, None, part)
    marked = marked_week(journal, incoming.sent_at, parsed.week)
    node = target.node
    if node is not None and marked in {None, node.at.week}:
        fits = parsed.part is Part.ITEM and section in {None, node.at.section}
        below = _below(target, node, incoming, parsed, part) if fits else None
        if below is not None:
            return below
        if not parsed.tagged:
            takes_over = part is Part.ITEM and node.at.part in _FREE
            there = node.at.part if takes_over else part
            return Placement(node.at.week, node.at.section, there)
    if target.part is not None and not parsed.tagged:
        there = part if part is Part.PICTURE else target.part
        return Placement(marked or target.week or own_week, target.section, there)
    if not parsed.tagged:
        section = section or sticky
    return Placement(marked or target.week or own_week, section, part)


def _below(
    target: Target, node: Node, incoming: Incoming, parsed: ParsedMessage, part: Part
) -> Placement | None:
    """The place below or beside the line in question, where there is one."""
    at = node.at
    if part is Part.PICTURE:
        # A picture goes along with what it belongs to; the report shows it with the others.
        beside = at.part in {Part.PICTURE, Part.CAPTION}
        return Placement(at.week, at.section, part, at.parent if beside else node.id)
    if at.part is Part.ITEM:
        return Placement(at.week, at.section, part, node.id)
    if at.part is Part.PICTURE and target.lacks_caption and _is_caption(incoming, parsed):
        return Placement(at.week, at.section, Part.CAPTION, node.id)
    if at.part is Part.PICTURE:
        return Placement(at.week, at.section, part, at.parent)
    return None


def _is_caption(incoming: Incoming, parsed: ParsedMessage) -> bool:
    """Whether the words can be the alt text of a picture: one plain line of one's own."""
    if incoming.is_forward or incoming.file is not None or len(parsed.items) != 1:
        return False
    [item] = parsed.items
    return not item.children and item_source(item.text) == caption_source(item.text)


def marked_week(journal: Journal, sent_at: datetime, mark: WeekMark | None) -> IsoWeek | None:
    """The week that a mark means in a message of that instant, if there is such a week."""
    return None if mark is None else resolve(mark, journal.day_of(sent_at))


def claims(target: Target, parsed: ParsedMessage) -> bool:
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


async def place_of_album(
    connection: Connection, album: Sequence[Entry], part: Part
) -> Placement | None:
    """Where the parts of an album stand that are here already, for one more as that part."""
    for entry in album:
        for root in await roots_of(connection, entry.id):
            return replace(root.at, part=part)
    return None
