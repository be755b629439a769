"""What messages are to show, and what they do show.

The reaction that a message is to show is stored with its entry, in the same transaction. So an
answer that never got out, because of a fault or a kill, is found again and repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.entry import Entry, EntryId, MessageId, MessageKey, Part, State
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.weekmarks import BadWeek
from bot.domain.journal import Journal
from bot.domain.reactions import NOTHING, REFUSED
from bot.services.commenting import ONE_GO
from bot.services.ports import Clock
from bot.storage import answers, bare_tags, entries, journals, nodes, shown, sticky
from bot.storage.answers import Answer
from bot.storage.database import Database
from bot.storage.shown import Shown
from bot.storage.sticky import Sticky

__all__ = ["Acknowledging", "Answer", "Standing", "TagAnswer", "Unsettled"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it stands: its section and part, and whether the bot has still to ask for them.

    `bad_week` holds the words by which its message names a week that does not exist. `sticks` is
    what sticks for its author's next messages, where that is the section in which it stands.
    `said` is the bot's message that tells in words where it is.
    """

    entry: Entry
    journal: Journal
    section: str | None
    part: Part | None
    asks: bool
    bad_week: str
    questions: tuple[MessageId, ...]
    sticks: Sticky | None = None
    said: MessageId | None = None


@dataclass(frozen=True, slots=True)
class TagAnswer:
    """What a message that is nothing but a tag is to show; `was_needed` by a forward after it."""

    journal: Journal
    reaction: str
    was_needed: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is still to be answered: bare tags, and entries, oldest first."""

    tags: Sequence[MessageKey] = ()
    answers: Sequence[Answer] = ()


class Acknowledging:
    """Keeps the books of acknowledgements."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def waiting(self, ids: Iterable[EntryId] | None = None) -> list[Answer]:
        """What is still to be answered, of those entries or of all, oldest first."""
        async with self._database.snapshot() as connection:
            return await answers.waiting(connection, ids)

    async def standing(self, entry_id: EntryId) -> Standing | None:
        """The entry as it stands now, with the bot's questions about it."""
        async with self._database.snapshot() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is None:
                return None
            lines = await nodes.of_entry(connection, entry_id)
            top = await nodes.root_of(connection, lines[0]) if lines else None
            waiting = await answers.waiting(connection, [entry_id])
            journal = await journals.get(connection, entry.journal_id)
            reads_signs = entry.comment_id is None and entry.tagged_by is None
            week = parse_message(entry.text, journal.sections, reads_signs=reads_signs).week
            section = top.at.section if top else None
            sticks = await sticky.at(connection, journal.id, entry.author_id, self._clock.now())
            return Standing(
                entry=entry,
                journal=journal,
                bad_week=week.words if isinstance(week, BadWeek) else "",
                section=section,
                sticks=sticks if sticks is not None and sticks.section == section else None,
                part=top.at.part if top else None,
                asks=any(answer.asks for answer in waiting),
                questions=tuple(await shown.questions_about(connection, entry_id)),
                said=await answers.said_of(connection, entry_id),
            )

    async def bare_tags(self) -> list[MessageKey]:
        """The bare tags whose answer is due: a second is enough for a forward to come."""
        async with self._database.snapshot() as connection:
            due = await bare_tags.unanswered(connection, self._clock.now() - ONE_GO)
        return [tag.key for tag in due]

    async def tag_answer(self, key: MessageKey) -> TagAnswer | None:
        """What the bare tag is to show now; None where it does, or is an entry by now.

        With forwards it shows what they show: what is untagged first, for that wants a tap.
        """
        async with self._database.snapshot() as connection:
            tag = await bare_tags.get(connection, key)
            journal = await journals.of_chat(connection, key.chat_id)
            is_entry = await entries.of_message(connection, key) is not None
            if tag is None or journal is None or is_entry:
                return None
            forwards = await entries.tagged_by(connection, key)
        here = [forward for forward in forwards if forward.state is not State.REMOVED]
        here.sort(key=lambda forward: forward.state is not State.UNTAGGED)
        reaction = here[0].reaction if here else NOTHING if forwards else REFUSED
        if tag.is_answered and (tag.reaction_shown == reaction or not forwards):
            return None
        return TagAnswer(journal, reaction, was_needed=bool(forwards))

    async def unsettled(self, ids: Collection[EntryId] | None = None) -> Unsettled:
        """What is still to be answered of those entries, or of all."""
        async with self._database.snapshot(swiftly=ids is not None) as connection:
            tags = await entries.tags_of(connection, ids) if ids else []
            return Unsettled(tags, await answers.waiting(connection, ids))

    async def set_tag_answered(self, key: MessageKey, reaction: str) -> None:
        """The bare tag has its answer and shows it."""
        async with self._database.atomic() as connection:
            await bare_tags.set_answered(connection, key, reaction)

    async def set_shown(self, given: Iterable[Answer]) -> None:
        """The messages show the reactions of those answers now."""
        async with self._database.atomic() as connection:
            await answers.set_shown(connection, given)

    async def set_said(self, answer: Answer, said: MessageKey | None) -> None:
        """The answer was told in words; replies to what was said are about the entry.

        Recorded at once, and not with many others as reactions are: it would be said twice.
        """
        message_id = None if said is None else said.message_id
        async with self._database.atomic() as connection:
            await answers.set_said(connection, answer.entry_id, answer.reaction, message_id)
            if said is not None:
                await shown.remember(connection, said, Shown(answer.entry_id))

    async def set_asked(self, entry_id: EntryId, question: MessageKey) -> None:
        """That message of the bot's has asked where the entry goes."""
        async with self._database.atomic() as connection:
            await answers.set_question(connection, entry_id, "asked")
            await shown.remember(connection, question, Shown(entry_id, asks=True))

    async def remember_about(self, entry_id: EntryId, said: MessageKey) -> None:
        """That message of the bot's is about the entry, so that replies to it find its place."""
        async with self._database.atomic() as connection:
            await shown.remember(connection, said, Shown(entry_id))

    async def set_not_asking(self, entry_id: EntryId) -> None:
        """The question is not needed any more, or nobody can be asked."""
        async with self._database.atomic() as connection:
            await answers.set_question(connection, entry_id, "none")

    async def set_incomplete(self, entry_id: EntryId) -> None:
        """Something that came with the message could not be kept after all."""
        async with self._database.atomic() as connection:
            entry = await entries.get(connection, entry_id)
            if entry is not None:
                await entries.set_state(connection, entry_id, entry.state, entry.week, REFUSED)
