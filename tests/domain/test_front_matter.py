"""Front matter is cut off exactly, and gives title, day and week where it has them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.archive.front_matter import FrontMatter, split

_BODY = "# 2023 年第40周周报\n\n1. a\n"
_DAY = date(2023, 10, 8)


@pytest.mark.parametrize(
    ("head", "title", "day", "week"),
    [
        ("---\ntitle: 周报\ndate: 2023-10-08 21:30:00 +0800\n---\n", "周报", _DAY, ""),
        ('---\ntitle: "a: \\"b\\""  # c\ndate: \'2023-10-08\'\n---\n\n', 'a: "b"', _DAY, ""),
        ("---\ntitle: 'it''s'\ntags:\n  - title: no\n  - x\n---\n", "it's", None, ""),
        ("---\r\ntitle: a # b\r\nweek: 2023-W40\r\n---\r\n", "a", None, "2023-W40"),
        ("---\ntitle: C# 周\ndate: 2023/10/8\n---   \n", "C# 周", _DAY, ""),
        ('---\n# generated\ntitle: "\\x41"\n---\n', "\\x41", None, ""),
        ("---\ntitle: |\n  a\ndate: soon\n---\n", "", None, ""),
        ("---\ntitle: a\nbroken: [\n\tx\ndate: 2023-10-32\n---\n", "a", None, ""),
        ("---\n---\n", "", None, ""),
        ("\ufeff---\ntitle: a\n---\n", "a", None, ""),
        ('+++\ntitle = "周报"\ndate = 2023-10-08T21:30:00+08:00\n+++\n', "周报", _DAY, ""),
        ("+++\r\ntitle = 'a'\r\ndate = 2023-10-08\r\n+++\r\n", "a", _DAY, ""),
        (
            '+++\ndate = "2023-10-08"\nweek = "2023-W40"\n[params]\nx = 1\n+++\n',
            "",
            _DAY,
            "2023-W40",
        ),
        ('{"title": "a", "date": "2023-10-08T00:00:00Z"}\n', "a", _DAY, ""),
        ('{\n  "title": "a\\n b",\n  "week": "2023-W40"\n}\n;;;\n'[:-4], "a b", None, "2023-W40"),
        ('{"title": 3, "date": null, "week": 202340};;;\n', "", None, "202340"),
    ],
)
def test_front_matter_is_read(head: str, title: str, day: date | None, week: str) -> None:
    """Head and body are the file byte for byte, and the head says what it says."""
    blank = head[len(head.rstrip("\n")) + 1 :]
    front, body = split(head + _BODY)
    assert (front.source, body) == (head.removesuffix(blank), blank + _BODY)
    assert (front.title, front.day, front.week) == (title, day, week)


def test_front_matter_may_be_all_there_is() -> None:
    """A file without a text has an empty one."""
    assert split("---\ntitle: a\n---") == (FrontMatter("---\ntitle: a\n---", "a"), "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        _BODY,
        "---\n\na paragraph between two rules\n\n---\n",
        "---\nnot closed: a\n",
        " ---\ntitle: a\n---\n",
        "----\ntitle: a\n----\n",
        "+++\ntitle = \n+++\n",
        "{ a sentence }\n",
        '{"title": "a"} goes on\n',
        "{}broken",
        "[1]\n",
        "{" * 5000,
        '{"a":' * 5000,
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    """Rules, braces and what is not closed stay where they are."""
    assert split(text) == (FrontMatter(), text)


@given(st.text("-+{}\n\r:=\"' ab#\\2\ufeff", max_size=40))
@example("---\n---")
@example("+++\n+++\r\n")
def test_nothing_is_lost(text: str) -> None:
    """Whatever the file holds, head and body are the file."""
    front, body = split(text)
    assert front.source + body == text
