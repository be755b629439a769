"""Updates that are none, or too many: the intake never stops, and others are heard."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.adapters.web.pages import WebTitles
from bot.app import Weeknotes
from bot.chat.receiving import Polling
from bot.sandbox.person import Person
from bot.storage import dead_letters
from tests.attacks.cost import MEGABYTE, measured
from tests.attacks.updates import (
    LETTERS,
    ODD,
    Json,
    bold,
    by,
    changed,
    edited,
    message,
    places,
    press,
)
from tests.e2e.conftest import Scene, scene

__all__ = ["scene"]

pytestmark = pytest.mark.attack


@asynccontextmanager
async def beside(scene: Scene) -> AsyncIterator[Person]:
    """Another person, who may use the bot as well and has begun to."""
    await scene.person.post("users", {"id": 1002, "first_name": "小李"})
    await scene.person.post("chats", {"type": "private", "members": [1002]})
    async with Person(scene.sandbox.url, chat_id=1002, user_id=1002) as other:
        yield other


async def acknowledged(scene: Scene, other: Person) -> float:
    """Seconds until the other person's message is."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    said = await other.send("#life 我的", at=scene.clock.now())
    await other.wait_for_reaction(said, seconds=20)
    return loop.time() - begun


async def letters_in(bot: Weeknotes) -> int:
    """How many dead letters there are."""
    async with bot.database.snapshot() as connection:
        return len(await dead_letters.every(connection))


async def _nobody(_host: str, _port: int) -> list[str]:
    raise OSError("no name is known")


@pytest.fixture
async def stage(scene: Scene) -> AsyncIterator[tuple[Scene, Weeknotes, Person]]:
    """The bot, and another person."""
    users = "1001,1002"
    scene.pages = WebTitles(resolve=_nobody)
    async with beside(scene) as other, scene.bot(BOT_ALLOWED_USERS=users) as bot:
        await scene.write("#life 之前")
        await acknowledged(scene, other)
        yield scene, bot, other


Stage = tuple[Scene, Weeknotes, Person]


async def test_no_odd_update_ends_the_intake(stage: Stage) -> None:
    """Each is handled, ignored or kept whole, in a second; what comes after it is acknowledged."""
    scene, bot, other = stage
    slow = {}
    for name, update in ODD.items():
        with measured() as cost:
            await bot.taking.take([update])
        if cost.seconds > 2 or cost.memory > 100 * MEGABYTE:
            slow[name] = cost
    assert slow == {}
    assert await acknowledged(scene, other) < 20
    assert "之前" in await scene.report()


async def test_no_missing_or_wrong_field_ends_the_intake(stage: Stage) -> None:
    """Each field of a message, an edit and a press is left out, or is something else."""
    scene, bot, other = stage
    first = message(
        "#life 一 https://example.org",
        entities=bold(0, 3),
        reply_to_message=message("二")["message"],
        photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "file_size": 9}],
    )
    tried = 0
    for update in (first, edited(first, "#life 三"), press("l:2023-W40:0")):
        batch = []
        for path in places(update):
            values: tuple[object, ...] = (..., None, "周", -1, 2**70, [], {}, [{"a": []}], True)
            for value in values:
                number = 6_000_000 + tried
                wrong = changed(update, path, value)
                if path != ("update_id",):
                    wrong |= {"update_id": number}
                batch.append(wrong)
                tried += 1
        await bot.taking.take(batch)
    assert tried > 400
    assert await acknowledged(scene, other) < 20


ANSWERS: dict[str, object] = {
    "nothing": None,
    "true": True,
    "a number": 7,
    "a text": "updates",
    "an object": {"update_id": 1, "message": []},
    "a list of lists": [[], [1]],
    "a list of numbers": [1, 2, 3],
    "updates without numbers": [{"message": {}}] * 3,
    "updates with texts as numbers": [{"update_id": "1"}],
    "a number of 300 digits": [{"update_id": 10**300}],
    "an update among others": ["x", None, {"update_id": 3}, 7],
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_no_answer_ends_the_polling(answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is given for updates, the next ones are asked for, and those are handled."""
    given = [answer, [{"update_id": 7}]]
    taken: list[object] = []
    done = asyncio.Event()

    async def request(_bot: Bot, _endpoint: str, **_more: object) -> object:
        if not given:
            done.set()
            await asyncio.Event().wait()
        return given.pop(0)

    async def take(batch: object) -> None:
        taken.extend(batch)  # type: ignore[arg-type]  # whatever it is, it is what was handed on

    monkeypatch.setattr(Bot, "do_api_request", request)
    monkeypatch.setattr("bot.chat.receiving.Pause.after", lambda *_: 0.0)
    polling = asyncio.create_task(Polling(Bot("1:a"), take, []).run())
    await asyncio.wait_for(done.wait(), 5)
    assert taken[-1] == {"update_id": 7}
    assert all(isinstance(update, dict) for update in taken)
    polling.cancel()
    with pytest.raises((asyncio.CancelledError, TelegramError)):
        await polling


def _albums(count: int) -> list[Json]:
    photo = [{"file_id": "gone", "file_unique_id": "gone", "width": 9, "height": 9}]
    return [
        message(None, photo=photo, media_group_id=f"album {number}", caption=f"#life {part}")
        for number in range(count)
        for part in range(3)
    ]


def _edits() -> list[Json]:
    first = message("#life 第 0 版")
    return [first, *(edited(first, f"#life 第 {number} 版") for number in range(1, 300))]


def _mixed() -> list[Json]:
    chance = random.Random(40)
    kinds = (
        "l:2023-W40:0",
        "fresh:2023-W40",
        "done:2023-W40",
        "open:2023-W40",
        "f:1:life",
        "x",
        "",
    )
    return [press(chance.choice(kinds)) for _ in range(500)]


def _strangers() -> list[Json]:
    made = []
    for number in range(70_000, 71_000):
        who = {"id": number, "first_name": "x", "is_bot": False}
        chat = {"id": number, "type": "private", "first_name": "x"}
        made.append(changed(by(who, "/start"), ("message", "chat"), chat))
    return made


FLOODS: dict[str, Callable[[], list[Json]]] = {
    "1,000 messages": lambda: [message(f"#life 第 {number} 条") for number in range(1_000)],
    "1,000 messages without a tag": lambda: [message(f"第 {number} 条") for number in range(1_000)],
    "300 messages of 4,096 letters": lambda: [message(f"#life {LETTERS}") for _ in range(300)],
    "60 messages of 100 entities": lambda: [
        message(f"#life {LETTERS}", entities=[bold(at * 40, 30)[0] for at in range(100)])
        for _ in range(60)
    ],
    "100 messages 64 levels deep": lambda: [
        message("#life\n" + "\n".join("  " * level + "- a" for level in range(64)))
        for _ in range(100)
    ],
    "60 messages of 100 links": lambda: [
        message("#life " + " ".join(f"http://a{n}.example/{m}" for m in range(100)))
        for n in range(60)
    ],
    "300 edits of one message": _edits,
    "200 albums": lambda: _albums(200),
    "500 presses on one button": lambda: [press("l:2023-W40:0") for _ in range(500)],
    "500 presses on an old button": lambda: [press("f:999999:life") for _ in range(500)],
    "500 presses on all kinds": _mixed,
    "300 commands": lambda: [message("/list") for _ in range(300)],
    "300 searches": lambda: [message(f"/search a{number} b c d") for number in range(300)],
    "100 replies to delete": lambda: [
        message("/delete", reply_to_message=message("二")["message"]) for _ in range(100)
    ],
    "1,000 strangers": _strangers,
    "the same update 1,000 times": lambda: [message("#life 同一条")] * 1_000,
}  # fmt: skip


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_a_flood_keeps_nobody_else_waiting(
    stage: Stage, flood: Callable[[], list[Json]]
) -> None:
    """While it is taken in, others are acknowledged; it costs little memory and is stored."""
    scene, bot, other = stage
    updates = flood()

    async def pour() -> None:
        for at in range(0, len(updates), 100):
            await bot.taking.take(updates[at : at + 100])

    with measured() as cost:
        pouring = asyncio.create_task(pour())
        seconds = await acknowledged(scene, other)
        await pouring
        again = await acknowledged(scene, other)
    assert max(seconds, again) < 15
    assert cost.memory < 100 * MEGABYTE
    assert await letters_in(bot) == 0
