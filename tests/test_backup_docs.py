"""The commands of `docs/backing-up.md` do what the page says, one after the other."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.adapters.backups.layout import DATABASE
from bot.cli.commands import cli
from bot.services.storage_faults import BACKUPS

_PAGE = Path(__file__).parents[1] / "docs" / "backing-up.md"
_REPORT = "# 2023 年第40周周报\n\n## 生活\n\n1. 火锅\n"
_EARLIER = "# 2023 年第39周周报\n\n## 生活\n\n1. 音乐会\n"


def _lines() -> list[list[str]]:
    """The words of each command of the page, in its order."""
    blocks = re.findall(
        r"^```console\n(.*?)^```$", _PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def _weeknotes(words: list[str]) -> str:
    """What the program prints, given these words by a shell; it ends with status 0."""
    environ = {"BOT_ALLOWED_USERS": "1001", "BOT_TIMEZONE": "Asia/Shanghai"}
    expanded = [str(Path(word).expanduser()) for word in words]
    result = CliRunner().invoke(cli, expanded, env=environ)
    assert result.exit_code == 0, (words, result.output)
    return result.output


def test_the_commands_do_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a journal with a report in it, which is there again after each of them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, text in (("old/2023-W40.md", _REPORT), ("blog/weekly/2023-W39.md", _EARLIER)):
        Path(name).parent.mkdir(parents=True)
        Path(name).write_text(text, "utf-8")
    _weeknotes(["import", "old"])
    lines = _lines()
    assert len(lines) >= 8
    copies = Path("data", BACKUPS)
    copies.mkdir()
    [copy] = [word for words in lines for word in words if word.startswith(f"{copies}/")]
    shutil.copyfile(Path("data", DATABASE), copy)
    restored = 0
    for words in lines:
        if words[0] == "doctor":
            continue  # it asks Telegram; tests/doctor has it
        if words[0] == "restore":
            # Without `--replace` the page speaks of an installation that has no database.
            if "--replace" not in words:
                Path("data").rename("lost")
                copies.mkdir(parents=True)
                shutil.copyfile("lost" / Path(copy).relative_to("data"), copy)
            restored += 1
        _weeknotes(words)
        for aside in Path("data").glob("before-restore-*"):
            aside.rename(f"aside-{restored}")  # it is named by the second
        assert _weeknotes(["report", "2023-w40"]) == _REPORT, words
    assert len(list(Path().glob("aside-*"))) == restored - 1 >= 2
    assert Path("weeknotes", "2023-W40.md").read_text("utf-8") == _REPORT
    assert _weeknotes(["report", "2023-w39"]) == _EARLIER
