"""What the documents say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.chat.menu import ACTS
from bot.cli.commands import cli
from bot.domain.entry import SectionSpec
from bot.domain.grammar.message import parse_message
from bot.domain.searching.query import parse_query
from bot.domain.text import RichText
from bot.i18n import phrases_for
from bot.services.access import default_sections

_ROOT = Path(__file__).parents[1]
_READMES = ("README.md", "README.zh.md")
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _text(name: str) -> str:
    return (_ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", _READMES)
def test_the_readme_shows_the_two_commands(name: str) -> None:
    """The sandbox and the tests, as blocks of their own."""
    blocks = re.findall(r"```console\n(.*?)```", _text(name), re.DOTALL)
    assert "uv run weeknotes sandbox\n" in blocks
    assert "uv run pytest\n" in blocks


@pytest.mark.parametrize("name", [*_READMES, "deploy/README.md", "docs/contributing.md"])
def test_commands_of_the_program_are_real(name: str) -> None:
    """Every `weeknotes …` in a document is a command that there is."""
    known = {
        command.name or command.callback.__name__
        for command in cli.registered_commands
        if command.callback
    }
    named = set(re.findall(r"uv run weeknotes ([a-z]+)", _text(name)))
    assert named <= known


@pytest.mark.parametrize("name", _READMES)
def test_links_to_files_lead_somewhere(name: str) -> None:
    """Relative links and pictures of the README are in the repository."""
    links = re.findall(r"\]\(([^)#:]+)\)", _text(name))
    assert links
    assert [link for link in links if not (_ROOT / link).exists()] == []


@pytest.mark.parametrize("name", _READMES)
def test_examples_in_the_readme_are_understood(name: str) -> None:
    """Whatever the table says one can send has a tag that the bot knows."""
    rows = re.findall(r"^\| `([#a-z技].*?)`", _text(name), re.MULTILINE)
    examples = [row for row in rows if row.startswith(("#", "tech", "技术"))]
    assert len(examples) >= 3
    for example in examples:
        sections = default_sections(phrases_for("zh"))
        assert parse_message(RichText(example), sections).tagged, example


def test_the_menu_offers_commands_that_there_are() -> None:
    """What is an act has a handler; the rest are tags of the grammar."""
    sections = default_sections(phrases_for("zh"))
    for language in ("zh", "en"):
        for command in phrases_for(language).commands:
            words = RichText(f"/{command} something")
            assert command in ACTS or parse_message(words, sections).tagged, command


def test_every_dependency_has_its_reason() -> None:
    """The table of dependencies is that of the project, no more and no less."""
    section = _text("docs/contributing.md").partition("## Dependencies")[2]
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)) - {"package"}
    direct = {re.split(r"[~>=]", line)[0] for line in _PROJECT["project"]["dependencies"]}
    assert explained == direct


def test_the_map_names_every_folder() -> None:
    """The table of folders is complete."""
    text = _text("docs/contributing.md")
    folders = [path.name for path in (_ROOT / "bot").iterdir() if (path / "__init__.py").exists()]
    assert [name for name in folders if f"`bot/{name}`" not in text] == []


def test_the_way_of_a_message_leads_through_places_that_there_are() -> None:
    """Each package stands in the map, and each file and folder that is named is there."""
    text = _text("docs/how-it-works.md")
    packages = {f"bot/{path.parent.name}" for path in (_ROOT / "bot").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)) == packages
    named = re.findall(r"`((?:bot|tests)/[^`]+)`", text)
    assert [name for name in named if not (_ROOT / name).exists()] == []


def test_modules_named_to_contributors_are_there() -> None:
    """Each path in code is the end of one in the repository, so that it can be found."""
    named = set(re.findall(r"`([\w./-]+(?:/|\.py))`", _text("docs/contributing.md")))
    assert len(named) >= 40
    places = {
        f"/{path.relative_to(_ROOT)}{'/' if path.is_dir() else ''}"
        for top in ("bot", "tests", "deploy")
        for path in (_ROOT / top).rglob("*")
    }
    gone = [one for one in named if not any(place.endswith(f"/{one}") for place in places)]
    assert gone == []


def test_examples_of_searches_are_understood() -> None:
    """Each one in the document asks for something."""
    sections = (
        *default_sections(phrases_for("zh")),
        SectionSpec("s·1", "Reading notes", ()),
    )
    examples = re.findall(r"`/search ([^`]+)`", _text("docs/searching.md"))
    assert len(examples) >= 10
    assert [one for one in examples if parse_query(one, sections).is_empty] == []
