"""Previews: the cases in `cases/preview.md`, and what holds for every document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.commonmark import read
from bot.domain.preview import preview
from bot.domain.preview.layout import INDENT, lay_out
from bot.domain.preview.splitting import joins, utf16_length
from bot.domain.text import RichText, Span, Style

_CASES = Path(__file__).parent / "cases"
_ARCHIVE = Path(__file__).parents[3] / "shared" / "reports"
_REPORTS = [_CASES / "report.md", *sorted(_ARCHIVE.glob("*.md"))]
_CASE = re.compile(
    r"^## (?P<name>.+?)\n+~~~~ markdown(?: limit=(?P<limit>\d+))?\n(?P<markdown>.*?)^~~~~\n+"
    r"~~~~ messages\n(?P<messages>.*?)^~~~~$",
    re.MULTILINE | re.DOTALL,
)
_FOUND = list(_CASE.finditer((_CASES / "preview.md").read_text("utf-8")))

_PIECES = st.sampled_from(
    [
        *(
            "周",
            "报",
            "a",
            "b ",
            " ",
            "，",
            "😀",
            "👩‍💻",
            "🇨🇳",
            "e\u0301",
            "\n",
            "\n\n",
            "\n    ",
            "\t",
        ),
        *("\n    ", "1. ", "\n1. ", "\n- ", "# ", "\n## ", "> ", "\n```\n", "---\n"),
        *("`", "**", "*", "~~", "_", "\\", "&amp;"),
        *("![", "[", "](https://example.org/x)", "](x.jpg)", "<u>", "</u>", "<b>", "</b>", "<div>"),
        *("<https://example.org>", "\n[a]: /b\n"),
    ]
)
_DOCUMENTS = st.lists(_PIECES, max_size=60).map("".join)


@pytest.mark.parametrize("case", _FOUND, ids=[case["name"] for case in _FOUND])
def test_a_document_is_shown_as_in_its_case(case: re.Match[str]) -> None:
    """The document becomes the messages that stand beside it in `cases/preview.md`."""
    messages = preview(case["markdown"], limit=int(case["limit"] or 4096))
    assert "\n=====\n".join(map(_tagged, messages)) == case["messages"].removesuffix("\n")


def test_every_case_is_found() -> None:
    """No heading in the case file is without its case."""
    headings = re.findall(r"^## (.+)$", _outside_cases(), re.MULTILINE)
    assert len(_FOUND) > 15
    assert not headings


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("limit", [4096, 1024, 300])
def test_real_reports_fit_and_keep_every_word(path: Path, limit: int) -> None:
    """Every report is shown whole, within any limit, its styles included."""
    _check(path.read_text("utf-8"), limit)


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.stem)
def test_a_report_is_divided_between_its_parts(path: Path) -> None:
    """At Telegram's own limit no real report is divided inside a line."""
    source = path.read_text("utf-8")
    whole = read(source, lay_out).text.text.split("\n")
    lines = [line for message in preview(source, limit=4096) for line in message.text.split("\n")]
    strip = [line.strip() for line in whole if line.strip()]
    assert [line.strip() for line in lines if line.strip()] == strip


@given(_DOCUMENTS, st.integers(2, 60))
def test_any_document_fits_and_keeps_every_word(source: str, limit: int) -> None:
    """Whatever the Markdown, nothing visible is lost and no message is too long."""
    _check(source, limit)


@given(_DOCUMENTS)
def test_styles_lie_inside_each_other_as_telegram_wants(source: str) -> None:
    """Code overlaps no style but a quote, and no link overlaps a link."""
    spans = read(source, lay_out).text.spans
    for one, other in ((a, b) for i, a in enumerate(spans) for b in spans[i + 1 :]):
        if one.start < other.end and other.start < one.end:
            styles = {one.style, other.style}
            assert styles.isdisjoint({Style.CODE, Style.PRE}) or Style.QUOTE in styles
            assert styles != {Style.LINK}


@given(
    st.lists(
        st.sampled_from(["👩‍💻", "🇨🇳", "👍🏽", "e\u0301", "周", "x"]), min_size=1, max_size=30
    ),
    st.integers(5, 12),
)
def test_no_character_made_of_several_is_cut(pieces: list[str], limit: int) -> None:
    """A message ends where a character as a person sees it ends."""
    ends = {sum(map(len, pieces[:count])) for count in range(len(pieces) + 1)}
    done = 0
    for message in preview("".join(pieces), limit=limit):
        done += len(message.text)
        assert done in ends


def test_flags_join_in_pairs() -> None:
    """Of four regional indicators the second and third belong to two flags."""
    assert [joins("🇨🇳🇯🇵", place) for place in range(5)] == [False, True, False, True, False]


@pytest.mark.parametrize("most", [1, 3, 100])
def test_a_message_has_no_more_spans_than_are_shown(most: int) -> None:
    """Telegram ignores entities beyond a number; such a message is divided sooner."""
    source = "\n".join(f"{n}. **a{n}** *b{n}*" for n in range(1, 80))
    messages = preview(source, limit=4096, most_spans=most)
    assert all(len(message.spans) <= most for message in messages)
    assert _visible(messages) == _visible([read(source, lay_out).text])


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(" " * 4 * n + f"1. level {n}" for n in range(200)),
        "> " * 3000 + "deep",
        "".join(f"*a{n} **b{n} " for n in range(900)) + "".join("x** y*" for _ in range(900)),
        "![" * 900 + "deep" + "](x)" * 900,
        "<u>" * 2000 + "deep" + "</u>" * 2000,
    ],
    ids=["lists", "quotes", "emphasis", "pictures", "html"],
)
def test_deep_nesting_loses_nothing(source: str) -> None:
    """However deep it nests, its words are shown."""
    shown = "\n".join(message.text for message in preview(source, limit=4096))
    assert set(re.findall(r"deep|level \d+|[ab]\d+", source)) <= set(
        re.findall(r"deep|level \d+|[ab]\d+", shown)
    )


def _check(source: str, limit: int) -> None:
    messages = preview(source, limit=limit)
    whole = read(source, lay_out).text
    for message in messages:
        assert 0 < utf16_length(message.text) <= limit
        assert message.text == message.text.strip()
        assert all(0 <= s.start < s.end <= len(message.text) for s in message.spans)
    assert _visible(messages) == _visible([whole])
    # Each run of text the parser sees stands in the preview, in the same order.
    shown, place = "".join(whole.text.split()), 0
    for run in _runs(MarkdownIt("commonmark").enable("strikethrough").disable("reference"), source):
        place = shown.find("".join(run.split()), place)
        assert place >= 0, run
        place += len("".join(run.split()))


def _runs(parser: MarkdownIt, source: str) -> Iterator[str]:
    for block in parser.parse(source):
        if block.type in ("fence", "code_block", "html_block"):
            yield block.content
        yield from _inline_runs(block.children or [])


def _inline_runs(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        yield from _inline_runs(token.children or [])


def _visible(messages: tuple[RichText, ...] | list[RichText]) -> list[tuple[str, object]]:
    """Each character that is no white space, with its styles."""
    return [
        (char, Counter((s.style, s.value) for s in message.spans if s.start <= place < s.end))
        for message in messages
        for place, char in enumerate(message.text)
        if not char.isspace()
    ]


def _tagged(message: RichText) -> str:
    places = sorted({0, len(message.text), *(p for s in message.spans for p in (s.start, s.end))})
    parts = [message.text[start:end] for start, end in pairwise(places)]
    out = ""
    for place, part in zip(places, [*parts, ""], strict=True):
        closing: list[Span] = [s for s in reversed(message.spans) if s.end == place]
        out += "".join(f"</{s.style}>" for s in closing)
        opening = (s for s in message.spans if s.start == place)
        out += "".join(f"<{s.style} {s.value}>" if s.value else f"<{s.style}>" for s in opening)
        out += part
    return out.replace(INDENT[0], "·")


def _outside_cases() -> str:
    return _CASE.sub("", (_CASES / "preview.md").read_text("utf-8"))
