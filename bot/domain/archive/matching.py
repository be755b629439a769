"""Two outlines of one week: which line of the new one is which line of the old one.

Lines are the same where they say the same, first in the same place and then anywhere. Of those
that are left a line continues the one whose children it has, then one beside it that it is like,
then the one in whose place it stands, then one elsewhere that it is very much like.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from bot.domain.archive.unfolding import Leaf
from bot.domain.entry import Part

# How much of what two lines are made of is the same, at least: of two below the same one, of two
# in the same section, of two anywhere.
_ALIKE_BESIDE, _ALIKE_THERE, _ALIKE = 0.4, 0.5, 0.7
# A pair of characters that so many lines have tells them apart badly and costs much.
_COMMON = 40
_SHORT = 24
_WORDS = re.compile(r"[a-zA-Z0-9]+|[^\x00-\x7f]")
_NOTHING = frozenset({""})


def match(old: Sequence[Leaf], new: Sequence[Leaf]) -> list[int | None]:
    """For each new line the index of the old one that it is, or None where it is new.

    A title is a title, and a picture is the picture at its address; all other lines may become
    each other: an item a paragraph, a paragraph the summary.
    """
    names: dict[Hashable, int] = {}
    matching = _Matching(_Outline(old, names), _Outline(new, names))
    matching.pair_equal()
    matching.pair_by_children()
    matching.pair_similar_siblings()
    matching.pair_by_place()
    matching.pair_similar_siblings()
    matching.pair_similar()
    return matching.pairs


class _Outline:
    """An outline with what its lines are compared by; `names` numbers what both of two hold."""

    def __init__(self, leaves: Sequence[Leaf], names: dict[Hashable, int]) -> None:
        self.leaves = leaves
        self.children: dict[int | None, list[int]] = defaultdict(list)
        for index, leaf in enumerate(leaves):
            self.children[leaf.parent].append(index)
        self.paths: list[int] = []
        """A number for each line, the same where it and all above say the same there."""
        for leaf in leaves:
            above = 0 if leaf.parent is None else self.paths[leaf.parent]
            path = ("path", above, leaf.section, leaf.part, leaf.source)
            self.paths.append(names.setdefault(path, len(names) + 1))
        self.trees = [0] * len(leaves)
        """A number for each line, the same where it and all below say the same."""
        for index in reversed(range(len(leaves))):
            below = tuple(self.trees[child] for child in self.children.get(index, ()))
            tree = ("tree", leaves[index].source, below)
            self.trees[index] = names.setdefault(tree, len(names) + 1)

    def kind(self, index: int) -> Hashable:
        """What the line is, whatever it says: the title, the picture at an address, or words."""
        leaf = self.leaves[index]
        return leaf.part if leaf.part is Part.TITLE else leaf.address

    def name(self, index: int) -> Hashable:
        """What the line is; of words what they say."""
        leaf = self.leaves[index]
        return (True, self.kind(index)) if is_fixed(leaf) else (False, leaf.source)

    def section(self, index: int) -> str | None:
        """The section that the line stands in."""
        return self.leaves[index].section


# By which lines are the same, the surest first.
_SAME: Sequence[Callable[[_Outline, int], Hashable]] = (
    lambda outline, i: (outline.kind(i), outline.paths[i], outline.trees[i]),
    lambda outline, i: (outline.kind(i), outline.paths[i]),
    lambda outline, i: (outline.kind(i), outline.section(i), outline.trees[i]),
    lambda outline, i: (outline.name(i), outline.section(i)),
    lambda outline, i: (outline.kind(i), outline.trees[i]),
    lambda outline, i: outline.name(i),
)


class _Matching:
    def __init__(self, old: _Outline, new: _Outline) -> None:
        self._old = old
        self._new = new
        self.pairs: list[int | None] = [None] * len(new.leaves)
        self._taken = [False] * len(old.leaves)

    def pair_equal(self) -> None:
        """Titles, pictures by their address, and lines that say the same."""
        for key in _SAME:
            waiting: dict[Hashable, deque[int]] = defaultdict(deque)
            for i, is_taken in enumerate(self._taken):
                if not is_taken:
                    waiting[key(self._old, i)].append(i)
            for j, was in enumerate(self.pairs):
                if was is None and (found := waiting.get(key(self._new, j))):
                    self._set(found.popleft(), j)

    def pair_by_children(self) -> None:
        """Who has most of a line's children continues it."""
        for j in reversed(range(len(self.pairs))):
            if self.pairs[j] is not None or is_fixed(self._new.leaves[j]):
                continue
            votes: Counter[int] = Counter()
            for child in self._new.children.get(j, ()):
                was = self.pairs[child]
                above = None if was is None else self._old.leaves[was].parent
                if above is not None and not self._taken[above]:
                    votes[above] += 1
            for above, _ in votes.most_common(1):
                self._set(above, j)

    def pair_similar_siblings(self) -> None:
        """Of lines below the same one the most similar first."""
        for likeness, _, i, j in self._candidates:
            if -likeness >= _ALIKE_BESIDE and self._is_beside(i, j):
                self._set_if_free(i, j)

    def pair_similar(self) -> None:
        """The most similar lines first; in another section they have to be more so."""
        for likeness, _, i, j in self._candidates:
            is_there = self._old.section(i) == self._new.section(j)
            if -likeness >= (_ALIKE_THERE if is_there else _ALIKE):
                self._set_if_free(i, j)

    @cached_property
    def _candidates(self) -> list[tuple[float, int, int, int]]:
        """Lines that are left and somewhat similar, the most similar and nearest first."""
        pieces = {i: _pieces(self._old.leaves[i].source) for i in self._left_of_old()}
        holders: dict[str, list[int]] = defaultdict(list)
        for i, found in pieces.items():
            for piece in found:
                holders[piece].append(i)
        candidates: list[tuple[float, int, int, int]] = []
        for j in self._left_of_new():
            wanted = _pieces(self._new.leaves[j].source)
            common: Counter[int] = Counter()
            for piece in wanted:
                if len(holders.get(piece, ())) <= _COMMON:
                    common.update(holders.get(piece, ()))
            for i, many in common.items():
                likeness = 2 * many / (len(wanted) + len(pieces[i]))
                if likeness >= _ALIKE_BESIDE:
                    candidates.append((-likeness, abs(i - j), i, j))
        return sorted(candidates)

    def _is_beside(self, i: int, j: int) -> bool:
        if self._old.section(i) != self._new.section(j):
            return False
        above = self._new.leaves[j].parent
        return self._old.leaves[i].parent == (None if above is None else self.pairs[above])

    def _set_if_free(self, i: int, j: int) -> None:
        if not self._taken[i] and self.pairs[j] is None:
            self._set(i, j)

    def pair_by_place(self) -> None:
        """Where as many lines stand now as stood between the same neighbours, they are those."""
        for parent, siblings in self._new.children.items():
            if parent is None:
                for group, stand in _grouped(self._new, siblings).items():
                    stood = _grouped(self._old, self._old.children.get(None, ())).get(group, [])
                    self._pair_runs(stood, stand)
            elif (was := self.pairs[parent]) is not None:
                self._pair_runs(self._old.children.get(was, ()), siblings)

    def _pair_runs(self, stood: Sequence[int], stand: Sequence[int]) -> None:
        places = {i: place for place, i in enumerate(stood)}
        start = 0
        run: list[int] = []
        for j in (*stand, None):
            was = None if j is None else self.pairs[j]
            if j is not None and was is None:
                run.append(j)
                continue
            end = len(stood) if j is None else -1 if was is None else places.get(was, -1)
            between = stood[start:end] if end >= start else ()
            if run and len(run) == len(between) and not any(self._taken[i] for i in between):
                for i, new in zip(between, run, strict=True):
                    if not is_fixed(self._old.leaves[i]) and not is_fixed(self._new.leaves[new]):
                        self._set(i, new)
            run = []
            start = end + 1 if end >= 0 else len(stood) + 1

    def _set(self, i: int, j: int) -> None:
        self.pairs[j] = i
        self._taken[i] = True

    def _left_of_old(self) -> list[int]:
        return [
            i
            for i, leaf in enumerate(self._old.leaves)
            if not self._taken[i] and not is_fixed(leaf)
        ]

    def _left_of_new(self) -> list[int]:
        return [
            j
            for j, leaf in enumerate(self._new.leaves)
            if self.pairs[j] is None and not is_fixed(leaf)
        ]


def is_fixed(leaf: Leaf) -> bool:
    """Whether it is what it is, whatever it says."""
    return leaf.part in {Part.TITLE, Part.PICTURE}


def _grouped(outline: _Outline, roots: Iterable[int]) -> dict[Hashable, list[int]]:
    """The lines at the top by where they stand."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for root in roots:
        leaf = outline.leaves[root]
        found[leaf.section, leaf.part].append(root)
    return found


def _pieces(source: str) -> frozenset[str]:
    """What a line is made of: its words, its other characters, each two that follow each other."""
    pieces = frozenset(map("".join, pairwise(source)))
    # In a short line each word counts, in a long one there is enough to tell without.
    return (pieces.union(_WORDS.findall(source)) if len(source) <= _SHORT else pieces) or _NOTHING
