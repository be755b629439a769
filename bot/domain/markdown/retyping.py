"""Markdown that was shown to be changed, as the person sends it back.

What people type in messages is read cautiously, so that `a*b*c` stays text. Somebody who was
shown `a *b* c` knows what the asterisks are for: then Markdown is taken as such, as far as it
stays inside its block.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.entry import Part
from bot.domain.markdown.meaning import CAPTION, HEADING, ITEM, PARAGRAPH, Frame
from bot.domain.markdown.pieces import shaping_spans
from bot.domain.text import RichText, Span, Style

_FRAMES = {Part.ITEM: ITEM, Part.PICTURE: CAPTION, Part.CAPTION: ITEM, Part.TITLE: HEADING}
_TAG = re.compile(r"<(?!https?:)[a-z/!?][^<>]*>?", re.IGNORECASE)
_QUOTE = re.compile(r"(?:^> ?.*(?:\n|\Z))+", re.MULTILINE)
_MARK = re.compile(r"^> ?", re.MULTILINE)

Source = Callable[[RichText], str]


def retyping(shown: str, part: Part, source: Source) -> Source:
    """How text is to be written that was typed instead of what was shown.

    `source` is how it is done otherwise, and where the text has formats of its own.
    """
    if source(RichText(shown)) == shown:
        return source
    frame = _FRAMES.get(part, PARAGRAPH)
    tags = set(_TAG.findall(shown))

    def written(text: RichText) -> str:
        typed = text.text.strip()
        is_kept = not shaping_spans(text) and _holds(frame, typed)
        return typed if is_kept and tags.issuperset(_TAG.findall(typed)) else source(text)

    return written


def with_quotes(text: RichText, shown: str) -> RichText:
    """The text with typed quotes as such, where there was a quote in what was shown."""
    if _QUOTE.search(shown) is None:
        return text
    whole = RichText()
    at = 0
    for match in _QUOTE.finditer(text.text):
        before, words = text.slice(at, match.start()), text.slice(*match.span())
        for mark in reversed(list(_MARK.finditer(words.text))):
            words = words.without(*mark.span())
        length = len(words.text.rstrip("\n"))
        if length:
            spans = (*words.spans, Span(0, length, Style.QUOTE))
            words = RichText(words.text, tuple(sorted(spans, key=lambda s: (s.start, -s.end))))
        whole += before + words
        at = match.end()
    return whole + text.slice(at)


def _holds(frame: Frame, typed: str) -> bool:
    """Whether the Markdown is exactly the one block it should be, on as many lines as may be."""
    if not typed or (frame is not PARAGRAPH and "\n" in typed):
        return False
    meaning = frame.meaning(typed)
    if meaning is None:
        return False
    # An alt text says the same with and without formats, which have no place in it.
    return frame is not CAPTION or all(
        any(one[0] == "image" and one[3] == "plain" for one in formats) for _, formats in meaning
    )
