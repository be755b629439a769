"""An imported week in the chat."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from bot.desk import at_desk
from bot.domain.week import IsoWeek
from bot.services.archive import Verdict
from tests.archive.files import TIDY, UNTIDY, write_own
from tests.e2e.conftest import Scene, scene
from tests.e2e.pictures import jpeg

__all__ = ["scene"]


async def _import_own(scene: Scene, *, replace: bool = False) -> None:
    source = scene.folder / "in"
    write_own(source)
    (source / "images").mkdir()
    (source / "images" / "sea.jpg").write_bytes(jpeg())
    async with at_desk(scene.settings(), None) as desk:
        findings, _ = await desk.inspect([source])
        await desk.take_in(findings, replace=replace, progress=lambda: None)


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


async def test_what_waits_to_be_filed_survives_an_import(scene: Scene) -> None:
    """A file cannot hold it, so no file replaces it."""
    person = scene.person
    scene.clock.set(datetime(2023, 10, 4, 12, tzinfo=UTC))
    async with scene.bot():
        waiting = await person.send("没有标签的话", at=scene.clock.now())
        question = await person.wait_for_answer("放到哪一栏")
        await scene.write("#life 会被换掉的")
        await _import_own(scene, replace=True)
        await person.press(question, "生活")
        await person.wait_for_reaction(waiting, "✍")
        _, content = await scene.report_file()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        report = archive.read("2023-W40.md").decode()
    assert report == TIDY.replace("2. 第二件\n", "2. 第二件\n3. 没有标签的话\n")


async def test_a_message_between_look_and_import_is_not_replaced(scene: Scene) -> None:
    """The week was empty when the person looked; it is not any more."""
    scene.clock.set(datetime(2023, 10, 4, 12, tzinfo=UTC))
    source = scene.folder / "in"
    write_own(source)
    async with scene.bot(), at_desk(scene.settings(), None) as desk:
        findings, _ = await desk.inspect([source])
        await scene.write("#life 刚刚发的")
        done = await desk.take_in(findings, replace=False, progress=lambda: None)
        report = await scene.report()
    assert {f.verdict for f in done if f.week == IsoWeek(2023, 40)} == {Verdict.KEPT}
    assert report == "# 2023 年第40周周报\n\n## 生活\n\n1. 刚刚发的\n"


@pytest.mark.parametrize(
    ("file", "message", "wanted"),
    [
        pytest.param(
            "## 生活\n\n- a\n  - b\n- c\n\n结束语\n",
            "#life 新",
            "## 生活\n\n- a\n  - b\n- c\n- 新\n\n结束语\n",
            id="bullets before a paragraph",
        ),
        pytest.param(
            "## life\n\n1. a\n2. b\n",
            "#tech 新",
            "## 技术\n\n1. 新\n\n## life\n\n1. a\n2. b\n",
            id="a heading that is the key of another section",
        ),
        pytest.param(
            "# t\n\n## 生活\n\n## 技术\n\n1. a\n",
            "#life 新",
            "# t\n\n## 生活\n\n1. 新\n\n## 技术\n\n1. a\n",
            id="a section that was empty",
        ),
        pytest.param(
            "---\ntitle: x\n---\n",
            "#life 新",
            "---\ntitle: x\n---\n\n## 生活\n\n1. 新\n",
            id="nothing but front matter",
        ),
        pytest.param(
            "## 总结\n\ns\n\n## 生活\n\n1. a\n",
            "#summary 新",
            "## 总结\n\ns\n\n新\n\n## 生活\n\n1. a\n",
            id="a summary that is not last",
        ),
    ],
)
async def test_a_new_line_takes_the_style_of_the_file(
    scene: Scene, file: str, message: str, wanted: str
) -> None:
    """Whatever the author's way of writing lists and headings is."""
    source = scene.folder / "in"
    source.mkdir()
    (source / "2023-W40.md").write_bytes(file.encode())
    async with at_desk(scene.settings(), None) as desk:
        findings, _ = await desk.inspect([source])
        await desk.take_in(findings, replace=False, progress=lambda: None)
    async with scene.bot():
        await scene.write(f"{message} @2023-w40")
        report = await scene.report("/report 2023-w40")
    assert report == wanted
