"""A week's worth of messages of all kinds, and what has to have become of each."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

from bot.sandbox.person import Message, Person
from tests.e2e.pictures import jpeg


@dataclass(slots=True)
class Told:
    """A message as the person left it."""

    message: Message
    text: str
    tagged: bool
    edits: int = 0
    below: int | None = None
    picture: bool = False

    @property
    def message_id(self) -> int:
        """The id of the message."""
        number: int = self.message["message_id"]
        return number

    @property
    def words(self) -> str:
        """What the report is to say: the text without its tag."""
        return self.text.partition(" ")[2] if self.text.startswith("#") else self.text

    @property
    def reaction(self) -> str:
        """What the message is to show in the end."""
        if not self.tagged:
            return "🤔"
        return "👌" if self.edits % 2 else "✍"


@dataclass
class Talk:
    """What a person says, at random but the same in each run with the same seed."""

    person: Person
    chance: random.Random
    told: list[Told] = field(default_factory=list)
    _picture: str = ""

    async def say(self, messages: int, pause: float = 0.0) -> None:
        """So many new messages, with edits of earlier ones between them, `pause` seconds apart."""
        for _ in range(messages):
            await self._say_one()
            if self.chance.random() < 0.15:
                await self._edit_one()
            await asyncio.sleep(pause)

    async def _say_one(self) -> None:
        number = len(self.told)
        kind = self.chance.choices(("tagged", "untagged", "reply", "picture"), (60, 22, 14, 4))[0]
        parents = [told for told in self.told if told.tagged and not told.picture]
        tag = self.chance.choice(("#life", "#技术"))
        if kind == "picture":
            if not self._picture:
                self._picture = await self.person.upload(jpeg(), "photo.jpg", "image/jpeg")
            text = f"{tag} 图{number}号"
            message = await self.person.send(text, kind="photo", file_id=self._picture)
            self.told.append(Told(message, text, tagged=True, picture=True))
        elif kind == "reply" and parents:
            parent = self.chance.choice(parents[-30:])
            text = f"回{number}号"
            message = await self.person.send(text, reply_to=parent.message_id)
            self.told.append(Told(message, text, tagged=True, below=parent.message_id))
        else:
            text = f"第{number}号" if kind == "untagged" else f"{tag} 第{number}号"
            message = await self.person.send(text)
            self.told.append(Told(message, text, tagged=kind != "untagged"))

    async def _edit_one(self) -> None:
        """The tag stays as it is, so that edits never change what a message is."""
        told = self.chance.choice(self.told)
        told.edits += 1
        told.text = f"{told.text.partition('，')[0]}，改过{told.edits}次"
        await self.person.edit(told.message, told.text)
