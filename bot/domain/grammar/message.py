"""The grammar of a message as a whole: tags and a week mark taken out, the rest an outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.entry import Part, SectionSpec
from bot.domain.grammar.cutting import Range, cut, merged, trimmed, without
from bot.domain.grammar.outline import OutlineItem, outline
from bot.domain.grammar.signs import Signs, read_signs
from bot.domain.grammar.tags import tag_names
from bot.domain.grammar.verbatim import with_fences_as_code
from bot.domain.grammar.weekmarks import BadWeek, WeekMark
from bot.domain.text import RichText, Style

_BLANKS = re.compile(r"\s+")

# What Telegram marked in a tag or week mark says nothing about what is left of it.
_MARKED = (Style.HASHTAG, Style.COMMAND, Style.MENTION)
_UNPLACED = (Part.ITEM, Part.TEXT)
_WHOLE_WEEK = (Part.SUMMARY, Part.TITLE)


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """What a message says.

    `section` is the key of its first section tag, None for a summary or title, which have none.
    `tagged` says that the tags give it a place: a section, or a part that needs none.
    `body` is all that is left without tags and mark, in a caption on one line; `items` is its
    outline, empty where `part` is no item and for captions. `bare` says that nothing was written
    besides tags and marks.

    A week that does not exist leaves its mark in `body` and the message untagged and an item.
    """

    section: str | None
    part: Part
    week: WeekMark | None
    body: RichText
    items: tuple[OutlineItem, ...]
    tagged: bool
    bare: bool


def parse_message(
    text: RichText,
    sections: Sequence[SectionSpec],
    *,
    caption: bool = False,
    bot_username: str = "",
    reads_signs: bool = True,
) -> ParsedMessage:
    """What the text, or the caption of a picture, says to a journal with those sections.

    `bot_username`, with or without `@`, is the one that `/life@name` is to have; an empty one
    stands for any. Without `reads_signs` tags and week marks are text like any other. Nothing
    is raised, whatever the text.
    """
    signs = read_signs(text, tag_names(tuple(sections)), bot_username) if reads_signs else Signs()
    week = signs.week.mark if signs.week else None
    part = signs.part.part if signs.part and signs.part.part else Part.ITEM
    section = signs.section.section if signs.section else None
    taken = signs.ranges
    bare = bool(taken) and not without(text.text, taken).strip()
    if isinstance(week, BadWeek):
        part, section = Part.ITEM, None
        signs = Signs(signs.section, signs.part, None)
    elif part in _WHOLE_WEEK:
        section = None
    rest, flat = _without(text, signs)
    rest = _on_one_line(rest) if caption else with_fences_as_code(rest)
    items = outline(rest, flat=flat) if part is Part.ITEM and not caption else ()
    tagged = section is not None or part not in _UNPLACED
    return ParsedMessage(section, part, week, trimmed(rest), items, tagged, bare)


def _without(text: RichText, signs: Signs) -> tuple[RichText, bool]:
    """What is left without the signs, and whether a tag stood alone on its line."""
    taken = signs.ranges
    if not taken:
        return text, False
    string = text.text
    gone = list(_with_a_blank(string, taken))
    flat = False
    for start, end in tuple(gone):
        line = string.rfind("\n", 0, start) + 1
        stop = string.find("\n", end)
        stop = len(string) if stop < 0 else stop
        here = merged((a - line, b - line) for a, b in gone if line <= a and b <= stop)
        if not without(string[line:stop], here).strip():
            # The line goes with its line break, which would leave an empty line.
            gone.append((line, stop + 1) if stop < len(string) else (max(0, line - 1), stop))
            flat = flat or any(line <= tag.start < stop for tag in signs.tags)
    spans = [
        span
        for span in text.spans
        if span.style not in _MARKED
        or not any(span.start < end and start < span.end for start, end in taken)
    ]
    return cut(RichText(string, tuple(spans)), gone), flat


def _with_a_blank(string: str, ranges: Iterable[Range]) -> Iterable[Range]:
    """The ranges, each with the blanks after it where it begins its line, else with one blank."""
    clean = 0  # up to here a line holds nothing but what is taken out
    for start, end in ranges:
        line = string.rfind("\n", 0, start) + 1
        if not string[max(line, clean) : start].strip():
            while end < len(string) and string[end].isspace() and string[end] != "\n":
                end += 1
            clean = end
        elif string[start - 1].isspace():
            start -= 1
        elif end < len(string) and string[end].isspace() and string[end] != "\n":
            end += 1
        yield start, end


def _on_one_line(text: RichText) -> RichText:
    """The text with every line break, and the white space around it, made one blank."""
    runs = [match.span() for match in _BLANKS.finditer(text.text)]
    breaks = [(start, end) for start, end in runs if "\n" in text.text[start:end]]
    characters = list(text.text)
    for _, end in breaks:
        characters[end - 1] = " "  # the one that stays
    level = RichText("".join(characters), text.spans)
    return cut(level, [(start, end - 1) for start, end in breaks])
