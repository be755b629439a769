"""The first words with Telegram."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import InvalidToken, TelegramError

from bot.chat.context import HonestApplication
from bot.chat.receiving import Pause
from bot.services.access import Access

_LOG = logging.getLogger(__name__)


async def connect(application: HonestApplication, *, polls: bool) -> None:
    """Telegram has answered, and holds no webhook that would keep updates from polling.

    Raises InvalidToken.
    """
    pause = Pause()
    while True:
        try:
            await application.initialize()
            if polls:
                await application.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise
        except TelegramError as error:
            seconds = pause.after(error)
            _LOG.warning("cannot reach Telegram: %s; next try in %.0f s", error, seconds)
            await asyncio.sleep(seconds)
        else:
            return


async def announce_owner_link(access: Access, username: str) -> None:
    """The person at the console is shown how to own a bot that nobody owns yet."""
    code = await access.offer_ownership()
    if code is not None:
        link = f"https://t.me/{username}?start={code}"
        print(  # noqa: T201 -- for the person at the console, and not for the log
            f"Nobody owns this bot yet. Open this within 15 minutes to own it: {link}", flush=True
        )
