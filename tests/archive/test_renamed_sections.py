"""Sections that were renamed, moved, added or ended after weeks were imported."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import Desk, at_desk
from bot.domain.journal import Journal
from bot.domain.sections import Sections, added, moved, renamed
from bot.domain.week import IsoWeek
from tests.e2e.conftest import Scene, scene

__all__ = ["scene"]

_FILE = (
    b"# old\n\n## \xe7\x94\x9f\xe6\xb4\xbb\n\n* hot pot\n\n## Books\n\n* Emma\n\n"
    b"## \xe6\x8a\x80\xe6\x9c\xaf\n\n* leak\n"
)


async def _import(scene: Scene, desk: Desk) -> None:
    folder = scene.folder / "in"
    folder.mkdir()
    (folder / "2023-W39.md").write_bytes(_FILE)
    findings, _ = await desk.inspect([folder])
    await desk.take_in(findings, replace=False, progress=lambda: None)


async def _change(desk: Desk, change: Callable[[Journal], Sections]) -> Journal:
    await desk.configuring.change_sections(desk.journal, change)
    return await desk.configuring.present(desk.journal)


async def test_an_imported_week_keeps_its_headings_and_their_order(scene: Scene) -> None:
    """Byte for byte, whatever the sections are called and wherever they stand now."""
    async with at_desk(scene.settings(), None) as desk:
        await _import(scene, desk)
        for change in (
            lambda now: renamed(now.all_sections, "life", "Days"),
            lambda now: moved(now.all_sections, "tech", -1),
            lambda now: added(now.all_sections, "Books"),
        ):
            journal = await _change(desk, change)
            compiled = await desk.reporting.compile(journal, IsoWeek(2023, 39))
            assert compiled.document == _FILE
        [*_, books] = journal.sections
        assert await desk.configuring.holds(journal, books.key) == 1


async def test_an_edit_changes_its_own_line_alone(scene: Scene) -> None:
    """A new item comes into the section of the old name, in the file's own style."""
    async with at_desk(scene.settings(), None) as desk:
        await _import(scene, desk)
        await _change(desk, lambda now: renamed(now.all_sections, "life", "Days"))
        await _change(desk, lambda now: moved(now.all_sections, "tech", -1))
    async with scene.bot():
        await scene.write("#life new @2023-w39")
        report = await scene.report("/report 2023-w39")
    assert report.encode() == _FILE.replace(b"* hot pot\n", b"* hot pot\n* new\n")


async def test_a_file_finds_the_section_by_what_it_was_called(scene: Scene) -> None:
    """A week of the old name, imported after the renaming."""
    async with at_desk(scene.settings(), None) as desk:
        await _change(desk, lambda now: renamed(now.all_sections, "life", "Days"))
        await _import(scene, desk)
        journal = await desk.configuring.present(desk.journal)
        assert await desk.configuring.holds(journal, "life") == 1
        compiled = await desk.reporting.compile(journal, IsoWeek(2023, 39))
        assert compiled.document == _FILE


async def test_an_ended_section_keeps_what_it_holds(scene: Scene) -> None:
    """Its reports are as they were, under its heading; an empty section is gone."""
    async with scene.bot() as bot:
        await scene.write("#tech leak")
        before = await scene.report()
        [journal] = await bot.services.access.journals()
        await bot.services.configuring.end_section(journal, "tech")
        journal = await bot.services.configuring.present(journal)
        assert [spec.key for spec in journal.sections] == ["life"]
        assert await scene.report() == before
