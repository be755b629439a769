"""`/edit`, `/move` and `/delete` with a number, or in reply to what they are about."""

from __future__ import annotations

import re

from telegram import Update

from bot.chat.acknowledging import acknowledge
from bot.chat.asked_weeks import asked_at
from bot.chat.card_views import number_changed, number_gone
from bot.chat.context import Context
from bot.chat.incoming import to_incoming
from bot.chat.line_answers import answer, ask, confirm, refresh, refuse
from bot.chat.line_prompts import ask_for_text
from bot.chat.views import say, week_label
from bot.domain.entry import EntryId, NodeId, Part
from bot.domain.errors import NoSuchWeekError
from bot.domain.grammar.moves import Goal, InSection, parse_goal, split_number
from bot.domain.outlining.fingerprints import fingerprint
from bot.domain.outlining.operations import Delete, Operation, Rewrite
from bot.domain.outlining.outline import OutlineLine
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.incoming import Incoming
from bot.services.naming import Answered, Named
from bot.services.pending import Pending
from bot.services.wishes import numbers_in, operation_of

_COMMAND = re.compile(r"\s*/\w+(?:@\w+)?\s*")


async def edit(update: Update, context: Context) -> None:
    """The line says the words behind the command; without any, they are asked for."""
    incoming = _incoming(update, context)
    if incoming is None:
        return
    key, text = incoming.key, _behind_command(incoming.text)
    about = await _answered(context, incoming)
    if about.node_id is not None and about.week is not None:
        if text:
            await _apply(context, incoming, about.node_id, Rewrite(text))
            return
        week = await context.services.editor.outlining.outline(context.own_journal(), about.week)
        line = week.outline.find(about.node_id)
        if line is not None:
            week = await context.services.editor.outlining.titled_for(week, [line])
            ask_for_text(context, key.chat_id, week, line, reply_to=key.message_id)
        return
    number, end = split_number(text.text)
    if about.is_gone or number is None:
        refuse(
            context,
            key,
            say(context.phrases.gone if about.is_gone else context.phrases.outline.how_to_edit),
        )
        return
    named = await _named(update, context, incoming, [number])
    if named is None:
        return
    words = text.slice(end).strip()
    if words:
        await _act(context, incoming, named, number, Rewrite(words))
    else:
        line = named.lines[number]
        ask_for_text(context, key.chat_id, named.week, line, reply_to=key.message_id)


async def move(update: Update, context: Context) -> None:
    """The line, or the entry that was replied to, goes where the words behind the command say."""
    incoming = _incoming(update, context)
    if incoming is None:
        return
    key, words, phrases = incoming.key, _behind_command(incoming.text).text, context.phrases
    about = await _answered(context, incoming)
    number, end = split_number(words)
    try:
        goal = _goal(update, context, words) if about.node_id is not None else None
        if goal is not None and about.node_id is not None:
            await _move_answered(update, context, incoming, about, goal)
            return
        goal = _goal(update, context, words[end:])
    except NoSuchWeekError as error:
        refuse(context, key, say(phrases.week_does_not_exist.format(words=error.words)))
        return
    if about.is_gone:
        refuse(context, key, say(phrases.gone))
    elif (number is None and about.node_id is None) or not words[end:].strip():
        refuse(context, key, say(phrases.outline.how_to_move))
    elif goal is None or number is None:
        refuse(context, key, say(phrases.outline.unknown_place.format(words=words[end:].strip())))
    else:
        named = await _named(update, context, incoming, [number, *numbers_in(goal)])
        if named is not None:
            await _act(context, incoming, named, number, operation_of(goal, named.lines))


async def delete(update: Update, context: Context) -> None:
    """The line with the number, or what the command replies to, is gone from the report."""
    incoming = _incoming(update, context)
    if incoming is None:
        return
    journal = context.own_journal()
    words = _behind_command(incoming.text).text
    number, end = split_number(words)
    if number is not None and words[end:].strip():
        # Two numbers, or a range: better nothing than half of it.
        refuse(context, incoming.key, say(context.phrases.outline.delete_one))
        return
    if number is not None:
        named = await _named(update, context, incoming, [number])
        if named is not None:
            await _act(context, incoming, named, number, Delete())
        return
    about = await _answered(context, incoming)
    if about.node_id is not None and not about.entries:
        await _apply(context, incoming, about.node_id, Delete())
        return
    receipt = await context.services.capture.delete(journal, incoming)
    acknowledge(context, incoming.key, receipt)
    if receipt.changed:
        refresh(context, incoming.key)


async def _move_answered(
    update: Update, context: Context, incoming: Incoming, about: Answered, goal: Goal
) -> None:
    """A section, part or week is the whole entry's, as with a bare tag; a step is the line's."""
    if about.entries and isinstance(goal, InSection | Part | IsoWeek):
        touched: frozenset[EntryId] = frozenset()
        for entry_id in about.entries:
            touched |= await context.services.filing.file(
                context.own_journal(),
                entry_id,
                goal.section if isinstance(goal, InSection) else None,
                part=goal if isinstance(goal, Part) else None,
                week=goal if isinstance(goal, IsoWeek) else None,
            )
        confirm(context, incoming.key, touched)
        return
    named = await _named(update, context, incoming, numbers_in(goal))
    if named is None or about.node_id is None:
        return
    operation = operation_of(goal, named.lines)
    if not named.changed:
        await _apply(context, incoming, about.node_id, operation)
        return
    week = await context.services.editor.outlining.outline(
        context.own_journal(), about.week or named.week.week
    )
    line = week.outline.find(about.node_id)
    if line is not None:
        _ask(context, incoming, named, line, operation)


async def _act(
    context: Context, incoming: Incoming, named: Named, number: str, operation: Operation
) -> None:
    """The operation is done; where a number means something else by now, that is asked about."""
    line = named.lines[number]
    if named.changed:
        _ask(context, incoming, named, line, operation)
    else:
        await _apply(context, incoming, line.id, operation)


def _ask(
    context: Context, incoming: Incoming, named: Named, line: OutlineLine, operation: Operation
) -> None:
    changed = named.changed[0]
    meant = named.lines[changed]
    saying = number_changed(named.week, changed, meant, operation, is_goal=meant.id != line.id)
    ask(context, incoming.key, saying, Pending(line.id, fingerprint(line), operation))


async def _apply(
    context: Context, incoming: Incoming, node_id: NodeId, operation: Operation
) -> None:
    edited = await context.services.editor.editing.apply(context.own_journal(), node_id, operation)
    answer(context, incoming.key, operation, edited)


async def _named(
    update: Update, context: Context, incoming: Incoming, numbers: list[str]
) -> Named | None:
    """What the numbers mean; None where one means nothing, which the person hears."""
    journal, key = context.own_journal(), incoming.key
    current = journal.week_of(asked_at(update, context))
    named = await context.services.editor.naming.numbered(journal, key.chat_id, numbers, current)
    if named.unknown:
        week = week_label(context.phrases, named.week.week)
        words = context.phrases.outline.no_number.format(number=named.unknown[0], week=week)
        refuse(context, key, say(words))
        return None
    if named.gone:
        refuse(context, key, number_gone(named.week, named.gone[0]))
        return None
    return named


async def _answered(context: Context, incoming: Incoming) -> Answered:
    if incoming.reply_to is None:
        return Answered()
    return await context.services.editor.naming.answered(context.own_journal(), incoming)


def _goal(update: Update, context: Context, words: str) -> Goal | None:
    journal = context.own_journal()
    return parse_goal(words, journal.sections, journal.day_of(asked_at(update, context)))


def _incoming(update: Update, context: Context) -> Incoming | None:
    if update.message is None:
        return None
    return to_incoming(update.message, context.own_journal().language, edited=False)


def _behind_command(text: RichText) -> RichText:
    match = _COMMAND.match(text.text)
    return text.slice(match.end() if match else 0).strip()
