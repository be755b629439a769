"""How journals are set up: the columns that a single setting changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import time

from bot.domain.entry import JournalId, SectionSpec
from bot.domain.journal import Language
from bot.domain.schedule import WeeklyTime
from bot.storage.database import Connection


async def set_language(connection: Connection, journal_id: JournalId, language: Language) -> None:
    """The bot speaks that language to the journal's people from now on."""
    await connection.execute(
        "UPDATE journals SET language = ? WHERE id = ?", (language, journal_id)
    )


async def set_day_end(connection: Connection, journal_id: JournalId, at: time) -> None:
    """The journal's days end at that time of the night from now on."""
    await connection.execute(
        "UPDATE journals SET day_ends_at = ? WHERE id = ?", (f"{at:%H:%M}", journal_id)
    )


async def set_reminder(
    connection: Connection, journal_id: JournalId, at: WeeklyTime | None
) -> None:
    """The journal's people are reminded at that time of the week; not at all where None."""
    await connection.execute(
        "UPDATE journals SET remind_at = ? WHERE id = ?",
        (None if at is None else str(at), journal_id),
    )


async def set_sections(
    connection: Connection, journal_id: JournalId, sections: Sequence[SectionSpec]
) -> None:
    """Those are the journal's sections, in that order, from now on."""
    await connection.execute(
        "UPDATE journals SET sections = ? WHERE id = ?", (sections_to_json(sections), journal_id)
    )


async def set_summary_heading(connection: Connection, journal_id: JournalId, heading: str) -> None:
    """The summary stands under that heading from now on."""
    await connection.execute(
        "UPDATE journals SET summary_heading = ? WHERE id = ?", (heading, journal_id)
    )


async def set_pictures_prefix(connection: Connection, journal_id: JournalId, prefix: str) -> None:
    """Pictures are at paths that begin so from now on."""
    await connection.execute(
        "UPDATE journals SET pictures_prefix = ? WHERE id = ?", (prefix, journal_id)
    )


def sections_to_json(sections: Sequence[SectionSpec]) -> str:
    """The sections as the column holds them."""
    rows = [
        [
            spec.key,
            spec.heading,
            list(spec.tags),
            list(spec.former),
            spec.is_ended,
            list(spec.former_tags),
        ]
        for spec in sections
    ]
    return json.dumps(rows, ensure_ascii=False)


def section_of(
    key: str,
    heading: str,
    tags: Sequence[str],
    former: Sequence[str] = (),
    is_ended: bool = False,
    former_tags: Sequence[str] = (),
) -> SectionSpec:
    """A section from its row; rows of earlier versions are shorter."""
    return SectionSpec(key, heading, tuple(tags), tuple(former), is_ended, tuple(former_tags))
