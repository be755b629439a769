"""Titles, captions and names made to change what stands around them, or to run."""

from __future__ import annotations

import unicodedata

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from bot.adapters.web.html_titles import title_candidates
from bot.chat.wording import label
from bot.domain.commonmark import read
from bot.domain.markdown import caption_source, heading_source, item_source, with_titles
from bot.domain.pagetitles import page_title
from bot.domain.preview.layout import lay_out
from bot.domain.searching.lines import searched
from bot.domain.text import RichText
from bot.domain.webpage import webpage
from tests.attacks.cost import measured

pytestmark = pytest.mark.attack

_ADDRESS = "https://example.org/a"

TEXTS = {
    "turned around (RLO)": "photo\u202egnp.exe",
    "turned around and not back (RLI)": "a\u2067b",
    "isolates without end": "\u2066" * 500 + "a",
    "embeddings of all kinds": "\u202aa\u202bb\u202cc\u202dd\u2068e\u2069\u200e\u200f\u061c",
    "nothing to be seen": "\u200b\u2060\ufeff\u00ad",
    "NUL and bells": "a\0b\x07c\x08\x08\x08",
    "escapes of a terminal": "\x1b[2J\x1b]0;title\x07\x9b31m",
    "lines": "a\n\n# b\r\n1. c\x0b\x0cd\u2028e\u2029f\x85g",
    "a closing bracket": "a](https://evil.example) [b",
    "brackets in brackets": "[" * 100 + "a" + "]" * 100,
    "a backslash at the end": "a\\",
    "backslashes": "\\" * 99 + "]",
    "code": "`a``b```c",
    "emphasis": "**a *b __c ~~d",
    "an image": "![a](https://evil.example/x.png)",
    "a link": "[a](javascript:alert(1))",
    "an address": "<https://evil.example>",
    "a bare address": "https://evil.example www.evil.example a@evil.example",
    "HTML": "<b>a</b><!-- --><br>",
    "a script": "<script>alert(1)</script>",
    "an image that runs": '<img src=x onerror="alert(1)">',
    "the end of an attribute": '"\' onmouseover=alert(1) x="',
    "the end of a title": "</title></head><body onload=alert(1)>",
    "the end of a style": "</style><script>alert(1)</script>",
    "entities": "&lt;b&gt; &amp;amp; &#0; &#x202e; &NotEqualTilde; &copy",
    "a table": "a | b\n--|--\nc | d",
    "a heading": "# a",
    "a line below a heading": "===",
    "a rule": "---",
    "a list": "1. a",
    "a quote": "> a",
    "a fence": "```\na",
    "a definition": "[a]: https://evil.example",
    "a footnote": "[^1]: a",
    "front matter": "---\ntitle: a\n---",
    "a template": "{{ title }}{% include 'x' %}{{< shortcode >}}",
    "mathematics": "$$a$$ \\(b\\)",
    "a mention": "@weeknotes_bot /delete #tech",
    "an exclamation mark": "a!",
    "zalgo": "a" + "\u0301\u0316\u0489" * 300,
    "a joined emoji without end": "👩\u200d" * 500,
    "flags cut in half": "🇨" * 31,
    "tags as of flags": "🏴" + "\U000e0067" * 100,
    "variation selectors": "a" + "\ufe0f" * 500,
    "half a character": "a\ud800b\udfffc",
    "no characters": "\ufffe\uffff\U0010ffff",
    "private use": "\ue000\U000f0000",
    "full-width punctuation": "［ａ］（ｊａｖａｓｃｒｉｐｔ：）",
    "right to left": "שלום עולם (مرحبا)",
    "very long": "a" * 1_000_000,
    "very long without a blank": "周" * 100_000,
    "very many words": "a " * 500_000,
    "very many brackets": "[" * 100_000,
    "very many stars": "*a" * 50_000,
}

_ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "-text", "p", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "ol", "ul", "li", "a", "img", "figure", "figcaption", "strong", "em", "s"),
    *("code", "pre", "blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td"),
}


def _items(markdown: str) -> list[tuple[str, list[str]]]:
    """The words and the addresses of the items of a document that is one list."""
    tokens = MarkdownIt().parse(markdown)
    assert [token.type for token in tokens if token.level == 0] == [
        "ordered_list_open",
        "ordered_list_close",
    ]
    found = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {
                "text",
                "link_open",
                "link_close",
                "text_special",
            }
            links = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
            found.append(("".join(child.content for child in children), links))
    return found


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_title_changes_nothing_around_it(text: str) -> None:
    """In the report it is one link on its line; so in a preview, and in what is searched."""
    with measured() as cost:
        title = page_title(_ADDRESS, [text])
        titles = {_ADDRESS: title} if title else {}
        line = with_titles(f"前 <{_ADDRESS}> 后", titles)
        report = f"1. 前\n2. {line}\n3. 后\n"
        assert _items(report) == [
            ("前", []),
            (f"前 {title or _ADDRESS} 后", [_ADDRESS]),
            ("后", []),
        ]
        shown = read(report, lay_out).text.text
        assert shown.count("\n") == 2
        assert "\n" not in searched(line)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in title)
    assert not set(title) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    assert len(title) <= 200
    assert cost.seconds < 1


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_makes_no_element_of_a_page(text: str) -> None:
    """As item, heading, caption, title or written by hand: nothing on the page runs or leads."""
    text = text[:4096]
    rich = RichText(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    parts = [
        f"# {heading_source(rich)}",
        f"1. {item_source(rich)}",
        f"![{caption_source(rich)}](images/a.jpg)",
        f"![{caption_source(rich)}](https://example.org/a.jpg)",
        rich.text,
        f"[{rich.text}]({rich.text})",
        f"![{rich.text}]({rich.text})",
        f"<{rich.text}>",
    ]
    page = LexborHTMLParser(
        webpage(
            "\n\n".join(parts) + "\n",
            title=rich.text,
            language='en"><script>alert(1)</script>',
            pictures={"images/a.jpg": "data:image/jpeg;base64,AAAA"},
        )
    )
    assert {node.tag for node in page.css("*")} <= _ALLOWED
    assert len(page.css("head")) == len(page.css("body")) == len(page.css("title")) == 1
    for node in page.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
        for name in ("href", "src"):
            address = (node.attributes.get(name) or "").lower()
            assert not address.startswith(("javascript:", "vbscript:"))
            assert not address.startswith("data:") or address.startswith("data:image/jpeg;base64,")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_name_is_a_short_line(text: str) -> None:
    """Of a person, a chat or a file: nothing unseen, nothing that turns, no second line."""
    shown = label(text)
    assert len(shown) <= 60
    assert shown == shown.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


CHARSETS = {
    "UTF-7, in which ASCII is a script": ("text/html; charset=utf-7", b"+ADw-script+AD4-"),
    "punycode, which takes for ever": ("text/html; charset=punycode", b"a-" * 100_000),
    "IDNA": ("text/html; charset=idna", b"xn--a." * 10_000),
    "base64": ("text/html; charset=base64", b"PHRpdGxlPg=="),
    "a bomb": ("text/html; charset=zlib", b"x\x9c"),
    "escapes": ("text/html; charset=unicode_escape", b"\\x3ctitle>"),
    "a module of Python": ("text/html; charset=os", b"a"),
    "a path": ("text/html; charset=../../etc/passwd", b"a"),
    "nothing": ("text/html; charset=", b"a"),
    "100,000 letters": ("text/html; charset=" + "a" * 100_000, b"a"),
    "UTF-16 for ASCII": ("text/html; charset=utf-16", b"<title>a</title>"),
    "UTF-32": ("text/html; charset=utf-32", b"<title>a</title>"),
    "ISO-2022-JP, which shifts": ("text/html; charset=iso-2022-jp", b"\x1b$B<title>\x1b(B"),
    "a mark of another one": ("text/html; charset=gbk", b"\xff\xfe<\0t\0"),
}


@pytest.mark.parametrize(("declared", "body"), CHARSETS.values(), ids=CHARSETS)
def test_a_charset_that_lies_is_no_fault(declared: str, body: bytes) -> None:
    """What cannot be meant is not taken, and it takes no time."""
    with measured() as cost:
        found = title_candidates(b"<title>" + body + b"</title>", declared)
    assert all("<script" not in title for title in found)
    assert cost.seconds < 1
