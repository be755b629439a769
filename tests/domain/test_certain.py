"""What is written after a look at the characters is what the parser would have proven."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.markdown import untitled_links
from bot.domain.markdown.autolinks import read_autolinks
from bot.domain.markdown.certain import certain_source
from bot.domain.markdown.escaping import proven
from bot.domain.markdown.meaning import HEADING, ITEM, PARAGRAPH, Frame
from bot.domain.markdown.normalising import normalised, on_one_line, with_trimmed_lines
from bot.domain.markdown.pieces import meaning_of, pieces_of
from bot.domain.text import RichText, Span, Style
from tests.domain.test_markdown_properties import rich_texts

_BETWEEN = [
    "",
    " ",
    "，",
    ".",
    "好",
    "a ",
    "!",
    "~",
    "(",
    ")",
    "（",
    "#",
    "\n",
    "\n1",
    "-",
    "：",
    "&",
    "|",
]
_WORDS = [
    "cache",
    "好",
    "a b",
    "缓存 x",
    "1.",
    "了。",
    " x",
    "a_b",
    "a*b",
    "a~b",
    "x!",
    "é",
    "①",
    "\u0301",
    "",
]
_CODES = [
    "`c`",
    "`a_b*`",
    "` c `",
    "``c``",
    "`",
    "`<b>`",
    "`[x](y)`",
    "`\\`",
    "`https://a.b/c`",
    "`|`",
]
_ADDRESSES = [
    "https://example.com/a_b?c=d&e=f",
    "http://a.b/周报?utm_source=x",
    "https://a.b/~c~~d",
    "https://a.b/*x*",
    "https://a.b/(c)",
    "https://?utm_x=1",
    "https://",
    "ftp://a.b",
]
_STYLES = [
    Style.BOLD,
    Style.ITALIC,
    Style.STRIKE,
    Style.UNDERLINE,
    Style.CODE,
    Style.LINK,
    Style.URL,
]
_TARGETS = [
    "https://a.b/c?d=e&f#g_h",
    "https://a.b/c_(d)",
    "https://a.b/&amp;",
    "tg://user?id=5",
    "",
]


@st.composite
def _messages(draw: st.DrawFn) -> RichText:
    """Words, typed code and addresses, some with a format, with little between them."""
    text, spans = draw(st.sampled_from(_BETWEEN)), list[Span]()
    for _ in range(draw(st.integers(0, 5))):
        said = draw(st.sampled_from(draw(st.sampled_from([_WORDS, _WORDS, _CODES, _ADDRESSES]))))
        if said and draw(st.booleans()):
            style = draw(st.sampled_from(_STYLES))
            value = draw(st.sampled_from(_TARGETS)) if style is Style.LINK else ""
            spans.append(Span(len(text), len(text) + len(said), style, value))
        text += said + draw(st.sampled_from(_BETWEEN))
    return RichText(text, tuple(spans))


def _is_as_proven(text: RichText, frame: Frame) -> None:
    laid = with_trimmed_lines if frame is PARAGRAPH else on_one_line
    bare = laid(normalised(text))
    # An empty line divides paragraphs, and each is written alone.
    source = None if "\n\n" in bare.text else certain_source(bare)
    if source:
        assert frame.meaning(source) == meaning_of(pieces_of(bare))
        assert source == proven(bare, frame)


@settings(max_examples=300, deadline=None)
@given(text=_messages() | rich_texts(), frame=st.sampled_from([ITEM, PARAGRAPH, HEADING]))
def test_what_is_certain_is_as_proven(text: RichText, frame: Frame) -> None:
    """Wherever it stands, it says what the text says, in the same characters."""
    _is_as_proven(text, frame)


_AUTOLINKS = [
    "<https://a.b/c_d>",
    "<HTTP://x.y/`z>",
    "<https://a.b\\>",
    "<https://>",
    "<https://a b>",
]


@given(
    st.lists(st.sampled_from([*_BETWEEN, *_WORDS, *_CODES, *_AUTOLINKS * 3, "[", "](c)"])).map(
        "".join
    )
)
def test_addresses_in_ordinary_lines_are_those_of_a_parse(source: str) -> None:
    """What looks like a bare address in them is one."""
    parsed = dict.fromkeys(link.address for link in read_autolinks(source)[1])
    assert untitled_links(source) == tuple(parsed)


@pytest.mark.parametrize(
    ("said", "span", "source"),
    [
        ("修好了 cache", (), "修好了 cache"),
        ("修好了 `a_b*`，`c`", (), "修好了 `a_b*`，`c`"),
        ("读了https://a.b/c_d?e=f&utm_g=h。", (), "读了<https://a.b/c_d?e=f>。"),
        ("用cache好", (1, 6, Style.BOLD), "用**cache**好"),
        ("用 cache", (2, 7, Style.ITALIC), "用 *cache*"),
        ("用 a_b*", (2, 6, Style.CODE), "用 `a_b*`"),
        ("读了 第三章", (3, 6, Style.LINK, "https://a.b/?c&d"), "读了 [第三章](https://a.b/?c&d)"),
    ],
)
def test_what_people_send_is_certain(said: str, span: tuple[Any, ...], source: str) -> None:
    """The parser is not needed for it."""
    assert certain_source(RichText(said, (Span(*span),) if span else ())) == source


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("a*b", ()),
        ("`a` `b", ()),
        ("``a`b``", ()),
        ("- a", ()),
        ("a\n# b", ()),
        ("你好！世界", (0, 3, Style.BOLD)),
        ("a b", (0, 2, Style.BOLD)),
        ("!a", (1, 2, Style.LINK, "https://a.b")),
        ("a", (0, 1, Style.LINK, "https://a.b/(c)")),
        ("~a", (1, 2, Style.STRIKE)),
        ("ab", (0, 2, Style.UNDERLINE)),
    ],
)
def test_what_may_be_read_otherwise_is_not(said: str, span: tuple[Any, ...]) -> None:
    """That is for the parser to prove."""
    assert certain_source(RichText(said, (Span(*span),) if span else ())) is None
