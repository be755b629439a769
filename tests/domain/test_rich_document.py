"""A report as one rich message: its pictures, their captions, and what is too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain.preview.rich_document import RichDocument, RichLimits, rich_markdown

_REPORT = Path(__file__).parent / "cases" / "report.md"


def test_a_picture_telegram_knows_is_named_by_its_id() -> None:
    """Each picture with a file id gets an id of its own, also where a picture comes twice."""
    document = rich_markdown(
        "![番茄](图/a.jpg)\n\n![](图/a.jpg)\n\n![b](b.jpg)\n", {"图/a.jpg": "F"}
    )
    assert document == RichDocument(
        '![](tg://photo?id=p1 "番茄")\n\n![](tg://photo?id=p2)\n\n🖼 b\n', (("p1", "F"), ("p2", "F"))
    )


def test_a_picture_on_the_web_is_shown_from_there() -> None:
    """An http(s) address stays, with the alt text as caption."""
    document = rich_markdown("![a](https://example.org/x_(1).jpg)\n", {})
    assert document == RichDocument('![](<https://example.org/x_(1).jpg> "a")\n')


def test_the_rest_of_the_report_stays_as_it_is() -> None:
    """Only the pictures' own characters change."""
    source = _REPORT.read_text("utf-8")
    document = rich_markdown(source, {"2026-W02/shelf.jpg": "F"})
    assert document is not None
    assert document.markdown == source.replace(
        "![窗台上的番茄](https://example.org/tomato.jpg)",
        '![](https://example.org/tomato.jpg "窗台上的番茄")',
    ).replace("![书架上的番茄](2026-W02/shelf.jpg)", '![](tg://photo?id=p1 "书架上的番茄")')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. a ![x](a.jpg) b\n    > ![y\n    > z](a.jpg)\n", '1. a {p1 "x"} b\n    > {p2 "y z"}\n'),
        ("# t ![x](a.jpg) ![x](a.jpg) #\n", '# t {p1 "x"} {p2 "x"} #\n'),
        ("[![x](a.jpg)](https://example.org)\n", '[{p1 "x"}](https://example.org)\n'),
        ("`![x](a.jpg)` \\![x](a.jpg)\n", "`![x](a.jpg)` \\![x](a.jpg)\n"),
        ('![x](  a.jpg "old" )\n', '{p1 "x"}\n'),
        ("```\n![x](a.jpg)\n```\r\n", "```\n![x](a.jpg)\n```\n"),
    ],
)
def test_pictures_are_found_where_a_parser_sees_them(source: str, expected: str) -> None:
    """In items, quotes, headings and links a picture is one; in code and escaped it is text."""
    document = rich_markdown(source, {"a.jpg": "F"})
    assert document is not None
    assert document.markdown == expected.replace("{", "![](tg://photo?id=").replace("}", ")")


@given(st.text('ab周"\\&;#*_`<>()! ', min_size=1).map(str.strip).filter(bool))
def test_a_caption_is_read_as_it_was_shown(caption: str) -> None:
    """Whatever a caption holds, it stays inside its quotes and is read as the same text."""
    escaped = "".join(
        f"\\{char}" if char.isascii() and not char.isalnum() else char for char in caption
    )
    document = rich_markdown(f"![{escaped.replace(chr(92) + ' ', ' ')}](a.jpg)\n", {"a.jpg": "F"})
    assert document is not None
    (block,) = [token for token in MarkdownIt().parse(document.markdown) if token.children]
    (image,) = block.children or []
    assert image.attrs["src"] == "tg://photo?id=p1"
    assert image.attrs["title"] == " ".join(caption.split())


@pytest.mark.parametrize(
    ("source", "limits"),
    [
        ("12345\n", RichLimits(characters=5)),
        ("a\n\nb\n", RichLimits(blocks=1)),
        ("1. a\n2. b\n", RichLimits(blocks=4)),
        ("> > > a\n", RichLimits(levels=2)),
        ("**a *b***\n", RichLimits(levels=1)),
        ("![a](https://example.org/1)\n\n![b](https://example.org/2)\n", RichLimits(media=1)),
        ("\n".join(" " * 4 * n + "1. a" for n in range(60)), RichLimits()),
    ],
    ids=["characters", "blocks", "items", "levels", "formats", "media", "lists"],
)
def test_beyond_a_limit_there_is_no_document(source: str, limits: RichLimits) -> None:
    """A report that the server would refuse gives None."""
    assert rich_markdown(source, {}, (), limits) is None


def test_a_picture_that_is_a_line_of_text_is_no_media() -> None:
    """Only what is shown counts as media."""
    assert rich_markdown("![a](a.jpg)\n", {}, (), RichLimits(media=0)) == RichDocument("🖼 a\n")


def test_a_link_to_a_file_of_the_week_is_its_label() -> None:
    """Nothing in the chat opens a path; other links, and pictures that are no photos, stay."""
    source = "1. a [\\[1\\].pdf](images/1.pdf) [b](https://example.org)\n\n![c](images/2.png)\n"
    document = rich_markdown(source, {}, ["images/1.pdf", "images/2.png"])
    assert document is not None
    assert document.markdown == "1. a 📎 \\[1\\].pdf [b](https://example.org)\n\n🖼 c\n"
