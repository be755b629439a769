"""/export, on the phone, and the way back."""

from __future__ import annotations

import asyncio
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from telegram.constants import FileSizeLimit
from typer.testing import CliRunner

from bot.cli.commands import cli
from bot.domain.entry import ChatId
from bot.domain.week import IsoWeek
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until


async def _export(scene: Scene) -> tuple[str, bytes]:
    asked = await scene.person.send("/export", at=scene.clock.now())
    return await scene.person.wait_for_document(after=asked["message_id"])


def _import(folder: Path, *paths: Path) -> str:
    environ = {"BOT_DATA_DIR": str(folder / "data"), "BOT_ALLOWED_USERS": "1001"}
    result = CliRunner().invoke(cli, ["import", *map(str, paths)], env=environ)
    return result.output


def _report(folder: Path, week: IsoWeek) -> str:
    environ = {"BOT_DATA_DIR": str(folder / "data"), "BOT_ALLOWED_USERS": "1001"}
    result = CliRunner().invoke(cli, ["report", str(week)], env=environ)
    return str(result.stdout)


async def test_everything_out_and_in_again_elsewhere(scene: Scene) -> None:
    """Messages of all kinds, pictures among them; the new journal goes on with the old messages."""
    async with scene.bot():
        asked = await scene.person.send("/export", at=scene.clock.now())
        await scene.person.wait_for_answer("还没有内容可以导出", after=asked["message_id"])
        first = await scene.write("#life 第一件\n- 下面的")
        await scene.write("回复的", reply_to=first["message_id"])
        picture = await scene.person.send_picture(
            jpeg("#112233"), "#life 日落", date=int(scene.clock.now().timestamp())
        )
        await scene.person.wait_for_reaction(picture)
        gone = await scene.write("#tech 不要了")
        await scene.person.send("/delete", at=scene.clock.now(), reply_to=gone["message_id"])
        await scene.write("没有标签")
        report = (await scene.archive())["2023-W40.md"].decode()
        name, content = await _export(scene)
        assert name == "weeknotes-2023-10-04.zip"
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
            assert archive.read("2023-W40.md").decode() == report
            assert scene.sandbox.token not in archive.read("weeknotes.json").decode()
        assert members == {
            "2023-W40.md",
            "images/2023-W40-1.jpg",
            "index/2023.md",
            "weeknotes.json",
        }
        # The same again, for nothing has changed.
        assert await _export(scene) == (name, content)
    other = scene.folder / "elsewhere"
    other.mkdir()
    place = other / name
    place.write_bytes(content)

    said = await asyncio.to_thread(_import, other, place)
    assert "The journal is what it was: weeks: 1, entries: 5, files: 1" in said
    assert await asyncio.to_thread(_report, other, IsoWeek(2023, 40)) == report
    scene.folder = other
    async with scene.bot():
        await scene.person.edit(first, "#life 第一件，搬家以后改的\n- 下面的")
        await scene.person.wait_for_reaction(first, "👌")
        assert (
            "1. 第一件，搬家以后改的\n    1. 下面的"
            in (await scene.archive())["2023-W40.md"].decode()
        )


async def test_what_is_too_large_comes_in_parts_or_is_refused(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is named; too many of them are the command line's business."""
    async with scene.bot() as bot:
        for number in range(3):
            picture = await scene.person.send_picture(
                jpeg(f"#{number}12233"), "#life 图", date=int(scene.clock.now().timestamp())
            )
            await scene.person.wait_for_reaction(picture)
        await scene.archive()
        monkeypatch.setattr("bot.services.parcels.SLACK", FileSizeLimit.FILESIZE_UPLOAD - 800)
        asked = await scene.person.send("/export", at=scene.clock.now())
        last = await scene.person.wait_for_document(after=asked["message_id"])
        assert last[0].endswith(".zip")
        await scene.person.wait(
            lambda chat: next((m for m in chat if "第 4 个，共 4 个" in m.get("caption", "")), None)
        )
        await until(lambda: not bot.services.carrying.is_under_way(ChatId(1001)))
        monkeypatch.setattr("bot.services.shipping.MOST_PARTS", 2)
        asked = await scene.person.send("/export", at=scene.clock.now())
        await scene.person.wait_for_answer("Telegram 发不下", after=asked["message_id"])
