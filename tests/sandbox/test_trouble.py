"""Trouble on request: faults, and flood control."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import PERSON, RefusalError, Sides


async def send(sides: Sides, text: str = "a", chat_id: int = PERSON) -> Any:
    return await sides.bot("sendMessage", chat_id=chat_id, text=text)


async def shown(sides: Sides) -> list[str]:
    return [m["text"] for m in (await sides.see(f"chats/{PERSON}/messages"))["messages"]]


async def test_a_status_strikes_as_often_as_asked(sides: Sides) -> None:
    """Two calls fail with the status and its parameters, the third succeeds."""
    await sides.person(
        "faults",
        method="sendMessage",
        kind="status",
        error_code=429,
        description="Too Many Requests: retry after 3",
        retry_after=3,
        times=2,
    )
    for _ in range(2):
        with pytest.raises(RefusalError, match="retry after 3") as refusal:
            await send(sides)
        assert refusal.value.parameters == {"retry_after": 3}
    assert await sides.bot("getMe")
    assert await send(sides)


async def test_a_fault_keeps_to_its_chat(sides: Sides) -> None:
    """A fault for one chat leaves another alone, until all faults are cleared."""
    group = await sides.person("chats", type="group", title="Team", members=[PERSON])
    await sides.person("faults", method="*", kind="status", chat_id=PERSON, error_code=502)
    with pytest.raises(RefusalError, match="502 Bad Gateway"):
        await send(sides)
    assert await send(sides, chat_id=group["id"])
    async with sides.session.delete(f"{sides.sandbox.url}/sandbox/faults") as answer:
        assert answer.status == 200
    assert await send(sides)


@pytest.mark.parametrize(("when", "texts"), [("before", []), ("after", ["a"])])
async def test_a_dropped_call_is_carried_out_or_not(
    sides: Sides, when: str, texts: list[str]
) -> None:
    """The connection ends without an answer, before or after the message is sent."""
    await sides.person("faults", method="sendMessage", kind="drop", when=when, times=1)
    with pytest.raises(aiohttp.ClientError):
        await send(sides)
    assert await shown(sides) == texts


async def test_a_truncated_answer_is_no_json(sides: Sides) -> None:
    """Half an answer arrives, and the message is sent."""
    await sides.person("faults", kind="truncate", times=1)
    with pytest.raises(json.JSONDecodeError):
        await send(sides)
    assert await shown(sides) == ["a"]


async def test_delays_and_hangs(sides: Sides) -> None:
    """A delayed call succeeds late; a hanging one never answers."""
    await sides.person("faults", kind="delay", seconds=0.2, times=1)
    started = asyncio.get_running_loop().time()
    await send(sides)
    assert asyncio.get_running_loop().time() - started >= 0.2
    await sides.person("faults", kind="hang", when="after", times=1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(send(sides, "b"), 0.2)
    assert await shown(sides) == ["a", "b"]


async def test_chance_is_seeded(sides: Sides) -> None:
    """With the same seed the same calls fail."""

    async def outcome() -> list[bool]:
        await sides.person("faults", kind="status", probability=0.5, seed=7, method="getMe")
        results = []
        for _ in range(12):
            try:
                results.append(bool(await sides.bot("getMe")))
            except RefusalError:
                results.append(False)
        async with sides.session.delete(f"{sides.sandbox.url}/sandbox/faults"):
            return results

    first = await outcome()
    assert first == await outcome()
    assert 2 < sum(first) < 10


async def test_a_fault_must_make_sense(sides: Sides) -> None:
    """An unknown kind or field is told to the person."""
    for wish in ({"kind": "flood"}, {"kind": "drop", "mood": 1}, {"kind": "drop", "when": "noon"}):
        with pytest.raises(RefusalError, match="fault"):
            await sides.person("faults", **wish)


async def test_flood_control(sides: Sides) -> None:
    """Switched on, a second message to a chat within a second is too many; reactions are not."""
    await sides.person("options", flood_control=True)
    sent = await send(sides)
    with pytest.raises(RefusalError, match="Too Many Requests: retry after 1") as refusal:
        await send(sides)
    assert refusal.value.status == 429
    assert refusal.value.parameters == {"retry_after": 1}
    assert await sides.bot("setMessageReaction", chat_id=PERSON, message_id=sent["message_id"])


async def test_calls_are_recorded(sides: Sides) -> None:
    """Each call is kept with its parameters as values, the time and whether it succeeded."""
    params = {"chat_id": str(PERSON), "text": "1", "reply_markup": '{"remove_keyboard": true}'}
    async with sides.session.post(sides.address("sendMessage"), data=params):
        pass
    with pytest.raises(RefusalError):
        await send(sides, "")
    good, bad = await sides.see("calls", method="sendmessage")
    assert good["params"] == {
        "chat_id": PERSON, "text": "1", "reply_markup": {"remove_keyboard": True},
    }  # fmt: skip
    assert (good["ok"], bad["ok"]) == (True, False)
    assert good["at"] <= bad["at"]
