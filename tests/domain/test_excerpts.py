"""Lines and their changes, short enough to be listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.excerpts import excerpts
from bot.domain.attaching import with_tail, without_tail


def test_a_change_at_the_end_of_a_long_line_is_seen() -> None:
    """What is the same before it is cut short."""
    old, new = excerpts("很长" * 50 + "旧的", "很长" * 50 + "新的", 20)
    assert old == "…很长很长很长很长旧的"
    assert new == "…很长很长很长很长新的"


@given(st.text(max_size=60), st.text(max_size=60), st.integers(4, 40))
def test_both_are_short(old: str, new: str, most: int) -> None:
    """Each within its length, on one line."""
    for text in excerpts(old, new, most):
        assert len(text) <= most
        assert "\n" not in text


@given(
    st.text("a`>~ \n", max_size=12),
    st.sampled_from(["[x](y)", "（小李）"]),
    st.sampled_from(["", " "]),
)
def test_what_stands_behind_a_line_comes_off_again(source: str, tail: str, between: str) -> None:
    """Whatever it was put behind, the same is shown with what is left."""
    shown = with_tail(source, tail, between)
    found = without_tail(shown, tail, between)
    assert found is not None
    assert with_tail(found, tail, between) == shown
