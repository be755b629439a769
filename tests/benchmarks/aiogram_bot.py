"""The same least bot on aiogram, the fastest peer: it says what it hears and keeps nothing."""

from __future__ import annotations

import asyncio
import os
from importlib import import_module
from typing import Any

# Only the group `bench` has it, and types are checked without.
aiogram: Any = import_module("aiogram")
api: Any = import_module("aiogram.client.telegram")
sessions: Any = import_module("aiogram.client.session.aiohttp")


async def echo(message: Any) -> None:
    """The same text comes back."""
    await message.answer(message.text)


async def main() -> None:
    """Polls until it is ended."""
    server = api.TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = aiogram.Bot(os.environ["BOT_TOKEN"], session=sessions.AiohttpSession(api=server))
    dispatcher = aiogram.Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot, polling_timeout=30)


if __name__ == "__main__":
    asyncio.run(main())
