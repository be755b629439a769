"""Nobody else on the machine can read what the bot keeps."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.privacy import tighten
from bot.doctor.places import examine_places
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg


@pytest.fixture
def nothing_masked() -> Iterator[None]:
    """The system takes no permission away by itself."""
    before = os.umask(0)
    yield
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    """What is in the folder, and itself, by path, with its mode."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.usefixtures("nothing_masked")
async def test_all_that_is_made_is_private_whatever_the_umask(scene: Scene) -> None:
    """The database and its log, pictures, copies, and what is packed to be sent."""
    data = scene.folder / "data"
    async with scene.bot() as bot:
        picture = await scene.person.send_picture(jpeg(), "#life 图")
        await scene.person.wait_for_reaction(picture)
        await scene.archive()
        await bot.safekeeping.knock()
        await scene.report_file("/export")
        found = _modes(data)
    assert any(name.startswith("pictures/") for name in found)
    assert "weeknotes.db-wal" in found
    assert any(name.startswith("backups/") for name in found)
    for name, mode in found.items():
        assert mode == (0o700 if (data / name).is_dir() else 0o600), name


async def test_what_was_open_is_closed_at_the_start(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """A line in the log says so; what is not the bot's stays as it is, also behind a link."""
    data = scene.folder / "data"
    async with scene.bot():
        picture = await scene.person.send_picture(jpeg(), "#life 图")
        await scene.person.wait_for_reaction(picture)
        await scene.archive()
    theirs = scene.folder / "theirs.txt"
    theirs.write_text("x")
    (data / "pictures" / "link").symlink_to(theirs)
    (data / "notes.txt").write_text("x")
    for path in (theirs, *(data.rglob("*"))):
        path.chmod(0o777 if path.is_dir() else 0o644)
    [found] = [f for f in examine_places(data) if f.thing == "data directory" and f.details]
    assert found.state.endswith("can be read by others")
    with caplog.at_level(logging.WARNING, "bot.adapters.privacy"):
        async with scene.bot():
            pass
    assert "were open to others, and are closed now" in caplog.text
    modes = _modes(data)
    assert modes.pop("notes.txt") == 0o644
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644
    modes.pop("pictures/link")
    for name, mode in modes.items():
        assert mode == (0o700 if (data / name).is_dir() else 0o600), name


def test_what_cannot_be_closed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody else's file: the bot goes on, and the doctor says what to do."""
    tmp_path.chmod(0o755)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    tighten(tmp_path)
    assert "has mode 0755 and cannot be closed" in caplog.text
    assert "closed now" not in caplog.text
    [found] = [f for f in examine_places(tmp_path) if "mode" in f.state]
    assert found.remedy == f"chmod 700 {tmp_path}"
