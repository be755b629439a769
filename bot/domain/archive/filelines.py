"""The lines of a Markdown file with all that canonical form would take from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_PARTS = re.compile(
    r"(\ufeff?[ \t]*)((?:[0-9]{1,9}[.)]|[-*+])(?=[ \t]|\Z))?([ \t]*)(.*)\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line: its indentation, its list marker if any, the blanks after it, its words.

    A byte order mark counts as indentation, so that it stays where it is.
    `ending` is its line break, empty where there is none and for a line that is new.
    """

    indent: str = ""
    marker: str = ""
    gap: str = ""
    words: str = ""
    ending: str = ""

    @property
    def text(self) -> str:
        """The line as it stands, without its ending."""
        return self.indent + self.marker + self.gap + self.words

    @property
    def key(self) -> str:
        """What canonical form surely leaves of it: its words without white space."""
        return ("#" if self.marker else "") + "".join(self.words.split())


def file_lines(text: str) -> list[FileLine]:
    """The lines of the text; with their endings they are the text."""
    return [_read(match[1], match[2]) for match in _LINE.finditer(text) if match[0]]


def restyled(line: FileLine, was: FileLine, came: FileLine) -> FileLine:
    """The canonical `line` with indentation and marker in the style in which `was` once came."""
    return replace(
        line,
        indent=came.indent if line.indent == was.indent else line.indent,
        marker=_marker(line.marker, was.marker, came.marker),
        gap=came.gap if line.gap == was.gap else line.gap,
    )


def reworded(line: FileLine, was: FileLine, came: FileLine) -> FileLine:
    """The canonical `line` in the style, and with the ending, of the one whose place it takes."""
    styled = restyled(line, was, came) if line.words and was.words else line
    words = came.words if line.words == was.words else line.words
    return replace(styled, words=words, ending=came.ending)


def _marker(line: str, was: str, came: str) -> str:
    """The marker of `line`; where it is of the kind `was` is, as `came` has it instead."""
    if line == was:
        return came
    if not (line and was and came) or line[-1] != was[-1] or was[-1] == came[-1]:
        return line
    return line[:-1] + came[-1] if came[:-1] else came


def _read(text: str, ending: str) -> FileLine:
    match = _PARTS.match(text)
    indent, marker, gap, words = match.groups("") if match else ("", "", "", text)
    return FileLine(indent, marker, gap, words, ending)
