"""What goes into the archive comes out of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.desk import Desk, at_desk
from bot.domain.parse import parse
from bot.domain.report import ItemList
from bot.domain.week import IsoWeek
from bot.services.archive import Verdict
from bot.services.exporting import CONTENT
from bot.storage import nodes
from bot.storage.database import Database
from tests.archive.files import OWN, TIDY, real_reports, write_own
from tests.e2e.pictures import jpeg


@dataclass
class Place:
    """Folders to import from and export to, and the settings in between."""

    folder: Path
    settings: Settings

    @property
    def source(self) -> Path:
        """Where the archive lies."""
        return self.folder / "in"

    async def run(self, work: Callable[[Desk], AsyncIterator[None]]) -> None:
        """Something is done at the desk."""
        async with at_desk(self.settings, None) as desk:
            async for _ in work(desk):
                pass

    async def take_in(self, *paths: Path, replace: bool = False) -> dict[str, Verdict]:
        """What became of each file."""
        async with at_desk(self.settings, None) as desk:
            findings, unreadable = await desk.inspect(paths or [self.source])
            done = await desk.take_in(findings, replace=replace, progress=lambda: None)
        return {f.file.name: f.verdict for f in done} | {
            file.name: Verdict.REFUSED for file in unreadable
        }

    async def export(self) -> dict[str, bytes]:
        """The files that come out, by name."""
        target = self.folder / "out"
        target.mkdir(exist_ok=True)
        async with at_desk(self.settings, None) as desk:
            await desk.export(target, lambda *_: None)
        return {
            str(path.relative_to(target)): path.read_bytes()
            for path in target.rglob("*")
            if path.is_file() and path.name != CONTENT and path.parent.name != "index"
        }

    async def edit(self, old: str, new: str) -> None:
        """An item was edited by other means than its file."""
        async with (
            await Database.open(self.settings.data_dir / "weeknotes.db") as database,
            database.atomic() as connection,
        ):
            rows = await connection.execute_fetchall("SELECT id FROM nodes WHERE text = ?", (old,))
            [row] = rows
            await nodes.set_text(connection, row["id"], new)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty installation."""
    environ = {
        "BOT_DATA_DIR": str(tmp_path / "data"),
        "BOT_ALLOWED_USERS": "1001",
        "BOT_TIMEZONE": "Asia/Shanghai",
    }
    return Place(tmp_path, load_settings(environ, None))


async def test_files_nobody_edited_come_back_byte_for_byte(place: Place) -> None:
    """Slips, front matter, line ends and missing newlines included."""
    write_own(place.source)
    assert set((await place.take_in()).values()) == {Verdict.NEW}
    out = await place.export()
    assert sorted(out.values()) == sorted(text.encode() for text in OWN.values())
    assert set(out) == {"2023-W40.md", "2023-W06.md", "2023-W07.md", "2024-W08.md", "2026-W04.md"}


async def test_real_reports_come_back_byte_for_byte(place: Place) -> None:
    """All of them, where they are at hand; our own archive beside them in any case."""
    write_own(place.source / "own")
    for path in real_reports():
        content = path.read_bytes()
        if content not in [text.encode() for text in OWN.values()]:
            (place.source / path.name).write_bytes(content)
    (place.source / "own" / "2023-W40.md").unlink()
    (place.source / "own" / "2023-week6.md").unlink()
    (place.source / "own" / "2026-week04.md").unlink()
    wanted = [path.read_bytes() for path in place.source.rglob("*.md")]
    done = await place.take_in()
    assert set(done.values()) == {Verdict.NEW}, done
    assert sorted((await place.export()).values()) == sorted(wanted)


async def test_importing_again_changes_nothing(place: Place) -> None:
    """The second time every file is found unchanged, even when asked to replace."""
    write_own(place.source)
    await place.take_in()
    assert set((await place.take_in(replace=True)).values()) == {Verdict.UNCHANGED}


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("从三开始", "从三开始，改过", ["3. 从三开始"], ["3. 从三开始，改过"]),
        ("子弹", "换一颗", ["   - 子弹"], ["   - 换一颗"]),
        ("二", "两", ["2. 二\r"], ["2. 两\r"]),
        ("带着前言的一周", "改了", ["1. 带着前言的一周"], ["1. 改了"]),
    ],
)
async def test_an_edited_item_changes_only_its_own_line(
    place: Place, old: str, new: str, removed: list[str], added: list[str]
) -> None:
    """The rest of the file stays as its author left it."""
    write_own(place.source)
    await place.take_in()
    before = await place.export()
    await place.edit(old, new)
    after = await place.export()
    [name] = [name for name in before if before[name] != after[name]]
    lines = list(ndiff(before[name].decode().split("\n"), after[name].decode().split("\n")))
    assert [line[2:] for line in lines if line.startswith("- ")] == removed
    assert [line[2:] for line in lines if line.startswith("+ ")] == added


async def test_a_week_that_holds_something_else_is_replaced_only_when_asked(place: Place) -> None:
    """Without it the week stays, and the file is reported as not replaced."""
    write_own(place.source)
    await place.take_in()
    changed = TIDY.replace("第二件", "换掉了")
    (place.source / "2023-W40.md").write_text(changed, encoding="utf-8")
    assert (await place.take_in())["2023-W40.md"] is Verdict.KEPT
    assert (await place.export())["2023-W40.md"] == TIDY.encode()
    assert (await place.take_in(replace=True))["2023-W40.md"] is Verdict.REPLACES
    assert (await place.export())["2023-W40.md"] == changed.encode()


async def test_pictures_beside_the_reports_come_along(place: Place) -> None:
    """They are kept by their content, and exported at the path that the report names."""
    write_own(place.source)
    (place.source / "images").mkdir()
    (place.source / "images" / "sea.jpg").write_bytes(jpeg())
    await place.take_in()
    assert (await place.export())["images/sea.jpg"] == jpeg()


async def test_the_report_has_all_items(place: Place) -> None:
    """Lists that do not begin with 1, bullets and other headings lose nothing."""
    write_own(place.source)
    await place.take_in()
    async with at_desk(place.settings, None) as desk:
        compiled = await desk.reporting.compile(desk.journal, IsoWeek(2023, 6))
    report = parse(compiled.markdown, summary_headings=("简单总结",))
    [section] = report.sections
    lists = [block for block in section.blocks if isinstance(block, ItemList)]
    assert [item.text for block in lists for item in block.items] == [
        "从三开始",
        "第四",
        "另一个列表",
        "第二项",
    ]
    assert report.summary is not None
