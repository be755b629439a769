"""What a document template can say about a report besides its Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.commonmark import read
from bot.domain.preview.layout import lay_out
from bot.domain.render import render_block
from bot.domain.report import Block, Picture, Report
from bot.domain.week import IsoWeek


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A report as front matter sees it: all words are plain text, no Markdown.

    `date` is the instant of the draft, aware, in the journal's zone. `pictures` are the paths the
    report names. `language` is the journal's, `zh` or `en`.
    """

    title: str
    week: IsoWeek
    date: datetime
    summary: str = ""
    sections: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    language: str = "zh"

    def variables(self) -> dict[str, object]:
        """The names a template may use for them."""
        return {
            "title": self.title,
            "week": str(self.week),
            "year": self.week.year,
            "number": self.week.number,
            "first_day": self.week.first_day,
            "last_day": self.week.last_day,
            "date": self.date,
            "slug": str(self.week).lower(),
            "summary": self.summary,
            "sections": list(self.sections),
            "pictures": list(self.pictures),
            "language": self.language,
        }


def facts_of(report: Report, week: IsoWeek, date: datetime, language: str) -> DocumentFacts:
    """The facts of a report; without a title of its own the week's name stands for it."""
    return DocumentFacts(
        title=plain_text(report.title) or str(week),
        week=week,
        date=date,
        summary=plain_text("\n\n".join(map(render_block, _summary(report)))),
        sections=tuple([plain_text(section.heading) for section in report.sections]),
        pictures=tuple([picture.path for picture in _pictures(report)]),
        language=language,
    )


def _summary(report: Report) -> Iterator[Block]:
    blocks = report.summary.blocks if report.summary else ()
    return (block for block in blocks if not isinstance(block, Picture))


def _pictures(report: Report) -> Iterator[Picture]:
    sections = [*report.sections, *([report.summary] if report.summary else [])]
    groups = [report.opening, *(section.blocks for section in sections)]
    return (block for blocks in groups for block in blocks if isinstance(block, Picture))


def plain_text(markdown: str) -> str:
    """The words of the Markdown without their formatting."""
    return read(markdown, lay_out).text.text.strip()
