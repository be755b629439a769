"""The card of one line: what it says, and what can be done to it."""

from __future__ import annotations

from bot.chat.line_buttons import Act, DoAsked, LineToSection, LineToWeek, OnLine, TurnTo
from bot.chat.outline_views import bold, group_name, list_button, page_of, said
from bot.chat.shortening import cut_off
from bot.chat.views import Row, Saying, grid, instant_words, say, week_label
from bot.domain.entry import Entry
from bot.domain.journal import Journal
from bot.domain.markdown import plain_text
from bot.domain.outlining.fingerprints import fingerprint, section_print
from bot.domain.outlining.moving import Way, ways_of
from bot.domain.outlining.operations import Delete, Operation, Rewrite
from bot.domain.outlining.outline import OutlineLine, Stretch
from bot.domain.text import RichText, Span, Style
from bot.i18n import Phrases, phrases_for
from bot.services.outlining import WeekOutline

_LONGEST_TEXT = 1500
_LONGEST_COPY = 3600
_MOST_CHILDREN = 5
_COLUMNS = 36
_IN_A_ROW = 3
_DOES = {Delete: "delete", Rewrite: "rewrite"}
_WAYS = {Act.UP: Way.UP, Act.DOWN: Way.DOWN, Act.IN: Way.IN, Act.OUT: Way.OUT}


def card(week: WeekOutline, line: OutlineLine, entry: Entry | None) -> Saying:
    """The line with its number, text, what is below it, where it comes from, and its buttons."""
    journal = week.journal
    phrases = phrases_for(journal.language)
    shown = fingerprint(line)
    can = ways_of(line)

    def button(act: Act) -> tuple[str, OnLine]:
        return phrases.outline.card_buttons[act.name.lower()], OnLine(act, line.id, shown)

    rows: list[Row] = []
    if line.group.stretch is Stretch.UNTAGGED:
        rows += _section_rows(journal, line, shown)
    rows.append([button(act) for act, way in _WAYS.items() if way in can])
    places = [] if line.group.stretch is Stretch.UNTAGGED else [button(Act.SECTIONS)]
    rows.append([*places, button(Act.WEEKS)])
    rows.append([button(Act.EDIT), button(Act.DELETE)])
    rows.append(list_button(phrases, week, line))
    return Saying(card_text(week, line, entry), [row for row in rows if row])


def card_text(week: WeekOutline, line: OutlineLine, entry: Entry | None) -> RichText:
    """What the card says."""
    journal = week.journal
    phrases = phrases_for(journal.language)
    head = f"{line.number} · {group_name(journal, line.group)}"
    text = bold(head) + RichText(f" · {week_label(phrases, week.week)}\n\n")
    mark = said(week, line, _COLUMNS).partition(" ")[0] if line.is_picture else ""
    words = cut_off(plain_text(week.text(line)), _LONGEST_TEXT) or said(week, line, _COLUMNS)
    text += RichText(f"{mark} {words}" if mark and mark != words else words)
    if line.children:
        text += RichText("\n")
    for child in line.children[:_MOST_CHILDREN]:
        text += RichText(f"\n  {child.number}. {said(week, child, _COLUMNS)}")
    if len(line.children) > _MOST_CHILDREN:
        more = len(line.children) - _MOST_CHILDREN
        text += RichText("\n  " + phrases.outline.card_more.format(count=more))
    return text + RichText(f"\n\n{_origin(journal, line, entry)}")


def sections_view(week: WeekOutline, line: OutlineLine, entry: Entry | None) -> Saying:
    """The card with the sections to choose from."""
    rows = _section_rows(week.journal, line, fingerprint(line))
    return Saying(card_text(week, line, entry), [*rows, _to_card(week, line)])


def weeks_view(week: WeekOutline, line: OutlineLine, entry: Entry | None) -> Saying:
    """The card with the weeks to choose from."""
    phrases = phrases_for(week.journal.language)
    shown = fingerprint(line)
    before, after = week.week.shifted(-1), week.week.shifted(1)
    rows: list[Row] = [
        [
            (f"← {week_label(phrases, before)}", LineToWeek(line.id, shown, before)),
            (f"{week_label(phrases, after)} →", LineToWeek(line.id, shown, after)),
        ],
        [(phrases.outline.card_buttons["type_week"], OnLine(Act.TYPE_WEEK, line.id, shown))],
    ]
    return Saying(card_text(week, line, entry), [*rows, _to_card(week, line)])


def deleted(week: WeekOutline, line: OutlineLine, page: int) -> Saying:
    """The line is gone, and can be put back; `line` is what it was."""
    phrases = phrases_for(week.journal.language)
    words = phrases.outline.line_deleted.format(text=said(week, line, _COLUMNS))
    restore = OnLine(Act.RESTORE, line.id, fingerprint(line))
    back = (phrases.outline.card_buttons["back"], TurnTo(week.week, page))
    return say(words, [(phrases.put_back, restore)], [back])


def edit_prompt(week: WeekOutline, line: OutlineLine, mention: RichText) -> Saying | None:
    """Asks for the line's new text, with the present Markdown to copy; None where it is too long.

    In a group it names who is asked.
    """
    phrases = phrases_for(week.journal.language)
    markdown = week.text(line)
    if len(markdown.encode("utf-16-le")) // 2 > _LONGEST_COPY:
        return None
    words = phrases.outline.edit_prompt if markdown else phrases.outline.edit_prompt_empty
    text = mention + RichText(words.format(number=line.number))
    if markdown:
        copied = RichText(markdown, (Span(0, len(markdown), Style.PRE),))
        text += RichText("\n\n") + copied
    return Saying(text, placeholder=phrases.outline.edit_placeholder)


def week_prompt(week: WeekOutline, mention: RichText) -> Saying:
    """Asks for the week to which a line goes."""
    phrases = phrases_for(week.journal.language)
    return Saying(
        mention + RichText(phrases.outline.week_prompt),
        placeholder=phrases.outline.week_placeholder,
    )


def changed_meanwhile(week: WeekOutline, line: OutlineLine) -> Saying:
    """Asks whether a line that others have changed is to be overwritten."""
    phrases = phrases_for(week.journal.language)
    words = phrases.outline.changed_meanwhile.format(text=_quoted(week, line))
    keep = OnLine(Act.CARD, line.id, fingerprint(line))
    return say(words, [(phrases.outline.overwrite, DoAsked()), (phrases.outline.keep_it, keep)])


def number_changed(
    week: WeekOutline, number: str, line: OutlineLine, operation: Operation, *, is_goal: bool
) -> Saying:
    """Asks whether to do it to the line that has the number now, or, as the goal, beside it."""
    phrases = phrases_for(week.journal.language)
    does = "target" if is_goal else _DOES.get(type(operation), "move")
    words = phrases.outline.number_changed.format(
        number=number, text=_quoted(week, line), question=phrases.outline.number_meant[does]
    )
    show = TurnTo(week.week, page_of(week, line))
    return say(words, [(phrases.outline.do_it, DoAsked()), (phrases.outline.show_list, show)])


def number_gone(week: WeekOutline, number: str) -> Saying:
    """No line has the number any more."""
    phrases = phrases_for(week.journal.language)
    words = phrases.outline.number_gone.format(number=number)
    return say(words, [(phrases.outline.show_list, TurnTo(week.week))])


def _quoted(week: WeekOutline, line: OutlineLine) -> str:
    return f"{line.number}. {said(week, line, 4 * _COLUMNS)}"


def _section_rows(journal: Journal, line: OutlineLine, shown: str) -> list[Row]:
    """A button for each section in which the line does not stand by itself already."""
    buttons = [
        (spec.heading, LineToSection(line.id, shown, section_print(spec.key)))
        for spec in journal.sections
        if line.parent is not None or spec.key != line.node.at.section
    ]
    return grid(buttons, _IN_A_ROW)


def _to_card(week: WeekOutline, line: OutlineLine) -> Row:
    phrases: Phrases = phrases_for(week.journal.language)
    return [(phrases.outline.card_buttons["cancel"], OnLine(Act.CARD, line.id, fingerprint(line)))]


def _origin(journal: Journal, line: OutlineLine, entry: Entry | None) -> str:
    phrases = phrases_for(journal.language)
    if entry is None or line.node.is_imported:
        return phrases.outline.card_imported
    at = instant_words(journal, entry.sent_at)
    return at if journal.personal or not entry.author else f"{entry.author} · {at}"
