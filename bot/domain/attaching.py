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


def without_tail(shown: str, tail: str, between: str = " ") -> str | None:
    """The source that `with_tail` makes into what is shown; None where it makes it of none."""
    first, newline, rest = shown.partition("\n")
    if first == tail:
        candidates = ["", rest] if newline else [""]
    else:
        candidates = [first.removesuffix(f"{between}{tail}") + newline + rest]
    return next((c for c in candidates if with_tail(c, tail, between) == shown), None)


def file_link(file: AttachedFile, prefix: str, *, alt: str = "") -> str:
    """A link to the file; `alt` is Markdown for its label.

    Of a file that could not be fetched only the label stays: no dead link.
    """
    label = file.label or file.name
    if file.is_missing:
        return item_source(RichText(label))
    address = prefix + file.name
    link = item_source(RichText(label, (Span(0, len(label), Style.LINK, address),)))
    return f"[{alt}]{link[link.rindex('](') + 1 :]}" if alt else link


def missing_caption(alt: str) -> tuple[Paragraph, ...]:
    """What stays of a picture that could not be fetched: its caption, given as alt Markdown."""
    caption = RichText(plain_text(f"![{alt}](missing)"))
    return tuple(Paragraph(source) for source in paragraph_sources(caption))


def author_tail(author: str, language: str) -> str:
    """The name of who said it, as Markdown to stand right behind that."""
    if language == "zh":
        return item_source(RichText(f"（{author}）"))
    return " " + item_source(RichText(f"({author})"))


def origin_link(origin: RichText) -> str:
    """Where a picture was forwarded from, as Markdown; empty where that is no link."""
    return item_source(origin) if any(origin.spans_with(Style.LINK)) else ""
