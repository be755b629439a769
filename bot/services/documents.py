"""A week's Markdown: made from its lines, read from a file, put into a document."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.archive.front_matter import split as split_front_matter
from bot.domain.archive.merging import merge
from bot.domain.archive.unfolding import keys_by_heading
from bot.domain.compiling import compile_report
from bot.domain.entry import Node, SectionSpec
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
        report = compile_week(journal, week, lines, None)
        markdown = render(report)
        return markdown, _wrapped(journal, week, report, markdown)
    file = original.content.decode()
    document = merge(file, original.baseline, render(compile_week(journal, week, lines, original)))
    _, markdown = split_front_matter(document)
    return markdown.removeprefix("\ufeff").replace("\r\n", "\n"), document


def compile_canonical(
    journal: Journal, week: IsoWeek, lines: Iterable[Node], imported: Report
) -> str:
    """The canonical Markdown that the lines make which were just read from that report.

    The week keeps the file's headings, and gets no title where the file has none.
    """
    return render(_compile(journal, week, lines, _layout(journal, imported, Report())))


def read_report(file: str, journal: Journal) -> Report:
    """The report in a file of an archive, without its front matter."""
    _, body = split_front_matter(file)
    return read_body(body, journal)


def read_body(body: str, journal: Journal) -> Report:
    """The report that the Markdown is; front matter would be text."""
    return parse(body, summary_headings=summary_headings(journal))


def summary_headings(journal: Journal) -> frozenset[str]:
    """What a summary is known by in a file; a section called so would be taken for one."""
    return frozenset({journal.summary_heading, *_SUMMARIES})


def compile_week(
    journal: Journal, week: IsoWeek, lines: Iterable[Node], original: Original | None
) -> Report:
    """The report that the lines make, of a week that came from that file or from none."""
    if original is None:
        return _compile(journal, week, lines, layout_of(journal, None))
    came_as = (original.content.decode(), original.baseline)
    return _compile(journal, week, lines, layout_of(journal, came_as))


@dataclass(frozen=True, slots=True)
class Layout:
    """What a week's sections are called, in their order, and its summary.

    A week that was imported from a file without a title has none.
    """

    sections: tuple[SectionSpec, ...]
    summary_heading: str
    has_title: bool = True


def layout_of(journal: Journal, original: tuple[str, str] | None) -> Layout:
    """The layout; of a week that was imported, by its file and what that was at first."""
    if original is None:
        return Layout(journal.all_sections, journal.summary_heading)
    file, baseline = original
    return _layout(journal, read_report(file, journal), read_report(baseline, journal))


def _layout(journal: Journal, imported: Report, baseline: Report) -> Layout:
    return Layout(
        _as_imported(journal, imported, baseline),
        journal.summary_heading if imported.summary is None else imported.summary.heading,
        bool(imported.title),
    )


def _compile(journal: Journal, week: IsoWeek, lines: Iterable[Node], layout: Layout) -> Report:
    title = week_title(journal.title_template, week) if layout.has_title else ""
    return compile_report(
        lines,
        layout.sections,
        title=heading_source(RichText(title)),
        summary_heading=layout.summary_heading,
        pictures_prefix=journal.pictures_prefix,
    )


def _as_imported(journal: Journal, imported: Report, baseline: Report) -> tuple[SectionSpec, ...]:
    """The sections as that file calls them, and in the order they had when it was imported.

    What was renamed or moved since is none of an imported week's edits.
    """
    keys = keys_by_heading(journal.all_sections)
    called = {keys[s.heading]: s.heading for s in reversed(imported.sections) if s.heading in keys}
    before = list(dict.fromkeys(keys[s.heading] for s in baseline.sections if s.heading in keys))
    specs = {
        spec.key: replace(spec, heading=called.get(spec.key, spec.heading))
        for spec in journal.all_sections
    }
    # What the week did not have yet stands where the journal has it now.
    order = iter(before)
    return tuple(specs[next(order) if key in before else key] for key in specs)


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
        # Its words are the person's own business.
        fault = error.fault.name
        _LOG.error("journal %d: its document template failed on %s: %s", journal.id, week, fault)
        return markdown
