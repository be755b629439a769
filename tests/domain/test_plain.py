"""What is read line by line means what a CommonMark parser finds in it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.parse import read_by_commonmark
from bot.domain.plain import Heading, read_plainly
from bot.domain.report import Item, ItemList, Paragraph, Picture

_STARTS = st.sampled_from(
    [
        "",
        "",
        "# ",
        "## ",
        "1. ",
        "2. ",
        "12. ",
        "    1. ",
        "    2. ",
        "        1. ",
        "    ",
        "        ",
        "  ",
        "> ",
        "\t",
    ]
)
_TEXTS = st.one_of(
    st.sampled_from(
        [
            "", "字", "a #", "- a", "-5", "---", "***", "**b** c", "===", "3.12", "1. x", "1.", "+",
            "![字](a.jpg)", "![](https://example.org/x?a=1&b=2)", "![a](b 'c')", "![a](b) c",
            "![a](data:b)", "![a_*b*](/c)", "![&amp;](&lt;)", "<b>", "<https://example.org>",
            "</div>", "```", "~~~", "`c`", "    x", "#tag", "|a|b|", "[a]: /b", "\u3000x",
            "x\u3000", "x  ", "x\\", ">", "_ _ _", "* * *", "x\u2028y", "x\x0by",
            "\x85", "\xa0", "x\x0c", "-", "=", "## ", "\x1f",
        ]
    ),
    st.text("字ab1. -*_#>!()[]`~=+<&\\\t", max_size=8),
)  # fmt: skip
_SOURCES = st.lists(st.one_of(st.just(""), st.tuples(_STARTS, _TEXTS).map("".join)), max_size=9)


@given(_SOURCES)
@example(["![a](b)", "c"])
@example(["> a", "b"])
@example(["## #"])
@example(["1. a  ", "    b  ", "    1. c", "        d", "2. e"])
@example(["a", "", "1. b", "", "    1. c", "", "", "2. d"])
def test_both_readings_are_the_same(lines: list[str]) -> None:
    """Where the plain reading does not refuse, the parser's is the same, block for block."""
    found = read_plainly(lines)
    assert found is None or found == read_by_commonmark("\n".join(lines), lines)


def test_the_plain_shape_needs_no_parser() -> None:
    """A report of headings, paragraphs, quotes, numbered lists and pictures is read plainly."""
    source = (
        "# t\n\na\nb\n\n## s\n\n1. c\n    1. d\n        more\n2. e\n\n![f](g.jpg)\n\n> h\n> i\n"
    )
    assert read_plainly(source.split("\n")) == [
        Heading(1, "t"),
        Paragraph("a\nb"),
        Heading(2, "s"),
        ItemList((Item("c", (Item("d\nmore"),)), Item("e"))),
        Picture("f", "g.jpg"),
        Paragraph("> h\n> i"),
    ]
