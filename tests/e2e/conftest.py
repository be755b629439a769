"""The bot against the stand-in over HTTP, with a person who writes to it."""

from __future__ import annotations

import asyncio
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.web.pages import WebTitles
from bot.app import Weeknotes, running
from bot.config import Settings, load_settings
from bot.sandbox.person import Message, Person
from bot.sandbox.server import Sandbox
from tests.clock import FakeClock
from tests.e2e.processes import until

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Scene:
    """A stage: the stand-in, the settings for it, a clock, and a person."""

    sandbox: Sandbox
    clock: FakeClock
    person: Person
    folder: Path
    zone: str = "Asia/Shanghai"
    language: str = "zh"
    pages: WebTitles | None = None

    def settings(self, **more: str) -> Settings:
        """Settings that lead to the stand-in."""
        environ = {
            "BOT_TOKEN": self.sandbox.token,
            "BOT_API_URL": self.sandbox.url,
            "BOT_ALLOWED_USERS": "1001",
            "BOT_DATA_DIR": str(self.folder / "data"),
            "BOT_TIMEZONE": self.zone,
            "BOT_LANGUAGE": self.language,
            **more,
        }
        return load_settings(environ, None, require_token=True)

    @asynccontextmanager
    async def bot(self, **more: str) -> AsyncIterator[Weeknotes]:
        """The bot, receiving."""
        async with running(self.settings(**more), self.clock, self.pages) as bot:
            receiving = asyncio.create_task(bot.receiving.run())
            try:
                yield bot
            finally:
                receiving.cancel()
                await asyncio.gather(receiving, return_exceptions=True)

    async def write(self, text: str, *, at: datetime | None = None, **more: object) -> Message:
        """A message that the bot has reacted to."""
        message = await self.person.send(text, at=at or self.clock.now(), **more)
        await self.person.wait_for_reaction(message)
        # Messages of one second would be ordered by their ids anyway; people take longer.
        self.clock.advance(timedelta(seconds=20))
        return message

    async def send_album(
        self, *parts: tuple[bytes, str], group: str = "album", **more: object
    ) -> list[Message]:
        """An album of photos with their captions, all sent at once."""
        return [
            await self.person.send_picture(
                content, caption, media_group_id=group, at=self.clock.now(), **more
            )
            for content, caption in parts
        ]

    async def send_file(
        self,
        content: bytes,
        name: str,
        mime_type: str,
        caption: str = "",
        *,
        kind: str = "document",
        **more: object,
    ) -> Message:
        """A file of that kind with its caption."""
        more |= {"file_id": await self.person.upload(content, name, mime_type), "kind": kind}
        return await self.person.send(caption, at=self.clock.now(), **more)

    async def arrived(self, files: int = 1) -> None:
        """At least so many files were sent, and every one has been fetched."""
        database = (self.folder / "data" / "weeknotes.db").as_uri()

        def arrived() -> bool:
            with closing(sqlite3.connect(f"{database}?mode=ro", uri=True)) as connection:
                rows = connection.execute("SELECT sha256 FROM pictures").fetchall()
            return len(rows) >= files and all(sha256 is not None for (sha256,) in rows)

        await until(arrived)

    async def archive(self, words: str = "/draft") -> dict[str, bytes]:
        """The files that the bot sends for a command, by their paths in the archive."""
        name, content = await self.report_file(words)
        assert name.endswith(".zip")
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {path: archive.read(path) for path in archive.namelist()}

    async def report(self, words: str = "/draft") -> str:
        """The Markdown that the bot sends for a command."""
        name, content = await self.report_file(words)
        assert name.endswith(".md")
        return content.decode()

    async def report_file(self, words: str = "/draft") -> tuple[str, bytes]:
        """Name and content of the file that the bot sends for a command."""
        asked = await self.person.send(words, at=self.clock.now())
        return await self.person.wait_for_document(after=asked["message_id"])


@dataclass
class Group:
    """A group of two whose journal is open: 小周, who owns the bot, and 小李."""

    id: int
    zhou: Person
    li: Person

    async def report(self, scene: Scene) -> str:
        """The Markdown of this week, where it has no files."""
        asked = await self.zhou.send("/draft", at=scene.clock.now())
        _, content = await self.zhou.wait_for_document(after=asked["message_id"])
        return content.decode()


@asynccontextmanager
async def open_group(
    scene: Scene, kind: str = "supergroup", *, privacy: bool = False
) -> AsyncIterator[Group]:
    """The group, while the bot is there."""
    await scene.person.post("users", {"id": 3003, "first_name": "小李"})
    made = {"type": kind, "title": "小组", "members": [1001, 3003], "privacy": privacy}
    group = (await scene.person.post("chats", made))["id"]
    async with (
        Person(scene.sandbox.url, chat_id=group) as zhou,
        Person(scene.sandbox.url, chat_id=group, user_id=3003) as li,
    ):
        await zhou.send("/start", at=scene.clock.now())
        await zhou.wait_for_answer("周报")
        yield Group(group, zhou, li)


@pytest.fixture
async def scene(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Scene]:
    """A stage on which the clock stands in 2023-W40."""
    async with (
        Sandbox(now=lambda: clock.now().timestamp()) as sandbox,
        Person(sandbox.url) as person,
    ):
        yield Scene(sandbox, clock, person, tmp_path)
