"""A person before the message of `/settings`: presses its buttons and replies to its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene


@dataclass
class Page:
    """One message of settings, and who presses on it."""

    person: Person
    scene: Scene
    message_id: int

    async def press(self, button: str, shows: str) -> str:
        """The page's text, once it holds those words after the press."""
        await self.person.press(await self.person.message(self.message_id), button)
        return await self.shows(shows)

    async def shows(self, words: str) -> str:
        """The page's text, once it holds those words."""

        def found(chat: Sequence[Message]) -> Message | None:
            for message in chat:
                if message["message_id"] == self.message_id and words in message["text"]:
                    return message
            return None

        return str((await self.person.wait(found))["text"])

    async def buttons(self) -> list[str]:
        """The words on the buttons."""
        markup = (await self.person.message(self.message_id))["reply_markup"]
        return [button["text"] for row in markup["inline_keyboard"] for button in row]

    async def ask(self, button: str, question: str) -> Message:
        """The bot's question, a message that asks for a reply, after the press."""
        last = (await self.person.messages())[-1]["message_id"]
        await self.person.press(await self.person.message(self.message_id), button)
        asked = await self.person.wait_for_answer(question, after=last)
        assert asked["_reply_markup"]["force_reply"] is True
        assert asked["_reply_markup"]["input_field_placeholder"]
        return asked

    async def reply(self, to: Message, text: str, answer: str) -> Message:
        """The bot's answer with those words to a reply."""
        return await reply(self.scene, self.person, to, text, answer)


async def reply(scene: Scene, person: Person, to: Message, text: str, answer: str) -> Message:
    """The bot's answer with those words to the person's reply."""
    more: dict[str, Any] = {"reply_to": to["message_id"]}
    sent = await person.send(text, at=scene.clock.now(), **more)
    return await person.wait_for_answer(answer, after=sent["message_id"])


async def open_page(
    scene: Scene, words: str = "/settings", shows: str = "设置", person: Person | None = None
) -> Page:
    """The page that the command opens."""
    by = person or scene.person
    sent = await by.send(words, at=scene.clock.now())
    opened = await by.wait_for_answer(shows, after=sent["message_id"])
    return Page(by, scene, opened["message_id"])


async def set_by_typing(scene: Scene, words: str, answer: str) -> str:
    """The bot's whole answer to `/settings <words>`."""
    sent = await scene.person.send(f"/settings {words}", at=scene.clock.now())
    said = await scene.person.wait_for_answer(answer, after=sent["message_id"])
    return str(said["text"])
