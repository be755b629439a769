"""Settings of a journal that are checked before they are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.archive.unfolding import foreign_key
from bot.domain.entry import JournalId
from bot.domain.journal import Journal, Language
from bot.domain.picture_paths import check_prefix
from bot.domain.schedule import WeeklyTime, next_instant
from bot.domain.sections import SectionError, SectionFault, Sections, check_heading, ended
from bot.domain.titles import check_title_template
from bot.domain.zones import exact, named, search
from bot.services.speaking import spoken_in
from bot.storage import journals, ledger, section_lines, setups
from bot.storage.database import Connection, Database

LATEST_DAY_END = time(12)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a journal can be asked to do or leave; None leaves it as it is.

    Links are shown by their pages' titles; items carry their authors' names; pictures keep the
    place where they were taken; messages are acknowledged in words; previews tell what the same
    week of earlier years held.
    """

    link_titles: bool | None = None
    authors: bool | None = None
    location: bool | None = None
    words: bool | None = None
    earlier: bool | None = None


class Configuring:
    """Changes how a journal is set up.

    What a method changes is the journal as it is stored at that moment, whatever the one given
    to it says.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_zones(self, words: str, now: datetime) -> tuple[list[str], bool]:
        """The time zones that the words may mean, and whether they are the name of just one."""

        def find() -> tuple[list[str], bool]:
            known = available_timezones()  # reads the disk
            name = exact(words, known) or named(words, known)
            return ([name], True) if name else (search(words, known, now), False)

        return await asyncio.to_thread(find)

    async def present(self, journal: Journal) -> Journal:
        """The journal as it is set up now."""
        async with self._database.snapshot() as connection:
            return await journals.get(connection, journal.id)

    async def set_title(self, journal: Journal, template: str) -> None:
        """Reports are called so from now on. Raises TitleTemplateError, and nothing is changed."""
        check_title_template(template)
        async with self._database.atomic() as connection:
            await journals.set_title_template(connection, journal.id, template)

    async def set_document(self, journal: Journal, template: str | None) -> None:
        """Files look so from now on: a ready template's name, a template's source, or plain.

        Raises DocumentTemplateError with line and reason, and nothing is changed.
        """
        from bot.domain.templates import READY, check_template

        if template is not None and template not in READY:
            check_template(template)
        async with self._database.atomic() as connection:
            await journals.set_document_template(connection, journal.id, template)

    async def set_schedule(
        self,
        journal: Journal,
        *,
        zone: ZoneInfo | None = None,
        draft_at: WeeklyTime | None = None,
    ) -> None:
        """Drafts come at that time in that zone from now on; None leaves it as it was.

        What was delivered is known by its week, so no week comes twice or is left out.
        """
        async with self._database.atomic() as connection:
            now = await journals.get(connection, journal.id)
            zone, draft_at = zone or now.zone, draft_at or now.draft_at
            await journals.set_schedule(connection, journal.id, zone, draft_at)
            await reschedule(connection, journal.id)

    async def set_reminder(self, journal: Journal, at: WeeklyTime | None) -> None:
        """A reminder comes at that time of the week from now on; none where None."""
        async with self._database.atomic() as connection:
            await setups.set_reminder(connection, journal.id, at)

    async def set_day_end(self, journal: Journal, at: time) -> None:
        """Days end at that time of the night from now on; what is there stays in its week.

        Raises ValueError after noon.
        """
        if at > LATEST_DAY_END:
            raise ValueError(f"a day that ends at {at} is no night")
        async with self._database.atomic() as connection:
            await setups.set_day_end(connection, journal.id, at)

    async def set_pictures_prefix(self, journal: Journal, prefix: str) -> None:
        """Pictures are at paths that begin so from now on.

        Raises WrongPrefixError, and nothing is changed.
        """
        check_prefix(prefix)
        async with self._database.atomic() as connection:
            await setups.set_pictures_prefix(connection, journal.id, prefix)

    async def set_language(self, journal: Journal, language: Language) -> None:
        """The bot speaks that language; what the journal calls its sections stays."""
        async with self._database.atomic() as connection:
            await setups.set_language(connection, journal.id, language)

    async def translate(self, journal: Journal) -> None:
        """Title and headings that are another language's first ones are the journal's own."""
        async with self._database.atomic() as connection:
            now = await journals.get(connection, journal.id)
            then = spoken_in(now, now.language)
            await journals.set_title_template(connection, now.id, then.title_template)
            await setups.set_summary_heading(connection, now.id, then.summary_heading)
            await self.change_sections(now, lambda _: then.all_sections)

    async def set_summary_heading(self, journal: Journal, heading: str) -> None:
        """The summary stands under that heading. Raises SectionError, and nothing is changed."""
        check_heading(heading)
        async with self._database.atomic() as connection:
            now = await journals.get(connection, journal.id)
            if heading in {spec.heading for spec in now.all_sections}:
                raise SectionError(SectionFault.HEADING_TAKEN, heading)
            await setups.set_summary_heading(connection, journal.id, heading)

    async def change_sections(
        self, journal: Journal, change: Callable[[Journal], Sections]
    ) -> None:
        """The sections are what the change makes of them.

        A section of imported weeks that has the heading of one of them is that one from now on.
        Raises what the change raises (SectionError), and nothing is changed.
        """
        async with self._database.atomic() as connection:
            sections = change(await journals.get(connection, journal.id))
            await setups.set_sections(connection, journal.id, sections)
            for spec in sections:
                await section_lines.adopt(
                    connection, journal.id, foreign_key(spec.heading), spec.key
                )

    async def end_section(self, journal: Journal, key: str) -> None:
        """Nothing new goes into the section; where it holds something that stays as it is.

        Raises SectionError for the last one.
        """
        async with self._database.atomic():
            leaves = await self.holds(journal, key) > 0
            await self.change_sections(
                journal, lambda now: ended(now.all_sections, key, leaves=leaves)
            )

    async def holds(self, journal: Journal, key: str) -> int:
        """How many lines and pictures of all weeks are in the section, removed ones included."""
        async with self._database.snapshot() as connection:
            return await section_lines.count(connection, journal.id, key)

    async def choose(self, journal: Journal, choices: Choices) -> None:
        """What was chosen is so from now on."""
        async with self._database.atomic() as connection:
            await journals.set_choices(
                connection,
                journal.id,
                link_titles=choices.link_titles,
                shows_authors=choices.authors,
                keeps_location=choices.location,
                answers_in_words=choices.words,
                shows_earlier=choices.earlier,
            )


async def keep_written_to(connection: Connection, journal_id: JournalId, before: Sections) -> None:
    """Of the sections that there were before, those stay which hold something, as ended ones."""
    now = (await journals.get(connection, journal_id)).all_sections
    kept = {spec.key for spec in now}
    lost = [
        replace(spec, is_ended=True)
        for spec in before
        if spec.key not in kept and await section_lines.count(connection, journal_id, spec.key)
    ]
    if lost:
        await setups.set_sections(connection, journal_id, (*now, *lost))


async def reschedule(connection: Connection, journal_id: JournalId) -> None:
    """The next draft is due by how the journal is set up now."""
    journal = await journals.get(connection, journal_id)
    done = await ledger.delivered(connection, journal_id)
    following = next_instant(journal.draft_at, journal.zone, journal.created_at, done)
    await journals.set_due(connection, journal_id, following)
