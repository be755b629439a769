"""Siblings in another order, as few of them touched as possible."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ordering import Order, in_order, repositioned

_TIME = 1_696_000_000.0


def orders(positions: st.SearchStrategy[float]) -> st.SearchStrategy[list[Order]]:
    """Siblings in ascending order: messages of a few lines, some at the same second."""
    sibling = st.tuples(positions, st.integers(1, 4), st.integers(0, 3))
    return st.lists(sibling, max_size=25).map(
        lambda found: sorted((*order, number) for number, order in enumerate(found))
    )


_times = st.integers(int(_TIME), int(_TIME) + 12).map(float)
_crowded = st.integers(0, 12).map(lambda n: _TIME + n * math.ulp(_TIME))
_siblings = orders(st.one_of(_times, _crowded, st.integers(0, 8).map(float)))


def carried_out(wanted: list[Order | None]) -> list[Order]:
    """The orders that the siblings have afterwards; new ones come with the greatest ids."""
    new = repositioned(wanted)
    return [
        (new[index], 99, 0, 1000 - index)
        if order is None
        else (new.get(index, order[0]), *order[1:])
        for index, order in enumerate(wanted)
    ]


@st.composite
def _rearranged(draw: st.DrawFn) -> list[Order | None]:
    wanted: list[Order | None] = list(draw(st.permutations(draw(_siblings))))
    for _ in range(draw(st.integers(0, 6))):
        wanted.insert(draw(st.integers(0, len(wanted))), None)
    return wanted


@given(_rearranged())
def test_the_wanted_order_comes_out(wanted: list[Order | None]) -> None:
    """Sorted by their orders, the siblings stand as wanted."""
    after = carried_out(wanted)
    assert sorted(after) == after
    assert len(set(after)) == len(after)


@given(_siblings)
def test_nothing_changes_where_the_order_is_right(siblings: list[Order]) -> None:
    """Siblings that are in order keep their positions, equal ones too."""
    assert repositioned(siblings) == {}


@given(_rearranged(), st.integers(1, 5))
def test_later_messages_go_to_the_end(wanted: list[Order | None], later: int) -> None:
    """A message of a later second stands behind all that were there, moved ones included."""
    known = [order[0] for order in wanted if order is not None]
    arriving = (math.floor(max(known, default=_TIME)) + float(later), 5, 0, 2000)
    assert all(order < arriving for order in carried_out(wanted))


@given(orders(st.integers(int(_TIME), int(_TIME) + 10**6).map(float)), st.data())
def test_one_move_changes_one_position(siblings: list[Order], data: st.DataObject) -> None:
    """Where all stand seconds apart, one that moves is all that changes."""
    apart = [
        o
        for o, before in zip(siblings, [None, *siblings], strict=False)
        if before is None or before[0] != o[0]
    ]
    if not apart:
        return
    wanted = list(apart)
    wanted.insert(
        data.draw(st.integers(0, len(wanted) - 1)),
        wanted.pop(data.draw(st.integers(0, len(wanted) - 1))),
    )
    assert len(repositioned(wanted)) <= 1


def test_between_the_lines_of_a_message() -> None:
    """Lines of one message share their position: the fewer of them make room."""
    lines: list[Order | None] = [(_TIME, 7, line, line) for line in range(5)]
    lines.insert(1, None)
    assert set(repositioned(lines)) == {0, 1}
    lines.append((_TIME + 1, 8, 0, 9))
    assert repositioned([*lines[2:5], None, *lines[5:]]).keys() == {3, 4}


def test_moving_again_and_again_into_the_same_place() -> None:
    """Numbers between two neighbours never run out."""
    siblings: list[Order] = [(_TIME + n, n, 0, n) for n in range(4)]
    for _ in range(200):
        wanted = [siblings[0], siblings[-1], *siblings[1:-1]]
        siblings = carried_out(list(wanted))
        assert sorted(siblings) == siblings


@given(_rearranged())
def test_the_longest_selection_is_in_order(wanted: list[Order | None]) -> None:
    """What is selected ascends, and nothing between two of it would fit."""
    known = [order for order in wanted if order is not None]
    found = in_order(known)
    chosen = [known[index] for index in found]
    assert found == sorted(found)
    assert chosen == sorted(chosen)
    assert not known or len(found) == _longest(known)


def _longest(known: list[Order]) -> int:
    lengths: list[int] = []
    for index, order in enumerate(known):
        lengths.append(
            1 + max((lengths[at] for at in range(index) if known[at] < order), default=0)
        )
    return max(lengths)
