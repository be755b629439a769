"""A week's worth of messages of all kinds, and what has to have become of each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.sandbox.person import Message, Person
from tests.e2e.pictures import jpeg

# How often each kind is said, of a hundred.
PLAIN: Final = {"tagged": 60, "untagged": 22, "reply": 14, "picture": 4}
EVERY_KIND: Final = {
    "tagged": 40, "untagged": 18, "reply": 14, "picture": 4, "file": 6, "album": 8, "forward": 10,
}  # fmt: skip
# What Telegram sends as several messages.
_TORN: Final = ("album", "forward")

_ORIGIN: Final = {
    "type": "user",
    "date": 1_690_000_000,
    "sender_user": {"id": 77, "is_bot": False, "first_name": "老王"},
}
_LARGEST_ALBUM: Final = 5
_MOST_FORWARDS: Final = 3
# Nothing is taken for the comment on what was forwarded later than this.
_APART: Final = timedelta(seconds=2)

Between = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Told:
    """A message as the person left it.

    What belongs together has the `unit` of its first message. An album's messages show their
    reaction on its first one. `below` is the message that this one has to stand below.
    """

    message: Message
    text: str
    tagged: bool
    edits: int = 0
    below: int | None = None
    picture: bool = False
    file: bool = False
    in_album: bool = False
    is_forward: bool = False
    unit: int = 0
    caption_came_late: bool = False

    def __post_init__(self) -> None:
        self.unit = self.unit or self.message_id

    @property
    def message_id(self) -> int:
        """The id of the message."""
        number: int = self.message["message_id"]
        return number

    @property
    def words(self) -> str:
        """What the report is to say: the text without its tag, a forward with its origin."""
        words = self.text.partition(" ")[2] if self.text.startswith("#") else self.text
        return f"{words} — 老王" if self.is_forward else words

    @property
    def reaction(self) -> str:
        """What the message is to show in the end."""
        if not self.tagged:
            return "🤔"
        return "👌" if self.edits % 2 else "✍"

    @property
    def is_first(self) -> bool:
        """Whether it is the first message of what belongs together."""
        return self.unit == self.message_id

    @property
    def shows(self) -> list[str]:
        """The reactions that are to be seen on this very message in the end."""
        return [] if self.in_album and not self.is_first else [self.reaction]


@dataclass
class Talk:
    """What a person says, at random but the same in each run with the same seed.

    `at` is the date of the next message, which moves on with each; None: dates are the server's.
    """

    person: Person
    chance: random.Random
    kinds: Mapping[str, int] = field(default_factory=lambda: PLAIN)
    at: datetime | None = None
    told: list[Told] = field(default_factory=list)
    _uploads: dict[str, str] = field(default_factory=dict)

    async def say(self, messages: int, pause: float = 0.0) -> None:
        """So many new messages, with edits of earlier ones between them, `pause` seconds apart."""

        async def between() -> None:
            await asyncio.sleep(pause)

        wanted = len(self.told) + messages
        while len(self.told) < wanted:
            kind = self.chance.choices(tuple(self.kinds), tuple(self.kinds.values()))[0]
            await self._say(kind, wanted - len(self.told), between)
            if self.chance.random() < 0.15:
                await self._edit_one()
            await between()

    async def say_torn(self, kind: str, between: Between) -> None:
        """An album or a forward with its comment; something happens after its first message."""
        pending = [between]

        async def once() -> None:
            if pending:
                await pending.pop()()

        await self._say(kind, _LARGEST_ALBUM, once)
        assert not pending, f"{kind} is a single message"

    async def _say(self, kind: str, most: int, between: Between) -> None:
        number = len(self.told)
        if self.at is not None:
            self.at += _APART
        if kind in _TORN and most < 2:
            kind = "tagged"
        parents = [t for t in self.told if t.tagged and not t.picture and not t.is_forward]
        tag = self.chance.choice(("#life", "#技术"))
        if kind == "album":
            await self._say_album(f"{tag} 册{number}号", most, between)
        elif kind == "forward":
            await self._say_forward(f"{tag} 评{number}号", most, between)
        elif kind == "picture":
            await self._send(f"{tag} 图{number}号", tagged=True, picture=True)
        elif kind == "file":
            await self._send(f"{tag} 件{number}号", tagged=True, file=True)
        elif kind == "reply" and parents:
            parent = self.chance.choice(parents[-30:])
            await self._send(f"回{number}号", tagged=True, below=parent.message_id)
        elif kind == "untagged":
            await self._send(f"第{number}号", tagged=False)
        else:
            await self._send(f"{tag} 第{number}号", tagged=True)

    async def _say_album(self, caption: str, most: int, between: Between) -> None:
        """The caption is on any part; one of five albums has a caption without a tag."""
        tagged = self.chance.random() < 0.8
        parts = self.chance.randint(2, min(_LARGEST_ALBUM, most))
        captioned = self.chance.randrange(parts)
        group, first = f"album-{self.chance.getrandbits(64)}", 0
        for part in range(parts):
            text = "" if part != captioned else caption if tagged else caption.partition(" ")[2]
            told = await self._send(
                text, tagged=tagged, picture=True, in_album=True, unit=first, group=group
            )
            first = first or told.message_id
            told.caption_came_late = tagged and told.is_first and captioned > 0
            if part < parts - 1:
                await between()

    async def _say_forward(self, comment: str, most: int, between: Between) -> None:
        """A comment and what it is about; one comment of four has no tag."""
        tagged = self.chance.random() < 0.75
        first = await self._send(comment if tagged else comment.partition(" ")[2], tagged=tagged)
        for number in range(self.chance.randint(1, min(_MOST_FORWARDS, most - 1))):
            await between()
            unit = first.message_id
            text = f"转{unit}之{number}"
            await self._send(text, tagged=tagged, is_forward=True, below=unit, unit=unit)

    async def _send(
        self,
        text: str,
        *,
        tagged: bool,
        below: int | None = None,
        picture: bool = False,
        file: bool = False,
        in_album: bool = False,
        is_forward: bool = False,
        unit: int = 0,
        group: str = "",
    ) -> Told:
        more: dict[str, object] = {}
        if picture or file:
            more |= {"kind": "photo" if picture else "document"}
            more |= {"file_id": await self._upload("photo.jpg" if picture else "notes.pdf")}
        if is_forward:
            more |= {"forward_origin": _ORIGIN}
        elif below is not None:
            more |= {"reply_to": below}
        if group:
            more |= {"media_group_id": group}
        message = await self.person.send(text, at=self.at, **more)
        told = Told(
            message,
            text,
            tagged,
            below=below,
            picture=picture,
            file=file,
            in_album=in_album,
            is_forward=is_forward,
            unit=unit,
        )
        self.told.append(told)
        return told

    async def _upload(self, name: str) -> str:
        if name not in self._uploads:
            is_photo = name.endswith(".jpg")
            content = jpeg() if is_photo else b"%PDF-1.7 notes"
            mime_type = "image/jpeg" if is_photo else "application/pdf"
            self._uploads[name] = await self.person.upload(content, name, mime_type)
        return self._uploads[name]

    async def _edit_one(self) -> None:
        """The tag stays as it is, so that edits never change what a message is."""
        editable = [told for told in self.told if not told.in_album and not told.is_forward]
        if not editable:
            return
        told = self.chance.choice(editable)
        told.edits += 1
        told.text = f"{told.text.partition('，')[0]}，改过{told.edits}次"
        await self.person.edit(told.message, told.text)
