"""What the use cases need from the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.domain.entry import ChatId
from bot.domain.entry import Location as Location
from bot.domain.journal import Journal
from bot.domain.stats import AllStats, YearStats
from bot.domain.week import IsoWeek
from bot.services.reporting import CompiledWeek


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class NotSentError(Exception):
    """The message has certainly not reached the chat; it can be sent again after `wait`."""

    def __init__(self, fault: str, wait: timedelta = timedelta()) -> None:
        super().__init__(fault)
        self.wait = wait


class ChatClosedError(NotSentError):
    """The person has blocked the bot, or the group has removed it."""


class Courier(Protocol):
    """Brings a week's report to its chat.

    Each method raises NotSentError where nothing was sent for certain; any other error leaves
    it in doubt. A wait that Telegram asks for before anything was sent is left to the caller,
    unless it is short; what has been begun is finished after it.
    """

    def expect(self, drafts: int) -> None:
        """So many chats are about to be sent a draft."""

    async def turn(self, chat_id: ChatId) -> None:
        """It is the chat's turn: what is sent to it next goes out without waiting for one."""

    async def send_preview(self, chat_id: ChatId, week: CompiledWeek, *, again: bool) -> None:
        """The report as it will look, marked as sent again where `again`."""

    async def send_file(self, chat_id: ChatId, week: CompiledWeek) -> None:
        """The report as a file, with its pictures."""

    async def send_reminder(self, chat_id: ChatId, week: CompiledWeek) -> None:
        """What is still untagged or missing in the week."""

    async def offer_file(self, chat_id: ChatId, journal: Journal, week: IsoWeek) -> None:
        """One line with a button that fetches the file."""

    async def tell_absence(
        self, chat_id: ChatId, journal: Journal, since: datetime, until: datetime
    ) -> None:
        """One sentence: what was sent between the two instants may not have arrived."""

    async def send_empty(self, chat_id: ChatId, journal: Journal, week: IsoWeek) -> None:
        """One short line about a week without entries."""


class FetchError(Exception):
    """A file could not be fetched; `final` where it never will be."""

    def __init__(self, fault: str, *, final: bool) -> None:
        super().__init__(fault)
        self.final = final


class FileSource(Protocol):
    """Fetches the files that people send."""

    async def fetch(self, file_id: str) -> bytes:
        """The file's content. Raises FetchError."""


class PageError(Exception):
    """A page's title could not be had; `final` where another try would have the same answer."""

    def __init__(self, fault: str, *, final: bool) -> None:
        super().__init__(fault)
        self.final = final


class PageTitles(Protocol):
    """Knows the titles of web pages."""

    async def title_of(self, address: str) -> str:
        """The title of the page at an http or https address: one line, not empty, bounded.

        Raises PageError.
        """


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """A picture's file as it is to be kept: its bytes, its real suffix (`.jpg`), sides in pixels.

    `location` is STUCK where the file tells a place that could not be cut out of it.
    """

    content: bytes
    suffix: str
    width: int
    height: int
    location: Location


class PictureInspector(Protocol):
    """Looks into picture files."""

    async def inspect(self, content: bytes, *, keep_location: bool) -> InspectedPicture | None:
        """The picture, without the place where it was taken unless that is kept; None: no picture.

        Nothing is encoded anew: but for the place, the bytes are those that came.
        """


class PictureShrinker(Protocol):
    """Makes pictures small."""

    async def shrink(self, content: bytes) -> bytes | None:
        """The picture as a JPEG of bounded size; None where it cannot be shown as one."""


class FilePlaces(Protocol):
    """Knows where files lie on the disk."""

    def path_of(self, sha256: str) -> Path:
        """Where the file with that content lies, if it is there."""


class PictureShelf(Protocol):
    """Keeps files by their content."""

    async def keep(self, content: bytes) -> str:
        """The SHA-256 of the content (hex), which is on the disk now. Raises OSError."""

    async def read(self, sha256: str) -> bytes:
        """The content with that SHA-256. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture (PNG), and the names that letters in it stand for: no font had signs for them."""

    png: bytes
    letters: Mapping[str, str]


class StatsPainter(Protocol):
    """Draws statistics."""

    async def paint(self, stats: YearStats | AllStats, *, language: str, dark: bool) -> Drawing:
        """The picture."""
