"""Rich messages as text: the document's blocks as the lines of a message.

The library does not parse them yet, so what is read is plain JSON, of which nothing is certain.
Source: https://core.telegram.org/bots/api#richmessage (Bot API 10.1)
"""

from __future__ import annotations

import html
import re
from typing import Final

from bot.chat.rich_strings import DEEPEST, WORDS, string
from bot.chat.wording import lines_of, one_line, whole
from bot.domain.grammar.cutting import joined, trimmed
from bot.domain.text import RichText, Span, Style

_Node = dict[str, object]

_PARAGRAPHS: Final = frozenset({"paragraph", "heading", "footer", "thinking"})
_WORDLESS: Final = frozenset({"divider", "anchor", "buttons"})
_FILES: Final = frozenset({"animation", "audio", "document", "photo", "video", "voice_note"})
_FRAMES: Final = frozenset({"collage", "slideshow", "map"})

_BREAK: Final = re.compile(
    r"<br\b[^<>]*>|</(?:p|h[1-6]|li|tr|div|pre|blockquote|summary)\s*>", re.IGNORECASE
)
_ITEM: Final = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[/!?a-z][^<>]*>", re.IGNORECASE)


def rich_message_text(value: object) -> RichText:
    """The words of a RichMessage, whatever the object is; empty where there are none.

    Paragraphs and headings are lines, a heading after others with an empty line above it; items
    of lists are lines with `- `, two blanks further in for each level. Of media, the captions.
    """
    if not isinstance(value, dict):
        return joined(_blocks(value, 0), "\n")
    if not value.get("blocks"):
        if isinstance(source := value.get("markdown"), str):
            return RichText(whole(source).strip())
        if isinstance(source := value.get("html"), str):
            return joined(lines_of(RichText(whole(_without_tags(source)))), "\n")
        return joined(_found(value, 0), "\n")
    lines: list[RichText] = []
    blocks = value["blocks"]
    for block in blocks if isinstance(blocks, list) else [blocks]:
        made = _block(block, 0)
        if made and lines and isinstance(block, dict) and block.get("type") == "heading":
            lines.append(RichText())
        lines += made
    return joined(lines, "\n")


def has_media(value: object, depth: int = 0) -> bool:
    """Whether there is a picture or another file in the RichMessage."""
    if depth > DEEPEST:
        return False
    if isinstance(value, list):
        return any(has_media(child, depth + 1) for child in value)
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if isinstance(kind, str) and kind in _FILES and kind in value:
        return True
    return any(has_media(child, depth + 1) for child in value.values())


def _blocks(nodes: object, depth: int) -> list[RichText]:
    if isinstance(nodes, list):
        return [line for node in nodes for line in _block(node, depth + 1)]
    return _block(nodes, depth + 1)


def _block(node: object, depth: int) -> list[RichText]:
    """The lines of a block; of one not known, those of the words found in it."""
    if depth > DEEPEST:
        return []
    if not isinstance(node, dict):
        return _found(node, depth)
    match node.get("type"):
        case str(kind) if kind in _PARAGRAPHS:
            return lines_of(string(node.get("text")))
        case "pre":
            language = node.get("language")
            return _code(node.get("text"), language if isinstance(language, str) else "")
        case "mathematical_expression":
            return _code(node.get("expression"), "math")
        case "list":
            return _items(node.get("items"), depth)
        case "blockquote" | "pullquote":
            return _quote(node, depth, Style.QUOTE)
        case "expandable_blockquote":
            return _quote(node, depth, Style.EXPANDABLE_QUOTE)
        case "details":
            below = _blocks(node.get("blocks"), depth)
            return [*lines_of(string(node.get("summary"))), *map(_indented, below)]
        case "table":
            return [*_blocks(node.get("caption"), depth), *_rows(node.get("cells"))]
        case str(kind) if kind in _FILES or kind in _FRAMES:
            return [*_blocks(node.get("blocks"), depth), *_found(node.get("caption"), depth)]
        case str(kind) if kind in _WORDLESS:
            return []
        case _:
            return _found(node, depth)


def _found(node: object, depth: int) -> list[RichText]:
    """The words in something that is not known, a line for each of its parts."""
    if depth > DEEPEST:
        return []
    if isinstance(node, str):
        return lines_of(string(node))
    if isinstance(node, list):
        if any(isinstance(child, str) for child in node):
            return lines_of(string(node))
        return _blocks(node, depth)
    lines: list[RichText] = []
    for key, child in node.items() if isinstance(node, dict) else ():
        if key in WORDS:
            lines += lines_of(string(child))
        elif isinstance(child, dict | list):
            lines += _blocks(child, depth)
    return lines


def _items(nodes: object, depth: int) -> list[RichText]:
    lines: list[RichText] = []
    for node in nodes if isinstance(nodes, list) else []:
        if not (own := _blocks(_content(node), depth)):
            continue
        lines.append(RichText(f"- {_box(node)}") + own[0])
        lines += map(_indented, own[1:])
    return lines


def _content(item: object) -> object:
    return item["blocks"] if isinstance(item, dict) and "blocks" in item else item


def _box(item: object) -> str:
    if not isinstance(item, dict) or not item.get("has_checkbox"):
        return ""
    return "☑ " if item.get("is_checked") else "☐ "


def _indented(line: RichText) -> RichText:
    return RichText("  ") + line


def _rows(cells: object) -> list[RichText]:
    rows = cells if isinstance(cells, list) else []
    texts = ([one_line(string(cell)) for cell in row] for row in rows if isinstance(row, list))
    return [RichText("- ") + joined(row, " | ") for row in texts if any(row)]


def _code(node: object, language: str) -> list[RichText]:
    text = string(node).text.strip("\n")
    if not text.strip():
        return []
    return [RichText(text, (Span(0, len(text), Style.PRE, whole(language)),))]


def _quote(node: _Node, depth: int, style: Style) -> list[RichText]:
    """One text with its line breaks, as a quote; a quote in a quote is part of it."""
    lines = [*_blocks(node.get("blocks"), depth), *lines_of(string(node.get("text")))]
    text = trimmed(joined([*lines, *lines_of(string(node.get("credit")))], "\n"))
    if not text:
        return []
    inner = (s for s in text.spans if s.style not in (Style.QUOTE, Style.EXPANDABLE_QUOTE))
    return [RichText(text.text, (Span(0, len(text.text), style), *inner))]


def _without_tags(source: str) -> str:
    broken = _ITEM.sub("- ", _BREAK.sub("\n", source))
    return html.unescape(_TAG.sub("", broken))
