"""What is searched for, and how text is compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import NodeId, Part, SectionSpec
from bot.domain.searching.ancestry import Candidate, found, nearest
from bot.domain.searching.folding import fold, hits_of
from bot.domain.searching.lines import searched
from bot.domain.searching.query import Query, QueryError, QueryFault, parse_query

_SECTIONS = (
    SectionSpec("life", "生活", ("life", "生活")),
    SectionSpec("tech", "技术", ("tech", "技术"), former_tags=("code",)),
    SectionSpec("s1", "读书 笔记", ("books",), ("看 书", "技术"), is_ended=True),
    SectionSpec("## **跑步**", "**跑步**", ()),
)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("火锅", Query(("火锅",))),
        ("Hot POT", Query(("hot", "pot"))),
        ('"hot pot" 好吃', Query(("hot pot", "好吃"))),
        ("“hot  pot”", Query(("hot pot",))),
        ("「吃 火锅」", Query(("吃 火锅",))),
        ('"没有关上', Query(("没有关上",))),
        ("火锅 火锅", Query(("火锅",))),
        ("🌶️", Query(("🌶",))),
        ("ＨＯＴ　ｐｏｔ", Query(("hot", "pot"))),
        ("Café", Query(("cafe",))),
        ("section:tech", Query((), "tech")),
        ("section:技术 缓存", Query(("缓存",), "tech")),
        ("栏目：生活", Query((), "life")),
        ("缓存 #tech", Query(("缓存",), "tech")),
        ("#技术 缓存", Query(("缓存",), "tech")),
        ("section:code", Query((), "tech")),
        ("#code", Query((), "tech")),
        ('section:"读书 笔记"', Query((), "s1")),
        ("栏目：「看 书」", Query((), "s1")),
        ("section:跑步", Query((), "## **跑步**")),
        ("section:summary", Query((), None, Part.SUMMARY)),
        ("栏目:总结", Query((), None, Part.SUMMARY)),
        ("section:小结", Query((), None, Part.SUMMARY)),
        ("year:2023 火锅", Query(("火锅",), year=2023)),
        ("年：2023", Query((), year=2023)),
        ("年份:2023年", Query((), year=2023)),
        ("YEAR:2023 SECTION:Life", Query((), "life", year=2023)),
        ("#python", Query(("#python",))),
        ("C#", Query(("c#",))),
        ("10:30", Query(("10:30",))),
        ("100%", Query(("100%",))),
        ("https://example.org/a", Query(("https://example.org/a",))),
        ("", Query(())),
    ],
)
def test_queries(words: str, query: Query) -> None:
    """Words, phrases, and where to look."""
    assert parse_query(words, _SECTIONS, ("小结",)) == query


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("section:厨房", QueryFault.NO_SECTION),
        ("year:去年", QueryFault.NO_YEAR),
        ("year:99", QueryFault.NO_YEAR),
        ("a b c d e f g h i j k l m", QueryFault.TOO_MANY),
    ],
)
def test_queries_that_cannot_be(words: str, fault: QueryFault) -> None:
    """Say what is wrong."""
    with pytest.raises(QueryError) as caught:
        parse_query(words, _SECTIONS)
    assert caught.value.fault is fault
    there = ("生活", "技术", "读书 笔记", "跑步") if fault is QueryFault.NO_SECTION else ()
    assert caught.value.there == there


@given(st.text())
def test_any_words_are_a_query_or_at_fault(words: str) -> None:
    """Nothing else comes of them."""
    try:
        query = parse_query(words, _SECTIONS)
    except QueryError:
        return
    assert all(needle and fold(needle) == needle for needle in query.needles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ﬁnd", "find"),
        ("É", "e"),
        ("e\u0301", "é"),
        ("❤️", "❤"),
        ("１２", "12"),
        ("a\u3000b", "a b"),
    ],
)
def test_what_is_compared_as_the_same(one: str, other: str) -> None:
    """Case, width, accents and blanks make no difference."""
    assert fold(one) == fold(other)


def test_what_is_not_the_same() -> None:
    """Marks of other scripts belong to their letters."""
    assert fold("が") != fold("か")
    assert fold("й") == fold("Й")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing(text: str) -> None:
    """So that a query is compared with what was kept."""
    assert fold(fold(text)) == fold(text)


def test_hits_are_where_the_words_stand() -> None:
    """In the text as it is written; neighbours are one."""
    text = "吃火锅，Straße 火锅火锅"
    hits = hits_of(text, (fold("火锅"), fold("strasse")))
    assert [text[a:b] for a, b in hits] == ["火锅", "Straße", "火锅火锅"]


@pytest.mark.parametrize(
    ("markdown", "label", "address", "text"),
    [
        ("看 **你**好 `a_b`", "", None, "看 你好 a_b"),
        ("[标题](https://example.org/x)", "", None, "标题 https://example.org/x"),
        ("<https://example.org>", "", None, "https://example.org"),
        ("日落", "录音 3.ogg", None, "日落 录音 3.ogg"),
        ("海", "", "images/sea.jpg", "海 images/sea.jpg"),
        ("一\n\n> 二", "", None, "一 二"),
    ],
)
def test_what_of_a_line_is_searched(
    markdown: str, label: str, address: str | None, text: str
) -> None:
    """What shows, the names of files, and where links lead."""
    assert searched(markdown, label, address) == text


def test_words_may_stand_in_the_lines_above() -> None:
    """A line is found that adds a word; what only hangs below all of them is not."""
    one, two, three, four, five, six = map(NodeId, range(1, 7))
    lines = {
        line.id: line
        for line in (
            Candidate(one, None, 0b01),
            Candidate(two, one, 0b10),
            Candidate(three, two, 0b10),
            Candidate(four, five, 0b10),
            Candidate(five, one, 0),
            Candidate(six, two, 0b11),
        )
    }
    # The fifth holds no word itself and stands below the first.
    candidates = [lines[at] for at in (two, three, four, six)]
    assert [line.id for line in found(candidates, lines, 2)] == [two, four, six]
    assert [nearest(lines[at], lines) for at in (two, four, six)] == [one, one, None]


def test_a_line_at_the_end_of_a_long_thread_costs_no_more_than_the_others() -> None:
    """Each line is looked at once, however many hang below it."""
    many = 20_000
    lines = {
        NodeId(at): Candidate(NodeId(at), NodeId(at - 1) if at > 1 else None, 1)
        for at in range(1, many + 1)
    }
    last = Candidate(NodeId(many + 1), NodeId(many), 2)
    began = time.process_time()
    assert list(found([*lines.values(), last], lines, 2)) == [last]
    assert nearest(last, lines) == NodeId(many)
    assert time.process_time() - began < 1
