"""Sends updates to the bot's webhook: one at a time, in order, until each is taken.

Source: https://core.telegram.org/bots/api#setwebhook
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

import aiohttp

from bot.sandbox.updates import Hook, UpdateQueue
from bot.sandbox.world import World

_FIRST_PAUSE_SECONDS: Final = 0.1
_LONGEST_PAUSE_SECONDS: Final = 30.0
_ANSWER_SECONDS: Final = 60


async def deliver_updates(world: World) -> None:
    """Run until cancelled; a refused update is sent again after ever longer pauses.

    A webhook that is set anew, also to the same address, is tried at once.
    """
    pause = _FIRST_PAUSE_SECONDS
    timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        while True:
            world.updates.news.clear()
            hook, update = world.updates.hook, world.updates.first()
            if not hook.url or update is None:
                await world.updates.news.wait()
                continue
            headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
            try:
                async with session.post(hook.url, json=update, headers=headers) as answer:
                    problem = (
                        ""
                        if 200 <= answer.status < 300
                        else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    )
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                problem = f"Connection failed: {type(error).__name__}"
            if not problem:
                world.updates.confirm_before(update["update_id"] + 1)
                pause = _FIRST_PAUSE_SECONDS
                continue
            hook.last_error_date, hook.last_error_message = int(world.now()), problem
            if await _is_set_anew(world.updates, hook, pause):
                pause = _FIRST_PAUSE_SECONDS
            else:
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


async def _is_set_anew(updates: UpdateQueue, hook: Hook, seconds: float) -> bool:
    """Whether another webhook is set, or the same once more, within so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while updates.hook is hook:
                updates.news.clear()
                await updates.news.wait()
    return updates.hook is not hook
