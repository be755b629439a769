"""The chat page is whole and keeps to itself: no file missing, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.sandbox

STATIC = Path(bot.sandbox.__file__).parent / "static"
FILES = sorted(STATIC.iterdir())
MODULES = [file for file in FILES if file.suffix == ".js"]

# How a page names what it loads: attributes, imports, and addresses in style sheets.
LOADED = re.compile(
    r"""(?:\b(?:src|href)=|\bfrom |\bimport |\bimport\(|url\()\s*["']?([^"'\s)>]+)"""
)
# Roads by which a message's text could become markup or code.
MARKUP = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b")


def read(file: Path) -> str:
    """A file's text."""
    return file.read_text(encoding="utf-8")


def names(text: str) -> set[str]:
    """The keys of a table of phrases, as the formatter lays them out: one a line."""
    return set(re.findall(r"^  (\w+):", text, re.MULTILINE))


def test_everything_the_page_names_is_there() -> None:
    """Every file that the page loads stands in the folder of the page."""
    page = read(STATIC / "index.html")
    named = [name.removeprefix("/static/") for name in LOADED.findall(page)]
    assert "main.js" in named
    assert "style.css" in named
    assert [name for name in named if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.name)
def test_imports_lead_to_modules(module: Path) -> None:
    """A module imports only its neighbours, and only what they export."""
    imports = re.findall(r"^import \{([^}]*)\} from \"\./([\w.]+)\";", read(module), re.MULTILINE)
    assert len(imports) == len(re.findall(r"^import\b", read(module), re.MULTILINE))
    for wanted, neighbour in imports:
        source = read(STATIC / neighbour)
        exported = set(
            re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", source, re.MULTILINE)
        )
        assert {name.strip() for name in wanted.split(",") if name.strip()} <= exported


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_comes_from_elsewhere(file: Path) -> None:
    """No file loads anything from another host."""
    loaded = LOADED.findall(read(file))
    assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.name)
def test_text_never_becomes_markup(module: Path) -> None:
    """No module writes markup or evaluates code, whatever a message says."""
    assert MARKUP.findall(read(module)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_stay_small(file: Path) -> None:
    """No file of the page is longer than 300 lines."""
    assert len(read(file).split("\n")) <= 301


def test_every_phrase_is_there_in_both_languages() -> None:
    """The page says everything in Chinese and in English."""
    chinese, _, rest = read(STATIC / "words.js").partition("const EN = {")
    english, _, _ = rest.partition("};")
    assert names(chinese)
    assert names(chinese) == names(english)


def test_every_phrase_that_is_said_exists() -> None:
    """What the page names as a phrase is one."""
    known = names(read(STATIC / "words.js"))
    used = {name for file in MODULES for name in re.findall(r"\bwords\.(\w+)", read(file))}
    used |= set(re.findall(r'data-(?:label|words)="(\w+)"', read(STATIC / "index.html")))
    assert used - {"js"} <= known
