"""What people are told of messages that could not be handled."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from bot.chat import failures as module
from bot.chat.afterwards import Afterwards
from bot.chat.failures import Failures
from bot.chat.messenger import Messenger
from bot.chat.views import Saying
from bot.domain.entry import ChatId, MessageId
from bot.services.intake import Failure


class _Messenger:
    """Remembers what it says."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str, int | None]] = []

    async def say(
        self, chat_id: ChatId, saying: Saying, reply_to: MessageId | None = None, **_: object
    ) -> MessageId:
        """Said."""
        await asyncio.sleep(0)
        self.said.append((chat_id, saying.text.text, reply_to))
        return MessageId(1)


def _failure(number: int, chat_id: int = 5) -> Failure:
    message: dict[str, Any] = {"message_id": number, "chat": {"id": chat_id}}
    return Failure(f"id{number}", {"update_id": number, "message": message})


def _told(number: int, chat_id: int = 5) -> tuple[int, str, int | None]:
    words = "I could not handle this message. I kept it as it came, but it is not in your report."
    return chat_id, f"{words} Look for id{number} in the log.", number


def _together(count: int, last: int) -> tuple[int, str, int | None]:
    words = f"I could not handle {count} more messages. I kept them as they came, but they are not"
    return 5, f"{words} in your report. Look for id{last}, the last of them, in the log.", None


async def test_many_failures_are_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first by themselves, the rest together at once, and those after it after a pause.

    Other chats, and what else the chat is to be told, do not wait for it.
    """
    monkeypatch.setattr(module, "_GATHERED_SECONDS", 0.05)
    messenger, afterwards = _Messenger(), Afterwards()
    failures = Failures(cast("Messenger", messenger), afterwards, "en", lambda: "new")
    reacted = asyncio.Event()

    async def react() -> None:
        reacted.set()

    afterwards.start()
    for number in range(1, 1001):
        failures.tell(_failure(number))
    failures.tell(_failure(7, chat_id=6))
    afterwards.add(ChatId(5), react)
    await asyncio.wait_for(reacted.wait(), 1)
    assert len(messenger.said) <= 5
    await asyncio.sleep(0.02)
    mine = [told for told in messenger.said if told[0] == 5]
    assert mine == [_told(1), _told(2), _told(3), _together(997, 1000)]
    assert _told(7, chat_id=6) in messenger.said
    failures.tell(_failure(1001))
    await asyncio.sleep(0.02)
    failures.tell(_failure(1002))
    assert messenger.said[-1] == _together(997, 1000)
    await asyncio.sleep(0.1)
    assert messenger.said[-1] == _together(2, 1002)
    failures.tell(_failure(1003))
    await asyncio.sleep(0.1)
    assert messenger.said[-1] == _told(1003)
    await afterwards.stop(1)


async def test_after_a_minute_each_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is remembered of chats whose minute is over."""
    monkeypatch.setattr(module, "_A_MINUTE", 0.0)
    messenger, afterwards = _Messenger(), Afterwards()
    failures = Failures(cast("Messenger", messenger), afterwards, "en", lambda: "new")
    afterwards.start()
    for number in range(1, 6):
        failures.tell(_failure(number))
    failures.tell(_failure(6, chat_id=6))
    await afterwards.stop(1)
    by_number = sorted(messenger.said, key=lambda told: told[2] or 0)
    assert by_number == [*(_told(number) for number in range(1, 6)), _told(6, chat_id=6)]
    assert list(failures._runs) == [6]
