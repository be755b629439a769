"""Code blocks and quotes: cutting them out of rich text, and writing them as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.text import RichText, Style

_QUOTES = (Style.QUOTE, Style.EXPANDABLE_QUOTE)
_LANGUAGE = re.compile(r"[\w+#.-]*")
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that is one kind of thing; `style` is None, QUOTE or PRE."""

    text: RichText
    style: Style | None = None
    language: str = ""


def parts_of(text: RichText) -> list[Part]:
    """The text divided into inline text, quotes and code blocks; those without content left out.

    Quotes that touch become one, divided by an empty line.
    """
    if not text.spans:
        return [Part(text)] if text.text.strip() else []
    parts: list[Part] = []
    for part in _cut(text):
        if not part.text.text.strip():
            continue
        if part.style is Style.QUOTE and parts and parts[-1].style is Style.QUOTE:
            parts[-1] = Part(parts[-1].text + RichText("\n\n") + part.text, Style.QUOTE)
        else:
            parts.append(part)
    return parts


def in_item_order(parts: Iterable[Part]) -> list[Part]:
    """The parts with no inline text right after a quote: it is moved before the quote."""
    ordered: list[Part] = []
    for part in parts:
        if part.style is not None or not ordered or ordered[-1].style is not Style.QUOTE:
            ordered.append(part)
        elif len(ordered) > 1 and ordered[-2].style is None:
            ordered[-2] = Part(ordered[-2].text + RichText("\n") + part.text)
        else:
            ordered.insert(-1, part)
    return ordered


def fenced(code: str, language: str) -> str:
    """A fenced code block that shows the code, empty lines at its ends left out (CommonMark 4.5).

    Of the language only letters, digits, `+`, `#`, `.`, `_` and `-` are kept.
    """
    longest = max(map(len, _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    name = _LANGUAGE.match(language.strip())
    body = code.strip("\n")
    return f"{fence}{name[0] if name else ''}\n{body}\n{fence}"


def quoted(source: str) -> str:
    """The Markdown as a block quote (CommonMark 5.1)."""
    return "\n".join(f"> {line}" if line else ">" for line in source.split("\n"))


def _cut(text: RichText) -> Iterator[Part]:
    at = 0
    spans = text.spans_with(Style.PRE, *_QUOTES)
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start < at:
            continue
        yield Part(text.slice(at, span.start))
        inside = text.slice(span.start, span.end)
        if span.style is Style.PRE:
            yield Part(inside, Style.PRE, span.value)
        else:
            kept = tuple(s for s in inside.spans if s.style not in _QUOTES)
            yield Part(RichText(inside.text, kept), Style.QUOTE)
        at = span.end
    yield Part(text.slice(at))
