"""The outline of a week as a message: numbered lines under their headings, a button for each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.line_buttons import Act, OnLine, PutBack, ShowDeleted, TurnTo
from bot.chat.shortening import shortened
from bot.chat.views import Row, Saying, grid, say, week_label
from bot.domain.entry import NodeId, Part
from bot.domain.journal import Journal
from bot.domain.markdown import plain_text
from bot.domain.outlining.fingerprints import fingerprint
from bot.domain.outlining.outline import Group, OutlineLine, Stretch
from bot.domain.text import RichText, Span, Style
from bot.i18n import Phrases, phrases_for
from bot.services.outlining import WeekOutline

PAGE = 24
"""Lines of one page: what a phone shows without much scrolling."""

_COLUMNS = 40
_IN_A_ROW = 6
_DEEPEST = 6
_MARKS = {Part.PICTURE: "🖼"}


def outline_view(week: WeekOutline, page: int, marked: NodeId | None = None) -> Saying:
    """That page of the outline, or the last one where there are not so many; with a marked line."""
    phrases = phrases_for(week.journal.language)
    if not week.outline.lines:
        empty = phrases.empty_week.format(week=week_label(phrases, week.week))
        return say(empty, *_bin(phrases, week))
    pages = pages_of(week)
    page = min(page, pages - 1)
    shown = lines_of_page(week, page)
    text = RichText(phrases.outline.head.format(week=week_label(phrases, week.week)))
    names = {line.group: group_name(week.journal, line.group) for line in shown}
    heading = ""
    for line in shown:
        if names[line.group] != heading:
            heading = names[line.group]
            text += RichText("\n\n") + bold(heading)
        indent = "  " * min(line.depth, _DEEPEST)
        words = f"{line.number}. {said(week, line, _COLUMNS)}"
        is_marked = line.id == marked
        text += RichText(f"\n{indent}") + (bold(f"👉 {words}") if is_marked else RichText(words))
    buttons = [(line.number, OnLine(Act.CARD, line.id, fingerprint(line))) for line in shown]
    return Saying(
        text, [*grid(buttons, _IN_A_ROW), *_turning(week, page, pages), *_bin(phrases, week)]
    )


def deleted_view(week: WeekOutline) -> Saying:
    """What was deleted in the week, each with a button that puts it back."""
    phrases = phrases_for(week.journal.language)
    label = week_label(phrases, week.week)
    if not week.deleted:
        words = phrases.outline.nothing_deleted.format(week=label)
        return say(words, list_button(phrases, week, None))
    lines = [phrases.outline.deleted_head.format(week=label), ""]
    buttons: list[tuple[str, PutBack]] = []
    for number, one in enumerate(week.deleted[:PAGE], 1):
        said_ = shortened(plain_text(one.text), _COLUMNS) or one.label or _MARKS[Part.PICTURE]
        lines.append(f"{number}. {said_}")
        buttons.append((str(number), PutBack(week.week, one.entry_id, one.node_id)))
    return say("\n".join(lines), *grid(buttons, _IN_A_ROW), list_button(phrases, week, None))


def _bin(phrases: Phrases, week: WeekOutline) -> Sequence[Row]:
    """The way to what was deleted, where something was."""
    if not week.deleted:
        return []
    words = phrases.outline.show_deleted.format(count=len(week.deleted))
    return [[(words, ShowDeleted(week.week))]]


def lines_of_page(week: WeekOutline, page: int) -> Sequence[OutlineLine]:
    """The lines on that page, or on the last one where there are not so many."""
    page = min(page, pages_of(week) - 1)
    return week.outline.lines[page * PAGE : (page + 1) * PAGE]


def pages_of(week: WeekOutline) -> int:
    """How many pages the outline has."""
    return max(1, -(-len(week.outline.lines) // PAGE))


def page_of(week: WeekOutline, line: OutlineLine | None) -> int:
    """On which page the line is; the first one where it is on none."""
    return 0 if line is None else week.outline.lines.index(line) // PAGE


def said(week: WeekOutline, line: OutlineLine, columns: int) -> str:
    """What the line says, without formats and on one line."""
    words = shortened(plain_text(week.text(line)), columns)
    mark = _MARKS.get(line.node.at.part, "")
    file = line.node.file
    if not mark and file is not None:
        mark = f"📎 {file.label}" if not words else "📎"
    return f"{mark} {words}".strip() or "…"


def group_name(journal: Journal, group: Group) -> str:
    """What the lines stand under."""
    phrases = phrases_for(journal.language)
    match group.stretch:
        case Stretch.SECTION:
            return shortened(plain_text(f"## {group.heading}"), _COLUMNS)
        case Stretch.SUMMARY:
            return journal.summary_heading
        case _:
            return phrases.outline.stretches[group.stretch]


def bold(words: str) -> RichText:
    """The words in bold."""
    return RichText(words, (Span(0, len(words), Style.BOLD),) if words else ())


def _turning(week: WeekOutline, page: int, pages: int) -> Sequence[Row]:
    if pages == 1:
        return []
    before = TurnTo(week.week, (page - 1) % pages)
    after = TurnTo(week.week, (page + 1) % pages)
    return [[("‹", before), (f"{page + 1}/{pages}", TurnTo(week.week, page)), ("›", after)]]


def list_button(phrases: Phrases, week: WeekOutline, line: OutlineLine | None) -> Row:
    """Back to the page of the outline that has the line."""
    return [(phrases.outline.card_buttons["back"], TurnTo(week.week, page_of(week, line)))]
