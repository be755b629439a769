"""The pages of `/settings` about sections. Pure."""

from __future__ import annotations

from bot.chat.callbacks import Button, ChangeSetting, OpenSetting, TypeSetting
from bot.chat.settings.layout import about_words, back, titled
from bot.chat.settings.names import Setting
from bot.chat.settings.values import View, listed, tags_of
from bot.chat.views import Row, Saying, grid
from bot.domain.entry import SectionSpec
from bot.domain.sections import names_of


def sections(view: View) -> Saying:
    """The sections in their order with their tags, and what can be done."""
    words, journal = view.words, view.journal
    lines = [
        f"{number}. {spec.heading}  {tags_of(view, spec.key)}"
        for number, spec in enumerate(journal.sections, 1)
    ]
    over = [spec for spec in journal.all_sections if spec.is_ended]
    text = "\n".join(lines)
    if over:
        headings = listed(view, (spec.heading for spec in over))
        text += f"\n\n{words.ended_sections.format(headings=headings)}"
    into = [(spec.heading, OpenSetting(Setting.SECTION, spec.key)) for spec in journal.sections]
    return titled(
        words.names[Setting.SECTIONS],
        f"{text}\n\n{about_words(view, Setting.SECTIONS)}",
        *grid(into, 2),
        [(words.add_section, TypeSetting(Setting.SECTIONS))],
        *([(words.resume.format(heading=spec.heading), _change("resume", spec))] for spec in over),
        back(view),
    )


def section(view: View, setting: Setting, key: str) -> Saying:
    """One section, or the question whether it is to end; the list where it is not there now."""
    here = [spec for spec in view.journal.sections if spec.key == key]
    if not here:
        return sections(view)
    return _ending(view, here[0]) if setting is Setting.ENDING else _section(view, here[0])


def _section(view: View, spec: SectionSpec) -> Saying:
    words, order = view.words, view.journal.sections
    moves: list[tuple[str, Button]] = []
    if spec != order[0]:
        moves.append((words.move_up, _change("up", spec)))
    if spec != order[-1]:
        moves.append((words.move_down, _change("down", spec)))
    places = " → ".join(f"[{s.heading}]" if s == spec else s.heading for s in order)
    return titled(
        words.section.format(heading=spec.heading),
        f"{words.section_tags.format(tags=tags_of(view, spec.key))}\n{places}\n\n"
        + words.about[Setting.SECTION].format(tag=(*names_of(spec), spec.heading)[0]),
        [
            (words.rename, TypeSetting(Setting.HEADING, spec.key)),
            (words.change_tags, TypeSetting(Setting.TAGS, spec.key)),
        ],
        *([moves] if moves else []),
        [(words.end_section, OpenSetting(Setting.ENDING, spec.key))],
        [(words.back, OpenSetting(Setting.SECTIONS))],
    )


def _ending(view: View, spec: SectionSpec) -> Saying:
    words = view.words
    stay: Row = [(words.back, OpenSetting(Setting.SECTION, spec.key))]
    title = words.names[Setting.ENDING]
    if len(view.journal.sections) == 1:
        return titled(title, words.last_section, stay)
    ask, do = words.ask_to_remove, words.remove
    if view.holds:
        ask, do = words.ask_to_end, words.end
    return titled(
        title,
        ask.format(heading=spec.heading),
        [(do, ChangeSetting(Setting.ENDING, spec.key))],
        stay,
    )


def _change(verb: str, spec: SectionSpec) -> ChangeSetting:
    return ChangeSetting(Setting.SECTION, f"{verb} {spec.key}")
