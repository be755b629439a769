"""Document templates: what the ready ones give, and what those of others may not do."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.front_matter import split
from bot.domain.parse import parse
from bot.domain.templates import (
    READY,
    DocumentFacts,
    facts_of,
    without_title,
    wrap,
)
from bot.domain.templates.scalars import scalar
from bot.domain.week import IsoWeek

_W40 = IsoWeek(2023, 40)
_SUNDAY = datetime(2023, 10, 8, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_REPORTS = sorted((Path(__file__).parents[3] / "shared" / "reports").glob("*week*.md"))
_PLAIN = """\
# 2023 年第40周**周报**: "十月"

你好十月

## 生活

1. 国庆
    1. 精神状态还不错

![火锅](images/2023-W40-1.jpg)

## 技术 `C#`

1. `{{ x }}` 和 {% if %}，还有 {{< ref "a" >}}

```go
{{ .Title }} {{% note %}} {% endraw %}
```

## 总结

下周*继续*。
"""
_UNTITLED = "1. 只有一行\n"
_WINDOWS = "# 标题\r\n\r\n## 生活\r\n\r\n1. 一\r\n"
_OWN = [_PLAIN, _UNTITLED, _WINDOWS, "# 标题\n", "\n\n# 标题\n\n\n正文\n", "#标签 不是标题\n"]


def _facts(markdown: str, language: str = "zh") -> DocumentFacts:
    return facts_of(parse(markdown), _W40, _SUNDAY, language)


def _front_matter(document: str) -> tuple[dict[str, object], str]:
    """What YAML reads between the fences, and the text after them and an empty line."""
    _, front, rest = document.split("---\n", 2)
    fields = yaml.safe_load(front)
    assert isinstance(fields, dict)
    assert rest.startswith("\n")
    return fields, rest[1:]


def _as_shown(body: str, name: str) -> str:
    """The body as the generator shows it, of what its filter has written."""
    if name == "jekyll":
        return re.sub(r"\{% raw %\}(\{[{%])\{% endraw %\}", r"\1", body)
    if name == "hugo":
        return re.sub(r"(\{\{[<%])/\*(.*?)\*/([>%]\}\})", r"\1\2\3", body)
    return body


@pytest.mark.parametrize("name", READY)
@pytest.mark.parametrize("markdown", _OWN)
def test_a_ready_template_is_front_matter_and_the_body(name: str, markdown: str) -> None:
    """YAML reads the fields, and after them stands the body, unchanged but for marks."""
    facts = _facts(markdown)
    fields, body = _front_matter(wrap(markdown, READY[name], facts))
    assert fields["title"] == facts.title
    assert fields["week"] == "2023-W40"
    assert fields["tags"] == list(facts.sections)
    assert "date" in fields or "pubDate" in fields
    assert _as_shown(body, name) == without_title(markdown)


@pytest.mark.parametrize("name", READY)
def test_a_ready_template_keeps_every_report(name: str) -> None:
    """Each report of the archive, where there is one, fits and keeps its words."""
    for path in _REPORTS:
        markdown = path.read_text(encoding="utf-8")
        fields, body = _front_matter(wrap(markdown, READY[name], _facts(markdown)))
        assert fields["title"]
        assert _as_shown(body, name) == without_title(markdown)


def test_each_generator_gets_the_fields_it_knows() -> None:
    """Dates as each reads them, and the word for the category in the journal's language."""
    documents = {name: wrap(_PLAIN, template, _facts(_PLAIN)) for name, template in READY.items()}
    assert "\ndate: 2023-10-08T20:00:00+08:00\n" in documents["hugo"]
    assert "\ndate: 2023-10-08 20:00:00\n" in documents["hexo"]
    assert "\ndisableNunjucks: true\n" in documents["hexo"]
    assert "\ndate: 2023-10-08 20:00:00 +0800\n" in documents["jekyll"]
    assert "\nlayout: post\n" in documents["jekyll"]
    assert "\npubDate: 2023-10-08T20:00:00+08:00\n" in documents["astro"]
    assert '\ndescription: "下周继续。"\n' in documents["astro"]
    assert '\ncategories: ["周报"]\n' in documents["hugo"]
    assert '["Weeknotes"]' in wrap(_PLAIN, READY["hugo"], _facts(_PLAIN, "en"))


@pytest.mark.parametrize("name", READY)
def test_a_document_finds_its_week_again(name: str) -> None:
    """The front matter that a ready template writes is read with its week, and taken off."""
    front, body = split(wrap(_UNTITLED, READY[name], _facts(_UNTITLED)))
    assert front.week == "2023-W40"
    assert body.strip("\n") == _UNTITLED.strip("\n")


def test_the_facts_of_a_report() -> None:
    """Plain words of its title, headings and summary, and the paths of its pictures."""
    facts = _facts(_PLAIN)
    assert facts.title == '2023 年第40周周报: "十月"'
    assert facts.sections == ("生活", "技术 C#")
    assert facts.pictures == ("images/2023-W40-1.jpg",)
    assert facts.summary == "下周继续。"
    assert _facts(_UNTITLED).title == "2023-W40"


@pytest.mark.parametrize(
    ("markdown", "body"),
    [
        ("# t\n\nx\n", "x\n"),
        ("\ufeff# t\n\n\n\nx\n", "x\n"),
        ("\n  # t\nx\n", "x\n"),
        ("#\n\nx\n", "x\n"),
        ("# t\r\n\r\nx\r\n", "x\r\n"),
        ("# t", ""),
        ("", ""),
        ("\n\nx\n", "\n\nx\n"),
        ("## t\n\nx\n", "## t\n\nx\n"),
        ("#t\n\nx\n", "#t\n\nx\n"),
        ("    # code\n", "    # code\n"),
        ("x\n\n# t\n", "x\n\n# t\n"),
    ],
)
def test_a_body_has_no_title(markdown: str, body: str) -> None:
    """The title at the head goes with the empty lines after it, and nothing else goes."""
    assert without_title(markdown) == body


def test_every_variable_and_filter_at_work() -> None:
    """Variables are there under their names, with the types the documentation says."""
    template = (
        "{{ year + 1 }} {{ number }} {{ slug }} {{ language }} {{ first_day.month }}"
        " {{ date.strftime('%H:%M %z') }} {{ sections | join('、') }} {{ pictures[0] }}"
        " {{ title[:4] }} {{ 'a,b'.split(',') | last | upper }} {{ body | length > 10 }}"
        "{% for s in sections %}{{ loop.index }}{{ '.' if loop.last else ',' }}{% endfor %}"
        "{% set n = sections | length %}{{ n }}{{ markdown | replace('\\n', '') | truncate(9) }}"
        "{{ 'ab' | truncate(2) }}"
    )
    assert wrap(_PLAIN, template, _facts(_PLAIN)) == (
        "2024 40 2023-w40 zh 10 20:00 +0800 生活、技术 C# images/2023-W40-1.jpg"
        " 2023 B True1,2.2# 2023 年…ab"
    )


@given(st.text())
def test_words_in_front_matter_come_back(words: str) -> None:
    """YAML and TOML both read the quoted words as they were; half a surrogate is replaced."""
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)
    line = scalar([words, words])
    assert "\n" not in line
    assert yaml.safe_load(f"a: {line}") == {"a": [expected, expected]}
    assert tomllib.loads(f"a = {line}") == {"a": [expected, expected]}


def test_other_values_in_front_matter() -> None:
    """Numbers, truth and days are written bare, in a form both read."""
    values = [1, 2.5, True, date(2023, 10, 2), _SUNDAY]
    written = [scalar(value) for value in values]
    assert written == ["1", "2.5", "true", "2023-10-02", "2023-10-08T20:00:00+08:00"]
    assert [tomllib.loads(f"a = {word}")["a"] for word in written] == values
    assert [yaml.safe_load(word) for word in written] == values


def test_an_idle_bot_does_without_jinja() -> None:
    """Importing the package imports no template engine."""
    code = "import sys, bot.domain.templates; print('jinja2' in sys.modules)"
    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
