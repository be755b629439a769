"""Rich messages: whole documents as one message, with their limits.

Source: https://core.telegram.org/bots/api#sendrichmessage (Bot API 10.1)
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import refused
from bot.sandbox.files import StoredFile
from bot.sandbox.limits import RICH_BLOCKS, RICH_CHARACTERS, RICH_LEVELS, RICH_MEDIA
from bot.sandbox.world import Json

Resolve = Callable[[Call, str, str], Awaitable[StoredFile]]

_REFERENCE: Final = re.compile(r"tg://(photo|video|audio|document|animation)\?id=(.+)")
_BLOCK_NAMES: Final = "p h1 h2 h3 h4 h5 h6 li blockquote pre table tr details figure img hr aside"
_BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split())
_NESTING_TAGS: Final = frozenset({"li", "blockquote", "details"})


async def rich_content(call: Call, resolve: Resolve) -> Json:
    """`{"rich_message": …}` of a call, its files stored; ApiError (400) beyond a limit."""
    given = call.params.document("rich_message")
    if not isinstance(given, dict):
        raise refused("can't parse rich message JSON object")
    forms = [form for form in ("markdown", "html") if form in given]
    if len(forms) != 1:
        raise refused("exactly one of the fields html, markdown or blocks must be used")
    source = str(given[forms[0]])
    if not source.strip():
        raise refused("rich message is empty")
    if len(source) > RICH_CHARACTERS:
        raise refused("rich message is too long")
    outline = (_markdown_outline if forms[0] == "markdown" else _html_outline)(source)
    if outline.blocks > RICH_BLOCKS:
        raise refused("rich message has too many blocks")
    if outline.levels > RICH_LEVELS:
        raise refused("rich message is nested too deeply")
    media = given.get("media") or []
    if not isinstance(media, list) or not all(_is_medium(item) for item in media):
        raise refused("can't parse rich message media")
    if max(len(media), len(outline.pictures)) > RICH_MEDIA:
        raise refused("rich message has too many media")
    known = {(str(item["media"]["type"]), str(item["id"])) for item in media}
    for address in outline.pictures:
        reference = _REFERENCE.fullmatch(address)
        if reference is None and not address.startswith(("http://", "https://")):
            raise refused("rich message media not found")
        if reference is not None and reference.groups() not in known:
            raise refused("rich message media not found")
    stored = [await _stored(call, item, resolve) for item in media]
    rest = {name: value for name, value in given.items() if name != "media"}
    return {"rich_message": rest | ({"media": stored} if stored else {})}


def _is_medium(item: Any) -> bool:
    medium = item.get("media") if isinstance(item, dict) else None
    return isinstance(medium, dict) and bool(item.get("id")) and "type" in medium


async def _stored(call: Call, item: Json, resolve: Resolve) -> Json:
    medium = item["media"]
    file = await resolve(call, str(medium["type"]), str(medium.get("media") or ""))
    return {"id": str(item["id"]), "media": {**medium, "media": file.file_id}}


@dataclass(slots=True)
class _Outline:
    """The extent of a document: its blocks, its deepest nesting, its pictures' addresses."""

    blocks: int = 0
    levels: int = 0
    pictures: list[str] = field(default_factory=list)


def _markdown_outline(source: str) -> _Outline:
    from markdown_it import MarkdownIt  # needed for rich messages alone

    parser = MarkdownIt("gfm-like", {"linkify": False, "maxNesting": 4 * RICH_LEVELS})
    outline, level = _Outline(), 0
    for token in parser.parse(source):
        for child in token.children or ():
            if child.type == "image":
                outline.pictures.append(str(child.attrGet("src") or ""))
        if token.type == "inline" or token.hidden:
            continue
        # A list and its items are one level, as they are shown.
        if token.tag in {"li", "blockquote"}:
            level += token.nesting
        outline.blocks += token.nesting >= 0 and token.tag not in {"ul", "ol"}
        outline.levels = max(outline.levels, level)
    return outline


def _html_outline(source: str) -> _Outline:
    reader = _HtmlReader()
    reader.feed(source)
    reader.close()
    return reader.outline


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = _Outline()
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outline.blocks += tag in _BLOCK_TAGS
        self._level += tag in _NESTING_TAGS
        self.outline.levels = max(self.outline.levels, self._level)
        if tag == "img":
            self.outline.pictures.append(dict(attrs).get("src") or "")

    def handle_endtag(self, tag: str) -> None:
        self._level -= tag in _NESTING_TAGS
