"""What a message says, as lines for the outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.entry import Entry, EntryId, JournalId, Line, NodeId, Part, PictureId, Placement
from bot.domain.grammar.message import ParsedMessage
from bot.domain.grammar.outline import OutlineItem
from bot.domain.markdown import (
    caption_source,
    heading_source,
    item_source,
    paragraph_sources,
    untitled_links,
)
from bot.domain.text import NO_TEXT, RichText, Style
from bot.services.incoming import Incoming
from bot.storage import nodes
from bot.storage.database import Connection

ADDED: Final = 1_000_000
"""From this line on, an entry's lines are none of its message's: they were added by an edit of
another line, and what happens to the message leaves them alone."""

_PICTURE_BY_LINK = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*)\]"
    r"\((?P<address>https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a message came: with a file or without, forwarded from where or not.

    A forward is one item, whatever its lines, with its origin behind the first one.
    """

    has_file: bool = False
    is_forward: bool = False
    origin: RichText = NO_TEXT

    @classmethod
    def of_incoming(cls, incoming: Incoming) -> Manner:
        """How the message came."""
        return cls(incoming.file is not None, incoming.is_forward, incoming.origin)

    @classmethod
    def of_entry(cls, entry: Entry, *, has_file: bool) -> Manner:
        """How the entry's message came."""
        return cls(has_file, entry.is_forward, entry.origin)

    def signed(self, text: RichText) -> RichText:
        """The text with the origin behind it."""
        if not self.origin:
            return text
        if not text:
            return self.origin
        return text + RichText(" " if self.has_link else " — ") + self.origin

    @property
    def has_link(self) -> bool:
        """Whether the origin is a link rather than a name."""
        return any(self.origin.spans_with(Style.LINK))


PLAIN = Manner()


def lines_of(parsed: ParsedMessage, part: Part, manner: Manner = PLAIN) -> list[Line]:
    """The lines of a message, each after the one it stands below; none where it says nothing."""
    match part:
        case Part.PICTURE:
            # A link has no place in the alt text: the report shows it behind the picture.
            said = parsed.body if manner.has_link else manner.signed(parsed.body)
            return [Line(part, caption_source(said))]
        case Part.CAPTION:
            caption = caption_source(parsed.body)
            return [Line(part, caption)] if caption else []
        case Part.TITLE:
            heading = heading_source(parsed.body)
            return [Line(part, heading)] if heading else []
        case Part.ITEM:
            return _items(parsed, manner)
        case _:
            body = manner.signed(parsed.body) if parsed.body else parsed.body
            sources = paragraph_sources(body) or (("",) if manner.has_file else ())
            return [Line(part, source) for source in sources]


def _items(parsed: ParsedMessage, manner: Manner) -> list[Line]:
    match = None if manner.has_file else _PICTURE_BY_LINK.match(parsed.body.text)
    if match is not None and item_source(parsed.body) == parsed.body.text:
        return [Line(Part.PICTURE, match["alt"].strip(), address=match["address"])]
    lines: list[Line] = []
    _flatten(_as_one(parsed.items, manner) if manner.is_forward else parsed.items, None, lines)
    if lines:
        return lines
    # A lone bullet makes no item, but it was sent.
    whole = item_source(parsed.body) or (item_source(manner.origin) if manner.has_file else "")
    return [Line(Part.ITEM, whole)] if whole or manner.has_file else []


def _as_one(items: Sequence[OutlineItem], manner: Manner) -> Sequence[OutlineItem]:
    """The first item with all others below it."""
    if not items:
        return items
    first, *others = items
    return [OutlineItem(manner.signed(first.text), (*first.children, *others))]


def _flatten(items: Iterable[OutlineItem], parent: int | None, lines: list[Line]) -> None:
    for item in items:
        index = len(lines)
        lines.append(Line(Part.ITEM, item_source(item.text), parent))
        _flatten(item.children, index, lines)


def links_in(lines: Iterable[Line]) -> list[str]:
    """The addresses whose titles the report would like to show, each once."""
    found = (address for line in lines for address in untitled_links(line.source))
    return list(dict.fromkeys(found))


async def add_lines(
    connection: Connection,
    journal_id: JournalId,
    entry_id: EntryId,
    lines: Sequence[Line],
    at: Placement,
    position: float,
    picture_id: PictureId | None = None,
) -> None:
    """The lines of a new message are in the outline; `position` is Unix time.

    A file belongs to the first of them.
    """
    ids: list[NodeId] = []
    for index, line in enumerate(lines):
        parent = at.parent if line.parent is None else ids[line.parent]
        new = nodes.NewNode(
            entry_id=entry_id,
            journal_id=journal_id,
            at=Placement(at.week, at.section, line.part, parent),
            position=position,
            line=index,
            source=line.source,
            picture_id=None if index else picture_id,
            address=line.address,
        )
        ids.append(await nodes.add(connection, new))
