"""The handler table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.callbacks import OFFERS
from bot.chat.context import Context, HonestApplication
from bot.chat.handlers import (
    browsing,
    capture,
    counting,
    exporting,
    finishing,
    forgetting,
    gate,
    inviting,
    listing,
    pressing,
    replying,
    returning,
    searching,
    service_messages,
    settings,
    showing,
    undoing,
    wishing,
)
from bot.chat.menu import PARTS
from bot.chat.requesting import AiohttpRequest

if TYPE_CHECKING:
    from bot.services.tally import Tally

# What a command says that was forwarded, somebody else has said.
_NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED
_NEW_OR_EDITED = filters.UpdateType.MESSAGES
# With words behind it, such a command is a tag.
_ALONE = filters.Regex(r"\A\S+\s*\Z")
_REPLY = _NEW_OR_EDITED & filters.REPLY & filters.TEXT

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")


def build_application(token: str, api_url: str, tally: Tally | None = None) -> HonestApplication:
    """The application with every handler in its place; nothing is connected yet.

    `tally` counts the calls, if there is one.
    """
    if tally is None:
        request = AiohttpRequest(api_url)
    else:
        from bot.chat.counted_request import CountedRequest

        request = CountedRequest(tally, api_url)
    application = (
        ApplicationBuilder()
        .application_class(HonestApplication)
        .context_types(ContextTypes(context=Context))
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .build()
    )
    if not isinstance(application, HonestApplication):
        raise TypeError("the builder has ignored application_class")
    # In each group one handler has the update, until one of them stops it.
    application.add_handler(TypeHandler(Update, gate.admit), group=-1)
    application.add_handler(MessageHandler(_REPLY, replying.answer), group=0)
    # What is no report goes on to the others.
    documents = _NEW_OR_EDITED & filters.Document.ALL
    application.add_handler(MessageHandler(documents, returning.receive), group=1)
    application.add_handlers(
        [
            CommandHandler("start", showing.start, _NEW),
            CommandHandler("help", showing.explain, _NEW),
            CommandHandler("draft", showing.draft, _NEW),
            CommandHandler("report", showing.report, _NEW),
            CommandHandler("weeks", browsing.weeks, _NEW),
            CommandHandler("search", searching.search, _NEW),
            CommandHandler("stats", counting.show, _NEW),
            CommandHandler("invite", inviting.invite, _NEW),
            CommandHandler("people", inviting.people, _NEW),
            CommandHandler("forget_me", forgetting.ask, _NEW),
            CommandHandler("export", exporting.export, _NEW),
            CommandHandler("undo", undoing.undo, _NEW),
            CommandHandler("settings", settings.show, _NEW),
            CommandHandler(PARTS, finishing.ask_part, _NEW & _ALONE),
            CommandHandler("list", listing.show, _NEW),
            CommandHandler("edit", wishing.edit, _NEW),
            CommandHandler("move", wishing.move, _NEW),
            CommandHandler("delete", wishing.delete, _NEW),
            MessageHandler(filters.StatusUpdate.MIGRATE, service_messages.migrate),
            MessageHandler(filters.StatusUpdate.LEFT_CHAT_MEMBER, service_messages.note_left),
            MessageHandler(filters.StatusUpdate.NEW_CHAT_MEMBERS, service_messages.note_joined),
            MessageHandler(service_messages.FROM_NOBODY, service_messages.ignore),
            MessageHandler(_NEW_OR_EDITED, capture.receive),
            CallbackQueryHandler(returning.decide, OFFERS),
            CallbackQueryHandler(pressing.press),
        ],
        group=2,
    )
    return application
