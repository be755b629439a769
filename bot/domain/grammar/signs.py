"""Where the tags and the week mark stand in a message."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from bot.domain.grammar.cutting import Range
from bot.domain.grammar.tags import Tag, TagNames
from bot.domain.grammar.verbatim import verbatim_ranges
from bot.domain.grammar.weekmarks import FoundMark, mark_at, mark_before
from bot.domain.text import RichText


@dataclass(frozen=True, slots=True)
class Signs:
    """The first section tag, the first part tag and the week mark of a message."""

    section: Tag | None = None
    part: Tag | None = None
    week: FoundMark | None = None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that are there."""
        return tuple(tag for tag in (self.section, self.part) if tag)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The characters that are taken up, in their order."""
        found = (self.section, self.part, self.week)
        return tuple(sorted([(sign.start, sign.end) for sign in found if sign]))


def read_signs(text: RichText, names: TagNames, bot_username: str) -> Signs:
    """The tags, at the start and anywhere, and the mark at the start or, if not there, the end.

    "Start" and "end" do not count other tags and marks: `@last #life …`, `… #tech @40`.
    """
    reading = _Reading(text, names)
    reading.start(bot_username)
    reading.middle()
    if "@" in text.text or "＠" in text.text:
        reading.end()
    return Signs(reading.section, reading.part, reading.week)


class _Reading:
    """One pass over a message; each sign is taken once, the first of its kind."""

    def __init__(self, text: RichText, names: TagNames) -> None:
        self._text = text.text
        self._names = names
        self._verbatim = verbatim_ranges(text)
        self._position = 0
        self.section: Tag | None = None
        self.part: Tag | None = None
        self.week: FoundMark | None = None

    def start(self, bot_username: str) -> None:
        self._position = self._after_blanks(0)
        self._take(self._names.command_at(self._text, self._position, bot_username))
        while self._take(self._names.at(self._text, self._position)) or self._take_mark():
            pass

    def middle(self) -> None:
        at = self._position
        if self._text.find("#", at) < 0 and self._text.find("＃", at) < 0:
            return
        for tag in self._names.within(self._text, self._position):
            if self.section and self.part:
                return
            self._take(tag)

    def end(self) -> None:
        if self.week:
            return
        tags = [tag for tag in (self.section, self.part) if tag]
        end = len(self._text.rstrip())
        while tag := next((tag for tag in tags if tag.end == end), None):
            end = len(self._text[: tag.start].rstrip())
        floor = max((tag.end for tag in tags if tag.end < end), default=0)
        mark = mark_before(self._text, end, floor)
        if mark and self._is_open(mark):
            self.week = mark

    def _take(self, tag: Tag | None) -> bool:
        if tag is None or not self._is_open(tag):
            return False
        if tag.part and not self.part:
            self.part = tag
        elif tag.section and not self.section:
            self.section = tag
        else:
            return False
        self._position = self._after_blanks(tag.end)
        return True

    def _take_mark(self) -> bool:
        mark = mark_at(self._text, self._position)
        if mark is None or self.week or not self._is_open(mark):
            return False
        after = self._after_blanks(mark.end)
        if not mark.certain:
            tag = self._names.at(self._text, after)
            if tag is None or not self._is_open(tag):
                return False
        self.week = mark
        self._position = after
        return True

    def _is_open(self, sign: Tag | FoundMark) -> bool:
        """Whether the sign lies outside code, links and addresses."""
        index = bisect_left(self._verbatim, (sign.end,)) - 1
        return index < 0 or self._verbatim[index][1] <= sign.start

    def _after_blanks(self, position: int) -> int:
        while position < len(self._text) and self._text[position].isspace():
            position += 1
        return position
