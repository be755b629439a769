"""What docs/security.md counts is what is tried."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterable
from math import prod
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[1]
_ROW = re.compile(r"^\|[^|]+\| (\d[\d,]*) \| `(tests/\S+\.py)` \|[^|]+\|$", re.MULTILINE)
_PAGE = (_ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def _marks(owner: object) -> list[pytest.Mark]:
    found: Any = getattr(owner, "pytestmark", [])
    marks: list[Any] = found if isinstance(found, list) else [found]
    return [getattr(mark, "mark", mark) for mark in marks]


def _many(marks: Iterable[pytest.Mark]) -> int:
    return prod(len(list(mark.args[1])) for mark in marks if mark.name == "parametrize")


def _cases(name: str) -> int:
    """How many cases of attacks there are in a file of tests."""
    module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
    own = _marks(module)
    tests = [
        [*_marks(test), *own]
        for member, test in inspect.getmembers(module, inspect.isfunction)
        if member.startswith("test_") and test.__module__ == module.__name__
    ]
    return sum(_many(marks) for marks in tests if any(mark.name == "attack" for mark in marks))


def _files() -> dict[str, int]:
    found = {}
    for path in sorted((_ROOT / "tests").rglob("test_*.py")):
        if "pytest.mark.attack" in path.read_text(encoding="utf-8") and path != Path(__file__):
            name = path.relative_to(_ROOT).as_posix()
            found[name] = _cases(name)
    return found


def test_every_attack_is_counted() -> None:
    """Each file with attacks has its row, with as many cases as it has."""
    rows = {name: int(count.replace(",", "")) for count, name in _ROW.findall(_PAGE)}
    assert rows == _files()


def test_the_sum_is_right() -> None:
    """And it is more than a few."""
    total = sum(_files().values())
    assert f"In all: {total:,} cases." in _PAGE
    assert total >= 60
