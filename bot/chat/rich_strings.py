"""Formatted strings inside rich messages: the Bot API's RichText to ours.

It is a string, a list of them, or an object with a `type` around one. What is read came as plain
JSON, so nothing about it is certain. Source: https://core.telegram.org/bots/api#richtext
"""

from __future__ import annotations

from typing import Final

from bot.chat.wording import whole
from bot.domain.text import RichText, Span, Style

# Telegram nests 16 levels; a list between two objects is one more.
DEEPEST: Final = 64

# The fields that hold words for people; any other string is a type, an address, a file's id.
WORDS: Final = frozenset(
    {"text", "caption", "title", "summary", "content", "credit", "description", "question"}
    | {"expression", "alternative_text"}
)

_STYLES: Final = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "strikethrough": Style.STRIKE,
    "spoiler": Style.SPOILER,
    "code": Style.CODE,
    "mathematical_expression": Style.CODE,
    "custom_emoji": Style.CUSTOM_EMOJI,
    "date_time": Style.DATE_TIME,
    "email_address": Style.EMAIL,
    "phone_number": Style.PHONE,
    "mention": Style.MENTION,
    "hashtag": Style.HASHTAG,
    "cashtag": Style.CASHTAG,
    "bot_command": Style.COMMAND,
}


def string(node: object) -> RichText:
    """The string with its styles as spans; of an object not known, the words found in it."""
    reader = _Reader()
    reader.read(node, 0)
    spans = sorted(reader.spans, key=lambda span: (span.start, -span.end))
    return RichText("".join(reader.parts), tuple(spans))


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.spans: list[Span] = []
        self._length = 0

    def read(self, node: object, depth: int) -> None:
        """Takes in the words of the node and of what is below it, down to the deepest level."""
        if depth > DEEPEST:
            return
        if isinstance(node, str):
            self.parts.append(whole(node))
            self._length += len(node)
        elif isinstance(node, list):
            for child in node:
                self.read(child, depth + 1)
        elif isinstance(node, dict):
            start, first, before = self._length, len(self.parts), len(self.spans)
            for child in _within(node):
                self.read(child, depth + 1)
            self._style(node, start, first, before)

    def _style(self, node: dict[str, object], start: int, first: int, before: int) -> None:
        """Puts the object's style on what was read since: characters, parts and spans."""
        if start == self._length:
            return
        kind = node.get("type")
        style = _STYLES.get(kind) if isinstance(kind, str) else None
        value = ""
        if kind == "url" and isinstance(address := node.get("url"), str) and address:
            # A link that was typed as such says its own address.
            is_bare = "".join(self.parts[first:]) == whole(address)
            style, value = (Style.URL, "") if is_bare else (Style.LINK, whole(address))
        elif kind == "text_mention" and isinstance(user := node.get("user"), dict):
            number = user.get("id")
            style, value = (Style.TEXT_MENTION, str(number)) if type(number) is int else (None, "")
        if style is None:
            return
        if style is Style.CODE:
            del self.spans[before:]
        self.spans.append(Span(start, self._length, style, value))


def _within(node: dict[str, object]) -> list[object]:
    if "text" in node:
        return [node["text"]]
    return [v for key, v in node.items() if key in WORDS or isinstance(v, dict | list)]
