"""What the documents point at is there: files, headings, commands of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup, TyperOption

from bot.cli.commands import cli

_ROOT = Path(__file__).parents[1]
_PAGES = sorted(
    str(path.relative_to(_ROOT))
    for path in (*_ROOT.glob("README*.md"), *_ROOT.glob("docs/*.md"), *_ROOT.glob("deploy/*.md"))
)
_FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)

pages = pytest.mark.parametrize("page", _PAGES)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _anchors(text: str) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pages
def test_links_lead_to_files_and_headings(page: str) -> None:
    """Relative ones; what stands in code is an example and no link."""
    path = _ROOT / page
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", _text(path)))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = link.partition("#")
        if ":" in link:
            continue
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in _anchors(_text(target)), link


@pages
def test_every_document_is_within_reach(page: str) -> None:
    """From the README, or from one that it links to."""
    reached, todo = set[Path](), [_ROOT / "README.md"]
    while todo:
        path = todo.pop().resolve()
        if path in reached or path.suffix != ".md" or not path.is_file():
            continue
        reached.add(path)
        todo += [path.parent / link for link in re.findall(r"\]\(([^)\s#:]+)", _text(path))]
    assert (_ROOT / page).resolve() in reached


@pages
def test_commands_in_blocks_can_be_given(page: str) -> None:
    """Each `weeknotes …` names a command, and only options that it has."""
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)
    for _, _, block in _FENCE.findall(_text(_ROOT / page)):
        for line in re.findall(r"^(?:\$ )?(?:\S+ run )?\S*\bweeknotes (.+)$", block, re.MULTILINE):
            name, *words = shlex.split(re.split(r"\s[>|&]", line)[0], comments=True)
            if name in {"--help", "--version"}:
                continue
            assert name in group.commands, line
            command = group.commands[name]
            options = {
                option
                for parameter in command.params
                if isinstance(parameter, TyperOption)
                for option in (*parameter.opts, *parameter.secondary_opts)
            }
            given = {word.partition("=")[0] for word in words if re.match("--[a-z]", word)}
            assert given <= options | {"--help"}, line


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_each_readme_links_to_every_page(readme: str) -> None:
    """Itself, in one step; the Chinese one to the Chinese page where there is one."""
    linked = set(re.findall(r"\]\(([^)\s#]+)", _text(_ROOT / readme)))
    ending = ".zh.md" if readme.endswith(".zh.md") else ".md"
    stems = {page.removesuffix(".md").removesuffix(".zh") for page in _PAGES if "/" in page}
    wanted = {stem + (ending if stem + ending in _PAGES else ".md") for stem in stems}
    assert sorted(wanted - linked) == []
