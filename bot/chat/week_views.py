"""What is shown of a week besides its report. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import SendFile, ShowWeek
from bot.chat.shortening import SEMICOLONS
from bot.chat.shortening import shortened as columns
from bot.chat.views import Row, Saying, filing_row, say, shortened, week_label
from bot.chat.week_buttons import FinishWeek, ListWeek, RefreshWeek, ReopenWeek, WritePart
from bot.domain.entry import Entry, Part
from bot.domain.grammar.message import parse_message
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.i18n import Phrases, phrases_for
from bot.services.finishing import LateNews
from bot.services.reporting import CompiledWeek

# Telegram takes a hundred buttons at most; a row of filing buttons holds one for each section.
_MOST_UNTAGGED = 15
_MOST_LATE = 5
# Columns of an item of an earlier year: what a line of a phone holds of two.
_RECALLED = 20


def week_note(week: CompiledWeek) -> Saying:
    """The lines and buttons that stand under a preview."""
    phrases = phrases_for(week.journal.language)
    count = week.account
    lines = [
        phrases.account.format(
            received=count.received,
            placed=count.placed,
            untagged=count.untagged,
            removed=count.removed,
        )
    ]
    if week.is_done:
        outgrown = week.has_outgrown_its_file
        lines.append(phrases.done_and_changed if outgrown else phrases.done)
    for words, files in (
        (phrases.pictures_waiting, week.waiting),
        (phrases.pictures_missing, week.missing),
        (phrases.pictures_telling, week.telling),
    ):
        if files:
            lines.append(words.format(names=" ".join(file.name for file in files)))
    unfiled, buttons = untagged_rows(week)
    return say(
        "\n".join((*lines, *_earlier(phrases, week), *unfiled)),
        *buttons,
        *_act_rows(week, phrases),
        *_neighbour_row(phrases, week.week, week.neighbours),
        *_last_year_row(phrases, week.week, week.last_year),
    )


def _earlier(phrases: Phrases, week: CompiledWeek) -> Sequence[str]:
    """What the same week held in earlier years, a line for each."""
    semicolon = SEMICOLONS[week.journal.language]
    told = [
        phrases.earlier_week.format(
            year=one.year,
            items=one.items,
            words=semicolon.join(columns(words, _RECALLED) for words in one.firsts) or "…",
        )
        for one in week.recollections
    ]
    return [phrases.earlier, *told] if told else told


def untagged_rows(week: CompiledWeek) -> tuple[Sequence[str], Sequence[Row]]:
    """What is not filed yet, a line for each, with a row of buttons for each."""
    phrases = phrases_for(week.journal.language)
    lines = [phrases.untagged] if week.untagged else []
    rows: list[Row] = []
    for number, entry in enumerate(week.untagged[:_MOST_UNTAGGED], 1):
        said = entry.text.text or week.labels.get(entry.id, "")
        lines.append(f"{number}. {shortened(said) or '🖼'}")
        (first, button), *others = filing_row(week.journal, entry, phrases)
        rows.append([(f"{number} → {first}", button), *others])
    if (rest := len(week.untagged) - _MOST_UNTAGGED) > 0:
        lines.append(phrases.late_more.format(many=rest))
    return lines, rows


def _act_rows(week: CompiledWeek, phrases: Phrases) -> Sequence[Row]:
    file = SendFile(week.week)
    if week.is_done:
        words = phrases.new_file if week.has_outgrown_its_file else phrases.file
        return ([(phrases.reopen, ReopenWeek(week.week)), (words, file)],)
    parts = (Part.SUMMARY, Part.INTRO, Part.OUTRO)
    return (
        [(phrases.write_parts[part], WritePart(week.week, part)) for part in parts],
        [
            (phrases.edit, ListWeek(week.week)),
            (phrases.refresh, RefreshWeek(week.week)),
            (phrases.file, file),
            (phrases.finish, FinishWeek(week.week)),
        ],
    )


def part_prompt(
    journal: Journal, week: IsoWeek, part: Part, section: str | None, current: IsoWeek
) -> Saying:
    """Asks for a part of the report, or for an item of a section; of which week, where not this."""
    phrases = phrases_for(journal.language)
    name = journal.heading_of(section) if section is not None else phrases.parts[part]
    words = phrases.ask_part.format(name=name)
    if week != current:
        words = phrases.ask_part_of.format(name=name, week=week_label(phrases, week))
    return Saying(say(words).text, placeholder=phrases.placeholder.format(name=name))


def late_question(news: LateNews) -> Saying:
    """A done week is something else now: what came, and what is to be done about it."""
    week = news.week
    phrases = phrases_for(week.journal.language)
    label = week_label(phrases, week.week)
    shown = news.entries[:_MOST_LATE]
    lines = [(phrases.late if shown else phrases.late_change).format(week=label)]
    lines += [f"· {_quoted(week, entry)}" for entry in shown]
    if rest := len(news.entries) - len(shown):
        lines.append(phrases.late_more.format(many=rest))
    row: Row = [
        (phrases.reopen, ReopenWeek(week.week)),
        (phrases.new_file, SendFile(week.week)),
    ]
    return say("\n".join(lines), row)


def late_settled(journal: Journal, week: IsoWeek, *, is_done: bool) -> Saying:
    """What the question says once it is answered: the week is open, or its file is the newest."""
    phrases = phrases_for(journal.language)
    words = phrases.late_sent if is_done else phrases.reopened
    return say(words.format(week=week_label(phrases, week)))


def _quoted(week: CompiledWeek, entry: Entry) -> str:
    said = parse_message(entry.text, week.journal.sections).body.text
    return shortened(said or week.labels.get(entry.id, "")) or "🖼"


def file_buttons(week: CompiledWeek) -> Sequence[Row]:
    """Under an archive: the Markdown alone."""
    phrases = phrases_for(week.journal.language)
    return ([(phrases.get_markdown, SendFile(week.week, bare=True))],)


def file_offer(journal: Journal, week: IsoWeek) -> Saying:
    """One line with a button that fetches a file which may have been sent already."""
    phrases = phrases_for(journal.language)
    words = phrases.offer_file.format(week=week_label(phrases, week))
    return say(words, [(phrases.get_file, SendFile(week))])


def empty_week(journal: Journal, week: IsoWeek, neighbours: Sequence[IsoWeek] = ()) -> Saying:
    """One line about a week that holds nothing, with buttons to those beside it."""
    phrases = phrases_for(journal.language)
    words = phrases.empty_week.format(week=week_label(phrases, week))
    return say(words, *_neighbour_row(phrases, week, neighbours))


def moved_up(journal: Journal) -> Saying:
    """What a message says whose part of the report the messages above it show now."""
    return say(phrases_for(journal.language).moved_up)


def _last_year_row(phrases: Phrases, week: IsoWeek, last_year: IsoWeek | None) -> list[Row]:
    if last_year is None:
        return []
    is_last = last_year.year == week.year - 1
    words = phrases.week_last_year if is_last else phrases.week_in_year.format(year=last_year.year)
    return [[(words, ShowWeek(last_year))]]


def _neighbour_row(phrases: Phrases, week: IsoWeek, neighbours: Sequence[IsoWeek]) -> list[Row]:
    row = [
        (
            f"← {week_label(phrases, other)}"
            if other < week
            else f"{week_label(phrases, other)} →",
            ShowWeek(other),
        )
        for other in neighbours
    ]
    return [row] if row else []
