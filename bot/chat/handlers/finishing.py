"""Buttons under a week's report: bring it up to date, write a part of it, close the week."""

from __future__ import annotations

from telegram import Update

from bot.chat.context import Context
from bot.chat.handlers import capture
from bot.chat.incoming import to_incoming
from bot.chat.week_buttons import WritePart
from bot.chat.week_views import part_prompt
from bot.domain.entry import MessageKey
from bot.domain.grammar.tags import part_named
from bot.domain.owed import WeekFile
from bot.domain.week import IsoWeek
from bot.services.asking import WantedPart, prompt_for


def refresh(context: Context, key: MessageKey, query_id: str, week: IsoWeek) -> None:
    """The week's preview is brought up to date, and the button says whether it was."""
    services, phrases, journal = context.services, context.phrases, context.own_journal()

    async def redraw() -> None:
        preview = await services.board.previewing.find(journal, week, key.chat_id)
        if preview is None or key.message_id not in {p.message_id for p in preview.pieces}:
            await services.messenger.answer(query_id, phrases.older_preview)
            return
        changed = await services.board.redrawing.redraw(preview)
        words = phrases.refreshed if changed else phrases.up_to_date
        await services.messenger.answer(query_id, words)

    context.after(key.chat_id, redraw)


async def finish(context: Context, key: MessageKey, week: IsoWeek) -> None:
    """The week is done, and its file follows the commit."""
    services, journal = context.services, context.own_journal()
    await services.board.finishing.finish(journal, week)

    async def show() -> None:
        await services.board.redrawing.redraw_week(journal, week, key.chat_id)

    context.after(key.chat_id, show)
    context.owe(key.chat_id, WeekFile(week))
    settle_question(context, key, week)


async def reopen(context: Context, key: MessageKey, week: IsoWeek) -> None:
    """The week is open again."""
    services, journal = context.services, context.own_journal()
    await services.board.finishing.reopen(journal, week)

    async def show() -> None:
        await services.board.redrawing.redraw_week(journal, week, key.chat_id)
        await services.board.late_questions.settle(journal, week, is_done=False)

    context.after(key.chat_id, show)


def settle_question(context: Context, key: MessageKey, week: IsoWeek) -> None:
    """The week's file has just been sent: what was asked about it is answered."""
    services, journal = context.services, context.own_journal()

    async def settle() -> None:
        await services.board.late_questions.settle(journal, week)

    context.after(key.chat_id, settle)


async def ask_part(update: Update, context: Context) -> None:
    """Asks for the part of this week that the command names; in reply to something, files that."""
    message = update.message
    if message is None or message.from_user is None:
        return
    journal = context.own_journal()
    incoming = to_incoming(message, journal.language, edited=False)
    answers = incoming.reply_to
    # Clients send a command as a reply where one was asked for.
    if answers is not None and await context.services.prompting.find(answers) is None:
        await capture.receive(update, context)
        return
    part = part_named(incoming.text.text.strip().lstrip("/").partition("@")[0].lower())
    if part is not None:
        wanted = WritePart(journal.week_of(incoming.sent_at), part)
        write_part(context, incoming.key, wanted, message.from_user.full_name)


def write_part(context: Context, key: MessageKey, wanted: WritePart, name: str) -> None:
    """Asks for the part; in a group, of whoever pressed and is called so."""
    journal = context.own_journal()
    current = journal.week_of(context.services.now())
    saying = part_prompt(journal, wanted.week, wanted.part, wanted.section, current)
    prompt = prompt_for(WantedPart(wanted.week, wanted.part, wanted.section))
    context.ask_in_chat(key.chat_id, saying, prompt, name)
