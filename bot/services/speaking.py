"""What a journal is called in one language, and in the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.entry import SectionSpec
from bot.domain.journal import Journal, Language
from bot.domain.sections import SectionError, renamed
from bot.i18n import Phrases, phrases_for

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Naming:
    """How a journal calls its reports and what is in them."""

    title_template: str
    summary_heading: str
    all_sections: tuple[SectionSpec, ...]


def spoken_in(journal: Journal, language: Language) -> Naming:
    """The journal's words, those of them in that language that are another one's first words.

    What people have chosen themselves stays, and so does what would be called like another.
    """
    words = phrases_for(language)
    naming = Naming(journal.title_template, journal.summary_heading, journal.all_sections)
    for other in LANGUAGES:
        if other != language:
            naming = _translated(naming, phrases_for(other), words)
    return naming


def first_words(journal: Journal, language: Language) -> tuple[tuple[str, str], ...]:
    """What would change by `spoken_in`: the words as they are and as they would be."""
    then = spoken_in(journal, language)
    pairs = [
        (journal.title_template, then.title_template),
        *(
            (spec.heading, called.heading)
            for spec, called in zip(journal.all_sections, then.all_sections, strict=True)
        ),
        (journal.summary_heading, then.summary_heading),
    ]
    return tuple(pair for pair in pairs if pair[0] != pair[1])


def _translated(naming: Naming, before: Phrases, after: Phrases) -> Naming:
    title, summary, sections = naming.title_template, naming.summary_heading, naming.all_sections
    if title == before.title_template:
        title = after.title_template
    headings = {spec.heading for spec in sections}
    if summary == before.summary_heading and after.summary_heading not in headings:
        summary = after.summary_heading
    for key, was, becomes in (
        ("life", before.life_heading, after.life_heading),
        ("tech", before.tech_heading, after.tech_heading),
    ):
        if any(spec.key == key and spec.heading == was for spec in sections):
            try:
                sections = renamed(sections, key, becomes, (summary,))
            except SectionError:
                continue
    return replace(naming, title_template=title, summary_heading=summary, all_sections=sections)
