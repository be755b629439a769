"""An imported week in the chat."""

from __future__ import annotations

import zipfile
from io import BytesIO

from bot.desk import at_desk
from tests.archive.files import TIDY, UNTIDY, write_own
from tests.e2e.conftest import Scene, scene
from tests.e2e.pictures import jpeg

__all__ = ["scene"]


async def _import_own(scene: Scene) -> None:
    source = scene.folder / "in"
    write_own(source)
    (source / "images").mkdir()
    (source / "images" / "sea.jpg").write_bytes(jpeg())
    async with at_desk(scene.settings(), None) as desk:
        findings, _ = await desk.inspect([source])
        await desk.take_in(findings, replace=False, progress=lambda: None)


async def test_it_is_shown_as_it_came(scene: Scene) -> None:
    """Preview and file are the author's own, with the picture that came along."""
    await _import_own(scene)
    async with scene.bot():
        name, content = await scene.report_file("/report 2023-w40")
        untidy = await scene.report("/report 2023-w6")
        preview = next(m for m in await scene.person.said() if "rich_message" in m)
    assert name == "2023-W40.zip"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.read("2023-W40.md").decode() == TIDY
        assert archive.read("images/sea.jpg") == jpeg()
    assert untidy == UNTIDY
    assert "1. 第一件" in preview["rich_message"]["markdown"]


async def test_a_message_adds_its_line_and_leaves_the_others(scene: Scene) -> None:
    """New items join the section's last list, below what was imported."""
    await _import_own(scene)
    async with scene.bot():
        await scene.write("#life 补一条 @2023-w40")
        _, content = await scene.report_file("/report 2023-w40")
        await scene.write("#summary 再总结一句 @2023-w6")
        untidy = await scene.report("/report 2023-w6")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        report = archive.read("2023-W40.md").decode()
    assert report == TIDY.replace("2. 第二件\n", "2. 第二件\n3. 补一条\n")
    assert untidy == UNTIDY + "\n\n再总结一句"
