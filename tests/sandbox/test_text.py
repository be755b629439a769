"""What the server does to a person's text, and to a bot's markup."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.sandbox.detection import detected
from bot.sandbox.errors import ApiError
from bot.sandbox.markup_html import parse_html
from bot.sandbox.markup_markdown import parse_markdown, parse_markdown_v2
from tests.sandbox.conftest import PERSON, RefusalError, Sides


def found(text: str) -> list[tuple[str, str]]:
    """Type and text of each entity detected; for texts within the Basic Multilingual Plane."""
    return [(e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in detected(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#life 吃火锅", [("hashtag", "#life")]),
        ("#生活今天吃了火锅", [("hashtag", "#生活今天吃了火锅")]),
        ("＃技术 a", [("hashtag", "＃技术")]),
        ("很好吃#生活", []),
        ("好，#生活", [("hashtag", "#生活")]),
        ("#2023 #1a #", [("hashtag", "#1a")]),
        ("/start@weeknotes_bot now", [("bot_command", "/start@weeknotes_bot")]),
        ("/etc/hosts 改了", []),
        ("去吧/life", []),
        ("@last @40 @gif", [("mention", "@last"), ("mention", "@gif")]),
        ("写 setup.py README.md socket.io", [("url", "setup.py"), ("url", "README.md"),
                                            ("url", "socket.io")]),
        ("3.12 e.g 1.2.3.4", [("url", "1.2.3.4")]),
        ("看https://example.org/a_(b)。", [("url", "https://example.org/a_(b)。")]),
        ("(https://example.org/a).", [("url", "https://example.org/a")]),
        ("http://example.org/#life", [("url", "http://example.org/#life")]),
        ("me@example.org", [("email", "me@example.org")]),
        ("$HOME/bin", [("cashtag", "$HOME")]),
    ],
)  # fmt: skip
def test_detection(text: str, expected: list[tuple[str, str]]) -> None:
    """The server marks what Telegram marks, and no more."""
    assert found(text) == expected


def test_a_long_text_is_searched_in_linear_time() -> None:
    """Twenty thousand Chinese characters without a blank take well under a second."""
    started = time.process_time()
    assert found("#" + "今天吃了火锅，" * 3000 + " a.py") == [
        ("hashtag", "#今天吃了火锅"),
        ("url", "a.py"),
    ]
    assert time.process_time() - started < 0.5


async def test_offsets_are_utf16(sides: Sides) -> None:
    """An emoji counts as two."""
    message = await sides.say("😀😀 #life")
    assert message["entities"] == [{"type": "hashtag", "offset": 5, "length": 5}]


async def test_a_persons_text_is_cleaned(sides: Sides) -> None:
    """Outer blanks go, a tab becomes one blank, NUL goes, and entities move along."""
    message = await sides.say(
        "  \tab\0c\td\n ", entities=[{"type": "bold", "offset": 7, "length": 2}]
    )
    assert message["text"] == "abc d"
    assert message["entities"] == [{"type": "bold", "offset": 3, "length": 2}]


async def test_dashes_grow_together_if_wished(sides: Sides) -> None:
    """A client's `—` for `--` moves the entities after it."""
    bold = [{"type": "bold", "offset": 5, "length": 1}]
    assert (await sides.say("-- a b", entities=bold))["text"] == "-- a b"
    message = await sides.say("-- a b", entities=bold, smart_dashes=True)
    assert message["text"] == "— a b"
    assert message["entities"] == [{"type": "bold", "offset": 4, "length": 1}]


async def test_nothing_is_found_inside_code(sides: Sides) -> None:
    """A tag in code is code."""
    code = {"type": "code", "offset": 0, "length": 5}
    message = await sides.say("#life #tech", entities=[code])
    assert message["entities"] == [code, {"type": "hashtag", "offset": 6, "length": 5}]


async def test_long_texts_become_several_messages(sides: Sides) -> None:
    """A client divides at a line's end, and an entity across the cut is in both parts."""
    lines = "\n".join(["0123456789"] * 500)
    bold = [{"type": "bold", "offset": 0, "length": len(lines)}]
    answer = await sides.person("messages", chat_id=PERSON, text=lines, entities=bold)
    parts = [message["text"] for message in answer["messages"]]
    assert "\n".join(parts) == lines
    assert all(message["entities"][0]["length"] == len(message["text"])
               for message in answer["messages"])  # fmt: skip
    assert len(parts) == 2


def spans(formatted: tuple[str, list[dict[str, Any]]]) -> tuple[str, list[str]]:
    text, entities = formatted
    return text, [f"{e['type']}:{text[e['offset'] : e['offset'] + e['length']]}" for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a <i>b</i></b>&lt;&#26085;", "a b<日", ["bold:a b", "italic:b"]),
        ("<a href='https://example.org?a&amp;b'>x</a>", "x", ["text_link:x"]),
        ("<a href='nowhere'>x</a>", "x", []),
        ('<pre><code class="language-py">a</code></pre>', "a", ["pre:a"]),
        ("<blockquote expandable>a\nb</blockquote>", "a\nb", ["expandable_blockquote:a\nb"]),
        ("<span class='tg-spoiler'>a</span>&nbsp;", "a&nbsp;", ["spoiler:a"]),
    ],
)
def test_html(source: str, text: str, entities: list[str]) -> None:
    """HTML becomes text and entities."""
    assert spans(parse_html(source)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*a _b_ __c__* \\.", "a b c .", ["bold:a b c", "italic:b", "underline:c"]),
        ("~a~ ||b||", "a b", ["strikethrough:a", "spoiler:b"]),
        ("[x](https://example.org/\\))", "x", ["text_link:x"]),
        ("```py\na*b\n```", "a*b\n", ["pre:a*b\n"]),
        ("`a*b`", "a*b", ["code:a*b"]),
        (">a\n>b\nc", "a\nb\nc", ["blockquote:a\nb"]),
        (">a\n>b||", "a\nb", ["expandable_blockquote:a\nb"]),
    ],
)
def test_markdown_v2(source: str, text: str, entities: list[str]) -> None:
    """MarkdownV2 becomes text and entities."""
    assert spans(parse_markdown_v2(source)) == (text, entities)


def test_markdown() -> None:
    """The older Markdown knows bold, italic, code and links."""
    source = "*a* _b_ `c` [d](https://example.org) \\*"
    assert spans(parse_markdown(source)) == (
        "a b c d *",
        ["bold:a", "italic:b", "code:c", "text_link:d"],
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("日<p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_complaints(source: str, complaint: str) -> None:
    """Malformed HTML is refused with the place in bytes."""
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("1.0", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("日*a", "Can't find end of Bold entity at byte offset 3"),
        ("_a__", "Can't find end of Underline entity at byte offset 2"),
        ("```a ", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 3"),
    ],
)
def test_markdown_v2_complaints(source: str, complaint: str) -> None:
    """Malformed MarkdownV2 is refused with the place in bytes."""
    with pytest.raises(ApiError) as refusal:
        parse_markdown_v2(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


async def test_a_parse_mode_works_in_a_call(sides: Sides) -> None:
    """Text is measured after parsing, and found entities join the given ones."""
    sent = await sides.bot(
        "sendMessage", chat_id=PERSON, text="*a* \\#life", parse_mode="MarkdownV2"
    )
    assert sent["text"] == "a #life"
    assert [e["type"] for e in sent["entities"]] == ["bold", "hashtag"]
    with pytest.raises(RefusalError, match="can't parse entities: Can't find end of the entity"):
        await sides.bot("sendMessage", chat_id=PERSON, text="日*a", parse_mode="Markdown")
