"""The composition root: builds everything, and owns start and stop."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from telegram import Bot
from telegram.constants import FileSizeLimit

from bot.adapters.clock import SystemClock
from bot.adapters.logs import incident_id
from bot.adapters.pictures.inspecting import PillowInspector
from bot.adapters.shelf import Shelf
from bot.adapters.ticker import Ticker
from bot.adapters.web.pages import WebTitles
from bot.chat.afterwards import Afterwards
from bot.chat.answering import Answering
from bot.chat.application import ALLOWED_UPDATES, build_application
from bot.chat.connecting import connect
from bot.chat.context import HonestApplication, Services
from bot.chat.courier import TelegramCourier
from bot.chat.failures import Failures
from bot.chat.files import TelegramFiles
from bot.chat.menu import register_menu
from bot.chat.messenger import Messenger
from bot.chat.outgoing import Outgoing
from bot.chat.pacing import Pacer
from bot.chat.receiving import Polling, Receiving, Take
from bot.chat.taking import Taking
from bot.chat.webhook import Endpoint, WebhookReceiving
from bot.config import Settings
from bot.domain.schedule import WeeklyTime
from bot.services.access import Access, JournalDefaults
from bot.services.acknowledging import Acknowledging
from bot.services.capture import Capture
from bot.services.configuring import Configuring
from bot.services.delivering import Delivering
from bot.services.fetching import Fetching
from bot.services.filing import Filing
from bot.services.intake import Intake
from bot.services.memory import Memory
from bot.services.opening import open_database
from bot.services.outbox import Outbox
from bot.services.ports import Clock, PageTitles
from bot.services.presence import Presence
from bot.services.prompting import Prompting
from bot.services.reporting import Reporting
from bot.services.safekeeping import Safekeeping
from bot.services.sticking import Sticking
from bot.services.titling import Titling
from bot.services.undoing import Undoing
from bot.storage.database import Database, finished

_LOG = logging.getLogger(__name__)
_KNOCK_SECONDS = 20
_CATCH_UP_SECONDS = 120
# What was stored before is acknowledged soon; the rest of an album may be on its way.
_FIRST_ANSWERS_SECONDS = 1
# Of the five seconds within which it is to be gone, this leaves two for everything else.
_DRAIN_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Weeknotes:
    """The bot, ready to receive."""

    database: Database
    application: HonestApplication
    services: Services
    taking: Taking
    afterwards: Afterwards
    outgoing: Outgoing
    delivering: Delivering
    presence: Presence
    receiving: Receiving
    safekeeping: Safekeeping


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
        application = build_application(token, settings.api_url)
        stack.push_async_callback(application.shutdown)
        await connect(application, polls=settings.webhook is None)
        titles = pages or WebTitles()
        stack.push_async_callback(titles.close)
        bot = _assemble(settings, now, database, application, titles)
        await _announce_owner_link(bot)
        # Before anything new is owed, which would be taken for what an earlier run has left.
        await bot.outgoing.resume()
        bot.afterwards.start()
        ticker = Ticker()
        ticker.every(_KNOCK_SECONDS, partial(_knock, bot))
        ticker.every(_KNOCK_SECONDS, bot.safekeeping.knock)
        ticker.start()
        background = [
            asyncio.create_task(work, name=name)
            for name, work in (
                ("fetching", bot.services.fetching.run()),
                ("titling", bot.services.titling.run()),
                ("answering", bot.services.answering.run()),
                ("menu", register_menu(bot.application.bot)),
                ("safekeeping", bot.safekeeping.run()),
                ("first knock", _knock_first(bot)),
            )
        ]
        try:
            yield bot
        finally:
            ticker.stop()
            await bot.afterwards.stop(_DRAIN_SECONDS)
            await _end(background)
            await bot.delivering.stop()
            # What a full disk keeps from being recorded is shown once more by the next start.
            with suppress(sqlite3.Error):
                await bot.services.answering.flush()


async def run(settings: Settings, clock: Clock | None = None) -> None:
    """Receives until cancelled, and then stops in order. Raises as `running` does."""
    async with running(settings, clock) as bot:
        _LOG.info("running as @%s", bot.application.bot.username)
        await bot.receiving.run()


def _assemble(
    settings: Settings,
    clock: Clock,
    database: Database,
    application: HonestApplication,
    pages: PageTitles,
) -> Weeknotes:
    telegram = application.bot
    messenger = Messenger(telegram, lambda: database.in_transaction)
    afterwards = Afterwards()
    books = Acknowledging(database, clock)
    answering = Answering(books, messenger, afterwards)
    memory = Memory(database)
    shelf = Shelf(settings.pictures)
    courier = TelegramCourier(messenger, memory, shelf)
    # What is sent to many at once goes out in turns; what a person asks for does not wait.
    postman = TelegramCourier(messenger, memory, shelf, Pacer())
    reporting = Reporting(database)
    filing = Filing(database)
    failures = Failures(messenger, afterwards, settings.language, incident_id)
    prompting = Prompting(database, clock)
    outgoing = Outgoing(
        Outbox(database, clock),
        messenger,
        courier,
        reporting,
        books,
        prompting,
        afterwards,
        failures,
    )
    defaults = JournalDefaults(
        settings.language, settings.zone, WeeklyTime.parse(settings.draft_at)
    )
    services = Services(
        access=Access(database, clock, frozenset(settings.allowed_users), defaults),
        capture=Capture(
            database,
            filing,
            bot_username=telegram.username,
            largest_file=FileSizeLimit.FILESIZE_DOWNLOAD,
        ),
        filing=filing,
        reporting=reporting,
        answering=answering,
        books=books,
        courier=courier,
        messenger=messenger,
        memory=memory,
        fetching=Fetching(
            database,
            clock,
            TelegramFiles(telegram),
            shelf,
            PillowInspector(),
            answering.tell_of_file,
        ),
        titling=Titling(database, clock, pages),
        sticking=Sticking(database, clock),
        undoing=Undoing(database, clock),
        configuring=Configuring(database),
        prompting=prompting,
        now=clock.now,
        language=settings.language,
    )
    application.bot_data["services"] = services
    taking = Taking(
        application,
        services,
        afterwards,
        failures,
        outgoing,
        lambda handle: Intake(database, clock, handle, incident_id),
    )
    # A cancel waits: an answer to what was stored must not get lost in between.
    receiving = _receiving(settings, telegram, lambda batch: finished(taking.take(batch)))
    return Weeknotes(
        database=database,
        application=application,
        services=services,
        taking=taking,
        afterwards=afterwards,
        outgoing=outgoing,
        delivering=Delivering(database, clock, reporting, postman),
        presence=Presence(database, clock, postman),
        receiving=receiving,
        safekeeping=Safekeeping(database.path, clock),
    )


def _receiving(settings: Settings, telegram: Bot, take: Take) -> Receiving:
    if settings.webhook is None:
        return Polling(telegram, take, ALLOWED_UPDATES)
    webhook = settings.webhook
    endpoint = Endpoint(webhook.url, webhook.host, webhook.port, webhook.secret.reveal())
    return WebhookReceiving(telegram, take, ALLOWED_UPDATES, endpoint)


async def _announce_owner_link(bot: Weeknotes) -> None:
    code = await bot.services.access.offer_ownership()
    if code is not None:
        link = f"https://t.me/{bot.application.bot.username}?start={code}"
        print(  # noqa: T201 -- for the person at the console, and not for the log
            f"Nobody owns this bot yet. Open this within 15 minutes to own it: {link}", flush=True
        )


async def _knock_first(bot: Weeknotes) -> None:
    """What fell due while the bot was away is done as soon as it knows what it missed.

    A Telegram that will not give updates is waited for, but not for ever. Dead letters need not
    wait: they came before what Telegram still holds. Nor need acknowledgements, which by webhook
    would have to: it never says that it has given everything.
    """
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
    await _take_letters(bot)
    try:
        await bot.services.answering.settle()
        await bot.services.answering.answer_tags()
        await bot.outgoing.try_again()
        if bot.receiving.heard():
            await bot.presence.hear()
        if bot.receiving.caught_up.is_set():
            await bot.presence.tell()
            await bot.delivering.begin_due()
        await bot.taking.forget_old()
        await bot.services.undoing.forget_old()
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


async def _end(tasks: Sequence[asyncio.Task[None] | asyncio.Task[bool]]) -> None:
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            _LOG.error("background work had ended by itself", exc_info=outcome)
