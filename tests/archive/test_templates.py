"""Titles and documents by template, set on the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import yaml

from bot.domain.entry import ChatId, Line, MessageId, MessageKey, Part, Placement, State
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.lines import add_lines
from bot.storage import entries, journals
from bot.storage.database import Database
from tests.archive.files import OWN, TIDY
from tests.archive.test_faults import Shell
from tests.clock import START


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an installation with one week that came by import, and one title of its own."""
    shell = Shell(tmp_path)
    path = tmp_path / "2023-W40.md"
    path.write_text(TIDY, encoding="utf-8")
    assert shell.run("import", str(path)).exit_code == 0
    return shell


async def _note(folder: Path, text: str) -> None:
    """An item was added to 2023-W41 by a message."""
    week = IsoWeek(2023, 41)
    async with (
        await Database.open(folder / "data" / "weeknotes.db") as database,
        database.atomic() as connection,
    ):
        [journal] = await journals.every(connection)
        entry_id = await entries.add(
            connection,
            entries.NewEntry(
                journal_id=journal.id,
                key=MessageKey(ChatId(1001), MessageId(1)),
                media_group=None,
                author_id=1001,
                author="",
                sent_at=START,
                text=RichText(text),
                week=week,
                state=State.PLACED,
                reaction="",
                asks=False,
            ),
        )
        line = Line(Part.ITEM, text)
        at = Placement(week, "life", Part.ITEM)
        await add_lines(connection, journal.id, entry_id, [line], at, START.timestamp())


def _exported(shell: Shell, name: str) -> str:
    shell.weeks()
    return (shell.folder / "out" / name).read_text(encoding="utf-8")


def test_a_title_template_names_new_weeks(shell: Shell) -> None:
    """Weeks that were imported keep the title they came with."""
    asyncio.run(_note(shell.folder, "一"))
    assert shell.run("configure", "--title", "{year} 年第{week_zh}周周报").exit_code == 0
    assert _exported(shell, "2023-W41.md") == "# 2023 年第四十一周周报\n\n## 生活\n\n1. 一\n"
    assert _exported(shell, "2023-W40.md") == TIDY


def test_a_faulty_title_is_refused_and_says_where(shell: Shell) -> None:
    """The place, the fault, and what there is instead."""
    result = shell.run("configure", "--title", "第{wek}周")
    assert result.exit_code == 2
    assert "character 2" in result.output
    assert "week_zh" in result.output


@pytest.mark.parametrize("name", ["hugo", "hexo", "jekyll", "astro"])
def test_a_ready_document_has_front_matter(shell: Shell, name: str) -> None:
    """The title moves into the front matter; imported weeks stay byte for byte."""
    asyncio.run(_note(shell.folder, "一件 {{ 怪 }} 事"))
    assert shell.run("configure", "--document", name).exit_code == 0
    text = _exported(shell, "2023-W41.md")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(head)["title"] == "2023 年第41周周报"
    assert body.strip().startswith("## 生活\n\n1. 一件 ")
    assert "# 2023" not in body
    assert _exported(shell, "2023-W40.md") == TIDY
    assert shell.run("configure", "--document", "plain").exit_code == 0
    assert _exported(shell, "2023-W41.md").startswith("# 2023 年第41周周报\n")


def test_a_faulty_document_is_refused_with_line_and_reason(shell: Shell) -> None:
    """And the journal keeps what it had."""
    path = shell.folder / "bad.j2"
    path.write_text("---\ntitle: {{ titel }}\n---\n{{ body }}", encoding="utf-8")
    result = shell.run("configure", "--document", str(path))
    assert result.exit_code == 2
    assert "line 2" in result.output
    assert "titel" in result.output
    unknown = shell.run("configure", "--document", "wordpress")
    assert unknown.exit_code == 2
    assert "hugo" in unknown.output
    assert _exported(shell, "2023-W40.md") == OWN["2023-W40.md"]


def test_a_document_that_leaves_the_report_out_is_refused(shell: Shell) -> None:
    """Every file would be the same; the journal keeps what it had."""
    path = shell.folder / "constant.j2"
    path.write_text("---\ntitle: {{ title }}\n---\n", encoding="utf-8")
    result = shell.run("configure", "--document", str(path))
    assert result.exit_code == 2
    assert "{{ body }}" in result.output
    assert _exported(shell, "2023-W40.md") == OWN["2023-W40.md"]


async def test_a_document_template_that_fails_later_leaves_the_plain_form(tmp_path: Path) -> None:
    """A template that an older version took and this one refuses does not keep a report back."""
    shell = Shell(tmp_path)
    path = tmp_path / "2023-W40.md"
    path.write_text(TIDY, encoding="utf-8")
    await asyncio.to_thread(shell.run, "import", str(path))
    await _note(tmp_path, "一")
    async with (
        await Database.open(tmp_path / "data" / "weeknotes.db") as database,
        database.atomic() as connection,
    ):
        [journal] = await journals.every(connection)
        await journals.set_document_template(connection, journal.id, "{{ nothing_of_that_name }}")
    text = await asyncio.to_thread(_exported, shell, "2023-W41.md")
    assert text == "# 2023 年第41周周报\n\n## 生活\n\n1. 一\n"


def test_choices_are_made_on_the_command_line(shell: Shell) -> None:
    """Each can be made and taken back, and what was not named stays."""
    made = shell.run("configure", "--no-link-titles", "--authors")
    assert made.exit_code == 0
    assert "link-titles: no" in made.output
    assert "authors: yes" in made.output
    assert "location" not in made.output
    assert asyncio.run(_choices(shell.folder)) == (False, True, False)
    assert shell.run("configure", "--location", "--no-authors").exit_code == 0
    assert asyncio.run(_choices(shell.folder)) == (False, False, True)
    assert "earlier: yes" in shell.run("configure", "--earlier").output


async def _choices(folder: Path) -> tuple[bool, bool, bool]:
    async with (
        await Database.open(folder / "data" / "weeknotes.db") as database,
        database.snapshot() as connection,
    ):
        [journal] = await journals.every(connection)
    return journal.link_titles, journal.shows_authors, journal.keeps_location


def test_the_schedule_is_set_on_the_command_line(shell: Shell) -> None:
    """Zone and time; a wrong one is refused by name, and then neither is set."""
    made = shell.run("configure", "--zone", "Europe/Berlin", "--draft-at", "周五 18:00")
    assert made.exit_code == 0
    assert "drafts: fri 18:00, Europe/Berlin" in made.output
    refused = shell.run("configure", "--zone", "Europe/Paris", "--draft-at", "someday")
    assert refused.exit_code == 2
    assert "draft-at: is 'someday'" in refused.output
    again = shell.run("configure", "--draft-at", "sun 20:00")
    assert "drafts: sun 20:00, Europe/Berlin" in again.output
