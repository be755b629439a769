"""The bot itself, against Telegram."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bot.cli.ending import WRONG_SETTINGS, end
from bot.config import SettingsError, load_settings


def run() -> None:
    """Run the bot; settings come from the environment or .env."""
    try:
        settings = load_settings(os.environ, Path(".env"), require_token=True)
    except SettingsError as error:
        end(str(error), WRONG_SETTINGS)
    # Nearly all of what is imported stays for ever: to look for garbage in it is time lost, now
    # and each time that all of it would be looked through.
    gc.disable()
    # Not before the settings are known to be right: these imports are most of the start.
    from bot.cli.sparing import import_sparingly

    import_sparingly()
    from telegram.error import InvalidToken

    from bot import app
    from bot.adapters import logs
    from bot.services.storage_faults import StartRefusedError, explain
    from bot.storage.migrations import NewerDatabaseError

    gc.freeze()
    gc.enable()
    logs.configure(settings.log_level, settings.secrets(), as_json=settings.log_as_json)
    logs.log_uncaught()
    for warning in settings.warnings:
        logging.getLogger("bot").warning("%s: %s", warning.setting, warning)
    try:
        until_stopped(app.run(settings))
    except InvalidToken:
        end(
            "BOT_TOKEN is not accepted by Telegram\n  copy it again from @BotFather into .env",
            WRONG_SETTINGS,
        )
    except (NewerDatabaseError, StartRefusedError) as error:
        end(str(error), 1)
    except (OSError, sqlite3.Error) as error:
        end(explain(error, settings.database), 1)


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
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
