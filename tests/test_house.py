"""Rules of the house that no tool of the house checks."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "bot").rglob("*.py"))
}

_LONGEST = 300
_NOT_SUBJECTS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
_CODE = r"[A-Z]+[0-9]+"
_EXCEPTION = re.compile(
    rf"\b(?:noqa(?::\s*{_CODE}(?:,\s*{_CODE})*)?|type:\s*ignore(?:\[[^\]]*\])?)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2}")


def comments(source: str) -> Iterator[str]:
    """The comments of a module."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def lacks_reason(comment: str) -> bool:
    """Whether a comment switches a rule off and says nothing but which."""
    rest, exceptions = _EXCEPTION.subn("", comment)
    return bool(exceptions) and not _WORD.search(rest)


def attributes(source: str) -> Iterator[str]:
    """What a module takes by a dot, the last two names of each."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield f"{name}.{node.attr}"


def test_modules_are_short() -> None:
    """No module has more than 300 lines."""
    assert [name for name, source in SOURCES.items() if source.count("\n") > _LONGEST] == []


def test_modules_are_named_by_their_subject() -> None:
    """No module or folder is a drawer for everything."""
    assert [name for name in SOURCES if _NOT_SUBJECTS & set(re.split(r"[/.]", name))] == []


def test_exceptions_carry_their_reason() -> None:
    """Where a rule is switched off, the same line says why."""
    bare = [
        f"{name}: {comment}"
        for name, source in SOURCES.items()
        for comment in comments(source)
        if lacks_reason(comment)
    ]
    assert bare == []


def test_lines_end_at_line_feeds_only() -> None:
    """`str.splitlines` divides at characters that people write inside their lines."""
    dividing = [
        name
        for name, source in SOURCES.items()
        if any(attribute.endswith(".splitlines") for attribute in attributes(source))
    ]
    assert dividing == []


def test_only_the_clock_asks_for_the_time() -> None:
    """Whoever needs to know what day or time it is takes a clock."""
    asking = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
    found = [name for name, source in SOURCES.items() if asking & set(attributes(source))]
    assert found == ["bot/adapters/clock.py"]


@pytest.mark.parametrize(
    ("comment", "lacks"),
    [
        ("# noqa", True),
        ("# noqa: S101", True),
        ("# noqa: S101, BLE001", True),
        ("# type: ignore[arg-type]", True),
        ("# type: ignore[arg-type, misc]  # noqa: S101", True),
        ("# noqa: S101 -- pytest asserts so", False),
        ("# type: ignore[misc]  # 上游没有类型", False),
        ("# an ordinary remark", False),
    ],
)
def test_what_counts_as_a_reason(comment: str, lacks: bool) -> None:
    """Codes alone are no reason; any words behind them are."""
    assert lacks_reason(comment) is lacks
