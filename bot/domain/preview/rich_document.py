"""A report as one rich message: its own Markdown, with pictures the server can show.

Bot API 10.1: https://core.telegram.org/bots/api#sendrichmessage
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.commonmark import parser, tree
from bot.domain.preview.inline import PICTURE, inline

if TYPE_CHECKING:
    from markdown_it.token import Token

FILE = "📎"
_LINK_START = re.compile(r"(?<!!)\[((?:[^\[\]\\\n]|\\.)*)\]\(")

# What a parser would read as an escape or as the title's end.
_SPECIAL_IN_TITLE = re.compile(r'[\\"]|&(?=#?\w+;)')


@dataclass(frozen=True, slots=True)
class RichLimits:
    """What a server takes as one rich message; the values are those of Bot API 10.1.

    `characters` of Markdown; `blocks` with the list items and those inside others; `levels` of
    blocks and formats inside each other; `media` pictures shown.
    """

    characters: int = 32_768
    blocks: int = 500
    levels: int = 16
    media: int = 50


BOT_API_10_1 = RichLimits()


@dataclass(frozen=True, slots=True)
class RichDocument:
    """Markdown and its media, pairs of the id that the Markdown names and Telegram's file id."""

    markdown: str
    media: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A picture in a source: where, its alt text as Markdown and as plain text, its address."""

    start: int
    end: int
    alt: str
    caption: str
    address: str


def rich_markdown(
    markdown: str,
    pictures: Mapping[str, str],
    files: Iterable[str] = (),
    limits: RichLimits = BOT_API_10_1,
) -> RichDocument | None:
    """The report's Markdown for a rich message, or None where it goes beyond the limits.

    `pictures` has Telegram's file id for the path of each picture that Telegram knows. These and
    pictures on the web are shown, the alt text as caption; others become a line with it. A link
    to one of the `files`, by its path, becomes its label: nothing opens it in the chat.
    """
    source = markdown.replace("\r\n", "\n").replace("\r", "\n")
    source = _without_links(source, [f"{path})" for path in files if path in source])
    try:
        tokens = parser().parse(source)
        found = tuple(_pictures(source, tokens))
    except RecursionError:
        return None
    known = {parser().normalizeLink(path): file_id for path, file_id in pictures.items()}
    media: list[tuple[str, str]] = []
    parts: list[str] = []
    shown = done = 0
    for picture in found:
        parts.append(source[done : picture.start])
        done = picture.end
        address = picture.address
        if address in known:
            media.append((f"p{len(media) + 1}", known[address]))
            address = f"tg://photo?id={media[-1][0]}"
        elif not address.startswith(("http://", "https://")):
            parts.append(f"{PICTURE} {picture.alt}".rstrip())
            continue
        parts.append(_picture(address, picture.caption))
        shown += 1
    text = "".join(parts) + source[done:]
    if len(text) > limits.characters or shown > limits.media or not _fits(tokens, limits):
        return None
    return RichDocument(text, tuple(media))


def _without_links(source: str, ends: Sequence[str]) -> str:
    """The source with the label alone of each link whose address and bracket are one of those."""
    parts: list[str] = []
    done = 0
    for start in _LINK_START.finditer(source) if ends else ():
        end = next((end for end in ends if source.startswith(end, start.end())), None)
        if end is not None and start.start() >= done:
            parts += source[done : start.start()], f"{FILE} {start[1]}"
            done = start.end() + len(end)
    return "".join((*parts, source[done:]))


def _fits(tokens: Sequence[Token], limits: RichLimits) -> bool:
    """Whether blocks and levels do; counted generously, for an error costs only the rich form."""
    blocks = sum(token.nesting >= 0 and token.type != "inline" for token in tokens)
    levels = max((t.level + _deepest(t.children or ()) for t in tokens), default=0)
    return blocks <= limits.blocks and levels <= limits.levels


def _deepest(inside: Sequence[Token]) -> int:
    return max((token.level for token in inside), default=0)


def _picture(address: str, caption: str) -> str:
    if "(" in address or ")" in address:
        address = f"<{address}>"
    title = _SPECIAL_IN_TITLE.sub(r"\\\g<0>", " ".join(caption.split()))
    return f'![]({address} "{title}")' if title else f"![]({address})"


def _pictures(source: str, tokens: Sequence[Token]) -> Iterator[_Found]:
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for block in tokens:
        for token in block.children or ():
            if token.type != "image":
                continue
            start, end = (_offset(block, place, lines, starts) for place in token.meta["place"])
            if min(start, end) < 0:
                continue
            caption = inline(tree(token.children or ()).children).text
            address = str(token.attrs["src"])
            yield _Found(start, end, token.content.replace("\n", " "), caption, address)


def _offset(block: Token, place: int, lines: Sequence[str], starts: Sequence[int]) -> int:
    """Where in the source a place in a block's content is.

    The content's lines are those of the source without what begins them (indentation, markers);
    -1 where a tab in there was read as blanks.
    """
    if block.map is None:
        return -1
    row = block.map[0] + block.content.count("\n", 0, place)
    begin = block.content.rfind("\n", 0, place) + 1
    column = lines[row].rfind(block.content[begin:].split("\n", 1)[0])
    return -1 if column < 0 else starts[row] + column + place - begin
