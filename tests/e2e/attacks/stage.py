"""One running bot that many hostile things are tried on: what it stores, and what it sends."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from bot import app
from bot.app import Weeknotes
from bot.domain.entry import EntryId, JournalId, NodeId
from bot.domain.outlining.fingerprints import fingerprint
from bot.domain.week import IsoWeek
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from bot.storage.forgetting import FORGOTTEN
from tests.clock import FakeClock
from tests.e2e.conftest import Scene
from tests.e2e.processes import until

Json = dict[str, Any]

VICTIM: Final = 1001
MEMBER: Final = 2002
COLLEAGUE: Final = 3003
STRANGER: Final = 4004
WEEK: Final = IsoWeek(2023, 40)
SECRET: Final = "保密"  # noqa: S105 -- only words
"""What stands in everything that the victim has written."""

_NAMES: Final = {VICTIM: "小周", MEMBER: "小李", COLLEAGUE: "小王", STRANGER: "路人"}
_BACKGROUND: Final = frozenset(
    {"fetching", "titling", "answering", "board", "reminding", "returning"}
)
# These go by what all journals together hold.
_SHARED: Final = frozenset({"links", "photo_ids"})


@dataclass
class Stage:
    """A bot with a victim's journal, a member's, a group's, and a stranger before the door."""

    scene: Scene
    bot: Weeknotes
    group: int = 0
    _numbers: Any = field(default_factory=lambda: count(5_000_000))
    _messages: Any = field(default_factory=lambda: count(70_000))

    async def take(self, **update: Json) -> list[Json]:
        """The calls that the bot made for the update; all that was to follow it has followed."""
        calls = self.scene.sandbox._bot_api.calls
        # A bare tag is answered a moment later, which would be taken for an answer to this.
        await until(self._has_answered_tags)
        calls.clear()
        await self.bot.taking.take([{"update_id": next(self._numbers), **update}])
        await self.bot.afterwards._ready.join()
        await self.bot.services.doorstep._waiting.join()
        return [
            {"method": call["method"], **call["params"].decoded()}
            for call in calls
            if call["method"].lower() != "getupdates"
        ]

    async def _has_answered_tags(self) -> bool:
        return not self.one("SELECT count(*) FROM bare_tags WHERE NOT answered")

    async def say(self, text: str, user: int, chat: int | None = None, **more: Any) -> list[Json]:
        """What the bot made of the message."""
        return await self.take(message=self.message(user, chat, text=text, **more))

    def message(self, user: int, chat: int | None = None, **more: Any) -> Json:
        """A message as Telegram sends it; commands are marked as such."""
        text = more.get("text", "")
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {
            "message_id": next(self._messages),
            "date": int(self.scene.clock.now().timestamp()),
            "chat": self.chat(user if chat is None else chat),
            "from": sender(user),
            **more,
        }

    def chat(self, number: int) -> Json:
        """A chat as Telegram names it."""
        if number < 0:
            return {"id": number, "type": "supergroup", "title": "小组"}
        return {"id": number, "type": "private", "first_name": _NAMES[number]}

    async def press(
        self, data: str, user: int, chat: int | None = None, **message: Any
    ) -> list[Json]:
        """What the bot made of a press on a button with that data, below a message there."""
        below = self.message(user, chat, text="…") | {"from": sender_bot()} | message
        number = str(next(self._numbers))
        query = {"id": number, "from": sender(user), "chat_instance": "1", "message": below}
        return await self.take(callback_query=query | {"data": data})

    def rows(self, journal_id: JournalId) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is stored of the journal."""
        return self._dump(
            {t: w for t, w in FORGOTTEN.items() if t not in _SHARED}, (int(journal_id),)
        )

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with self._connected() as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
        return self._dump({name: "1" for (name,) in names})

    def written(self) -> object:
        """What everybody has written, without what is shown of it."""
        return self._found(
            "SELECT id, text, week, state FROM entries ORDER BY id",
            "SELECT id, text, week, section, removed FROM nodes ORDER BY id",
        )

    def company(self) -> object:
        """Who may use the bot, and by which links others may come; and which journals there are."""
        return self._found(
            "SELECT * FROM people ORDER BY id",
            "SELECT * FROM invitations ORDER BY id",
            "SELECT id, shut_at FROM journals ORDER BY id",
        )

    def one(self, query: str) -> int:
        """The number that the query finds."""
        with self._connected() as connection:
            [number] = connection.execute(query).fetchone()
        return int(number)

    def _found(self, *queries: str) -> object:
        with self._connected() as connection:
            return [connection.execute(query).fetchall() for query in queries]

    def _dump(
        self, tables: dict[str, str], values: tuple[int, ...] = ()
    ) -> dict[str, list[tuple[object, ...]]]:
        with self._connected() as connection:
            return {
                table: connection.execute(
                    f"SELECT * FROM {table} WHERE {which} ORDER BY 1",  # noqa: S608 -- the schema's own names
                    values,
                ).fetchall()
                for table, which in tables.items()
            }

    def _connected(self) -> closing[sqlite3.Connection]:
        path = (self.scene.folder / "data" / "weeknotes.db").as_uri()
        return closing(sqlite3.connect(f"{path}?mode=ro", uri=True))


@dataclass(frozen=True, slots=True)
class Victim:
    """What of the victim's can be named by its number, and the print of a line as it is shown."""

    journal: JournalId
    entry: EntryId
    untagged: EntryId
    deleted: EntryId
    node: NodeId
    shown: str
    change: int
    offer: int
    search: int
    invitation: int
    group: JournalId
    messages: tuple[int, ...]
    """The messages of the bot's in the victim's chat."""


def sender(user: int) -> Json:
    """A person as Telegram names them."""
    return {"id": user, "is_bot": False, "first_name": _NAMES[user], "language_code": "zh"}


def sender_bot() -> Json:
    """The bot itself."""
    return {"id": 1000000001, "is_bot": True, "first_name": "Weeknotes"}


def is_told(calls: list[Json], words: str) -> bool:
    """Whether the words are in anything that was sent."""
    return words in str(calls)


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    """The stage, on which nobody but the victim has been."""
    clock = FakeClock()
    async with (
        Sandbox(now=lambda: clock.now().timestamp()) as sandbox,
        Person(sandbox.url) as person,
    ):
        for user in (MEMBER, COLLEAGUE, STRANGER):
            await person.post("users", {"id": user, "first_name": _NAMES[user]})
            await person.post("chats", {"type": "private", "members": [user], "id": user})
        made = {"type": "supergroup", "title": "小组", "members": [VICTIM, COLLEAGUE]}
        group = (await person.post("chats", made | {"privacy": False}))["id"]
        scene = Scene(sandbox, clock, person, folder)
        # A knock would work out in the background what the tests compare.
        with patch.object(app, "_KNOCK_SECONDS", 3600):
            async with scene.bot() as bot:
                yield Stage(scene, bot, group)


async def furnish(stage: Stage) -> Victim:
    """The victim has written, deleted, searched, asked and been offered something of each kind."""
    scene, bot = stage.scene, stage.bot
    inviting = bot.services.inviting
    await stage.say("/start", VICTIM)
    await stage.say(f"/start {(await inviting.invite(VICTIM)).code}", MEMBER)
    await stage.say("/start", VICTIM, stage.group)
    await stage.say("#life 小李自己的", MEMBER)
    await stage.say("#life 大家的", COLLEAGUE, stage.group)
    await scene.write(f"#life {SECRET}一\n- {SECRET}下面")
    await scene.write(f"#tech {SECRET}二")
    await scene.write(f"没有标签的{SECRET}")
    gone = await scene.write(f"#tech 删掉的{SECRET}")
    await stage.say("/delete", VICTIM, reply_to_message=gone | {"from": sender(VICTIM)})
    await stage.say(f"#life 收回的{SECRET}", VICTIM)
    await stage.say("/undo", VICTIM)
    await stage.say(f"/search {SECRET}", VICTIM)
    await stage.say("/list", VICTIM)
    await stage.say("/summary", VICTIM)
    await scene.report()
    report = f"# 2023 年第40周周报\n\n## 生活\n\n1. {SECRET}一\n2. 改过的{SECRET}\n"
    await scene.send_file(report.encode(), "2023-W40.md", "text/markdown")
    await scene.person.wait_for_answer("2023")
    await scene.person.wait(
        lambda chat: next((m for m in chat if m["_out"] and "oa:" in str(m)), None)
    )
    await bot.afterwards._ready.join()
    [told] = await stage.say("hello", STRANGER)
    assert told["text"].startswith("这是一个私人机器人")
    await at_rest(stage)
    # What they do would be taken for what an attack has done.
    for task in asyncio.all_tasks():
        if task.get_name() in _BACKGROUND:
            task.cancel()
    access = {j.name: j for j in await bot.services.access.journals()}
    journal, group = access["小周"], access["小组"]
    outline = (await bot.services.editor.outlining.outline(journal, WEEK)).outline
    line = outline.at("1.1")
    assert line is not None
    own = f"journal_id = {journal.id}"
    return Victim(
        journal=journal.id,
        entry=EntryId(stage.one(f"SELECT min(id) FROM entries WHERE {own}")),  # noqa: S608 -- a number
        untagged=EntryId(stage.one(f"SELECT id FROM entries WHERE {own} AND text LIKE '没有%'")),  # noqa: S608 -- a number
        deleted=EntryId(stage.one(f"SELECT id FROM entries WHERE {own} AND text LIKE '%删掉%'")),  # noqa: S608 -- a number
        node=line.id,
        shown=fingerprint(line),
        change=stage.one(f"SELECT max(id) FROM changes WHERE {own}"),  # noqa: S608 -- a number
        offer=stage.one("SELECT max(id) FROM offers"),
        search=stage.one("SELECT max(id) FROM searches"),
        invitation=(await inviting.invite(VICTIM)).id,
        group=group.id,
        messages=tuple(m["message_id"] for m in await scene.person.said()),
    )


async def at_rest(stage: Stage) -> None:
    """Nothing has changed for half a second: reactions and previews follow in the background."""
    quiet, before = 0, stage.everything()
    async with asyncio.timeout(30):
        while quiet < 5:
            await asyncio.sleep(0.1)
            now = stage.everything()
            quiet = quiet + 1 if now == before else 0
            before = now
