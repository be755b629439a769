"""Reports as pages for the browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.webpage import webpage

_PIXEL = "data:image/jpeg;base64,AAAA"


def _page(markdown: str, pictures: dict[str, str] | None = None) -> LexborHTMLParser:
    page = webpage(markdown, title="标题 <1>", language="zh", pictures=pictures or {})
    return LexborHTMLParser(page)


def _body(markdown: str, pictures: dict[str, str] | None = None) -> str:
    body = _page(markdown, pictures).body
    assert body is not None
    return body.text()


def _one(page: LexborHTMLParser, selector: str) -> LexborNode:
    node = page.css_first(selector)
    assert node is not None, selector
    return node


def test_a_page_stands_alone() -> None:
    """It says its language and title, brings its style, and fetches nothing of its own."""
    page = _page("# 标题\n\n1. 一\n    1. 二\n")
    assert _one(page, "html").attributes["lang"] == "zh-CN"
    assert _one(page, "title").text() == "标题 <1>"
    assert [node.tag for node in page.css("script, link, iframe")] == []
    assert _one(page, "ol ol li").text().strip() == "二"


def test_a_picture_that_is_here_is_in_the_page() -> None:
    """One alone in its paragraph has its caption below it."""
    page = _page("![日落 **好看**](images/a%20b.jpg)", {"images/a b.jpg": _PIXEL})
    assert _one(page, "figure img").attributes["src"] == _PIXEL
    assert _one(page, "figcaption").text() == "日落 好看"


def test_a_picture_that_is_not_here_is_its_caption() -> None:
    """Nothing is shown as broken."""
    page = _page("![日落](images/sea.jpg)")
    assert page.css("img") == []
    assert "🖼 日落" in _one(page, "p").text()


def test_a_picture_on_the_web_stays_where_it_is() -> None:
    """The page names its address."""
    page = _page("字 ![海](https://example.org/sea.jpg) 字")
    assert _one(page, "p img").attributes["src"] == "https://example.org/sea.jpg"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[点我](javascript:alert(1))",
        "[点我](JaVaScRiPt:alert(1))",
        "[点我](&#106;avascript:alert(1))",
        "<javascript:alert(1)>",
        "[点我](data:text/html,<script>alert(1)</script>)",
        "[点我](vbscript:x)",
        '![x](x.jpg"onerror="alert(1))',
        '[x](https://example.org "\\"onmouseover=\\"alert(1)")',
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "<svg onload=alert(1)>",
        "<!-- --><iframe src=//example.org>",
        "```<script>\n</code><script>alert(1)</script>\n```",
    ],
)
def test_no_script_gets_into_a_page(markdown: str) -> None:
    """What looks like one is text; links lead to the web, pictures are pictures."""
    page = _page(markdown)
    assert page.css("script, svg, iframe, object, embed, base, form") == []
    for node in page.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
        for name in ("href", "src"):
            address = node.attributes.get(name) or ""
            assert not address.lower().startswith(("javascript:", "vbscript:", "data:"))


@given(st.text(alphabet=st.sampled_from("<>\"'`*[]()!#&;:/\\\n -1.ajsvx图"), max_size=80))
def test_whatever_was_typed_makes_no_element_of_its_own(markdown: str) -> None:
    """A page has the elements of Markdown and no others."""
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "-text", "p", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "ol", "ul", "li", "a", "img", "figure", "figcaption", "strong", "em", "s"),
        *("code", "pre", "blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert {node.tag for node in _page(markdown).css("*")} <= allowed


def test_what_is_nested_too_deeply_is_shown_as_it_was_typed() -> None:
    """Nothing is lost."""
    markdown = ">" * 500 + " 深处"
    assert "深处" in _body(markdown)
