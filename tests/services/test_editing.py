"""Lines edited in the chat, beside what happens to their messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.entry import EntryId, State
from bot.domain.outlining.fingerprints import Difference, fingerprint
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import Delete, Rewrite, Step, ToSection, ToWeek, Under
from bot.domain.text import RichText
from bot.services.archive import Archive, ArchiveFile
from bot.storage import entries
from tests.services.desk import WEEK, Desk, open_desk

_LAST = WEEK.shifted(-1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk over a new database."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        yield desk


async def test_an_edit_of_the_message_changes_only_what_it_changes(desk: Desk) -> None:
    """What was rewritten, moved, deleted or added in the chat stays so."""
    message = await desk.receive("#life 甲\n- 乙\n- 丙\n- 丁")
    await desk.apply(await desk.line("1"), Rewrite(RichText("甲改过\n另加的")))
    await desk.apply(await desk.line("1.2"), Delete())
    await desk.apply(await desk.line("1.1"), ToSection("tech"))
    await desk.revise(message, "#life 甲\n- 乙\n- 丙\n- 丁丁")
    assert await desk.report() == (
        "## 生活\n\n1. 甲改过\n    1. 丁丁\n    2. 另加的\n\n## 技术\n\n1. 乙"
    )
    await desk.revise(message, "#life 甲甲\n- 乙乙\n- 丙\n- 丁丁")
    assert await desk.report() == (
        "## 生活\n\n1. 甲甲\n    1. 丁丁\n    2. 另加的\n\n## 技术\n\n1. 乙乙"
    )


async def test_a_line_that_the_message_gets_goes_below_its_line_wherever_that_is(
    desk: Desk,
) -> None:
    """Also in another week: nothing hangs between two weeks, where no report shows it."""
    message = await desk.receive("#life\n- 甲\n- 乙\n-- 丙")
    await desk.apply(await desk.line("2"), ToWeek(_LAST))
    await desk.revise(message, "#life\n- 甲\n- 乙\n-- 丙\n-- 丁")
    assert await desk.report() == "## 生活\n\n1. 甲"
    assert await desk.report(_LAST) == "## 生活\n\n1. 乙\n    1. 丙\n    2. 丁"


async def test_what_the_message_loses_leaves_its_added_lines_to_the_line_before(
    desk: Desk,
) -> None:
    """As with lines that other messages have hung below it."""
    message = await desk.receive("#life 甲\n- 乙\n- 丙")
    await desk.apply(await desk.line("1.2"), Rewrite(RichText("丙\n丙的下面")))
    await desk.revise(message, "#life 甲\n- 乙")
    assert await desk.report() == "## 生活\n\n1. 甲\n    1. 乙\n        1. 丙的下面"


async def test_no_edit_hangs_a_line_below_itself(desk: Desk) -> None:
    """Turned upside down in the chat, and then nested deeper in the message: all of it shows."""
    message = await desk.receive("#life 甲\n- 乙")
    await desk.apply(await desk.line("1.1"), Step(Way.OUT))
    await desk.apply(await desk.line("1"), Under((await desk.line("2")).id))
    assert await desk.report() == "## 生活\n\n1. 乙\n    1. 甲"
    await desk.revise(message, "#life 甲\n- 丙\n-- 乙")
    assert await desk.report() == "## 生活\n\n1. 乙\n    1. 甲\n        1. 丙"


async def test_an_entry_waits_as_long_as_one_of_its_lines_does(desk: Desk) -> None:
    """And it is removed once all of them are."""
    await desk.receive("#life 一")
    await desk.receive("- 甲\n- 乙")
    above = await desk.line("1")
    first = await desk.line("2")
    await desk.apply(first, Under(above.id))
    assert await _state(desk, first.node.entry_id) is State.UNTAGGED
    await desk.apply(await desk.line("2"), ToSection("tech"))
    assert await _state(desk, first.node.entry_id) is State.PLACED
    await desk.apply(await desk.line("2"), Delete())
    assert await _state(desk, first.node.entry_id) is State.PLACED
    await desk.apply(await desk.line("1.1"), Delete())
    assert await _state(desk, first.node.entry_id) is State.REMOVED
    restored = await desk.editor.editing.restore(desk.journal, first.id)
    assert restored is not None
    assert await _state(desk, first.node.entry_id) is State.PLACED
    assert await desk.report() == "## 生活\n\n1. 一\n    1. 甲"


async def test_an_entry_put_back_brings_back_what_was_deleted_line_by_line(desk: Desk) -> None:
    """Where that is all there was of it."""
    await desk.receive("#life\n- 甲\n- 乙")
    line = await desk.line("1")
    for _ in range(2):
        await desk.apply(await desk.line("1"), Delete())
    assert await desk.report() == ""
    await desk.filing.restore(desk.journal, line.node.entry_id)
    assert await desk.report() == "## 生活\n\n1. 甲\n2. 乙"


async def test_a_deleted_line_comes_back_without_what_was_deleted_before(desk: Desk) -> None:
    """And by itself where what it hung below is gone meanwhile."""
    await desk.receive("#life 甲\n- 乙\n- 丙")
    line, below = await desk.line("1"), await desk.line("1.1")
    await desk.apply(below, Delete())
    await desk.apply(line, Delete())
    await desk.editor.editing.restore(desk.journal, line.id)
    assert await desk.report() == "## 生活\n\n1. 甲\n    1. 丙"
    await desk.apply(line, Delete())
    await desk.editor.editing.restore(desk.journal, below.id)
    assert await desk.report() == "## 生活\n\n1. 乙"


async def test_an_old_put_back_leaves_what_went_with_its_message(desk: Desk) -> None:
    """The message brings the line back, to where it was."""
    await desk.receive("#life 甲\n- 乙")
    line = await desk.line("1.1")
    await desk.apply(line, Delete())
    await desk.editor.editing.restore(desk.journal, line.id)
    await desk.filing.remove(desk.journal, line.node.entry_id)
    restored = await desk.editor.editing.restore(desk.journal, line.id)
    assert restored is not None
    assert not restored.touched
    await desk.filing.restore(desk.journal, line.node.entry_id)
    assert await desk.report() == "## 生活\n\n1. 甲\n    1. 乙"


async def test_a_week_that_holds_only_lines_of_other_weeks_messages_is_there(desk: Desk) -> None:
    """For `/report`, and for the export."""
    await desk.receive("#life\n- 甲\n- 乙")
    await desk.apply(await desk.line("2"), ToWeek(_LAST))
    compiled = await desk.reporting.compile(desk.journal, WEEK)
    assert compiled.neighbours == (_LAST,)


async def test_what_was_shown_has_to_be_so(desk: Desk) -> None:
    """Text, place and number; each is told apart."""
    await desk.receive("#life 一")
    message = await desk.receive("#life 二")
    line = await desk.line("2")
    shown = fingerprint(line)

    async def press() -> Difference | None:
        edited = await desk.editor.editing.apply(desk.journal, line.id, Step(Way.UP), shown=shown)
        assert edited is not None
        return edited.difference

    await desk.apply(await desk.line("1"), Delete())
    assert await press() is Difference.NUMBER
    await desk.apply(line, ToSection("tech"))
    assert await press() is Difference.PLACE
    await desk.revise(message, "#life 二改过")
    assert await press() is Difference.TEXT
    await desk.apply(line, Delete())
    assert await press() is Difference.GONE


async def test_an_imported_week_is_edited_like_any_other(desk: Desk) -> None:
    """Only the lines that were touched are made anew; its other lines stay as they came."""
    source = (
        "---\ntitle: 旧的\n---\n# 2023 年第40周周报\n\n## 生活\n\n* 甲   甲\n* 乙\n\t* 丙\n\n"
        "## 简单总结\n\n就这样\n\n## 别的\n\n- 丁\n"
    )
    archive = Archive(desk.database, desk.reporting, _NoShelf())
    file = ArchiveFile("2023-W40.md", source.encode(), _no_picture)
    found = await archive.inspect(desk.journal, [file])
    await archive.take_in(desk.journal, found, desk.clock.now(), replace=True)
    numbered = [(line.number, line.text) for line in (await desk.outline()).lines]
    assert [number for number, _ in numbered][:4] == ["1", "2", "2.1", "3"]
    await desk.apply(await desk.line("2.1"), Rewrite(RichText("丙改过")))
    await desk.apply(await desk.line("2.1"), Step(Way.OUT))
    compiled = await desk.reporting.compile(desk.journal, WEEK)
    document = compiled.document.decode()
    assert document.startswith("---\ntitle: 旧的\n---\n")
    assert "* 甲   甲\n" in document
    assert "丙改过" in document
    assert document.endswith("## 别的\n\n- 丁\n")
    *said, title = [line.text for line in (await desk.outline()).lines]
    assert title == "2023 年第40周周报"
    places = [document.index(words) for words in said]
    assert places == sorted(places)


class _NoShelf:
    """A shelf for reports without pictures."""

    async def keep(self, content: bytes) -> str:
        """Nothing is kept."""
        raise AssertionError(content)

    async def read(self, sha256: str) -> bytes:
        """Nothing is there."""
        raise AssertionError(sha256)


async def _no_picture(path: str) -> bytes | None:
    raise AssertionError(path)


async def _state(desk: Desk, entry_id: EntryId) -> State:
    async with desk.database.snapshot() as connection:
        [entry] = await entries.with_ids(connection, [entry_id])
    return entry.state
