"""The pages about commands name all that there are, and every example on them is understood."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer
from telegram.ext import CommandHandler
from typer.core import TyperGroup, TyperOption

from bot.chat.application import build_application
from bot.chat.menu import ACTS, PARTS
from bot.chat.settings.changing import SeveralZonesError, change
from bot.chat.settings.names import MENU, Setting
from bot.chat.settings.typing import setting_called, split_command
from bot.cli.commands import cli
from bot.domain.grammar.asked import Stretch
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.moves import parse_goal, split_number
from bot.domain.grammar.weeknames import parse_asked, parse_week_name
from bot.domain.searching.query import parse_query
from bot.domain.sections import added
from bot.domain.text import RichText
from bot.i18n import phrases_for
from bot.services.access import default_sections
from bot.services.configuring import Configuring
from tests.services.desk import open_desk

_DOCS = Path(__file__).parents[1] / "docs"
_HEADINGS = {
    "commands.md": (
        "In the chat",
        "Tags as commands",
        "Weeks",
        "Where a line can go",
        "Settings",
        "On the command line",
    ),
    "commands.zh.md": ("聊天里", "标签当命令用", "周", "能挪到哪儿", "设置", "命令行"),
}
_CHAT, _TAGS, _WEEKS, _MOVES, _SETTINGS, _PROGRAM = range(6)
_TODAY = date(2023, 10, 4)
_SECTIONS = default_sections(phrases_for("zh"))

pages = pytest.mark.parametrize("page", _HEADINGS)


def _part(page: str, number: int) -> str:
    text = (_DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", text, re.MULTILINE)
    assert tuple(heading for heading, _ in found) == _HEADINGS[page]
    return str(found[number][1])


def _rows(page: str, number: int) -> list[list[list[str]]]:
    """What stands in code in each cell of the rows of the part's tables."""
    lines = [line for line in _part(page, number).split("\n") if line.startswith("| `")]
    return [[re.findall(r"`([^`]+)`", cell) for cell in line[2:-2].split(" | ")] for line in lines]


def _forms(page: str) -> list[str]:
    return [form for row in _rows(page, _CHAT) for form in row[0]]


@pages
def test_every_command_is_there_and_no_other(page: str) -> None:
    """Those that have a handler, and that the menu shows."""
    handlers = build_application("1:token", "http://127.0.0.1").handlers.values()
    handled = {
        command
        for group in handlers
        for handler in group
        if isinstance(handler, CommandHandler)
        for command in handler.commands
    }
    named = {form.split()[0][1:] for form in _forms(page)}
    assert named == ACTS
    assert handled - set(PARTS) == ACTS


@pages
def test_tags_as_commands_are_tags(page: str) -> None:
    """Each is read as its hashtag is, and all that ask for a part of the report are there."""
    named = set(re.findall(r"`/([a-z]+)`", _part(page, _TAGS).replace("`/word`", "")))
    assert named == {"life", "tech", *PARTS}
    own = (*_SECTIONS, *added((), "Books #books"))
    for tag in [*named, "books"]:
        as_command = parse_message(RichText(f"/{tag} words"), own)
        assert as_command == parse_message(RichText(f"#{tag} words"), own)
        assert as_command.body.text == "words"


@pages
def test_forms_of_commands_are_understood(page: str) -> None:
    """By the functions that read what stands behind the commands."""
    for form in _forms(page):
        command, _, words = form.partition(" ")
        match command:
            case "/report" | "/list" if words:
                parse_week_name(words, _TODAY)
            case "/weeks" if words:
                assert isinstance(parse_asked(words, _TODAY), Stretch)
            case "/edit" | "/move" | "/delete":
                assert split_number(words)[0], form
            case "/search":
                assert not parse_query(words, _SECTIONS).is_empty, form
            case "/settings" if words:
                assert setting_called(split_command(form)[0]), form


@pages
def test_weeks_are_those_that_the_table_says(page: str) -> None:
    """Seen from the day that the page names."""
    rows = re.findall(r"^\| `([^`]+)` \| (\S+) \|$", _part(page, _WEEKS), re.MULTILINE)
    assert len(rows) >= 10
    assert rows == [(words, str(parse_week_name(words, _TODAY))) for words, _ in rows]


@pages
def test_goals_of_moves_are_understood(page: str) -> None:
    """Each of another kind or way."""
    goals = []
    for [form], *_ in _rows(page, _MOVES):
        words = form.removeprefix("/move ")
        number, start = split_number(words)
        assert number == "3"
        goals.append(parse_goal(words[start:], _SECTIONS, _TODAY))
    assert None not in goals
    english = [form for [form], *_ in _rows("commands.md", _MOVES)]
    assert len(set(goals)) == len(english) >= 10


@pages
def test_every_setting_is_there(page: str) -> None:
    """In the order of `/settings`, by names that can be typed."""
    named = [[setting_called(name) for name in row[0]] for row in _rows(page, _SETTINGS)]
    assert [set(found) for found in named] == [{setting} for setting in MENU]


@pages
async def test_values_of_settings_are_understood(page: str, tmp_path: Path) -> None:
    """Each example is set for a real journal; of a zone the bot may ask which one is meant."""
    now = datetime(2023, 10, 4, 21, 35, tzinfo=ZoneInfo("Asia/Shanghai"))
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        configuring = Configuring(desk.database)
        for [name, *_], values, *_ in _rows(page, _SETTINGS):
            setting = setting_called(name)
            assert setting is not None
            assert values, name
            for value in values:
                try:
                    await change(configuring, desk.journal, setting, value, now)
                except SeveralZonesError:
                    assert setting is Setting.ZONE


@pages
def test_the_program_has_these_commands_and_options(page: str) -> None:
    """All of them, and nothing else."""
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)
    options = {
        (name, option)
        for name, command in group.commands.items()
        for parameter in command.params
        if isinstance(parameter, TyperOption)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    rows = _rows(page, _PROGRAM)
    commands = [row[0][0] for row in rows if row[0][0].startswith("weeknotes ")]
    assert commands == [f"weeknotes {name}" for name in group.commands]
    named = [
        (name, option)
        for row in rows
        if row[0][0].startswith("--")
        for option in row[0]
        for name in row[1]
    ]
    assert sorted(named) == sorted(options)


def test_settings_are_named_rightly_wherever_they_are() -> None:
    """Each `/settings …` between the words of any page is one that can be typed."""
    texts = [path.read_text(encoding="utf-8") for path in _DOCS.glob("*.md")]
    texts += [path.read_text(encoding="utf-8") for path in _DOCS.parent.glob("README*.md")]
    forms = [form for text in texts for form in re.findall(r"`(/settings [^`]+)`", text)]
    assert len(forms) >= 6
    assert [form for form in forms if setting_called(split_command(form)[0]) is None] == []
