"""What a message adds to a week: an entry, and the nodes of the outline that it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.text import NO_TEXT, RichText
from bot.domain.week import IsoWeek

JournalId = NewType("JournalId", int)
EntryId = NewType("EntryId", int)
NodeId = NewType("NodeId", int)
PictureId = NewType("PictureId", int)
ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)

NO_CHAT = ChatId(0)
"""The chat of what came by no message, such as an imported report."""


class Part(StrEnum):
    """Which part of the report a node belongs to."""

    ITEM = "item"
    TEXT = "text"
    PICTURE = "picture"
    INTRO = "intro"
    OUTRO = "outro"
    SUMMARY = "summary"
    TITLE = "title"
    CAPTION = "caption"
    """What was said about a picture by a reply to it; stands below the picture."""


# These belong to the report as a whole and stand in no section.
WHOLE_WEEK = frozenset({Part.SUMMARY, Part.TITLE})


class State(StrEnum):
    """What has become of an entry; every message received is in exactly one of them."""

    PLACED = "placed"
    UNTAGGED = "untagged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section as a journal is set up: its key, its heading (Markdown), its tags in lower case.

    `former` are headings it had before, by which old files name it, `former_tags` tags by which
    old messages do. One that `is_ended` takes nothing new and keeps what it has.
    """

    key: str
    heading: str
    tags: tuple[str, ...]
    former: tuple[str, ...] = ()
    is_ended: bool = False
    former_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageKey:
    """What names a message for ever: edits and repeated updates carry the same one."""

    chat_id: ChatId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class Entry:
    """A message that was kept, in its last version."""

    id: EntryId
    journal_id: JournalId
    key: MessageKey
    media_group: str | None
    author_id: int
    author: str
    sent_at: datetime
    text: RichText
    week: IsoWeek
    state: State
    edits: int
    reaction: str
    is_forward: bool = False
    origin: RichText = NO_TEXT
    comment_id: EntryId | None = None
    """The entry of the comment that came with this forward ..."""
    tagged_by: MessageId | None = None
    """... or the message of the tag, where that was all of the comment."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a node stands: below another one, or in a part of a section of a week."""

    week: IsoWeek
    section: str | None
    part: Part
    parent: NodeId | None = None

    @property
    def is_filed(self) -> bool:
        """Whether it shows in the report; items, paragraphs and pictures need a section for it."""
        return self.section is not None or self.part in _PARTS_OF_THE_WHOLE


_PARTS_OF_THE_WHOLE = frozenset({Part.INTRO, Part.OUTRO, Part.SUMMARY, Part.TITLE})


class Location(StrEnum):
    """What has become of the place that a picture's file tells (EXIF, XMP)."""

    NONE = "none"
    CUT = "cut"
    KEPT = "kept"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that belongs to a node: its name, and what a link to it says.

    One that `is_picture` is shown as such, any other is linked to. `is_missing` says that it
    could not be fetched and never will be. `unique_id` is Telegram's.
    """

    name: str
    label: str = ""
    is_picture: bool = True
    is_missing: bool = False
    unique_id: str = ""
    id: PictureId | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One line, paragraph or picture of the report.

    `source` is its Markdown as the message's last version gives it, `text` as the report shows
    it: they differ where it was edited by other means than its message. A picture has its file,
    or the address where it is on the web or in the report it was imported with. `origin` is where
    its message was forwarded from; `tail` is Markdown that the report shows behind it.
    `sent_at` is when the message came that brought it.
    Siblings are ordered by `position` (Unix time until somebody moves it), message and line.
    """

    id: NodeId
    entry_id: EntryId
    at: Placement
    position: float
    message_id: MessageId
    line: int
    source: str
    text: str
    file: AttachedFile | None = None
    address: str | None = None
    author_id: int = 0
    author: str = ""
    origin: RichText = NO_TEXT
    media_group: str | None = None
    tail: str = ""
    is_imported: bool = False
    sent_at: datetime | None = None

    @property
    def order(self) -> tuple[float, int, int, int]:
        """The key by which siblings are sorted."""
        return (self.position, self.message_id, self.line, self.id)


@dataclass(frozen=True, slots=True)
class Line:
    """One node as a message says it: `parent` is the index of the line it stands below.

    `address` is that of a picture on the web.
    """

    part: Part
    source: str
    parent: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The messages of a week, counted: `received` is the sum of the others.

    An album counts as one message, and so does a comment with its forward.
    """

    placed: int = 0
    untagged: int = 0
    removed: int = 0

    @property
    def received(self) -> int:
        """How many messages came; each has become exactly one of the three."""
        return self.placed + self.untagged + self.removed
