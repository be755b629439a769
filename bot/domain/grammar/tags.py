"""Tags: `#life`, `#生活`, `life: …`, `/life …`, and those of the report's parts.

Which characters Telegram marks as a hashtag (Bot API, MessageEntity) is of no use here: it marks
the whole of `#生活今天吃了火锅` and nothing in `很好吃#生活`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.entry import Part, SectionSpec
from bot.domain.grammar.characters import IS_CJK, JOINING

_PART_TAGS = {
    Part.INTRO: ("intro", "开头"),
    Part.OUTRO: ("outro", "结尾"),
    Part.SUMMARY: ("summary", "总结"),
    Part.TITLE: ("title", "标题"),
    Part.TEXT: ("text", "正文"),
}
PART_NAMES = frozenset(name for names in _PART_TAGS.values() for name in names)
"""The tags of the parts of a report, which no section has."""

_PART_COMMANDS = {"intro", "outro", "summary", "title"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and the characters it takes up; it names a section or a part, never both."""

    start: int
    end: int
    section: str | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class TagNames:
    """The patterns that find a journal's tags.

    Each name is a group of its own, and `meanings` tells what the group of that number stands
    for: looking the matched word up would fail where ignoring case is not `lower()` (`ſ`, `İ`).
    """

    meanings: tuple[str | Part, ...]
    anywhere: re.Pattern[str]
    opening: re.Pattern[str]
    colon: re.Pattern[str]
    command: re.Pattern[str]

    def within(self, text: str, start: int) -> Iterator[Tag]:
        """The hashtags from `start` on, in their order."""
        return map(self._tag, self.anywhere.finditer(text, start))

    def at(self, text: str, start: int) -> Tag | None:
        """The tag at `start`, taken to be where a message begins: `#life`, `life:`, `#life:`."""
        match = self.opening.match(text, start) or self.colon.match(text, start)
        return self._tag(match) if match else None

    def command_at(self, text: str, start: int, bot_username: str) -> Tag | None:
        """The tag in the form of a command at `start`, if it is for this bot.

        An empty `bot_username` stands for any name.
        """
        match = self.command.match(text, start)
        if match is None:
            return None
        addressee = match[0].partition("@")[2].lower()
        if addressee and bot_username and addressee != bot_username.lower().lstrip("@"):
            return None
        return self._tag(match)

    def _tag(self, match: re.Match[str]) -> Tag:
        meaning = self.meanings[(match.lastindex or 1) - 1]
        if isinstance(meaning, Part):
            return Tag(match.start(), match.end(), part=meaning)
        return Tag(match.start(), match.end(), section=meaning)


def part_named(name: str) -> Part | None:
    """The part of the report with that tag, in lower case and without `#`."""
    return next((part for part, names in _PART_TAGS.items() if name in names), None)


@lru_cache(maxsize=256)
def tag_names(sections: tuple[SectionSpec, ...]) -> TagNames:
    """The patterns for those sections, named by key and by tags, and for the parts.

    Where a name is given twice the first section has it, and a section has it before a part.
    """
    meaning: dict[str, str | Part] = {}
    for section in sections:
        for name in (section.key, *section.tags):
            meaning.setdefault(name.lower(), section.key)
    for part, names in _PART_TAGS.items():
        for name in names:
            meaning.setdefault(name, part)
    meaning.pop("", None)
    # Of two names with the same beginning the longer one is to be tried first.
    ordered = sorted(meaning, key=len, reverse=True)

    def pattern(before: str, after: str, form: dict[str, str]) -> re.Pattern[str]:
        # A name that has no such form keeps its group, so that the numbers stay the same.
        words = (form.get(name, rf"({re.escape(name)}(?!))") for name in ordered)
        return re.compile(f"{before}(?:{'|'.join(words)}){after}", re.IGNORECASE)

    plain = {name: f"({re.escape(name)})" for name in ordered}
    ending = {name: group + _ending(name) for name, group in plain.items()}
    freely = {name: plain[name] if IS_CJK.match(name[-1]) else ending[name] for name in ordered}
    sectional = {name: plain[name] for name in ordered if not isinstance(meaning[name], Part)}
    commands = sectional | {name: plain[name] for name in _PART_COMMANDS if name in plain}
    return TagNames(
        tuple(meaning[name] for name in ordered),
        # `C#tech` and `x/#life` are no tags for Telegram either; `&#` begins an entity of HTML.
        anywhere=pattern(rf"(?<!{JOINING})(?<![#＃/&])[#＃]", "", ending),
        # `life://` is an address, `#life:)` a smile.
        opening=pattern("[#＃]", r"(?:[:：](?![/()]))?", freely),
        colon=pattern("", "[:：](?!//)", sectional),
        command=pattern("/", r"(?:@\w+)?(?=\s|\Z)", commands),
    )


def _ending(name: str) -> str:
    """Pattern source for what must follow: no letter, and no digit where the name ends in one.

    A digit ends a tag (`#tech3.12 发布`); an underscore does not, it ties words together.
    """
    return r"(?!\w)" if name[-1].isdecimal() else r"(?![^\W\d])"
