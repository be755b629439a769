"""`.env.example` tells the truth about the settings."""

from __future__ import annotations

import re
from pathlib import Path

from bot.config import SETTINGS, load_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
_SETTING = re.compile(r"#?(BOT_[A-Z_]+)=(.*)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def blocks() -> list[list[str]]:
    """The lines of the file, divided at the empty ones."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return [block.split("\n") for block in text.strip().split("\n\n")]


def test_example_lists_every_setting_with_its_default() -> None:
    """The file names exactly the settings there are, in their order, with their defaults."""
    lines = [line for block in blocks() for line in block]
    named = [match.groups() for line in lines if (match := _SETTING.fullmatch(line))]
    assert named == list(SETTINGS.items())


def test_settings_are_explained_in_both_languages() -> None:
    """Each setting has a line of English and a line of Chinese above it."""
    for english, chinese, setting in blocks()[1:]:
        assert _SETTING.fullmatch(setting)
        assert english.startswith("# ")
        assert not _CHINESE.search(english)
        assert chinese.startswith("# ")
        assert _CHINESE.search(chinese)


def test_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    """A copy of the file changes nothing, also with every line switched on."""
    environ = {"BOT_TIMEZONE": "UTC"}
    assert load_settings(environ, EXAMPLE) == load_settings(environ, None)
    switched_on = tmp_path / ".env"
    text = re.sub("^#(?=BOT_)", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    switched_on.write_text(text, encoding="utf-8")
    assert load_settings(environ, switched_on) == load_settings(environ, None)
