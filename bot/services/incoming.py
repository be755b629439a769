"""A message as the use cases see it, and what they have to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.entry import EntryId, MessageKey
from bot.domain.reactions import NOTHING, REFUSED
from bot.domain.text import RichText


@dataclass(frozen=True, slots=True)
class IncomingPicture:
    """A picture on a message: Telegram's name for the file, its suffix (`.jpg`) and bytes."""

    file_id: str
    suffix: str
    is_photo: bool
    size: int | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or its edited version; `text` is the caption where there is a picture."""

    key: MessageKey
    sent_at: datetime
    author_id: int
    author: str
    text: RichText
    in_group: bool = False
    edited: bool = False
    picture: IncomingPicture | None = None
    media_group: str | None = None
    reply_to: MessageKey | None = None
    reply_to_bot: bool = False
    quote: str = ""
    unkept: str = ""
    """The kind of what hangs on the message and cannot be kept (`voice`), else empty."""


class Remark(StrEnum):
    """What a person is told about a message in words."""

    EMPTY_TAG = "empty tag"
    EMPTY_COMMAND = "empty command"
    EMPTY_MESSAGE = "empty message"
    NO_SUCH_WEEK = "no such week"
    KIND_NOT_KEPT = "kind not kept"
    ONLY_TEXT_KEPT = "only text kept"
    PICTURE_TOO_LARGE = "picture too large"
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

    @classmethod
    def refused(cls, remark: Remark, detail: str = "") -> Receipt:
        """A message that was not kept, and why."""
        return cls(reaction=REFUSED, remarks=((remark, detail),))
