"""What was found, as a message."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bot.chat.callbacks import pack
from bot.chat.search_views import excerpt, results
from bot.chat.search_views import fault as fault_view
from bot.domain.entry import EntryId, MessageId, Node, NodeId, Part, Placement
from bot.domain.journal import Language
from bot.domain.searching.folding import fold
from bot.domain.searching.query import Query, QueryError, QueryFault
from bot.domain.week import IsoWeek
from bot.services.searching import Found, SearchId, SearchPage
from tests.chat.journals import journal_of

_SIGNS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("火锅👩🏽\ufe0f\u200da ")
_TEXT = st.text(_SIGNS, max_size=300)
_LONG = st.builds(lambda text, times: text * times, st.text(_SIGNS, max_size=8), st.just(600))
_PLACE = Placement(IsoWeek(2023, 40), None, Part.ITEM)
_NODE = Node(NodeId(1), EntryId(1), _PLACE, 0.0, MessageId(1), 0, "", "")
_JOURNAL = journal_of("zh")


def test_the_words_stand_in_their_context() -> None:
    """Cut off on both sides where there is more, the words in bold."""
    text = "前" * 40 + "吃火锅了" + "后" * 60
    shown = excerpt(text, ("火锅",), 40)
    assert shown.text.startswith("…前")
    assert shown.text.endswith("后…")
    [span] = shown.spans
    assert shown.text[span.start : span.end] == "火锅"


def test_a_short_text_is_shown_whole() -> None:
    """Wherever the words are."""
    assert excerpt("吃火锅", ("锅",), 40).text == "吃火锅"
    long = "开头" * 8 + "结尾"
    assert excerpt(long, ("结尾",), 40).text == long


@given(_TEXT, _TEXT)
def test_an_excerpt_is_short_and_true(text: str, words: str) -> None:
    """It is part of the text, small whatever that holds, and what is bold was searched for."""
    needle = fold(words[:3])
    shown = excerpt(text, (needle,) if needle.strip() else (), 64)
    assert shown.text.strip("…") in text or shown.text in text
    assert len(shown.text.encode("utf-16-le")) / 2 < MessageLimit.MAX_TEXT_LENGTH / 16
    for span in shown.spans:
        assert 0 <= span.start < span.end <= len(shown.text)


@given(
    st.lists(st.tuples(_LONG, _LONG, _LONG), min_size=1, max_size=8),
    st.sampled_from(["火", "👩", "a"]),
    _LONG,
    st.sampled_from(get_args(Language)),
)
def test_a_page_is_never_too_long(
    lines: list[tuple[str, str, str]], needle: str, words: str, language: Language
) -> None:
    """Whatever the lines, their sections and the words hold; each line has its button."""
    journal = replace(_JOURNAL, language=language)
    places = (replace(_PLACE, section=f"## {heading}") for *_, heading in lines)
    found = tuple(
        Found(replace(_NODE, id=NodeId(2**53 - number), at=at), text, above)
        for number, ((text, above, _), at) in enumerate(zip(lines, places, strict=True))
    )
    page = SearchPage(SearchId(2**53), words, Query((fold(needle),)), found, 30_000, 3_749, 3_750)
    saying = results(journal, page)
    assert len(saying.text.text.encode("utf-16-le")) / 2 <= MessageLimit.MAX_TEXT_LENGTH
    buttons = [button for row in saying.rows for _, button in row]
    assert len(buttons) == len(lines) + 3
    assert all(len(pack(button)) <= 64 for button in buttons)


@given(st.lists(_LONG, max_size=60).map(tuple), _LONG, st.sampled_from(QueryFault))
def test_a_fault_is_never_too_long(there: tuple[str, ...], words: str, fault: QueryFault) -> None:
    """However many sections there are, and whatever they are called."""
    said = fault_view(_JOURNAL, QueryError(fault, words, there)).text.text
    assert len(said.encode("utf-16-le")) / 2 <= MessageLimit.MAX_TEXT_LENGTH


def test_a_word_far_inside_a_long_text_is_found_there() -> None:
    """Wherever the parts meet in which it is looked through."""
    for before in (8190, 8191, 8192, 12_287, 100_000):
        shown = excerpt("前" * before + "火锅" + "后" * 9000, ("火锅",), 40)
        [span] = shown.spans
        assert shown.text[span.start : span.end] == "火锅"
        assert shown.text.startswith("…前")
        assert shown.text.endswith("后…")


def test_signs_that_belong_together_are_not_cut() -> None:
    """Such as a family of emoji, whichever half fits."""
    family = "👩‍👩‍👧"
    for width in range(30, 44):
        shown = excerpt("字" * 16 + family * 3 + "字" * 30, ("字",), width).text.strip("…字")
        assert shown == family * (len(shown) // len(family))
