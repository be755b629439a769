"""What a person writes in place of a line, as lines for the outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.entry import Line, Part
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.outline import OutlineItem
from bot.domain.journal import Journal
from bot.domain.markdown import caption_source, heading_source, item_source, paragraph_sources
from bot.domain.markdown.retyping import Source, retyping, with_quotes
from bot.domain.text import RichText, Style

_BLOCKS = (Style.PRE, Style.QUOTE, Style.EXPANDABLE_QUOTE)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_ON_ONE_LINE = {Part.PICTURE: caption_source, Part.TITLE: heading_source}


def reworded(journal: Journal, part: Part, shown: str, text: RichText) -> list[Line]:
    """The lines that the text makes instead of one that was shown as that Markdown.

    The first one takes its place; none where the text says nothing. Tags and week marks are text.
    """
    if text.text.strip() == shown:
        return [Line(part, shown)]
    if part in _ON_ONE_LINE:
        source = retyping(shown, part, _ON_ONE_LINE[part])(text.strip())
        return [Line(part, source)] if source else []
    parsed = parse_message(with_quotes(text, shown), journal.sections, reads_signs=False)
    if part in {Part.ITEM, Part.CAPTION}:
        lines: list[Line] = []
        _flatten(parsed.items, None, lines, retyping(shown, Part.ITEM, item_source), part)
        return [line for line in lines if line.source] if len(lines) == 1 else lines
    if any(parsed.body.spans_with(*_BLOCKS)):
        return [Line(part, source) for source in paragraph_sources(parsed.body)]
    written = retyping(shown, part, _as_one)
    sources = (written(paragraph) for paragraph in _paragraphs(parsed.body))
    return [Line(part, source) for source in sources if source]


def _flatten(
    items: Iterable[OutlineItem], parent: int | None, lines: list[Line], source: Source, part: Part
) -> None:
    for item in items:
        index = len(lines)
        lines.append(Line(part if not lines else Part.ITEM, source(item.text), parent))
        _flatten(item.children, index, lines, source, part)


def _as_one(text: RichText) -> str:
    return "\n\n".join(paragraph_sources(text))


def _paragraphs(text: RichText) -> Iterator[RichText]:
    """The text divided at its empty lines."""
    start = 0
    for gap in _EMPTY_LINES.finditer(text.text):
        yield text.slice(start, gap.start())
        start = gap.end()
    yield text.slice(start)
