"""What is asked for each message costs the same however long the archive is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.entry import ChatId, EntryId, JournalId, MessageId, MessageKey, NodeId
from bot.domain.week import IsoWeek
from bot.storage import (
    answers,
    arrivals,
    bare_tags,
    entries,
    filled_weeks,
    journals,
    nodes,
    shown,
    strays,
)
from bot.storage.database import Connection, Database
from bot.storage.migrations import migrate
from tests.clock import START

_KEY = MessageKey(ChatId(1001), MessageId(7))
_ENTRY = EntryId(7)
_QUESTIONS: dict[str, Callable[[Connection], Awaitable[object]]] = {
    "the entry of a message": lambda c: entries.of_message(c, _KEY),
    "forwards of a tag": lambda c: entries.tagged_by(c, _KEY),
    "parts of an album": lambda c: entries.of_media_group(c, ChatId(1001), "g"),
    "the message before": lambda c: entries.before(c, _KEY, 1001),
    "the week before": lambda c: filled_weeks.before(c, JournalId(1), IsoWeek(2023, 40)),
    "the week after": lambda c: filled_weeks.after(c, JournalId(1), IsoWeek(2023, 40)),
    "an account": lambda c: entries.account(c, JournalId(1), IsoWeek(2023, 40)),
    "untagged ones": lambda c: entries.untagged(c, JournalId(1), IsoWeek(2023, 40)),
    "lines of a week": lambda c: nodes.of_week(c, JournalId(1), IsoWeek(2023, 40)),
    "lines of an entry": lambda c: nodes.of_entry(c, _ENTRY),
    "lines below": lambda c: nodes.children(c, NodeId(7)),
    "what is to be answered": lambda c: answers.waiting(c),
    "questions about an entry": lambda c: shown.questions_about(c, _ENTRY),
    "what a message is about": lambda c: shown.recall(c, _KEY),
    "bare tags to answer": lambda c: bare_tags.unanswered(c, START),
    "old strays": lambda c: strays.forget_old(c, START),
    "lines that changed since": lambda c: arrivals.before(c, JournalId(1), START),
    "the journal of a chat": lambda c: journals.of_chat(c, ChatId(1001)),
    "due journals": lambda c: journals.due(c, START),
}


@pytest.mark.parametrize("question", _QUESTIONS)
async def test_nothing_reads_a_whole_table(tmp_path: Path, question: str) -> None:
    """Each table is searched by an index, and a chat's messages not by the chat alone."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        asked: list[str] = []
        async with database.atomic() as connection:
            connection._here.set_trace_callback(asked.append)
            await _QUESTIONS[question](connection)
            connection._here.set_trace_callback(lambda _: None)
            steps = []
            for statement in asked:
                plan = await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}")
                steps += [row["detail"] for row in plan]
    assert steps
    # The index holds only what is to be answered.
    small = (
        "SCAN json_each",
        "SCAN wanted",
        "SCAN subtree",
        "SCAN filled",
        "SCAN (subquery",
        "SCAN CONSTANT ROW",
        "SCAN entries USING INDEX entries_unanswered",
    )
    assert [step for step in steps if step.startswith("SCAN") and not step.startswith(small)] == []
    assert [step for step in steps if step.endswith("(chat_id=?)")] == []
