"""A message as the use cases see it, and what they have to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.entry import EntryId, MessageKey
from bot.domain.reactions import NOTHING, REFUSED
from bot.domain.text import NO_TEXT, RichText
from bot.storage.sticky import Sticky

__all__ = ["Incoming", "IncomingFile", "Receipt", "Remark", "Sticky"]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file on a message: Telegram's names for it, its suffix (`.jpg`) and its size in bytes.

    One that `is_picture` stands where the pictures stand, with its caption as its alt text; any
    other is linked from the item that its caption makes, by its `label`. `is_photo` says that
    Telegram shows it as a photo by its `file_id`. The `unique_id` is the same for the same file
    whoever sends it, and tells whether an edit has exchanged it. `name` is the file's own name as
    the sender gave it, empty where it has none.
    """

    file_id: str
    unique_id: str
    suffix: str
    size: int | None
    is_picture: bool = False
    is_photo: bool = False
    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or its edited version; `text` is the caption where there is a file.

    Of a kind that is neither text nor file (a place, a poll), `text` says what it is. `origin`
    is where a forward comes from, in a word or as a link, empty where that is not told.
    `answered` is the message that this one replies to, as it came with it, and `answered_at` the
    date of that, also where it is the bot's.
    """

    key: MessageKey
    sent_at: datetime
    author_id: int
    author: str
    text: RichText
    in_group: bool = False
    edited: bool = False
    file: IncomingFile | None = None
    media_group: str | None = None
    reply_to: MessageKey | None = None
    reply_to_bot: bool = False
    answered: Incoming | None = None
    answered_at: datetime | None = None
    quote: str = ""
    is_forward: bool = False
    origin: RichText = NO_TEXT
    unkept: str = ""
    """The kind of what hangs on the message and cannot be kept (`game`), else empty."""


class Remark(StrEnum):
    """What a person is told about a message in words."""

    EMPTY_TAG = "empty tag"
    WORDS_STAY = "words stay"
    EMPTY_COMMAND = "empty command"
    EMPTY_MESSAGE = "empty message"
    NO_SUCH_WEEK = "no such week"
    KIND_NOT_KEPT = "kind not kept"
    ONLY_TEXT_KEPT = "only text kept"
    PICTURE_TOO_LARGE = "picture too large"
    FILE_TOO_LARGE = "file too large"
    NOTHING_TO_DELETE = "nothing to delete"
    ALREADY_GONE = "already gone"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a message.

    `touched` are the entries whose acknowledgement may have changed, `changed` says that they
    were there before; `reaction` is for a message that is no entry itself.
    """

    touched: frozenset[EntryId] = frozenset()
    changed: bool = False
    reaction: str = NOTHING
    remarks: tuple[tuple[Remark, str], ...] = field(default=())
    sticks: Sticky | None = None
    """What sticks for the person's next messages from now on."""
    waits: bool = False
    """The message is answered a second later, by whether a forward has come for it."""

    @classmethod
    def refused(cls, remark: Remark, detail: str = "") -> Receipt:
        """A message that was not kept, and why."""
        return cls(reaction=REFUSED, remarks=((remark, detail),))

    def with_(self, other: Receipt) -> Receipt:
        """This receipt with what came of a message that was taken in along with it."""
        if not (other.touched or other.changed or other.remarks):
            return self
        return replace(
            self,
            touched=self.touched | other.touched,
            changed=self.changed or other.changed,
            remarks=(*self.remarks, *other.remarks),
        )
