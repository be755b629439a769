"""Looking at the bot's outlines and cards as a person does."""

from __future__ import annotations

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene


def buttons(message: Message) -> list[list[str]]:
    """The words on a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def words_on(message: Message) -> list[str]:
    """The words on all of a message's buttons."""
    return [words for row in buttons(message) for words in row]


async def shown(person: Person, message: Message, *words: str) -> Message:
    """The bot's message once it says all of that."""
    return await person.wait(
        lambda chat: next(
            (
                m
                for m in chat
                if m["message_id"] == message["message_id"]
                and all(word in m.get("text", "") for word in words)
            ),
            None,
        )
    )


async def with_button(person: Person, message: Message, words: str) -> Message:
    """The bot's message once it has that button."""
    return await person.wait(
        lambda chat: next(
            (
                m
                for m in chat
                if m["message_id"] == message["message_id"]
                and any(words in row for row in buttons(m))
            ),
            None,
        )
    )


async def listed(scene: Scene, words: str = "/list", person: Person | None = None) -> Message:
    """The outline that the bot sends for a command."""
    who = person or scene.person
    asked = await who.send(words, at=scene.clock.now())
    return await who.wait_for_answer("点数字", after=asked["message_id"])


async def pressed(person: Person, message: Message, words: str) -> str:
    """What the bot says in the notice when that button is pressed; empty where nothing."""
    query_id = await person.press(message, words)
    event = 0
    while True:
        news = await person.get("events", after=str(event), timeout="5")
        assert news["changes"], "the press is not answered"
        for change in news["changes"]:
            if change["kind"] == "callback_answer" and change["callback_query_id"] == query_id:
                return str(change["text"])
        event = news["event"]
