"""The composition root: has everything built, and owns start and stop."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.adapters.privacy import tighten
from bot.adapters.supervisor import Supervisor
from bot.adapters.ticker import Ticker
from bot.adapters.web.pages import WebTitles
from bot.assembly import Weeknotes, assemble
from bot.chat.application import build_application
from bot.chat.connecting import announce_owner_link, connect
from bot.chat.menu import register_menu
from bot.config import Settings
from bot.services.checkpoints import Checkpoints
from bot.services.chores import end_all
from bot.services.opening import open_database
from bot.services.ports import Clock
from bot.storage.database import finished

if TYPE_CHECKING:
    from bot.adapters.metrics_page import MetricsPage
    from bot.services.tally import Tally

__all__ = ["Weeknotes", "run", "running"]

_LOG = logging.getLogger(__name__)
_KNOCK_SECONDS = 20
_CATCH_UP_SECONDS = 120
# What was stored before is acknowledged soon; the rest of an album may be on its way.
_FIRST_ANSWERS_SECONDS = 1
# Of the five seconds within which it is to be gone, this leaves two for everything else.
_DRAIN_SECONDS = 3


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, pages: WebTitles | None = None
) -> AsyncIterator[Weeknotes]:
    """The bot, connected to Telegram and to its database, with all but receiving under way.

    Raises InvalidToken where Telegram does not know the token, and what opening the database
    raises. Leaving stops it: what is stored is acknowledged as far as three seconds reach.
    """
    now = clock or SystemClock()
    token = "" if settings.token is None else settings.token.reveal()
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database, now)
        stack.push_async_callback(database.close)
        tally = None if settings.metrics is None else _counting(now)
        application = build_application(token, settings.api_url, tally)
        stack.push_async_callback(application.shutdown)
        # To look at thousands of pictures takes a while, and so does Telegram's first answer.
        await asyncio.gather(
            asyncio.to_thread(tighten, settings.data_dir),
            connect(application, polls=settings.webhook is None),
        )
        titles = pages or WebTitles()
        stack.push_async_callback(titles.close)
        bot = assemble(settings, now, database, application, titles, tally)
        await announce_owner_link(bot.services.access, bot.application.bot.username)
        # Before anything new is owed, which would be taken for what an earlier run has left.
        await bot.outgoing.resume()
        bot.afterwards.start()
        ticker = Ticker()
        ticker.every(_KNOCK_SECONDS, partial(_knock, bot))
        ticker.every(_KNOCK_SECONDS, bot.safekeeping.knock)
        ticker.start()
        if settings.health is not None:
            await stack.enter_async_context(bot.health_page.served(*settings.health))
        if settings.metrics is not None and tally is not None:
            await stack.enter_async_context(_metrics(bot, now, tally).served(*settings.metrics))
        supervisor = _supervisor(settings, bot)
        background = [
            asyncio.create_task(work, name=name)
            for name, work in (
                ("fetching", bot.services.fetching.run()),
                ("titling", bot.services.titling.run()),
                ("answering", bot.services.answering.run()),
                ("checkpoints", Checkpoints(database).run()),
                ("board", bot.services.board.run()),
                ("doorstep", bot.services.doorstep.run()),
                ("reminding", bot.reminding.run()),
                ("returning", bot.services.returning.run()),
                ("menu", register_menu(bot.application.bot)),
                ("safekeeping", bot.safekeeping.run()),
                ("first knock", _knock_first(bot)),
            )
        ]
        if supervisor is not None:
            background.append(asyncio.create_task(supervisor.run(), name="supervisor"))
        try:
            yield bot
        finally:
            if supervisor is not None:
                supervisor.stop()
            ticker.stop()
            await bot.afterwards.stop(_DRAIN_SECONDS)
            await end_all(background)
            await bot.delivering.stop()
            # What a full disk keeps from being recorded is shown once more by the next start.
            with suppress(sqlite3.Error):
                await bot.services.answering.flush()


async def run(settings: Settings, clock: Clock | None = None) -> None:
    """Receives until cancelled, and then stops in order. Raises as `running` does."""
    async with running(settings, clock) as bot:
        _LOG.info("running as @%s", bot.application.bot.username)
        await bot.receiving.run()


def _counting(clock: Clock) -> Tally:
    # Only who wants /metrics pays for it in start and memory.
    from bot.services.tally import Tally

    return Tally(clock)


def _metrics(bot: Weeknotes, clock: Clock, tally: Tally) -> MetricsPage:
    from bot.adapters.metrics_page import MetricsPage
    from bot.services.measuring import Measuring

    return MetricsPage(tally, Measuring(bot.database, clock, bot.health))


def _supervisor(settings: Settings, bot: Weeknotes) -> Supervisor | None:
    asked = settings.supervision
    if asked is None:
        return None
    return Supervisor(asked.address, asked.watchdog_seconds, bot.health)


async def _knock_first(bot: Weeknotes) -> None:
    """What fell due while the bot was away is done as soon as it knows what it missed.

    A Telegram that will not give updates is waited for, but not for ever. Dead letters need not
    wait: they came before what Telegram still holds. Nor need acknowledgements, which by webhook
    would have to: it never says that it has given everything.
    """
    await asyncio.to_thread(bot.shipping.sweep)
    await _take_letters(bot)
    await _await_backlog(bot, _FIRST_ANSWERS_SECONDS)
    try:
        await bot.services.answering.settle()
    except sqlite3.Error as error:
        _LOG.error("nothing can be acknowledged now, because the database is at fault: %s", error)
    await _await_backlog(bot, _CATCH_UP_SECONDS)
    bot.receiving.caught_up.set()
    await _knock(bot)


async def _await_backlog(bot: Weeknotes, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await bot.receiving.caught_up.wait()


async def _knock(bot: Weeknotes) -> None:
    """Whatever is due by now gets done; what a fault keeps from it, the next knock does."""
    bot.services.fetching.wake()
    bot.services.titling.wake()
    bot.services.returning.wake()
    await _take_letters(bot)
    try:
        await announce_owner_link(bot.services.access, bot.application.bot.username)
        await bot.services.answering.settle()
        await bot.services.answering.answer_tags()
        await bot.outgoing.try_again()
        if bot.receiving.heard():
            await bot.presence.hear()
        if bot.receiving.caught_up.is_set():
            await bot.presence.tell()
            await bot.delivering.begin_due()
            bot.reminding.wake()
        await bot.taking.forget_old()
        await bot.services.searching.prepare()
        await bot.services.forgetting.clean()
    except sqlite3.Error as error:
        _LOG.error("nothing can be done now, because the database is at fault: %s", error)


async def _take_letters(bot: Weeknotes) -> None:
    """The wanted dead letters are taken up; between two of them a batch gets its turn."""
    try:
        there_may_be_more = True
        while there_may_be_more:
            one = asyncio.ensure_future(bot.taking.take_again())
            await finished(one)
            there_may_be_more = one.result()
    except (sqlite3.Error, OSError) as error:
        _LOG.error("dead letters cannot be taken up now: %s", error)
