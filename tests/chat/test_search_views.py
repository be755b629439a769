"""What was found, as a message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bot.chat.search_views import excerpt
from bot.domain.searching.folding import fold

_SIGNS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("火锅👩🏽\ufe0f\u200da ")
_TEXT = st.text(_SIGNS, max_size=300)


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


def test_signs_that_belong_together_are_not_cut() -> None:
    """Such as a family of emoji, whichever half fits."""
    family = "👩‍👩‍👧"
    for width in range(30, 44):
        shown = excerpt("字" * 16 + family * 3 + "字" * 30, ("字",), width).text.strip("…字")
        assert shown == family * (len(shown) // len(family))
