"""Telegram's HTML to text and entities, with TDLib's complaints.

Source: https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.sandbox.errors import ApiError, refused
from bot.sandbox.formatting import Entity, Formatted, is_link
from bot.sandbox.units import offsets

_KINDS: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_ESCAPES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE: Final = re.compile(r"&(?:#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))|(lt|gt|amp|quot)\b);?")
_NAME: Final = re.compile(r"[^\s>]*")
_ATTRIBUTE: Final = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<token>[A-Za-z0-9.-]*(?=[\s>]))))?"""
)


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    argument: str
    start: int


def parse_html(source: str) -> Formatted:
    """The text without its tags and the entities they stand for; ApiError (400) where malformed."""
    out: list[str] = []
    length = 0
    opened: list[_Open] = []
    spans: list[tuple[int, int, Entity]] = []
    at = 0
    while at < len(source):
        if source[at] == "&" and (match := _REFERENCE.match(source, at)):
            piece, at = _character(match), match.end()
        elif source[at] != "<":
            ends = [i for i in (source.find("<", at + 1), source.find("&", at + 1)) if i > 0]
            end = min(ends, default=len(source))
            piece, at = source[at:end], end
        else:
            if source.startswith("</", at):
                tag, at = _closed(source, at, opened)
                _add(spans, tag, length, "".join(out))
            else:
                tag, at = _started(source, at, length)
                opened.append(tag)
            continue
        out.append(piece)
        length += len(piece)
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1].name}"')
    text = "".join(out)
    places = offsets(text)
    return text, [
        {**e, "offset": places[start], "length": places[end] - places[start]}
        for start, end, e in sorted(spans, key=lambda span: (span[0], -span[1]))
    ]


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _ESCAPES[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    # Half a pair or no character at all: TDLib leaves it as it stands.
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def _started(source: str, at: int, start: int) -> tuple[_Open, int]:
    match = _NAME.match(source, at + 1)
    name = match[0].lower() if match else ""
    end = at + 1 + len(name)
    place = f"at byte offset {len(source[:at].encode())}"
    if end >= len(source):
        raise _unparsable(f"Unclosed start tag {place}")
    if name not in _KINDS:
        raise _unparsable(f'Unsupported start tag "{name}" {place}')
    argument = ""
    while True:
        while end < len(source) and source[end].isspace():
            end += 1
        if end >= len(source):
            raise _unparsable(f"Unclosed start tag {place}")
        if source[end] == ">":
            break
        attribute = _ATTRIBUTE.match(source, end)
        if attribute is None:
            raise _unparsable(f'Empty attribute name in the tag "{name}" {place}')
        end = attribute.end()
        value = next((attribute[k] for k in ("double", "single", "token") if attribute[k]), "")
        value = _REFERENCE.sub(_character, value)
        match name, attribute["name"]:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                argument = value
            case ("code", "class") if value.startswith("language-"):
                argument = value.removeprefix("language-")
            case ("span", "class") if value == "tg-spoiler":
                argument = value
            case ("blockquote", "expandable"):
                argument = "expandable"
    if name == "span" and not argument:
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" {place}')
    return _Open(name, argument, start), end + 1


def _closed(source: str, at: int, opened: list[_Open]) -> tuple[_Open, int]:
    place = f"at byte offset {len(source[:at].encode())}"
    if not opened:
        raise _unparsable(f"Unexpected end tag {place}")
    end = source.find(">", at)
    if end < 0:
        raise _unparsable(f"Unclosed end tag {place}")
    name, tag = source[at + 2 : end].strip().lower(), opened.pop()
    if name and name != tag.name:
        raise _unparsable(f'Unmatched end tag {place}, expected "</{tag.name}>", found "</{name}>"')
    return tag, end + 1


def _add(spans: list[tuple[int, int, Entity]], tag: _Open, end: int, text: str) -> None:
    if tag.start == end:
        return
    entity: Entity = {"type": _KINDS[tag.name]}
    if tag.name == "a":
        entity["url"] = tag.argument or text[tag.start : end]
        if not is_link(entity["url"]):
            return
    elif tag.name == "tg-emoji":
        entity["custom_emoji_id"] = tag.argument
    elif tag.argument == "expandable":
        entity["type"] = "expandable_blockquote"
    elif tag.name == "code" and tag.argument:
        entity["language"] = tag.argument
    elif tag.name == "pre" and spans and spans[-1][:2] == (tag.start, end):
        inner = spans[-1][2]
        if inner["type"] == "code" and "language" in inner:
            spans.pop()
            entity["language"] = inner["language"]
    if entity["type"] != "pre":
        _forget_language(spans, tag, end)
    spans.append((tag.start, end, entity))


def _forget_language(spans: list[tuple[int, int, Entity]], tag: _Open, end: int) -> None:
    """Only a `pre` has a language: any other tag around a `code` takes it away."""
    for start, stop, entity in spans:
        if entity["type"] == "code" and tag.start <= start and stop <= end:
            entity.pop("language", None)


def _unparsable(what: str) -> ApiError:
    return refused(f"can't parse entities: {what}")
