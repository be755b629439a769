"""Settings of a journal that are checked before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.entry import JournalId
from bot.domain.journal import Journal
from bot.domain.schedule import WeeklyTime, next_instant
from bot.domain.titles import check_title_template
from bot.storage import journals, ledger
from bot.storage.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Choices:
    """What a journal can be asked to do or leave; None leaves it as it is.

    Links are shown by their pages' titles; items carry their authors' names; pictures keep the
    place where they were taken.
    """

    link_titles: bool | None = None
    authors: bool | None = None
    location: bool | None = None


class Configuring:
    """Changes how a journal is set up."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        zone, draft_at = zone or journal.zone, draft_at or journal.draft_at
        async with self._database.atomic() as connection:
            await journals.set_schedule(connection, journal.id, zone, draft_at)
            await reschedule(connection, journal.id)

    async def choose(self, journal: Journal, choices: Choices) -> None:
        """What was chosen is so from now on."""
        async with self._database.atomic() as connection:
            await journals.set_choices(
                connection,
                journal.id,
                link_titles=choices.link_titles,
                shows_authors=choices.authors,
                keeps_location=choices.location,
            )


async def reschedule(connection: Connection, journal_id: JournalId) -> None:
    """The next draft is due by how the journal is set up now."""
    journal = await journals.get(connection, journal_id)
    done = await ledger.delivered(connection, journal_id)
    following = next_instant(journal.draft_at, journal.zone, journal.created_at, done)
    await journals.set_due(connection, journal_id, following)
