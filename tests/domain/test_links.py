"""Web addresses shown bare: which there are, what they lose, and the titles in their place."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain.markdown import (
    item_source,
    paragraph_sources,
    plain_text,
    untitled_links,
    with_titles,
    without_tracking,
)
from bot.domain.render import render
from bot.domain.report import Item, ItemList, Report
from bot.domain.text import RichText
from tests.domain.reading_links import Bare, seen_by_markdown_it, seen_by_marko, untitled
from tests.domain.test_markdown_properties import TEXTS, one_line, rich_texts

_READER = MarkdownIt("commonmark").enable("strikethrough")


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("https://x.org/a?utm_source=tg&b=1", "https://x.org/a?b=1"),
        ("https://x.org/a?b=1&utm_source=tg", "https://x.org/a?b=1"),
        ("https://x.org/a?b=1&utm_source=tg&c=2", "https://x.org/a?b=1&c=2"),
        ("https://x.org/a?utm_source=tg&utm_medium=m", "https://x.org/a"),
        ("https://x.org?utm_source", "https://x.org"),
        ("https://x.org/?UTM_Source=tg#utm_x=1", "https://x.org/#utm_x=1"),
        ("https://x.org/?b=&utm_id=1&&c&b=%E5%91%A8+%20&", "https://x.org/?b=&&c&b=%E5%91%A8+%20&"),
        ("https://x.org/?", "https://x.org/?"),
        ("https://x.org/?#", "https://x.org/?#"),
        ("https://x.org/?utm_a=1#", "https://x.org/#"),
        ("https://x.org/utm_source=a?b=utm_c", "https://x.org/utm_source=a?b=utm_c"),
        ("https://x.org/?u=https://y.org/?utm_a=1", "https://x.org/?u=https://y.org/?utm_a=1"),
        ("https://x.org/?not_utm_a=1&utm=2", "https://x.org/?not_utm_a=1&utm=2"),
        ("https://x.org/#a?utm_source=b", "https://x.org/#a?utm_source=b"),
        ("", ""),
    ],
)
def test_without_tracking(address: str, without: str) -> None:
    """An address loses the parameters named `utm_…` and nothing else."""
    assert without_tracking(address) == without


_ADDRESSES = st.lists(
    st.sampled_from(["https://x.org", "/", "?", "&", "#", "=", "a", "utm_", "UTM_x", "%20", "周"])
).map("".join)


@given(_ADDRESSES)
def test_without_tracking_is_done_once(address: str) -> None:
    """What has lost its tracking has none to lose."""
    once = without_tracking(address)
    assert without_tracking(once) == once
    assert len(once) <= len(address)


@given(_ADDRESSES)
def test_without_tracking_leaves_other_addresses(address: str) -> None:
    """An address without `utm_` stays as it is."""
    assume("utm_" not in address.lower())
    assert without_tracking(address) == address


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        ("nothing", ()),
        ("https://x.org", ()),
        ("<https://x.org>", ("https://x.org",)),
        ("a <http://x.org/a_(b)?c=d&e#f>，b", ("http://x.org/a_(b)?c=d&e#f",)),
        ("<HTTPS://X.ORG>", ("HTTPS://X.ORG",)),
        ("<https://b.org> <https://a.org> <https://b.org>", ("https://b.org", "https://a.org")),
        ("<ftp://x.org> <mailto:a@x.org> <a@x.org> <https://> <https:x>", ()),
        ("**<https://x.org>** ~~<https://y.org>~~", ("https://x.org", "https://y.org")),
        ("<u><https://x.org></u>", ("https://x.org",)),
        ("`<https://x.org>` ``a ` <https://y.org>`` `<https://z.org>", ("https://z.org",)),
        ("\\<https://x.org> \\\\<https://y.org>", ("https://y.org",)),
        ("[a <https://x.org>](u) [b <https://y.org>", ("https://y.org",)),
        ("![a <https://x.org>](u) [![b <https://y.org>](u)](v)", ()),
        ("[a](<https://x.org>) [b]: <https://y.org>", ("https://y.org",)),
        ("[a <https://x.org>]\n\n[a <https://x.org>]: u\n[b]: <https://y.org>", ()),
        ('<i title="<https://x.org>"> <!-- <https://y.org> --> &lt;https://z.org>', ()),
        ("<a href='u'><https://x.org></a> <https://y.org>", ("https://y.org",)),
        ("<https://x.org/a b> <https://y.org\n>", ()),
        ("<https://x.org/`a> `<https://y.org>`", ("https://x.org/`a",)),
        ("a\n```\n<https://x.org>\n```\n<https://y.org>", ("https://y.org",)),
        ("````py\n```\n<https://x.org>\n````", ()),
        ("> a\n> <https://x.org>\n>\n> ```\n> <https://y.org>\n> ```", ("https://x.org",)),
        ("# a\n\n    <https://x.org>\n\n1. b\n    - <https://y.org>", ("https://y.org",)),
        ("<div>\n<https://x.org>\n</div>", ()),
        ("a\r\nb <https://x.org>\rc <https://y.org>", ("https://x.org", "https://y.org")),
        ("\x00 <https://x.org>\n\x00<https://y.org>", ("https://x.org", "https://y.org")),
    ],
)
def test_untitled_links(source: str, addresses: tuple[str, ...]) -> None:
    """The links without a title are the autolinks that a reader sees as such."""
    assert untitled_links(source) == addresses


@pytest.mark.parametrize(
    ("source", "title", "becomes"),
    [
        ("see <https://x.org>, it", "A page", "see [A page](https://x.org), it"),
        ("<https://x.org><https://x.org>", "中文 🎉", "[中文 🎉](https://x.org)" * 2),
        ("<https://x.org> <https://y.org>", "T", "[T](https://x.org) <https://y.org>"),
        ("**<https://x.org>**", "a *b* c", "**[a \\*b* c](https://x.org)**"),
        ("<https://x.org>", "fix a_b (#12) & R&D!", "[fix a_b (#12) & R&D!](https://x.org)"),
        ("<https://x.org>", "[RFC] `x`", "[\\[RFC\\] \\`x\\`](https://x.org)"),
        ("<https://x.org>", "](y) <b> &amp; \\", "[\\](y) \\<b> \\&amp; \\\\](https://x.org)"),
        ("<https://x.org>", "a | b", "[a | b](https://x.org)"),
        ("<https://x.org>\n-|-", "a | b", "[a \\| b](https://x.org)\n-|-"),
        ("<https://x.org>", " two\n\nlines\u2028 ", "[two lines](https://x.org)"),
        ("<https://x.org>", " \n", "<https://x.org>"),
        ("<https://x.org>", "# 1. - > x", "[# 1. - > x](https://x.org)"),
        ("<https://x.org>: a", "x", "[x](https://x.org): a"),
        ("a!<https://x.org> b <https://x.org>", "T", "a!<https://x.org> b [T](https://x.org)"),
        ("a\\!<https://x.org>", "T", "a\\![T](https://x.org)"),
        ("a ` <https://x.org>", "b`c", "a ` <https://x.org>"),
        ("[a](<https://x.org>b)", "T", "[a](<https://x.org>b)"),
        ("<b <https://x.org> c='>'>", "d='", "<b [d='](https://x.org) c='>'>"),
        ("`<https://x.org>` \\<https://x.org>", "T", "`<https://x.org>` \\<https://x.org>"),
        (
            "[a <https://x.org>](u) <https://x.org>",
            "T",
            "[a <https://x.org>](u) [T](https://x.org)",
        ),
        (
            "a\n> <https://x.org>\n```\n<https://x.org>\n```",
            "T",
            "a\n> [T](https://x.org)\n```\n<https://x.org>\n```",
        ),
    ],
)
def test_with_titles(source: str, title: str, becomes: str) -> None:
    """A title stands in the place of its address where it changes nothing around it."""
    assert with_titles(source, {"https://x.org": title}) == becomes


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("https://x.org/(a", "https://x.org/\\(a"),
        ("https://x.org/a)&lt;`", "https://x.org/a\\)\\&lt;%60"),
        ("https://x.org/a\\*b\x7f", "https://x.org/a%5C*b%7F"),
        ("https://x.org/**a**_b_", "https://x.org/**a**_b_"),
    ],
)
def test_any_address_can_be_behind_a_title(address: str, target: str) -> None:
    """An address is written so that the link leads where the autolink led."""
    source = with_titles(f"a <{address}>", {address: "T"})
    assert source == f"a [T]({target})"
    (before,), (after,) = _hrefs(f"<{address}>"), _hrefs(source)
    assert before == after


def test_titles_in_one_item_leave_each_other_alone() -> None:
    """Marks in one title do not pair with those in another."""
    titles = {"https://x.org": "a ` <b c='", "https://y.org": "d ` e' >"}
    source = with_titles("<https://x.org> <https://y.org>", titles)
    assert untitled_links(source) == ()
    assert plain_text(source) == "a ` <b c=' d ` e' >"


def test_all_of_ascii_can_be_a_title() -> None:
    """A title of every ASCII character shows as itself, within bold too."""
    title = "x" + "".join(map(chr, range(0x20, 0x7F))) + "x"
    for source in ("<https://x.org>", "**a <https://x.org>**\n> <https://x.org>"):
        titled = with_titles(source, {"https://x.org": title})
        assert plain_text(titled) == plain_text(source).replace("https://x.org", title)


@pytest.mark.parametrize(
    "unit", ["<https://x.org>", "!<https://x.org>", "[<https://x.org>", "> <https://x.org>\n"]
)
def test_many_links_take_no_time(unit: str) -> None:
    """A message full of links has its titles in moments, whether they can be placed or not."""
    source = unit * (4096 // len(unit))
    started = time.process_time()
    with_titles(source, {"https://x.org": "`*[" * 60})
    assert time.process_time() - started < 3


_WORDS = [
    *(
        " ",
        " ",
        "a ",
        "你好",
        "，",
        "!",
        "！",
        "(",
        ")",
        "[",
        "]",
        "\n",
        "`",
        "*",
        "|",
        "\\",
        "&",
        "<",
    ),
    *("https://x.org/a", "https://y.org/_b_(c)", "http://z.org/?a=b&lt;c ", "<https://x.org/`>"),
    *("`code`", "`<https://x.org>`", "\\<https://x.org>", "**bold**", "~~gone~~", "**", "~~"),
    *("[t](https://x.org)", "[a <https://x.org>](u)", "![i](j)", "![i <https://x.org>](j)"),
    *("**a <https://x.org>**", "[a](<https://x.org>b)", "1. ", "> ", "# ", "<b>", "]: "),
]
_LINKED = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=12).map(lambda words: RichText("".join(words))),
    st.tuples(rich_texts(), st.sampled_from(["", " ", "!"])).map(
        lambda parts: parts[0] + RichText(f"{parts[1]}https://x.org/a ") + parts[0]
    ),
)
_TITLES = st.one_of(TEXTS, st.text("[]()*_`\\<>&|!#~'\":; ax周🎉", max_size=12)).map(one_line)


@settings(max_examples=300, deadline=None)
@given(_LINKED, _TITLES.filter(bool))
def test_nothing_but_the_titles_changes(text: RichText, title: str) -> None:
    """Before and after, a reader sees the same item but for the titles, which lead as before."""
    source = item_source(text)
    titled = with_titles(source, dict.fromkeys(untitled_links(source), title))
    before, after = seen_by_markdown_it(_listed(source)), seen_by_markdown_it(_listed(titled))
    assert untitled(after, before, title) == before
    if "!<" not in source and "`" not in source and "](" not in source:
        assert untitled_links(titled) == ()


@settings(max_examples=200, deadline=None)
@given(_LINKED, _TITLES.filter(bool))
def test_nothing_but_the_titles_changes_to_marko(text: RichText, title: str) -> None:
    """The same, seen by marko: a CommonMark parser that shares no code with the first."""
    source = item_source(text)
    titled = with_titles(source, dict.fromkeys(untitled_links(source), title))
    # To marko a backtick in an autolink begins code, and an escaped one does after other marks.
    assume(not re.search(r"\\`|<[^<>]*`[^<>]*>", source + titled))
    before, after = seen_by_marko(_listed(source)), seen_by_marko(_listed(titled))
    assert untitled(after, before, title) == before


@settings(max_examples=100, deadline=None)
@given(_LINKED)
def test_no_titles_change_nothing(text: RichText) -> None:
    """Without titles, and with those of other pages, Markdown stays as it is."""
    for source in (item_source(text), text.text, "\n\n".join(paragraph_sources(text))):
        assert with_titles(source, {}) == source
        assert with_titles(source, {"https://other.example": "T"}) == source


@settings(max_examples=200, deadline=None)
@given(_LINKED)
def test_untitled_links_are_what_a_reader_sees(text: RichText) -> None:
    """The links found are the autolinks of a parse, also in text that is no Markdown of ours."""
    for source in (item_source(text), text.text, "\n\n".join(paragraph_sources(text))):
        seen = {event.href for event in seen_by_markdown_it(source) if isinstance(event, Bare)}
        hrefs = {_READER.normalizeLink(address) for address in untitled_links(source)}
        assert hrefs == {href for href in seen if re.match("https?://.", href, re.IGNORECASE)}


def _hrefs(source: str) -> list[str]:
    return re.findall('href="([^"]*)"', _READER.render(source))


def _listed(source: str) -> str:
    items = (Item("before"), Item(source, (Item("below"),)), Item("after"))
    return render(Report(opening=(ItemList(items),)))
