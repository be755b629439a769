"""A week's Markdown: made from its lines, read from a file, put into a document."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.domain.archive.front_matter import split as split_front_matter
from bot.domain.archive.merging import merge
from bot.domain.compiling import compile_report
from bot.domain.entry import Node
from bot.domain.journal import Journal
from bot.domain.markdown import heading_source
from bot.domain.parse import parse
from bot.domain.render import render
from bot.domain.report import Report
from bot.domain.schedule import draft_instant
from bot.domain.text import RichText
from bot.domain.titles import week_title
from bot.domain.week import IsoWeek
from bot.storage.originals import Original

_LOG = logging.getLogger(__name__)

# What authors call the last section, besides what the journal calls it.
_SUMMARIES = ("总结", "简单总结", "小结", "Summary")


def make_document(
    journal: Journal, week: IsoWeek, lines: Iterable[Node], original: Original | None
) -> tuple[str, str]:
    """The report's Markdown, and the file of it, which may hold more, such as front matter.

    A week that was imported keeps what nobody changed, and its own front matter; any other one
    gets the journal's document template.
    """
    if original is None:
        report = _compile(journal, week, lines, None)
        markdown = render(report)
        return markdown, _wrapped(journal, week, report, markdown)
    file = original.content.decode()
    document = merge(file, original.baseline, compile_canonical(journal, week, lines, file))
    _, markdown = split_front_matter(document)
    return markdown.removeprefix("\ufeff").replace("\r\n", "\n"), document


def compile_canonical(
    journal: Journal, week: IsoWeek, lines: Iterable[Node], file: str | None
) -> str:
    """The canonical Markdown that the lines make.

    A week that came from a file keeps that file's heading for the summary, and gets no title
    where it had none.
    """
    return render(_compile(journal, week, lines, file))


def read_report(file: str, journal: Journal) -> Report:
    """The report in a file of an archive, without its front matter."""
    _, body = split_front_matter(file)
    return parse(body, summary_headings={journal.summary_heading, *_SUMMARIES})


def _compile(journal: Journal, week: IsoWeek, lines: Iterable[Node], file: str | None) -> Report:
    title = week_title(journal.title_template, week)
    summary_heading = journal.summary_heading
    if file is not None:
        imported = read_report(file, journal)
        title = title if imported.title else ""
        if imported.summary is not None:
            summary_heading = imported.summary.heading
    return compile_report(
        lines,
        journal.sections,
        title=heading_source(RichText(title)),
        summary_heading=summary_heading,
        pictures_prefix=journal.pictures_prefix,
    )


def _wrapped(journal: Journal, week: IsoWeek, report: Report, markdown: str) -> str:
    """The document that the journal's template makes; the report as it is where it fails."""
    if journal.document_template is None:
        return markdown
    # Only who uses templates pays for the library in start and memory.
    from bot.domain.templates import READY, DocumentTemplateError, facts_of, wrap

    source = READY.get(journal.document_template, journal.document_template)
    drafted_at = draft_instant(week, journal.draft_at, journal.zone).astimezone(journal.zone)
    try:
        return wrap(markdown, source, facts_of(report, week, drafted_at, journal.language))
    except DocumentTemplateError as error:
        _LOG.error("journal %d: its document template failed on %s: %s", journal.id, week, error)
        return markdown
