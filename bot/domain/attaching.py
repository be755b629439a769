"""Markdown for what belongs to a line and is not said by it: files, names."""

from __future__ import annotations

import re

from bot.domain.entry import AttachedFile
from bot.domain.markdown import item_source, paragraph_sources, plain_text
from bot.domain.report import Paragraph
from bot.domain.text import RichText, Span, Style

# A first line that is a fence or a quote takes nothing behind it.
_BLOCK = re.compile(r"`{3}|~{3}|>")


def with_tail(source: str, tail: str, between: str = " ") -> str:
    """An item's Markdown with the tail, Markdown of one line, at the end of its first line.

    `between` divides the two.
    """
    first, newline, rest = source.partition("\n")
    if not first:
        return tail
    if _BLOCK.match(first):
        return f"{tail}\n{source}"
    return f"{first}{between}{tail}{newline}{rest}"


def file_link(file: AttachedFile, text: str, prefix: str, *, alt: str = "") -> str:
    """A link to the file, which stands behind `text`; `alt` is Markdown for its label.

    Of a file that could not be fetched only the label stays, and where there is other text not
    even that.
    """
    label = file.label or file.name
    if file.is_missing:
        return "" if text else item_source(RichText(label))
    address = prefix + file.name
    link = item_source(RichText(label, (Span(0, len(label), Style.LINK, address),)))
    return f"[{alt}]{link[link.rindex('](') + 1 :]}" if alt else link


def missing_caption(alt: str) -> tuple[Paragraph, ...]:
    """What stays of a picture that could not be fetched: its caption, given as alt Markdown."""
    caption = RichText(plain_text(f"![{alt}](missing)"))
    return tuple(Paragraph(source) for source in paragraph_sources(caption))


def with_author(source: str, author: str, language: str) -> str:
    """An item's Markdown with the name of who said it."""
    if language == "zh":
        return with_tail(source, item_source(RichText(f"（{author}）")), "")
    return with_tail(source, item_source(RichText(f"({author})")))
