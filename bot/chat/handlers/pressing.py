"""Buttons."""

from __future__ import annotations

from telegram import Update

from bot.chat.callbacks import (
    ChangeSetting,
    DiscardEntry,
    FileEntry,
    OpenSetting,
    Redo,
    RestoreEntry,
    SendFile,
    ShowWeek,
    StickSection,
    TypeSetting,
    Unstick,
    unpack,
)
from bot.chat.context import Context
from bot.chat.forget_buttons import ForgetAll
from bot.chat.handlers import (
    browsing,
    counting,
    finishing,
    forgetting,
    inviting,
    searching,
    settings,
    undoing,
)
from bot.chat.handlers.cards import press_on_line
from bot.chat.handlers.listing import send_list
from bot.chat.handlers.showing import send_file, send_week
from bot.chat.incoming import key_of
from bot.chat.line_buttons import (
    DoAsked,
    LineToSection,
    LineToWeek,
    OnLine,
    PutBack,
    ShowDeleted,
    TurnTo,
)
from bot.chat.people_buttons import RemovePerson, Revoke, ShowPeople, ShutGroup
from bot.chat.reminding_views import reminder
from bot.chat.search_buttons import FoundLine, SearchPages
from bot.chat.stats_buttons import ShowStats
from bot.chat.views import say, sticks
from bot.chat.week_buttons import (
    FinishWeek,
    ListWeek,
    PageWeeks,
    RefreshWeek,
    ReopenWeek,
    WritePart,
)
from bot.chat.week_views import week_note
from bot.domain.entry import EntryId, MessageKey


async def press(update: Update, context: Context) -> None:
    """What the button says is done; it answers politely where that is no longer possible."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    key = key_of(query.message)
    filing, journal = context.services.filing, context.own_journal()
    match unpack(query.data or ""):
        case ListWeek(week, page):
            context.rest(key.chat_id, query.id)
            send_list(context, key.chat_id, week, page)
        case FileEntry(entry_id, section):
            touched = await filing.file(journal, entry_id, section)
            _show(context, key, query.id, entry_id, touched)
        case DiscardEntry(entry_id):
            touched = await filing.remove(journal, entry_id)
            _show(context, key, query.id, entry_id, touched)
        case RestoreEntry(entry_id):
            touched = await filing.restore(journal, entry_id)
            _show(context, key, query.id, entry_id, touched)
        case StickSection(entry_id, section):
            sticky = await context.services.sticking.stick(
                journal, query.from_user.id, entry_id, section
            )
            if sticky is None:
                context.rest(key.chat_id, query.id, context.phrases.not_yours)
            else:
                notice = sticks(journal, query.from_user.id, sticky).text.text
                _show(context, key, query.id, entry_id, frozenset({entry_id}), notice)
        case Unstick(author_id, _) if author_id != query.from_user.id:
            context.rest(key.chat_id, query.id, context.phrases.not_yours)
        case Unstick(author_id, about):
            if await context.services.sticking.release(journal, author_id, about):
                _unstick(context, key, query.id, about)
            else:
                context.rest(key.chat_id, query.id, context.phrases.old_button)
        case ShowWeek(week):
            context.rest(key.chat_id, query.id)
            send_week(update, context, week)
        case SendFile(week, bare):
            context.rest(key.chat_id, query.id)
            send_file(update, context, week, bare=bare)
            finishing.settle_question(context, key, week)
        case Redo(change_id):
            await undoing.redo(context, key, query.id, change_id)
        case OpenSetting(setting, section):
            context.rest(key.chat_id, query.id)
            await settings.open_page(context, key, setting, section)
        case ChangeSetting(setting, value):
            notice = await settings.set_value(context, setting, value)
            context.rest(key.chat_id, query.id, notice)
            await settings.open_page(context, key, *settings.page_after(setting, value))
        case TypeSetting(setting, section):
            context.rest(key.chat_id, query.id)
            await settings.ask(context, key, setting, section, query.from_user)
        case RefreshWeek(week):
            finishing.refresh(context, key, query.id, week)
        case FinishWeek(week):
            context.rest(key.chat_id, query.id)
            await finishing.finish(context, key, week)
        case ReopenWeek(week):
            context.rest(key.chat_id, query.id)
            await finishing.reopen(context, key, week)
        case PageWeeks(year, page):
            context.rest(key.chat_id, query.id)
            await browsing.turn_page(context, key, year, page)
        case FoundLine(node_id):
            await searching.open_line(context, key, query.id, node_id)
        case SearchPages(search_id, page):
            await searching.turn_page(context, key, query.id, search_id, page)
        case (ShowPeople() | Revoke() | RemovePerson() | ShutGroup()) as about_people:
            await inviting.press(context, key, query.id, about_people)
        case ForgetAll() as forget:
            await forgetting.press(context, key, query.id, forget)
        case ShowStats() as picture:
            counting.change(context, key, query.id, picture)
        case WritePart() as wanted:
            context.rest(key.chat_id, query.id)
            finishing.write_part(context, key, wanted, query.from_user.full_name)
        case (
            OnLine()
            | LineToSection()
            | LineToWeek()
            | TurnTo()
            | DoAsked()
            | ShowDeleted()
            | PutBack()
        ) as button:
            await press_on_line(context, key, query, button)
        case _:
            context.rest(key.chat_id, query.id, context.phrases.old_button)


def _show(
    context: Context,
    key: MessageKey,
    query_id: str,
    entry_id: EntryId,
    touched: frozenset[EntryId],
    notice: str = "",
) -> None:
    """The pressed message, and those about the same entries, say what is true now."""
    context.rest(key.chat_id, query_id, notice if touched else context.phrases.old_button)
    if not touched:
        return
    services = context.services
    journal = context.own_journal()

    async def show() -> None:
        await services.answering.settle(touched)
        week = await services.memory.recall_week(key)
        if week is None:
            # Also a question of which only the sending, not the answer, came through.
            await services.books.set_asked(entry_id, key)
        await services.answering.refresh_questions(touched)
        if week is not None:
            compiled = await services.reporting.compile(journal, week)
            is_reminder = await services.memory.is_reminder(key)
            saying = reminder(compiled) if is_reminder else week_note(compiled)
            await services.messenger.edit(key, saying)
        await services.display.refresh_changed(key.chat_id, journal)

    context.after(key.chat_id, show)


def _unstick(context: Context, key: MessageKey, query_id: str, about: EntryId | None) -> None:
    """The pressed message, a question or what was said of it, says that it is over."""
    services, words = context.services, context.phrases.unstuck
    context.rest(key.chat_id, query_id, words)

    async def show() -> None:
        if about is None:
            await services.messenger.edit(key, say(words))
        else:
            await services.answering.refresh_questions([about])

    context.after(key.chat_id, show)
