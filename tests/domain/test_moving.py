"""Lines of a week put elsewhere: nothing is lost, and they stand where they were put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import EntryId, MessageId, Node, NodeId, Part, Placement
from bot.domain.outlining.fingerprints import LENGTH, difference, fingerprint
from bot.domain.outlining.moving import (
    Change,
    HinderedError,
    Hindrance,
    Way,
    put_beside,
    put_under,
    step,
    ways_of,
)
from bot.domain.outlining.numbering import number_week
from bot.domain.outlining.outline import Outline, OutlineLine
from tests.domain.outlining import SECTIONS, WEEK, ancestors, weeks


@given(st.data())
def test_a_step_goes_where_it_says(data: st.DataObject) -> None:
    """Up and down past one neighbour, in below the one above, out behind what it stood below."""
    nodes, outline, line = _line(data)
    way = data.draw(st.sampled_from(list(Way)))
    index = line.siblings.index(line)
    try:
        after = _after(nodes, outline, step(line, way))
    except HinderedError:
        assert way not in ways_of(line)
        return
    assert way in ways_of(line)
    now = after.by_id[line.id]
    at = now.siblings.index(now)
    match way:
        case Way.UP:
            assert at == index - 1
        case Way.DOWN:
            assert at == index + 1
        case Way.IN:
            assert now.parent is not None
            assert now.parent.id == line.siblings[index - 1].id
            assert now.parent.children[-1] is now
        case Way.OUT if line.parent is not None and not line.parent.is_picture:
            assert now.siblings[at - 1].id == line.parent.id


@given(st.data())
def test_a_line_stands_beside_the_other(data: st.DataObject) -> None:
    """Right before or after it, and as what it was."""
    nodes, outline, line = _line(data)
    other = data.draw(st.sampled_from(outline.lines))
    after = data.draw(st.booleans())
    try:
        outline = _after(nodes, outline, put_beside(line, other, after=after))
    except HinderedError:
        return
    now, beside = outline.by_id[line.id], outline.by_id[other.id]
    assert now.siblings is beside.siblings
    assert now.siblings.index(now) - now.siblings.index(beside) == (1 if after else -1)
    assert now.is_picture == line.is_picture
    assert (now.node.at.part is Part.TEXT) == (line.node.at.part is Part.TEXT)


@given(st.data())
def test_a_line_stands_last_below_the_other(data: st.DataObject) -> None:
    """With all that is below it."""
    nodes, outline, line = _line(data)
    above = data.draw(st.sampled_from(outline.lines))
    try:
        outline = _after(nodes, outline, put_under(line, above))
    except HinderedError:
        return
    now = outline.by_id[line.id]
    assert outline.by_id[above.id].children[-1] is now
    assert [child.id for child in now.children] == [child.id for child in line.children]


def test_nothing_goes_below_what_hangs_below_it_by_a_picture() -> None:
    """A picture is numbered with the others, and still it hangs where it hangs."""
    item = Placement(WEEK, "life", Part.ITEM)
    places = [
        item,
        replace(item, part=Part.PICTURE, parent=NodeId(1)),
        replace(item, parent=NodeId(2)),
    ]
    nodes = [
        Node(NodeId(n), EntryId(n), at, 0.0, MessageId(n), 0, "", "")
        for n, at in enumerate(places, 1)
    ]
    outline = _outline(nodes)
    assert [line.number for line in outline.lines] == ["1", "2", "2.1"]
    first, _, below = outline.lines
    for move in (put_under, put_beside):
        with pytest.raises(HinderedError) as caught:
            move(first, below)
        assert caught.value.hindrance is Hindrance.ITSELF


@given(weeks())
def test_fingerprints_tell_lines_apart(nodes: list[Node]) -> None:
    """They fit into a button, and no two lines of a week have the same one."""
    lines = _outline(nodes).lines
    prints = [fingerprint(line) for line in lines]
    assert len(set(prints)) == len(lines)
    assert {len(one) for one in prints} <= {LENGTH}
    assert all(difference(shown, line) is None for shown, line in zip(prints, lines, strict=True))


def _line(data: st.DataObject) -> tuple[list[Node], Outline, OutlineLine]:
    nodes = data.draw(weeks().filter(bool))
    outline = _outline(nodes)
    return nodes, outline, data.draw(st.sampled_from(outline.lines))


def _outline(nodes: Sequence[Node]) -> Outline:
    return number_week(nodes, WEEK, SECTIONS, summary_heading="总结")


def _after(nodes: Sequence[Node], outline: Outline, changes: Sequence[Change]) -> Outline:
    """The week once the changes are made; all others stand in the order in which they stood."""
    by_id = {node.id: node for node in nodes}
    for change in changes:
        node = by_id[change.node_id]
        if change.at is not None:
            node = replace(node, at=change.at)
            by_id[node.id] = node
            _take_along(by_id, node)
        if change.position is not None:
            by_id[node.id] = replace(node, position=change.position)
    after = _outline(list(by_id.values()))
    assert sorted(after.by_id) == sorted(outline.by_id)
    moved = {line.id for line in _below(outline.by_id[changes[0].node_id])}
    assert [n for n in _order(after) if n not in moved] == [
        n for n in _order(outline) if n not in moved
    ]
    return after


def _take_along(by_id: dict[NodeId, Node], above: Node) -> None:
    for node in list(by_id.values()):
        if node.at.parent == above.id:
            at = replace(node.at, week=above.at.week, section=above.at.section)
            by_id[node.id] = replace(node, at=at)
            _take_along(by_id, by_id[node.id])


def _below(line: OutlineLine) -> list[OutlineLine]:
    return [line, *(below for child in line.children for below in _below(child))]


def _order(outline: Outline) -> list[NodeId]:
    """Without pictures, which go along with what they hang below to another section."""
    return [
        line.id
        for line in outline.lines
        if not any(above.is_picture for above in (line, *ancestors(line)))
    ]
