"""Telegram's two Markdowns to text and entities, with TDLib's complaints.

Source: https://core.telegram.org/bots/api#markdownv2-style and #markdown-style
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.sandbox.errors import ApiError, refused
from bot.sandbox.formatting import Entity, Formatted, is_link
from bot.sandbox.units import offsets

_RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!")
# In this order: the longer mark is looked for first.
_MARKS: Final = {
    "```": ("pre", "Pre"),
    "__": ("underline", "Underline"),
    "||": ("spoiler", "Spoiler"),
    "_": ("italic", "Italic"),
    "*": ("bold", "Bold"),
    "~": ("strikethrough", "Strikethrough"),
    "`": ("code", "Code"),
    "![": ("custom_emoji", "CustomEmoji"),
    "[": ("text_link", "TextUrl"),
}
_CLOSING: Final = {"[": "]", "![": "]"}


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    start: int
    at: int
    language: str = ""


class _V2:
    """One pass over a MarkdownV2 text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text = ""
        self.opened: list[_Open] = []
        self.spans: list[tuple[int, int, Entity]] = []
        self.quote: int | None = None

    def parse(self) -> Formatted:
        while self.at < len(self.source):
            self._step()
        if self.opened:
            last = self.opened[-1]
            name = "PreCode" if last.language else _MARKS[last.mark][1]
            raise _unparsable(f"Can't find end of {name} entity at {self._place(last.at)}")
        if self.quote is not None:
            self._end_quote()
        return _formatted(self.text, self.spans)

    def _step(self) -> None:
        source, at = self.source, self.at
        char = source[at]
        inside_code = bool(self.opened) and self.opened[-1].mark in {"`", "```"}
        if char == "\\" and at + 1 < len(source) and 0 < ord(source[at + 1]) <= 126:
            self._take(source[at + 1], 2)
        elif self.opened and self._is_end(self.opened[-1]):
            self._close()
        elif inside_code and char != "`":
            self._take(char, 1)
        elif char == ">" and (at == 0 or source[at - 1] == "\n"):
            self.quote = len(self.text) if self.quote is None else self.quote
            self.at += 1
        elif char == "\n" and self.quote is not None and not source.startswith(">", at + 1):
            self._end_quote()
        elif source.startswith("||", at) and self.quote is not None and self._ends_quote(at + 2):
            self._end_quote(expandable=True)
            self.at += 2
        elif char in _RESERVED:
            self._open()
        else:
            self._take(char, 1)

    def _take(self, piece: str, width: int) -> None:
        self.text += piece
        self.at += width

    def _is_end(self, last: _Open) -> bool:
        if last.mark == "_":
            return self.source[self.at] == "_" and not self.source.startswith("__", self.at)
        return self.source.startswith(_CLOSING.get(last.mark, last.mark), self.at)

    def _open(self) -> None:
        mark = next((m for m in _MARKS if self.source.startswith(m, self.at)), None)
        if mark is None:
            char = self.source[self.at]
            raise _unparsable(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        at, language = self.at, ""
        self.at += len(mark)
        if mark == "```":
            end = self.at
            while end < len(self.source) and self.source[end] not in " \n`\t":
                end += 1
            if end < len(self.source) and self.source[end] != "`":
                language = self.source[self.at : end]
                self.at = end
            if self.source.startswith("\n", self.at):
                self.at += 1
        self.opened.append(_Open(mark, len(self.text), at, language))

    def _close(self) -> None:
        last = self.opened.pop()
        self.at += len(_CLOSING.get(last.mark, last.mark))
        entity: Entity = {"type": _MARKS[last.mark][0]}
        if last.language:
            entity["language"] = last.language
        if last.mark in _CLOSING:
            url = self._address(self.text[last.start :])
            if last.mark == "![":
                entity["custom_emoji_id"] = url.rpartition("id=")[2]
            elif not is_link(url):
                return
            else:
                entity["url"] = url
        self.spans.append((last.start, len(self.text), entity))

    def _address(self, label: str) -> str:
        if not self.source.startswith("(", self.at):
            return label
        begin, self.at, url = self.at, self.at + 1, ""
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            url += self.source[self.at]
            self.at += 1
        if self.at >= len(self.source):
            raise _unparsable(f"Can't find end of a URL at {self._place(begin)}")
        self.at += 1
        return url

    def _ends_quote(self, at: int) -> bool:
        rest = self.source[at : at + 2]
        return not self.opened and (not rest or (rest[0] == "\n" and rest[1:] != ">"))

    def _end_quote(self, *, expandable: bool = False) -> None:
        kind = "expandable_blockquote" if expandable else "blockquote"
        if self.quote is not None:
            self.spans.append((self.quote, len(self.text), {"type": kind}))
        self.quote = None

    def _place(self, at: int) -> str:
        return f"byte offset {len(self.source[:at].encode())}"


def parse_markdown_v2(source: str) -> Formatted:
    """The text without its marks and their entities; ApiError (400) where malformed."""
    return _V2(source).parse()


def parse_markdown(source: str) -> Formatted:
    """The same for the older Markdown, which knows no nesting and no reserved characters."""
    text, spans, at = "", [], 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in {"_", "*", "`", "["}:
            text, at = text + source[at + 1], at + 2
            continue
        mark = "```" if source.startswith("```", at) else char
        if mark not in {"```", "`", "_", "*", "["}:
            text, at = text + char, at + 1
            continue
        begin = at + len(mark)
        end = source.find(_CLOSING.get(mark, mark), begin)
        if end < 0:
            raise _unparsable(
                f"Can't find end of the entity starting at byte offset {len(source[:at].encode())}"
            )
        body, entity = source[begin:end], {"type": _MARKS[mark][0]}
        at = end + len(mark)
        if mark == "```" and "\n" in body:
            language, _, body = body.partition("\n")
            if language:
                entity["language"] = language
        if mark == "[":
            close = source.find(")", at) if source.startswith("(", at) else -1
            entity["url"] = source[at + 1 : close] if close > 0 else ""
            at = close + 1 if close > 0 else at
        if body and (mark != "[" or is_link(entity["url"])):
            spans.append((len(text), len(text) + len(body), entity))
        text += body
    return _formatted(text, spans)


def _formatted(text: str, spans: list[tuple[int, int, Entity]]) -> Formatted:
    places = offsets(text)
    return text, [
        {**entity, "offset": places[start], "length": places[end] - places[start]}
        for start, end, entity in sorted(spans, key=lambda span: (span[0], -span[1]))
        if start < end
    ]


def _unparsable(what: str) -> ApiError:
    return refused(f"can't parse entities: {what}")
