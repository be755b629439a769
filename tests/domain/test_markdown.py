"""What Markdown becomes of rich text, beyond the cases."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from bot.domain.markdown import (
    caption_source,
    heading_source,
    item_source,
    paragraph_sources,
    plain_text,
)
from bot.domain.text import RichText, Span, Style

_ITEM = re.compile(r"\s*\d+\. (.*)")
_PICTURE = re.compile(r"!\[(.*)\]\((.*)\)")

_REPORT = """# 2024 年第10周周报

这周很忙，不过 [runc #1](https://example.com/1) 合并了

## 生活

1. 去吃了火锅（人均 80，R&D 部门一起）
    1. 味道 `还不错`，见 <https://example.com/a_b>
2. 读完了《一本书》~

![小狗 (1/2)](https://example.com/dog.jpg)
"""


def _reports() -> dict[str, str]:
    """A report of our own, and real ones where there are any beside the project."""
    folder = Path(__file__).parents[3] / "shared" / "reports"
    files = sorted(folder.glob("20*.md")) + sorted(folder.glob("seed-*.md"))
    return {"own": _REPORT} | {file.stem: file.read_text("utf-8") for file in files}


_REPORTS = _reports()


@pytest.mark.parametrize("name", _REPORTS)
def test_real_text_passes_unchanged(name: str) -> None:
    """What people write in reports is its own Markdown, all but one line in a hundred."""
    lines = [line.strip() for line in _REPORTS[name].split("\n")]
    changed = [line for line in lines if line and not _passes(line)]
    assert len(changed) * 100 <= len(lines), changed


def _passes(line: str) -> bool:
    if item := _ITEM.fullmatch(line):
        return item_source(RichText(item[1])) == item[1].rstrip()
    if picture := _PICTURE.fullmatch(line):
        return caption_source(RichText(picture[1])) == picture[1]
    line = line.removeprefix(">").strip()
    if line.startswith("#"):
        heading = line.lstrip("#").strip()
        return heading_source(RichText(heading)) == heading
    return paragraph_sources(RichText(line)) == (line,)


@pytest.mark.parametrize(
    "text",
    [
        *("SECCOMP_FILTER_FLAG_WAIT", "C#", "a * b", "《x》（", "1.5 倍", "[x]", "3 < 4", "$HOME"),
        *("R&D", "C:\\dir", "2 * 3 * 4", "a_b_c", "~10 分钟", "100%", "key=value", "`", "(1) x"),
    ],
)
def test_ordinary_text_is_not_escaped(text: str) -> None:
    """Text that Markdown leaves alone comes out as it went in."""
    assert item_source(RichText(text)) == text
    assert paragraph_sources(RichText(text)) == (text,)
    assert heading_source(RichText(text)) == text


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000", "\r\n\u2028"])
def test_nothing_visible_becomes_nothing(text: str) -> None:
    """Text without a visible character has no Markdown, whatever its spans."""
    rich = RichText(text, (Span(0, len(text), Style.BOLD),) if text else ())
    assert item_source(rich) == ""
    assert paragraph_sources(rich) == ()
    assert caption_source(rich) == ""
    assert heading_source(rich) == ""


@pytest.mark.parametrize("style", [Style.PRE, Style.QUOTE, Style.CODE])
def test_nothing_visible_in_a_block_becomes_nothing(style: Style) -> None:
    """An empty code block or quote is left out."""
    assert item_source(RichText("\n ", (Span(0, 2, style),))) == ""


@pytest.mark.parametrize(
    "unit", ["[", "`", "*", "<", "_", "~", "\\", "[a](", "![[", "**a", "&", "> "]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    """A message full of marks is written in moments, though nothing in it is ordinary."""
    text = RichText((unit * 4096)[:4096])
    started = time.process_time()
    assert item_source(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        ("**b** `c` [t](u) ~~s~~ <u>u</u>", "b c t s u"),
        ("\\*x\\* &amp; 3 < 4", "*x* & 3 < 4"),
        ("<https://example.com/%E5%91%A8>", "https://example.com/%E5%91%A8"),
        ("![a *cat*](c.jpg)", "a cat"),
        ("text\n> quote\n\n```py\nx = 1\n```", "text\nquote\nx = 1"),
        ("<div>\nx\n</div>", "x"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(source: str, text: str) -> None:
    """Plain text is the visible characters of Markdown."""
    assert plain_text(source) == text


def test_plain_text_is_the_inverse_of_escaping() -> None:
    """Every ASCII character comes back from an item, a heading and a caption."""
    text = "x" + "".join(map(chr, range(0x20, 0x7F))) + "x"
    assert plain_text(item_source(RichText(text))) == text
    assert plain_text(heading_source(RichText(text))) == text
    assert plain_text(f"![{caption_source(RichText(text))}](p)") == text
