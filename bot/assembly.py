"""Everything of the bot, built and joined."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Bot
from telegram.constants import FileSizeLimit

from bot.adapters.drawing.painting import PillowPainter
from bot.adapters.health_page import HealthPage
from bot.adapters.logs import incident_id
from bot.adapters.masking import Mask
from bot.adapters.pictures.inspecting import PillowInspector
from bot.adapters.pictures.shrinking import PillowShrinker
from bot.adapters.shelf import Shelf
from bot.chat.afterwards import Afterwards
from bot.chat.answering import Answering
from bot.chat.application import ALLOWED_UPDATES
from bot.chat.board import Board
from bot.chat.carrying import Carrying
from bot.chat.context import HonestApplication, Services
from bot.chat.courier import TelegramCourier
from bot.chat.doorstep import Doorstep
from bot.chat.failures import Failures
from bot.chat.files import TelegramFiles
from bot.chat.gallery import Gallery
from bot.chat.messenger import Messenger
from bot.chat.offering import TelegramOfferAnswers
from bot.chat.outgoing import Outgoing
from bot.chat.outline_display import OutlineDisplay
from bot.chat.pacing import Pacer
from bot.chat.receiving import Polling, Receiving, Take
from bot.chat.taking import Taking
from bot.chat.webhook import Endpoint, WebhookReceiving
from bot.config import Settings
from bot.domain.schedule import WeeklyTime
from bot.services.access import Access, JournalDefaults
from bot.services.acknowledging import Acknowledging
from bot.services.browsing import Browsing
from bot.services.capture import Capture
from bot.services.configuring import Configuring
from bot.services.counting import Counting
from bot.services.delivering import Delivering
from bot.services.editor import Editor
from bot.services.exporting import Exporting
from bot.services.fetching import Fetching
from bot.services.filing import Filing
from bot.services.finishing import Finishing
from bot.services.forgetting import Forgetting
from bot.services.health import Health
from bot.services.intake import Intake
from bot.services.inviting import Inviting
from bot.services.memory import Memory
from bot.services.outbox import Outbox
from bot.services.owners import Owners
from bot.services.ports import Clock, PageTitles
from bot.services.presence import Presence
from bot.services.previewing import Previewing
from bot.services.prompting import Prompting
from bot.services.reminding import Reminding
from bot.services.reporting import Reporting
from bot.services.returning.offering import Returning
from bot.services.safekeeping import Safekeeping
from bot.services.searching import Searching
from bot.services.shipping import Shipping
from bot.services.sticking import Sticking
from bot.services.thumbnails import Thumbnails
from bot.services.titling import Titling
from bot.services.undoing import Undoing
from bot.storage.database import Database, finished

if TYPE_CHECKING:
    from bot.services.tally import Tally


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
    reminding: Reminding
    presence: Presence
    receiving: Receiving
    safekeeping: Safekeeping
    shipping: Shipping
    health: Health
    health_page: HealthPage


def assemble(
    settings: Settings,
    clock: Clock,
    database: Database,
    application: HonestApplication,
    pages: PageTitles,
    tally: Tally | None = None,
) -> Weeknotes:
    """The bot, of which nothing runs yet; Telegram has answered. A tally counts what it takes."""
    telegram, hide = application.bot, Mask(settings.secrets())
    messenger = Messenger(telegram, lambda: database.in_transaction)
    afterwards = Afterwards()
    books = Acknowledging(database, clock)
    answering = Answering(books, messenger, afterwards)
    memory = Memory(database)
    shelf = Shelf(settings.pictures)
    reporting = Reporting(database)
    finishing = Finishing(database, clock, reporting)
    thumbnails = Thumbnails(database, shelf, PillowShrinker())
    editor = Editor.over(database, clock)
    display = OutlineDisplay(messenger, editor.outlining)
    board = Board(Previewing(database), finishing, reporting, messenger, thumbnails, memory)
    database.watch(board.wake)
    courier = TelegramCourier(messenger, board, memory, shelf)
    # What is sent to many at once goes out in turns; what a person asks for does not wait.
    postman = TelegramCourier(messenger, board, memory, shelf, Pacer())
    filing = Filing(database)
    failures = Failures(messenger, afterwards, settings.language, incident_id)
    prompting = Prompting(database, clock)
    gallery = Gallery(messenger, Counting(database, clock), PillowPainter())
    shipping = Shipping(Exporting(database.path), shelf, clock)
    carrying = Carrying(messenger, shipping)
    outgoing = Outgoing(
        Outbox(database, clock),
        messenger,
        courier,
        display,
        reporting,
        books,
        prompting,
        afterwards,
        failures,
        gallery,
        carrying,
    )
    defaults = JournalDefaults(
        settings.language, settings.zone, WeeklyTime.parse(settings.draft_at)
    )
    largest, name = FileSizeLimit.FILESIZE_DOWNLOAD, telegram.username
    capture = Capture(database, filing, bot_username=name, largest_file=largest)
    files = TelegramFiles(telegram, hide)
    fetching = Fetching(database, clock, files, shelf, PillowInspector(), answering.tell_of_file)
    offers = TelegramOfferAnswers(messenger, answering, books, fetching.wake)
    undoing = Undoing(database, clock)
    returning = Returning(
        database,
        clock,
        capture,
        undoing,
        files,
        shelf,
        offers,
        incident_id,
        bot_username=name,
        largest_file=largest,
    )
    owners = Owners(database, settings.allowed_users)
    access = Access(database, clock, owners, defaults)
    services = Services(
        access=access,
        capture=capture,
        filing=filing,
        reporting=reporting,
        answering=answering,
        books=books,
        courier=courier,
        messenger=messenger,
        doorstep=Doorstep(messenger),
        memory=memory,
        fetching=fetching,
        titling=Titling(database, clock, pages),
        returning=returning,
        sticking=Sticking(database, clock),
        undoing=undoing,
        configuring=Configuring(database),
        prompting=prompting,
        board=board,
        editor=editor,
        display=display,
        browsing=Browsing(database),
        searching=Searching(database, clock),
        gallery=gallery,
        carrying=carrying,
        inviting=Inviting(database, clock, owners),
        forgetting=Forgetting(database, shelf),
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
        lambda handle, conclude: Intake(
            database, clock, handle, incident_id, hide, access.knows, conclude
        ),
    )
    # A cancel waits: an answer to what was stored must not get lost in between.
    health = Health(database, lambda: receiving.hears(), lambda: receiving.stores())
    health_page = HealthPage(health)

    def take(batch: Sequence[dict[str, Any]]) -> Awaitable[None]:
        return finished(taking.take(batch))

    counted = take if tally is None else tally.around(take)
    receiving = _receiving(settings, telegram, counted, health_page)
    return Weeknotes(
        database=database,
        application=application,
        services=services,
        taking=taking,
        afterwards=afterwards,
        outgoing=outgoing,
        delivering=Delivering(database, clock, reporting, postman),
        reminding=Reminding(database, clock, reporting, postman),
        presence=Presence(database, clock, postman),
        receiving=receiving,
        safekeeping=Safekeeping(database.path, clock),
        shipping=shipping,
        health=health,
        health_page=health_page,
    )


def _receiving(settings: Settings, telegram: Bot, take: Take, health_page: HealthPage) -> Receiving:
    if settings.webhook is None:
        return Polling(telegram, take, ALLOWED_UPDATES)
    webhook = settings.webhook
    endpoint = Endpoint(webhook.url, webhook.host, webhook.port, webhook.secret.reveal())
    return WebhookReceiving(telegram, take, ALLOWED_UPDATES, endpoint, health_page.served_beside)
