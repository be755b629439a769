"""The buttons of outlines and cards."""

from __future__ import annotations

from telegram import CallbackQuery
from telegram.constants import ChatType

from bot.chat.card_views import deleted, sections_view, weeks_view
from bot.chat.context import Context
from bot.chat.line_answers import ASKED, notice
from bot.chat.line_buttons import (
    Act,
    DoAsked,
    LineButton,
    LineToSection,
    LineToWeek,
    OnLine,
    PutBack,
    ShowDeleted,
    TurnTo,
)
from bot.chat.line_prompts import ask_for_text, ask_for_week, mention_of
from bot.chat.outline_views import page_of
from bot.chat.wording import name
from bot.domain.entry import EntryId, MessageKey, NodeId
from bot.domain.outlining.fingerprints import Difference, difference, section_print
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import Delete, Operation, Step, ToSection, ToWeek
from bot.domain.outlining.outline import OutlineLine
from bot.domain.text import NO_TEXT, RichText
from bot.domain.week import IsoWeek
from bot.services.outlining import WeekOutline
from bot.services.pending import from_text

_STEPS = {Act.UP: Way.UP, Act.DOWN: Way.DOWN, Act.IN: Way.IN, Act.OUT: Way.OUT}


async def press_on_line(
    context: Context, key: MessageKey, query: CallbackQuery, button: LineButton
) -> None:
    """What the button says is done if the line is still as it was shown; the message shows it."""
    match button:
        case TurnTo(week, page):
            journal = context.own_journal()
            context.rest(key.chat_id, query.id)
            context.after(
                key.chat_id, lambda: context.services.display.draw_list(key, journal, week, page)
            )
        case DoAsked():
            await _do_asked(context, key, query)
        case ShowDeleted(week):
            context.rest(key.chat_id, query.id)
            _draw_deleted(context, key, week, frozenset())
        case PutBack() as wanted:
            await _put_back(context, key, query, wanted)
        case LineToSection(node_id, shown, section):
            keys = (spec.key for spec in context.own_journal().sections)
            chosen = next((key_ for key_ in keys if section_print(key_) == section), None)
            if chosen is None:
                context.rest(key.chat_id, query.id, context.phrases.old_button)
            else:
                await _operate(context, key, query, node_id, shown, ToSection(chosen))
        case LineToWeek(node_id, shown, week):
            await _operate(context, key, query, node_id, shown, ToWeek(week))
        case OnLine(act, node_id, shown) if act in _STEPS:
            await _operate(context, key, query, node_id, shown, Step(_STEPS[act]))
        case OnLine(Act.DELETE, node_id, shown):
            await _delete(context, key, query, node_id, shown)
        case OnLine(Act.RESTORE, node_id, _):
            edited = await context.services.editor.editing.restore(context.own_journal(), node_id)
            done = edited is not None and bool(edited.touched)
            words = context.phrases.outline.line_back if done else context.phrases.old_button
            context.rest(key.chat_id, query.id, words)
            _draw_card(context, key, node_id, frozenset() if edited is None else edited.touched)
        case OnLine(act, node_id, shown):
            await _look(context, key, query, act, node_id, shown)


async def _operate(
    context: Context,
    key: MessageKey,
    query: CallbackQuery,
    node_id: NodeId,
    shown: str | None,
    operation: Operation,
) -> None:
    edited = await context.services.editor.editing.apply(
        context.own_journal(), node_id, operation, shown=shown
    )
    if edited is None:
        context.rest(key.chat_id, query.id, context.phrases.old_button)
        return
    context.rest(key.chat_id, query.id, notice(context.phrases, edited))
    _draw_card(context, key, node_id, edited.touched)


async def _delete(
    context: Context, key: MessageKey, query: CallbackQuery, node_id: NodeId, shown: str
) -> None:
    """The line's card gives way to one sentence and a button that puts it back."""
    week, line = await _find(context, node_id) or (None, None)
    edited = await context.services.editor.editing.apply(
        context.own_journal(), node_id, Delete(), shown=shown
    )
    if week is None or line is None or edited is None or not edited.is_done:
        phrases = context.phrases
        words = phrases.old_button if edited is None else notice(phrases, edited)
        context.rest(key.chat_id, query.id, words)
        _draw_card(context, key, node_id, frozenset())
        return
    context.rest(key.chat_id, query.id)
    saying = deleted(week, line, page_of(week, line))
    touched = edited.touched

    async def show() -> None:
        services = context.services
        await services.messenger.edit(key, saying)
        await services.editor.outlining.remember_deleted(key.chat_id, key.message_id, line)
        await _settle(context, touched)

    context.after(key.chat_id, show)


async def _look(
    context: Context,
    key: MessageKey,
    query: CallbackQuery,
    act: Act,
    node_id: NodeId,
    shown: str,
) -> None:
    """What only shows something, or asks for words, is done whatever has changed but the text."""
    found = await _find(context, node_id)
    if found is None:
        context.rest(key.chat_id, query.id, context.phrases.old_button)
        return
    week, line = found
    other = difference(shown, line)
    if line is None or (other is not None and act is not Act.CARD):
        context.rest(
            key.chat_id, query.id, context.phrases.outline.differences[other or Difference.GONE]
        )
        _draw_card(context, key, node_id, frozenset())
        return
    words = "" if other is None else context.phrases.outline.differences[other]
    context.rest(key.chat_id, query.id, words)
    match act:
        case Act.EDIT:
            ask_for_text(context, key.chat_id, week, line, mention=_mention(query))
        case Act.TYPE_WEEK:
            ask_for_week(context, key.chat_id, week, line, _mention(query))
        case Act.SECTIONS | Act.WEEKS:
            view = sections_view if act is Act.SECTIONS else weeks_view
            entry = await context.services.editor.outlining.entry_of(line)
            context.redraw(key, view(week, line, entry))
        case _:
            _draw_card(context, key, node_id, frozenset())


async def _do_asked(context: Context, key: MessageKey, query: CallbackQuery) -> None:
    prompt = await context.services.prompting.find(key)
    if prompt is None or prompt.kind != ASKED:
        context.rest(key.chat_id, query.id, context.phrases.old_button)
        return
    pending = from_text(prompt.detail)
    if isinstance(pending.operation, Delete):
        await _delete(context, key, query, pending.node_id, pending.shown)
    else:
        await _operate(context, key, query, pending.node_id, pending.shown, pending.operation)


async def _find(context: Context, node_id: NodeId) -> tuple[WeekOutline, OutlineLine | None] | None:
    """The line with its week; None where the journal never had it."""
    outlining, journal = context.services.editor.outlining, context.own_journal()
    week = await outlining.week_of(journal, node_id)
    if week is None:
        return None
    outline = await outlining.outline(journal, week)
    line = outline.outline.find(node_id)
    if line is not None:
        outline = await outlining.titled_for(outline, [line, *line.children])
    return outline, line


def _mention(query: CallbackQuery) -> RichText:
    """The name of who pressed, where others read along: only they are asked."""
    message = query.message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return NO_TEXT
    return mention_of(name(query.from_user.full_name), query.from_user.id)


def _draw_card(
    context: Context, key: MessageKey, node_id: NodeId, touched: frozenset[EntryId]
) -> None:
    journal = context.own_journal()

    async def draw() -> None:
        await context.services.display.draw_card(key, journal, node_id)
        await _settle(context, touched)

    context.after(key.chat_id, draw)


async def _put_back(
    context: Context, key: MessageKey, query: CallbackQuery, wanted: PutBack
) -> None:
    journal, services = context.own_journal(), context.services
    if wanted.node_id is None:
        touched = await services.filing.restore(journal, wanted.entry_id)
    else:
        edited = await services.editor.editing.restore(journal, wanted.node_id)
        touched = frozenset() if edited is None else edited.touched
    words = context.phrases.outline.line_back if touched else context.phrases.old_button
    context.rest(key.chat_id, query.id, words)
    _draw_deleted(context, key, wanted.week, touched)


def _draw_deleted(
    context: Context, key: MessageKey, week: IsoWeek, touched: frozenset[EntryId]
) -> None:
    journal = context.own_journal()

    async def draw() -> None:
        await context.services.display.draw_deleted(key, journal, week)
        await _settle(context, touched)

    context.after(key.chat_id, draw)


async def _settle(context: Context, touched: frozenset[EntryId]) -> None:
    if not touched:
        return
    await context.services.answering.settle(touched)
    await context.services.answering.refresh_questions(touched)
