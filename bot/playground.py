"""The bot against the stand-in for Telegram, on this machine."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import app
from bot.config import Settings, load_settings
from bot.sandbox.demo import DRAFT_DUE, DemoWeek
from bot.sandbox.server import Sandbox

_PERSON = "1001"
_KEPT = ("BOT_TIMEZONE", "BOT_LANGUAGE", "BOT_DRAFT_AT", "BOT_LOG_LEVEL")


async def serve(environ: Mapping[str, str], port: int) -> None:
    """The bot and the chat page, until cancelled. Raises OSError where the port is taken."""
    async with Sandbox(port=port) as sandbox, _settings(environ, sandbox) as settings:
        typer.echo(f"Open {sandbox.url} in a browser: a chat with the bot, as on a phone.")
        typer.echo(f"Its week is that of {settings.zone.key} (BOT_TIMEZONE changes it).")
        spoken = {"zh": "Chinese", "en": "English"}[settings.language]
        typer.echo(f"It speaks {spoken} at first (BOT_LANGUAGE=zh or en changes it).")
        typer.echo("Ctrl-C ends it; nothing is kept.")
        await app.run(settings)


async def play_demo(environ: Mapping[str, str]) -> str:
    """The finished Markdown of a week that was played into the bot."""
    clock = _PlayedClock()
    fixed = {**environ, "BOT_TIMEZONE": "Asia/Shanghai", "BOT_LANGUAGE": "zh", "BOT_DRAFT_AT": ""}
    async with (
        Sandbox(now=clock.seconds) as sandbox,
        _settings(fixed, sandbox) as settings,
        DemoWeek(sandbox.url) as week,
        app.running(settings, clock) as bot,
    ):
        receiving = asyncio.create_task(bot.receiving.run())
        try:
            async for instant in week.play():
                clock.instant = instant
            clock.instant = DRAFT_DUE
            await bot.delivering.deliver_due()
            name, content = await week.delivered_file()
        finally:
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)
    return _markdown(name, content)


class _PlayedClock:
    """A clock that stands where the story has got to."""

    def __init__(self) -> None:
        self.instant = datetime.fromtimestamp(0, UTC)

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.instant.astimezone(UTC)

    def seconds(self) -> float:
        """The instant as Unix time."""
        return self.instant.timestamp()


@asynccontextmanager
async def _settings(environ: Mapping[str, str], sandbox: Sandbox) -> AsyncIterator[Settings]:
    """Settings for the stand-in, with a data folder that is gone afterwards.

    Of the real settings only the harmless ones count: this must never reach a real account.
    """
    with tempfile.TemporaryDirectory(prefix="weeknotes-") as folder:
        yield load_settings(
            {
                **{name: environ[name] for name in _KEPT if name in environ},
                "BOT_TOKEN": sandbox.token,
                "BOT_API_URL": sandbox.url,
                "BOT_ALLOWED_USERS": _PERSON,
                "BOT_DATA_DIR": str(Path(folder) / "data"),
            },
            None,
            require_token=True,
        )


def _markdown(name: str, content: bytes) -> str:
    """The report in the file, which may be an archive of it with its pictures."""
    if not name.endswith(".zip"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = next(member for member in archive.namelist() if member.endswith(".md"))
        return archive.read(inside).decode()
