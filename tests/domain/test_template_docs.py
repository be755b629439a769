"""What docs/templates.md says of titles and templates is so."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.templates import READY, DocumentFacts, check_template
from bot.domain.templates.filters import filters_with
from bot.domain.templates.fuel import Fuel
from bot.domain.templates.wrapping import LONGEST_SOURCE
from bot.domain.titles import FIELDS, week_title
from bot.domain.week import IsoWeek

_PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
_W40 = IsoWeek(2023, 40)
_FACTS = DocumentFacts(
    "2023 年第40周周报",
    _W40,
    datetime(2023, 10, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
)


def test_the_fields_of_a_title() -> None:
    """The table has every field and what it gives for the week in its head."""
    rows = re.findall(r"^\| `\{(\w+)\}` \| (\S+) \|$", _PAGE, re.MULTILINE)
    assert [field for field, _ in rows] == list(FIELDS)
    assert [week_title(f"{{{field}}}", _W40) for field, _ in rows] == [said for _, said in rows]


def test_the_examples_of_titles() -> None:
    """Each `template` gives `title` in the text is true."""
    examples = re.findall(r"`([^`]*)` gives `([^`]*)`", _PAGE)
    assert len(examples) == 3
    for template, title in examples:
        assert week_title(template, _W40) == title


@pytest.mark.parametrize("source", re.findall(r"```jinja\n(.*?)```", _PAGE, re.DOTALL))
def test_the_examples_of_templates(source: str) -> None:
    """Each example would be taken as a journal's template."""
    check_template(source)


def test_the_variables() -> None:
    """The table has every variable, with its value where it says one."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|(?: ([^|]+))? \|$", _PAGE, re.MULTILINE)
    variables = _FACTS.variables()
    assert {name for name, _ in rows} == {"body", "markdown", *variables}
    for name, said in rows:
        assert not said or str(variables[name]) == said


def test_the_filters() -> None:
    """The table has every filter, and no other."""
    table = _PAGE.partition("| filter | gives |")[2].partition("\n\n")[0]
    named = {name for row in table.split("\n") for name in re.findall(r"`(\w+)`", row[1:])}
    assert named == {name for name in filters_with(Fuel(0), 0) if not name.startswith("_")}


def test_the_generators_and_the_limit() -> None:
    """The ready templates are those named, and the length is the one checked."""
    assert all(name.capitalize() in _PAGE for name in READY)
    assert f"at most {LONGEST_SOURCE:,} characters" in _PAGE
