"""What holds for every text: it stays inside its block, and shows what it showed."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.markdown import caption_source, heading_source, item_source, paragraph_sources
from bot.domain.render import render
from bot.domain.report import Item, ItemList, Paragraph, Report, Section
from bot.domain.text import RichText, Span, Style

_READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])

_SNIPPETS = [
    *"abcxyz019 \n\t*_`~[]()<>!&#+-=|.:;\\\"'$%^/@?,{}",
    *"你好世界，。！？（）《》“”、—…　🎉→￥é",
    *"\r\x0b\x0c\x85\u2028\u2029\x00\x1c\u200b\u200d\u202e\ufeff\xa0\ud800\udfff",
    *(
        "**",
        "***",
        "__",
        "~~",
        "~~~",
        "```",
        "``",
        "](",
        "![",
        "[a]: b",
        "<!--",
        "-->",
        "<?",
        "]]>",
    ),
    *("<b>", "</b>", "<u>", "</u>", "<strong>", "<div>", "<br/>", "<a href='x'>", "<std::x>"),
    *("&amp;", "&#35;", "&lt", "https://a.b/c", "http://", "<https://a.b>", "x@y.z", "www.a.b"),
    *("1. ", "12) ", "- ", "* ", "+ ", "# ", "## ", " #", "> ", "---", "===", "- - -", "| a |"),
    *(
        "|-|-|",
        ":-:|",
        "    ",
        "  \n",
        "\\\n",
        "\n\n",
        "[x](y)",
        "`c`",
        "**b**",
        "~~s~~",
        "![i](j)",
    ),
]
TEXTS = st.lists(st.sampled_from(_SNIPPETS), max_size=14).map("".join)
_TYPED = re.compile(r"`|\]\(|<https?:|\*\*|~~|https?://", re.IGNORECASE)
_VALUES = {Style.LINK: "https://example.com/a_(b)?c=d&e", Style.PRE: "py", Style.TEXT_MENTION: "5"}


@st.composite
def rich_texts(draw: st.DrawFn, styles: tuple[Style, ...] = tuple(Style)) -> RichText:
    """Any text with a few spans of the given styles, overlapping as they like."""
    text = draw(TEXTS.filter(bool))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        style = draw(st.sampled_from(styles))
        spans.append(Span(start, end, style, _VALUES.get(style, "")))
    return RichText(text, tuple(sorted(spans, key=lambda s: (s.start, -s.end))))


def in_list(text: RichText) -> str:
    """A list of three items, the middle one with the text and an item below it."""
    middle = Item(item_source(text), (Item("below"),))
    return render(Report(opening=(ItemList((Item("before"), middle, Item("after"))),)))


def in_section(text: RichText) -> str:
    """A heading, the text as paragraphs, a list."""
    paragraphs = [Paragraph(source) for source in paragraph_sources(text)]
    after = ItemList((Item("after"),))
    return render(Report(sections=(Section("before", (*paragraphs, after)),)))


def one_line(text: str) -> str:
    """The text as a reader sees it on one line."""
    text = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    text = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub(r"\s*\n\s*", " ", text.strip())


def is_typed(text: str) -> bool:
    """Whether the text may hold typed Markdown or an address."""
    return _TYPED.search(text) is not None


def in_quotes(text: RichText) -> bool:
    """Whether any of the text is a quote."""
    return any(text.spans_with(Style.QUOTE, Style.EXPANDABLE_QUOTE))


def outline(tokens: list[Token], level: int) -> list[str]:
    """The types of the tokens at one level."""
    return [token.type for token in tokens if token.level == level]


def seen(token: Token) -> list[tuple[str, frozenset[str]]]:
    """Each visible character of inline Markdown with the tags around it."""
    characters: list[tuple[str, frozenset[str]]] = []
    tags: list[str] = []
    for child in token.children or ():
        tag = re.fullmatch(r"<(/?)(\w+)>", child.content) if child.type == "html_inline" else None
        name = tag[2] if tag else child.tag
        name = {"del": "s"}.get(name, name)
        if child.nesting == 1 or (tag and not tag[1]):
            tags.append(name)
        elif child.nesting == -1 or tag:
            tags.remove(name)
        else:
            assert child.type in ("text", "softbreak", "code_inline", "image"), child.type
            text = "\n" if child.type == "softbreak" else child.content
            inside = frozenset((*tags, child.tag)) - {"br", ""}
            characters += [(character, inside) for character in text]
    return characters


@settings(max_examples=150, deadline=None)
@given(rich_texts())
def test_item_stays_an_item(text: RichText) -> None:
    """Whatever an item holds, the list has three items, is tight, and the item below is there."""
    assume(item_source(text))
    tokens = _READER.parse(in_list(text))
    assert outline(tokens, 0) == ["ordered_list_open", "ordered_list_close"]
    assert outline(tokens, 1) == ["list_item_open", "list_item_close"] * 3
    contents = [token.content for token in tokens if token.type == "inline"]
    assert (contents[0], *contents[-2:]) == ("before", "below", "after")
    assert all(
        token.hidden for token in tokens if token.type == "paragraph_open" and token.level == 2
    )
    assert outline(tokens, 2).count("ordered_list_open") == 1
    allowed = {"paragraph", "fence", "blockquote", "ordered", "inline"}
    assert {kind.split("_")[0] for kind in outline(tokens, 2)} <= allowed


@settings(max_examples=150, deadline=None)
@given(rich_texts())
def test_paragraphs_stay_paragraphs(text: RichText) -> None:
    """Whatever free text holds, each of its sources is one block between heading and list."""
    sources = paragraph_sources(text)
    kinds = [kind.removesuffix("_open") for kind in outline(_READER.parse(in_section(text)), 0)]
    blocks = [kind for kind in kinds if not kind.endswith("_close") and kind != "inline"]
    inside = blocks[1:-1]
    assert (blocks[0], blocks[-1]) == ("heading", "ordered_list")
    assert len(inside) == len(sources)
    assert set(inside) <= {"paragraph", "fence", "blockquote"}


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_item_shows_its_text(text: str) -> None:
    """An item without typed Markdown shows every character of its text."""
    assume(not is_typed(text))
    source = item_source(RichText(text))
    assert bool(source) == bool(one_line(text))
    tokens = _READER.parse(f"1. {source}\n2. after\n")
    shown = "".join(character for character, _ in seen(tokens[3])) if source else ""
    assert shown == one_line(text)


@settings(max_examples=150, deadline=None)
@given(rich_texts((Style.BOLD, Style.ITALIC, Style.STRIKE, Style.UNDERLINE, Style.LINK)))
def test_letters_keep_their_formats(text: RichText) -> None:
    """Every letter of an item keeps exactly the formats of its spans."""
    assume(not is_typed(text.text) and not re.search("[\n\r\x0b\x0c\x85\u2028\u2029]", text.text))
    assume(text.text.strip())
    names = {Style.BOLD: "strong", Style.ITALIC: "em", Style.STRIKE: "s", Style.UNDERLINE: "u"}
    shown = seen(_READER.parse(f"1. {item_source(text)}\n2. after\n")[3])
    offset = len(text.text) - len(text.text.lstrip())
    assert "".join(character for character, _ in shown) == one_line(text.text)
    for at, (character, tags) in enumerate(shown, offset):
        if character.isalnum():
            spans = [span.style for span in text.spans if span.start <= at < span.end]
            assert tags == {names.get(style, "a") for style in spans}


@settings(max_examples=100, deadline=None)
@given(rich_texts())
def test_heading_stays_a_heading(text: RichText) -> None:
    """Whatever a heading holds, it is one heading, and nothing else changes."""
    assume(heading_source(text))
    tokens = _READER.parse(f"# {heading_source(text)}\n\nafter\n")
    assert outline(tokens, 0) == [
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close")
    ]
    assert tokens[4].content == "after"


@settings(max_examples=100, deadline=None)
@given(rich_texts())
def test_caption_stays_a_caption(text: RichText) -> None:
    """Whatever a caption holds, the picture is one picture alone in its paragraph."""
    tokens = _READER.parse(f"![{caption_source(text)}](a.jpg)\n\nafter\n")
    assert outline(tokens, 0) == ["paragraph_open", "paragraph_close"] * 2
    children = tokens[1].children or []
    assert len(children) == 1
    image = children[0]
    assert image.attrs["src"] == "a.jpg"
    assert {child.type for child in image.children or ()} <= {"text"}


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_result_is_text_that_means_itself(text: str) -> None:
    """What an item has become comes back unchanged, if it has no escapes and no tags."""
    source = item_source(RichText(text))
    assume("\\" not in source and "</" not in source)
    assert item_source(RichText(source)) == source
