"""What is fuzzed: what is given to each reader of other people's bytes, and what must hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st
from telegram import MessageEntity

from bot.adapters.pictures.inspecting import PillowInspector
from bot.adapters.web.html_titles import title_candidates
from bot.chat.callbacks import pack, unpack
from bot.chat.entities import rich_text, to_entities
from bot.domain.archive.front_matter import split
from bot.domain.archive.merging import merge
from bot.domain.entry import Part, SectionSpec
from bot.domain.errors import NoSuchWeekError, WeekNameError
from bot.domain.grammar.asked import Stretch, weeks_of
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.moves import parse_goal, split_number
from bot.domain.grammar.weeknames import hinted, parse_asked
from bot.domain.markdown import item_source, with_titles
from bot.domain.pagetitles import LONGEST, page_title
from bot.domain.parse import parse
from bot.domain.render import render
from bot.domain.searching.query import QueryError, parse_query
from bot.domain.templates import DocumentTemplateError, check_template
from bot.domain.text import RichText
from bot.domain.webpage import webpage
from bot.domain.week import IsoWeek
from bot.services.lines import lines_of
from bot.services.returning.unpacking import unpack as unpack_zip
from tests.attacks.pictures import gif, png, saved
from tests.attacks.zips import NAME, REPORT, packed, zip64

_TODAY = date(2023, 10, 5)
_SECTIONS = (
    SectionSpec("life", "生活", ("life", "生活")),
    SectionSpec("tech", "技术", ("tech", "技术")),
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is given, and what is done with it; whatever that raises has been found."""

    given: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def _text(*pieces: str) -> st.SearchStrategy[str]:
    """Texts of such pieces and of anything else."""
    part = st.one_of(st.sampled_from(pieces), st.text(max_size=4))
    return st.lists(part, max_size=40).map("".join)


def _mutated(*samples: bytes) -> st.SearchStrategy[bytes]:
    """The samples with a few bytes changed, left out, doubled or put in."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> bytes:
        content = bytearray(draw(st.sampled_from(samples)))
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.integers(0, max(len(content) - 1, 0)))
            size = draw(st.integers(0, 8))
            kind = draw(st.integers(0, 3))
            if kind == 0:
                content[at : at + size] = draw(st.binary(min_size=size, max_size=size))
            elif kind == 1:
                del content[at : at + size]
            elif kind == 2:
                content[at:at] = content[at : at + size]
            else:
                content[at : at + size] = draw(st.sampled_from([b"\xff", b"\0"])) * size
        return bytes(content)

    return draw_one()


_MARKS = (
    *(
        "#life",
        "#tech",
        "#生活",
        "/tech",
        "tech：",
        "技术:",
        "#总结",
        "#",
        "/",
        "：",
        " ",
        "\n",
        "\t",
    ),
    *(
        "@2023-W40",
        "@last",
        "@上周",
        "@9999-W53",
        "第40周",
        "- ",
        "1. ",
        "    - ",
        "* ",
        "> ",
        "```",
    ),
    *("https://example.org/a", "`", "**", "[", "](", ")", "!", "<", ">", "\\", "|", "&amp;"),
    *(
        "😀",
        "👩\u200d💻",
        "e\u0301",
        "\u202e",
        "\u200b",
        "\u2028",
        "\x85",
        "\0",
        "\ud800",
        "\udfff",
    ),
)
_DOCUMENT = _text(
    *(
        "# 2023 年第40周周报\n",
        "\n## 生活\n",
        "## 技术\n",
        "\n\n",
        "1. 一\n",
        "    1. 二\n",
        "- 三\n",
    ),
    *(
        "![图](images/a.jpg)\n",
        "---\n",
        "title: a\n",
        "+++\n",
        "{",
        "}",
        "```\n",
        "<div>\n",
        "| a |\n",
    ),
    *("> ", "\t", "\r\n", "\x0b", "===\n", "[a]: b\n", "&#0;", "\\\n", "  \n", "*" * 9, "`" * 5),
)
_WORDS = _text(
    *(
        "第",
        "周",
        "去年",
        "今年",
        "上",
        "上上",
        "本",
        "这",
        "last",
        "week",
        "of",
        "40",
        "2023",
        "W",
        "-",
    ),
    *(
        "年",
        "月",
        "日",
        "号",
        "十",
        "二十",
        "两",
        "初",
        "号周",
        "10月",
        "oct",
        "october",
        "ago",
        "前",
        " ",
    ),
    *(
        "0",
        "99999999999999999999",
        "２０２３",
        "section:",
        "year:",
        "年份：",
        '"',
        "“",
        "#tech",
        "under",
    ),
    *("below", "3.2", "1.1.1.1", "before", "after", "到", "下面", "生活", "总结", "next", "this"),
)
_BUTTON = _text(
    *(
        "l:",
        "f:",
        "x:",
        "o:",
        "s:",
        "w:",
        "fresh:",
        "done:",
        "open:",
        "part:",
        "weeks:",
        "2023-W40",
    ),
    *(
        "2023-W99",
        ":",
        "::",
        "0",
        "1",
        "-1",
        "99999999999999999999",
        "life",
        "item",
        "summary",
        "²",
        "٣",
    ),
)
_HTML = _text(
    *(
        "<title>",
        "</title>",
        "<meta property=og:title content=",
        "<script>",
        "</script>",
        "<!--",
        "-->",
    ),
    *(
        "<svg>",
        "</svg>",
        "<meta charset=gbk>",
        "'",
        '"',
        ">",
        "<",
        "=",
        "/",
        "&lt;",
        "&#0;",
        "<textarea>",
    ),
)
_TEMPLATE = _text(
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "body",
        "title",
        "date",
        "sections",
        " | ",
        "for x in ",
        "endfor",
    ),
    *(
        "if ",
        "endif",
        "set x = ",
        "(",
        ")",
        "[",
        "]",
        ".",
        "__class__",
        "strftime('%Y')",
        "range(9)",
        "~",
    ),
    *("'a'", "1", " ", "join", "yaml", "hugo", "loop.", "not ", "**", "//", "%", "recursive", "\n"),
)
_ENTITY = st.builds(
    MessageEntity,
    st.sampled_from([*MessageEntity.ALL_TYPES, "smell"]),
    st.integers(-5, 60),
    st.integers(-5, 60),
    st.sampled_from([None, "https://example.org", "javascript:a", ")", "\n"]),
)


def _message(text: str) -> None:
    parsed = parse_message(RichText(text), _SECTIONS)
    for part in Part:
        for line in lines_of(parsed, part):
            assert isinstance(line.source, str)


def _entities(given: tuple[str, list[MessageEntity]]) -> None:
    text = rich_text(*given)
    assert text.text == given[0]
    assert all(0 <= span.start < span.end <= len(text.text) for span in text.spans)
    to_entities(text)
    item_source(text)


def _report(text: str) -> None:
    with suppress(RecursionError):
        render(parse(text))
        split(text)
    webpage(text, title=text, language="zh", pictures={})


def _merge(given: tuple[str, str, str]) -> None:
    with suppress(RecursionError):
        assert isinstance(merge(*given), str)


def _words(text: str) -> None:
    with suppress(WeekNameError):
        asked = parse_asked(text, _TODAY)
        if not isinstance(asked, IsoWeek | Stretch):
            weeks_of(asked, [])
    hinted(text, _TODAY)
    split_number(text)
    with suppress(NoSuchWeekError):
        parse_goal(text, _SECTIONS, _TODAY)
    with suppress(QueryError):
        parse_query(text, _SECTIONS)


def _button(data: str) -> None:
    button = unpack(data)
    assert button is None or unpack(pack(button)) == button


def _zip(content: bytes) -> None:
    for file in unpack_zip("a.zip", content).files:
        file.picture("images/a.jpg")
        file.picture_sha256("images/a.jpg")


def _picture(content: bytes) -> None:
    found = asyncio.run(PillowInspector().inspect(content, keep_location=False))
    assert found is None or len(found.content) == len(content)


def _html(html: str) -> None:
    body = html.encode("utf-8", "surrogatepass")
    title = page_title("https://example.org", title_candidates(body, "text/html"))
    assert len(title) <= LONGEST
    line = with_titles("前 <https://example.org> 后", {"https://example.org": title or "a"})
    assert "\n" not in line


def _template(source: str) -> None:
    with suppress(DocumentTemplateError):
        check_template(source)


TARGETS = {
    "message grammar": Target(_text(*_MARKS), _message),
    "entities": Target(st.tuples(_text(*_MARKS), st.lists(_ENTITY, max_size=12)), _entities),
    "report": Target(_DOCUMENT, _report),
    "merging": Target(st.tuples(_DOCUMENT, _DOCUMENT, _DOCUMENT), _merge),
    "week names and searches": Target(_WORDS, _words),
    "buttons": Target(_BUTTON, _button),
    "zips": Target(
        _mutated(packed({NAME: REPORT, "images/a.jpg": b"a" * 99}), zip64(9, 9, 0), packed({})),
        _zip,
    ),
    "pictures": Target(
        _mutated(png(8), gif(8, 2), *(saved(kind, 8) for kind in ("JPEG", "WEBP", "TIFF", "BMP"))),
        _picture,
    ),
    "pages": Target(_HTML, _html),
    "templates": Target(_TEMPLATE, _template),
}
