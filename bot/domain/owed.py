"""What the bot owes a chat besides the acknowledgement of entries: it is kept until it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import EntryId, MessageId, NodeId
from bot.domain.text import RichText
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a reply is for: the kind of use, and whatever that kind needs to know."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """A message: its text, rows of buttons with their packed data, and what it answers.

    Replies to it find the entries that it is `about`. With a `prompt` it asks for a reply, and
    shows the `placeholder` where people type.
    """

    text: RichText
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    reply_to: MessageId | None = None
    about: tuple[EntryId, ...] = ()
    placeholder: str = ""
    prompt: Prompt | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A reaction on a message that is no entry; the words where reactions are refused."""

    message_id: MessageId
    emoji: str
    or_words: str = ""


@dataclass(frozen=True, slots=True)
class WeekPreview:
    """A week's preview, after which its file is owed; of an empty week one line."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class WeekFile:
    """A week's file; `bare` without its pictures."""

    week: IsoWeek
    bare: bool = False


@dataclass(frozen=True, slots=True)
class WeekList:
    """A week's numbered outline, from that page on; or from where that line is, which is marked."""

    week: IsoWeek
    page: int = 0
    line: NodeId | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """A picture of how much was written in that year, this one where None, or in the `whole`."""

    year: int | None = None
    dark: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the journal holds, as files."""


Owed = Speech | Sign | WeekPreview | WeekFile | WeekList | Stats | Everything
