"""What a message says, as lines for the outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.entry import EntryId, JournalId, Line, NodeId, Part, PictureId, Placement
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.outline import OutlineItem
from bot.domain.markdown import caption_source, heading_source, item_source, paragraph_sources
from bot.storage import nodes
from bot.storage.database import Connection


def lines_of(parsed: ParsedMessage, part: Part) -> list[Line]:
    """The lines of a message, each after the one it stands below; none where it says nothing."""
    match part:
        case Part.PICTURE:
            return [Line(part, caption_source(parsed.body))]
        case Part.TITLE:
            heading = heading_source(parsed.body)
            return [Line(part, heading)] if heading else []
        case Part.ITEM:
            lines: list[Line] = []
            _flatten(parsed.items, None, lines)
            if lines:
                return lines
            # A lone bullet makes no item, but it was sent.
            whole = item_source(parsed.body)
            return [Line(part, whole)] if whole else []
        case _:
            return [Line(part, source) for source in paragraph_sources(parsed.body)]


def _flatten(items: Iterable[OutlineItem], parent: int | None, lines: list[Line]) -> None:
    for item in items:
        index = len(lines)
        lines.append(Line(Part.ITEM, item_source(item.text), parent))
        _flatten(item.children, index, lines)


async def add_lines(
    connection: Connection,
    journal_id: JournalId,
    entry_id: EntryId,
    lines: Sequence[Line],
    at: Placement,
    position: float,
    picture_id: PictureId | None = None,
) -> None:
    """The lines of a new message are in the outline; `position` is Unix time."""
    ids: list[NodeId] = []
    for index, line in enumerate(lines):
        parent = at.parent if line.parent is None else ids[line.parent]
        new = nodes.NewNode(
            entry_id=entry_id,
            journal_id=journal_id,
            at=replace(at, part=line.part, parent=parent),
            position=position,
            line=index,
            source=line.source,
            picture_id=picture_id,
        )
        ids.append(await nodes.add(connection, new))
