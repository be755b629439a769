"""The bot itself: against Telegram, or against the stand-in on this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.ending import WRONG_SETTINGS, end
from bot.config import SettingsError, load_settings


def run() -> None:
    """Run the bot; settings come from the environment or .env."""
    try:
        settings = load_settings(os.environ, Path(".env"), require_token=True)
    except SettingsError as error:
        end(str(error), WRONG_SETTINGS)
    # Not before the settings are known to be right: these imports are most of the start.
    from telegram.error import InvalidToken

    from bot import app
    from bot.adapters import logs
    from bot.services.storage_faults import StartRefusedError, explain
    from bot.storage.migrations import NewerDatabaseError

    logs.configure(settings.log_level, settings.secrets(), as_json=settings.log_as_json)
    logs.log_uncaught()
    for warning in settings.warnings:
        logging.getLogger("bot").warning("%s: %s", warning.setting, warning)
    try:
        _until_stopped(app.run(settings))
    except InvalidToken:
        end(
            "BOT_TOKEN is not accepted by Telegram\n  copy it again from @BotFather into .env",
            WRONG_SETTINGS,
        )
    except (NewerDatabaseError, StartRefusedError) as error:
        end(str(error), 1)
    except (OSError, sqlite3.Error) as error:
        end(explain(error, settings.database), 1)


def sandbox(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a week, print the finished report, and end.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the chat page is served.")
    ] = 8081,
) -> None:
    """Try the bot on this machine: a chat page in the browser, no account, no token."""
    from bot import playground
    from bot.adapters import logs

    logs.configure("warning")
    logs.log_uncaught()
    try:
        if demo:
            sys.stdout.write(asyncio.run(playground.play_demo(os.environ)))
        else:
            _until_stopped(playground.serve(os.environ, port))
    except SettingsError as error:
        end(str(error), WRONG_SETTINGS)
    except OSError as error:
        end(f"port {port}: {error.strerror or error}\n  choose another one with --port", 1)


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """The work has run until it ended, or until SIGINT or SIGTERM asked it to."""

    async def guarded() -> None:
        from bot.adapters import logs

        loop = asyncio.get_running_loop()
        logs.log_loop_errors(loop)
        task = asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            return

    asyncio.run(guarded())
