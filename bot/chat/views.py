"""What is shown: domain values to text and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from telegram.constants import FileSizeLimit

from bot.chat.callbacks import (
    Button,
    DiscardEntry,
    FileEntry,
    RestoreEntry,
    StickSection,
    Unstick,
)
from bot.domain.entry import Entry, State
from bot.domain.journal import Journal
from bot.domain.reactions import CHANGED, REFUSED
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.i18n import Phrases, phrases_for
from bot.services.acknowledging import Standing
from bot.services.incoming import Remark, Sticky

_QUOTED = 24

Row = Sequence[tuple[str, Button]]
_MEGABYTE = 1_000_000
_LIMIT = FileSizeLimit.FILESIZE_DOWNLOAD // _MEGABYTE


@dataclass(frozen=True, slots=True)
class Saying:
    """A message to send: its text, and rows of buttons below it.

    With a `placeholder`, shown where people type, it asks for a reply and has no buttons.
    """

    text: RichText
    rows: Sequence[Row] = ()
    placeholder: str = ""

    def addressed_to(self, person: RichText) -> Saying:
        """The same, said to somebody by name."""
        return replace(self, text=person + RichText("\n") + self.text)


def say(text: str, *rows: Row) -> Saying:
    """A message without formats."""
    return Saying(RichText(text), rows)


def grid(buttons: Iterable[tuple[str, Button]], columns: int) -> list[Row]:
    """The buttons in rows of so many."""
    every = list(buttons)
    return [every[start : start + columns] for start in range(0, len(every), columns)]


def welcome(journal: Journal) -> Saying:
    """Who the bot is, what it keeps in such a chat, and when the draft comes."""
    phrases = phrases_for(journal.language)
    day = phrases.weekdays[journal.draft_at.weekday]
    words = phrases.welcome if journal.personal else phrases.welcome_group
    return say(words.format(draft_at=f"{day} {journal.draft_at.clock:%H:%M}"))


def question(now: Standing) -> Saying:
    """What the bot's question about an entry says now: it asks, or tells where the entry went."""
    journal, entry = now.journal, now.entry
    phrases = phrases_for(journal.language)
    if entry.state is State.REMOVED:
        return say(phrases.discarded, [(phrases.put_back, RestoreEntry(entry.id))])
    if entry.state is State.UNTAGGED:
        row = filing_row(journal, entry, phrases)
        if now.bad_week:
            return say(phrases.ask_section_bad_week.format(words=now.bad_week), row)
        return say(phrases.ask_section_album if entry.media_group else phrases.ask_section, row)
    # A tap beside the right button is mended by another one.
    others = [
        (words, button)
        for words, button in filing_row(journal, entry, phrases)
        if not isinstance(button, FileEntry) or button.section != now.section
    ]
    heading = place(now)
    if now.sticks is not None and now.section is not None:
        until = clock_time(journal, now.sticks.until)
        words = phrases.sticks_here.format(section=heading, until=until)
        return say(words, others, [(phrases.unstick, Unstick(entry.author_id, entry.id))])
    sticking: list[Row] = []
    if now.section is not None:
        sticking = [[(phrases.stick, StickSection(entry.id, now.section))]]
    if entry.week == journal.week_of(entry.sent_at):
        return say(phrases.filed.format(section=heading), others, *sticking)
    week = week_label(phrases, entry.week)
    return say(phrases.filed_elsewhere.format(section=heading, week=week), others)


def acknowledgement(now: Standing) -> Saying:
    """What has become of a message, in the words that stand in for its reaction."""
    journal, entry = now.journal, now.entry
    phrases = phrases_for(journal.language)
    if entry.reaction == REFUSED:
        return say(phrases.ack_refused)
    if entry.state is State.REMOVED:
        return say(phrases.ack_removed)
    if entry.state is State.UNTAGGED:
        return say(phrases.ack_untagged)
    changed = entry.reaction == CHANGED
    section = place(now)
    if entry.week == journal.week_of(entry.sent_at):
        words = phrases.ack_changed if changed else phrases.ack_stored
        return say(words.format(section=section))
    words = phrases.ack_changed_elsewhere if changed else phrases.ack_stored_elsewhere
    return say(words.format(section=section, week=week_label(phrases, entry.week)))


def place(now: Standing) -> str:
    """What the entry's place is called: its section, else its part of the report."""
    if now.section:
        return now.journal.heading_of(now.section)
    return phrases_for(now.journal.language).parts.get(now.part, "")


def sticks(journal: Journal, author_id: int, sticky: Sticky) -> Saying:
    """Where the person's next messages go, and until when."""
    phrases = phrases_for(journal.language)
    words = phrases.sticks.format(
        section=journal.heading_of(sticky.section), until=clock_time(journal, sticky.until)
    )
    return say(words, [(phrases.unstick, Unstick(author_id))])


def clock_time(journal: Journal, instant: datetime) -> str:
    """The time of day there, as `20:15`."""
    return f"{instant.astimezone(journal.zone):%H:%M}"


def instant_words(journal: Journal, instant: datetime) -> str:
    """The day of the year and the time of day there."""
    phrases, at = phrases_for(journal.language), instant.astimezone(journal.zone)
    return phrases.instant.format(month=phrases.months[at.month - 1], at=at)


def filing_row(journal: Journal, entry: Entry, phrases: Phrases) -> Row:
    """The buttons that file an entry, one for each section, and that which discards it."""
    sections = [(spec.heading, FileEntry(entry.id, spec.key)) for spec in journal.sections]
    return [*sections, (phrases.discard, DiscardEntry(entry.id))]


def remark(phrases: Phrases, what: Remark, detail: str) -> Saying:
    """A sentence about a message that was not, or not wholly, taken as it was meant."""
    match what:
        case Remark.EMPTY_TAG:
            return say(phrases.empty_tag)
        case Remark.WORDS_STAY:
            return say(phrases.words_stay)
        case Remark.EMPTY_COMMAND:
            return say(phrases.empty_command)
        case Remark.EMPTY_MESSAGE:
            return say(phrases.empty_message)
        case Remark.NO_SUCH_WEEK:
            return say(phrases.week_does_not_exist.format(words=detail))
        case Remark.KIND_NOT_KEPT:
            return say(phrases.kind_not_kept.format(kind=_kind(phrases, detail)))
        case Remark.ONLY_TEXT_KEPT:
            return say(phrases.only_text_kept.format(kind=_kind(phrases, detail)))
        case Remark.PICTURE_TOO_LARGE:
            return say(phrases.picture_too_large.format(size=_megabytes(detail), limit=_LIMIT))
        case Remark.FILE_TOO_LARGE:
            return say(phrases.file_too_large.format(size=_megabytes(detail), limit=_LIMIT))
        case Remark.NOTHING_TO_DELETE:
            return say(phrases.nothing_to_delete)
        case Remark.ALREADY_GONE:
            return say(phrases.gone)


def _megabytes(size: str) -> str:
    return f"{int(size) / _MEGABYTE:.0f}"


def _kind(phrases: Phrases, kind: str) -> str:
    return phrases.kinds.get(kind, phrases.kinds["other"])


def shortened(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


def week_label(phrases: Phrases, week: IsoWeek) -> str:
    """The week's name on a button."""
    return phrases.week_label.format(year=week.year, number=week.number)


def absence(journal: Journal, since: datetime, until: datetime) -> Saying:
    """What was sent between the two instants may not have arrived."""
    phrases = phrases_for(journal.language)
    first, last = (instant_words(journal, at) for at in (since, until))
    return say(phrases.absence.format(since=first, until=last))
