"""Updates that could not be handled: kept whole, and handled once the fault is mended."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from bot import app
from bot.doctor.examining import examine
from bot.sandbox.person import Message
from bot.services.capture import Capture
from bot.services.incoming import Incoming, Receipt
from bot.storage import dead_letters
from bot.storage.database import Database
from bot.storage.dead_letters import DeadLetter
from tests.e2e.conftest import Scene
from tests.e2e.processes import until

_REAL = Capture.receive


class UpgradeNeededError(Exception):
    """The fault of this version."""


@asynccontextmanager
async def fault_for(meets: Callable[[Incoming], bool]) -> AsyncIterator[None]:
    """A version of the bot that cannot handle certain messages."""

    async def receive(self: Capture, journal: Any, incoming: Incoming) -> Receipt | None:
        receipt = await _REAL(self, journal, incoming)
        if meets(incoming):
            # Late, so that everything it has stored has to be taken back.
            raise UpgradeNeededError("毒")
        return receipt

    with patch.object(Capture, "receive", receive):
        yield


def poison(incoming: Incoming) -> bool:
    """A message that says so."""
    return "毒" in incoming.text.text


async def mark(scene: Scene) -> None:
    """`weeknotes doctor --retry` was asked for, and said when it will be done."""
    diagnosis = await examine(scene.settings(), scene.folder / ".env", retry=True)
    assert "to be taken up again: by the running bot within 20 seconds" in diagnosis.as_text()


async def letters(scene: Scene) -> list[DeadLetter]:
    """The dead letters in the database of a bot that does not run."""
    async with (
        await Database.open(scene.folder / "data" / "weeknotes.db") as database,
        database.snapshot() as connection,
    ):
        return await dead_letters.every(connection)


async def bury(scene: Scene, text: str) -> Message:
    """A message that has become a dead letter, of which its sender was told."""
    message = await scene.person.send(text, at=scene.clock.now())
    await scene.person.wait_for_answer("原样留着了")
    return message


async def test_what_could_not_be_handled_is_handled_after_the_upgrade(scene: Scene) -> None:
    """By the next start: stored once in its own place, acknowledged, and no letter any more."""
    async with fault_for(poison), scene.bot():
        message = await bury(scene, "#life 有毒的")
        await scene.write("#life 干净的")
    assert len(await letters(scene)) == 1
    await mark(scene)
    async with scene.bot():
        assert await scene.person.wait_for_reaction(message) == "✍"
        assert (await scene.report()).endswith("## 生活\n\n1. 有毒的\n2. 干净的\n")
    assert await letters(scene) == []
    told = len(await scene.person.said())
    async with scene.bot():
        await scene.write("#life 后来的")
        assert len(await scene.person.said()) == told
        assert (await scene.report()).endswith("## 生活\n\n1. 有毒的\n2. 干净的\n3. 后来的\n")


async def test_a_running_bot_takes_them_up_by_itself(scene: Scene) -> None:
    """At its next knock, while messages go on coming in; without `--retry` it does not."""
    with patch.object(app, "_KNOCK_SECONDS", 0.2):
        async with scene.bot() as bot:
            async with fault_for(poison):
                message = await bury(scene, "#life 有毒的")
            await scene.write("#life 干净的")
            await asyncio.sleep(0.5)
            async with bot.database.snapshot() as connection:
                assert len(await dead_letters.every(connection)) == 1
            await mark(scene)
            assert await scene.person.wait_for_reaction(message) == "✍"
            assert (await scene.report()).endswith("## 生活\n\n1. 有毒的\n2. 干净的\n")
    assert await letters(scene) == []


async def test_a_letter_that_fails_again_stays_whole(scene: Scene) -> None:
    """It is counted, has the new fault, waits for another retry, and holds up no other."""
    async with fault_for(poison), scene.bot():
        first = await bury(scene, "#life 毒一")
        second = await scene.person.send("#life 毒二", at=scene.clock.now())
        await until(lambda: _count(scene, 2))
    before = await letters(scene)
    await mark(scene)
    told = len(await scene.person.said())
    async with fault_for(lambda incoming: "毒一" in incoming.text.text), scene.bot():
        await scene.person.wait_for_reaction(second, "✍")
        await scene.write("#life 照样存")
    [after] = await letters(scene)
    assert (after.incident, after.body) == (before[0].incident, before[0].body)
    assert after.fault == ascii(UpgradeNeededError("毒"))
    assert (after.retries, after.is_wanted) == (1, False)
    assert json.loads(after.body)["message"]["text"] == "#life 毒一"
    assert len(await scene.person.said()) == told
    diagnosis = await examine(scene.settings(), scene.folder / ".env")
    assert f"{after.incident}, 2023-10-04 20:00 Asia/Shanghai, message, again 1 time: " in (
        diagnosis.as_text()
    )
    await mark(scene)
    async with scene.bot():
        await scene.person.wait_for_reaction(first, "✍")
        assert (await scene.report()).endswith("## 生活\n\n1. 毒一\n2. 毒二\n3. 照样存\n")


async def _count(scene: Scene, wanted: int) -> bool:
    return len(await letters(scene)) == wanted


async def test_a_message_that_came_in_by_another_way_meanwhile_is_not_stored_twice(
    scene: Scene,
) -> None:
    """Its sender edited it, and the edit was handled: that version stays."""
    async with fault_for(lambda incoming: poison(incoming) and not incoming.edited), scene.bot():
        message = await bury(scene, "#life 有毒的")
        await scene.person.edit(message, "#life 改好的")
        await scene.person.wait_for_reaction(message)
    await mark(scene)
    async with scene.bot():
        await until(lambda: _count(scene, 0))
        assert (await scene.report()).endswith("## 生活\n\n1. 改好的\n")


async def test_an_edit_that_could_not_be_handled_does_not_undo_a_later_one(scene: Scene) -> None:
    """The older version is not what its sender wants any more."""
    async with fault_for(poison), scene.bot():
        message = await scene.write("#life 第一版")
        await scene.person.edit(message, "#life 第二版有毒")
        await scene.person.wait_for_answer("原样留着了")
        await scene.person.edit(message, "#life 第三版")
        await scene.person.wait_for_reaction(message, "👌")
    await mark(scene)
    async with scene.bot():
        await until(lambda: _count(scene, 0))
        assert (await scene.report()).endswith("## 生活\n\n1. 第三版\n")


async def test_an_edit_that_could_not_be_handled_is_applied_where_it_was_the_last(
    scene: Scene,
) -> None:
    """Of several, in their order."""
    async with fault_for(poison), scene.bot():
        message = await scene.write("#life 第一版")
        await scene.person.edit(message, "#life 第二版有毒")
        await scene.person.wait_for_answer("原样留着了")
        await scene.person.edit(message, "#life 第三版也有毒")
        await until(lambda: _count(scene, 2))
    await mark(scene)
    async with scene.bot():
        await until(lambda: _count(scene, 0))
        assert (await scene.report()).endswith("## 生活\n\n1. 第三版也有毒\n")


async def test_a_letter_that_is_no_update_at_all_stays(scene: Scene) -> None:
    """Whatever is in it, the others are taken up."""
    async with scene.bot() as bot:
        await scene.write("#life 先有日志")
        async with bot.database.atomic() as connection:
            for body in ("no json", "[]", '{"update_id": 1, "message": 5}', "null"):
                letter = DeadLetter("k3x9bcdf", None, scene.clock.now(), "?", body)
                await dead_letters.bury(connection, letter)
    async with fault_for(poison), scene.bot():
        message = await bury(scene, "#life 有毒的")
    await mark(scene)
    async with scene.bot():
        await scene.person.wait_for_reaction(message, "✍")
    left = await letters(scene)
    assert [letter.body for letter in left] == [
        "no json",
        "[]",
        '{"update_id": 1, "message": 5}',
        "null",
    ]
    assert all((letter.retries, letter.is_wanted) == (1, False) for letter in left)


async def test_who_writes_after_one_that_failed_is_let_in_anew(scene: Scene) -> None:
    """What the gate wrote for it is taken back with it: here, that the chat is open again."""
    async with scene.bot() as bot:
        await scene.write("#life 之前")
        async with bot.database.atomic() as connection:
            await connection.execute("UPDATE journals SET next_due_at = NULL")
    for text in ("#life 有毒的", "#life 干净的"):
        message = await scene.person.send(text, at=scene.clock.now())
    async with fault_for(poison), scene.bot() as bot:
        assert await scene.person.wait_for_reaction(message) == "✍"
        async with bot.database.snapshot() as connection:
            [journal] = await connection.execute_fetchall("SELECT next_due_at FROM journals")
        assert journal["next_due_at"] is not None
