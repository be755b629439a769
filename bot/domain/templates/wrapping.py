"""A report's Markdown in a document template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault
from bot.domain.templates.facts import DocumentFacts
from bot.domain.week import IsoWeek

LONGEST_SOURCE = 10_000
"""The most characters of a template."""

# CommonMark 0.31, 4.2: a heading may stand up to three blanks in.
_TITLE = re.compile(r" {0,3}#(?:[ \t]|\r?\Z)")
_BYTE_ORDER_MARK = "\ufeff"
# A word that stands nowhere but in the sample reports: where it comes out, so does the report.
_BODY_WORD = "bodyword"


def wrap(markdown: str, template: str, facts: DocumentFacts) -> str:
    """The document that the template makes of a report.

    The template's `body` is the Markdown without its title line, `markdown` all of it. Work and
    length are bounded by the length of the report. A report with front matter of its own is not
    for wrapping; that is the caller's to see. Raises DocumentTemplateError.
    """
    if len(template) > LONGEST_SOURCE:
        reason = f"{len(template)} characters; a template has {LONGEST_SOURCE} at most"
        raise DocumentTemplateError(TemplateFault.TOO_LONG, reason)
    variables = facts.variables() | {"markdown": markdown, "body": without_title(markdown)}
    # Not before it is needed: this is what imports Jinja2.
    from bot.domain.templates.rendering import render_template

    return render_template(template, variables, len(markdown))


def without_title(markdown: str) -> str:
    """The Markdown without a title (`# …`) at its head and the empty lines after it."""
    lines = markdown.removeprefix(_BYTE_ORDER_MARK).split("\n")
    place = _first_written(lines, 0)
    if place == len(lines) or not _TITLE.match(lines[place]):
        return markdown
    return "\n".join(lines[_first_written(lines, place + 1) :])


def check_template(source: str) -> None:
    """Raises DocumentTemplateError unless the template makes documents of two sample weeks.

    One has all that a report can have, the other next to nothing: a template that takes the first
    section's name for granted fails here, and not on the first Sunday without one. In both, what
    the report says has to come out.
    """
    documents = [wrap(markdown, source, facts) for markdown, facts in _samples()]
    if not all(_BODY_WORD in document.lower() for document in documents):
        reason = "it leaves the report out; write {{ body }} where that is to stand"
        raise DocumentTemplateError(TemplateFault.NO_BODY, reason)


def _samples() -> list[tuple[str, DocumentFacts]]:
    week = IsoWeek(2023, 40)
    full = DocumentFacts(
        title='2023 年第40周周报: "{{ }}"',
        week=week,
        date=datetime(2023, 10, 8, 12, 0, tzinfo=UTC),
        summary="总结",
        sections=("生活", "技术"),
        pictures=("images/2023-W40-1.jpg",),
    )
    markdown = (
        "# 2023 年第40周周报\n\n## 生活\n\n1. `{{ x }}` bodyword\n\n![](images/2023-W40-1.jpg)\n"
    )
    return [(markdown, full), ("1. bodyword\n", DocumentFacts("…", week, full.date, language="en"))]


def _first_written(lines: Sequence[str], start: int) -> int:
    """The index of the first line from `start` on that is not blank, or their number."""
    return next((at for at in range(start, len(lines)) if lines[at].strip()), len(lines))
