"""Rich text to CommonMark: the one place where what a person sent becomes Markdown.

Whatever the text holds, the result is exactly the block it should be, shows what the text shows,
and leaves its neighbours alone: each inline text is read back before it is given out.

Formats CommonMark has are kept; underline becomes `<u>`. A spoiler, a mention, a hashtag, a
custom emoji or a date is its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.markdown.blocks import Part, fenced, in_item_order, parts_of, quoted
from bot.domain.markdown.certain import certain_source, is_ordinary
from bot.domain.markdown.emphasis import written
from bot.domain.markdown.escaping import all_punctuation, mildest, proven
from bot.domain.markdown.meaning import (
    CAPTION,
    HEADING,
    ITEM,
    PARAGRAPH,
    Frame,
    image_of,
    plain_text,
)
from bot.domain.markdown.normalising import normalised, on_one_line, with_trimmed_lines
from bot.domain.markdown.pieces import meaning_of, pieces_of, plain_pieces, shaping_spans
from bot.domain.text import RichText, Style

__all__ = [
    "caption_source",
    "heading_source",
    "item_source",
    "paragraph_sources",
    "plain_text",
]

_EMPTY_LINES = re.compile(r"\n\s*\n")


def item_source(text: RichText) -> str:
    """The Markdown of one list item at no indentation; empty where nothing is visible.

    Inline text is one line. A code block is fenced and a quote marked on lines of their own (the
    item's first line, where it begins with them),
    without empty lines between, so that the list stays tight. Text after a quote goes before
    it, where it cannot become a lazy continuation of it (CommonMark 5.1).
    """
    sources = map(_item_part, in_item_order(parts_of(normalised(text))))
    return "\n".join(filter(None, sources))


def paragraph_sources(text: RichText) -> tuple[str, ...]:
    """The Markdown of free text, each one block: a paragraph, a quote or a fenced code block.

    Empty lines divide paragraphs, a line break stays one, and whatever a line begins with is
    text. There are none where nothing is visible.
    """
    return tuple(source for part in parts_of(normalised(text)) for source in _blocks(part))


def caption_source(text: RichText) -> str:
    """What stands between `![` and `]` so that the alt text is the caption without formats."""
    line = on_one_line(normalised(text))
    if is_ordinary(line):
        return line.text
    caption = "".join(piece.text for piece in pieces_of(line)).strip()
    pieces = plain_pieces(caption)
    source = mildest(pieces, CAPTION, image_of(caption))
    return written(pieces, all_punctuation(pieces)) if source is None else source


def heading_source(text: RichText) -> str:
    """What stands after `# ` so that the heading shows the text, on one line."""
    return _inline(on_one_line(normalised(text)), HEADING)


def _item_part(part: Part) -> str:
    if part.style is None:
        return _inline(on_one_line(part.text), ITEM)
    return "\n\n".join(_blocks(part))


def _blocks(part: Part) -> Iterator[str]:
    match part.style:
        case None:
            yield from _paragraphs(part.text)
        case Style.PRE:
            yield fenced(part.text.text, part.language)
        case _:
            yield quoted("\n\n".join(paragraph_sources(part.text)))


def _paragraphs(text: RichText) -> Iterator[str]:
    start = 0
    for end, after in [*(m.span() for m in _EMPTY_LINES.finditer(text.text)), (None, 0)]:
        source = _inline(with_trimmed_lines(text.slice(start, end)), PARAGRAPH)
        if source:
            yield source
        start = after


def _inline(text: RichText, frame: Frame) -> str:
    """Markdown for text whose line breaks are where they are to stay, proven in the frame."""
    source = certain_source(text)
    if source is not None:
        return source
    if not shaping_spans(text) and frame.meaning(text.text) == meaning_of(pieces_of(text)):
        return text.text
    return proven(text, frame)
